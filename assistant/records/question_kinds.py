"""The kinds of question and what the early stages must know about each.

How a kind finds its evidence and explains a refusal is in `answers.kinds`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

QueryKind = Literal["said", "who_said", "find_quote", "collection", "other"]
"""What somebody said; who said something; which article some words are from; a count, list or brief of the collection;
anything else, above all facts."""


@dataclass(frozen=True, slots=True)
class KindTraits:
    """The properties of a kind of question that parsing, rewriting, retrieval and display depend on."""

    names_speaker: bool = False  # the question names the speaker, whose passages are then ranked higher
    asks_for_speaker: bool = False  # the answer is the name of the speaker
    asks_for_fact: bool = False  # the answer is any sentence, whoever says it
    may_ask_who: bool = False  # a question of this kind that begins with "who" can be asked again with "who else"
    shows_speaker: bool = True  # the speaker's name is written before the words of a citation
    includes_announcements: bool = False  # articles that announce an event before the requested days also count

    @property
    def asks_for_statement(self) -> bool:
        """Whether the answer consists of what somebody said, or of who said it."""
        return self.names_speaker or self.asks_for_speaker


KIND_TRAITS: Mapping[QueryKind, KindTraits] = {
    "said": KindTraits(names_speaker=True),
    "who_said": KindTraits(asks_for_speaker=True, may_ask_who=True),
    "find_quote": KindTraits(),
    "collection": KindTraits(),
    "other": KindTraits(asks_for_fact=True, may_ask_who=True, shows_speaker=False, includes_announcements=True),
}
"""One row for each kind. `answers.kinds` has the row with its behaviour."""

FACT_KIND: QueryKind = "other"
"""The kind of a question that no other kind fits."""
