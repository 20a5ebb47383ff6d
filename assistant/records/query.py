"""A question as understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.question_kinds import KIND_TRAITS, KindTraits, QueryKind

AnswerType = Literal["person", "name", "place", "date", "number", "yes_no", "reason"]
"""What kind of thing an answer must hold; a name is that of anything else which has one (a company, a film)."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question speaks of, both included, as ISO 8601 dates; None leaves a side open.

    `anchor` is an event that the question dates itself by ("the summit" in "since the summit"), where the day has
    still to be found in the articles; `relation` says on which side of it.
    """

    words: str  # as written in the question
    first: str | None = None
    last: str | None = None
    anchor: str | None = None
    relation: Literal["since", "before", "during"] | None = None

    @property
    def is_resolved(self) -> bool:
        """Whether its first or its last day is known."""
        return bool(self.first or self.last)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `terms` are its content words in lower case, in order, without the names in `speakers` and `outlets` and
    without the words of `period`.
    """

    text: str
    kind: QueryKind
    terms: tuple[str, ...]
    speakers: tuple[str, ...] = ()  # as written in the question; several in a comparison
    topic: str | None = None
    quoted: tuple[str, ...] = ()  # words the question puts in quotation marks
    expects: AnswerType | None = None
    period: Period | None = None
    outlets: tuple[str, ...] = ()  # sources of the library that the question names, as the library writes them
    newest_first: bool = False  # asks for the latest
    over_time: bool = False  # asks how something changed
    cue: str | None = None  # the verb or noun of saying that the question uses, in lower case ("denied", "view")

    @property
    def traits(self) -> KindTraits:
        """The properties of this kind of question."""
        return KIND_TRAITS[self.kind]

    @property
    def speaker(self) -> str | None:
        """The person asked about, the first of several."""
        return self.speakers[0] if self.speakers else None
