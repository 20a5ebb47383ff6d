"""A question after parsing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.question_kinds import KIND_TRAITS, KindTraits, QueryKind

AnswerType = Literal["person", "name", "place", "date", "number", "yes_no", "reason"]
"""What an answer must contain. A "name" is the name of anything but a person or place (a company, a film)."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question is about: ISO 8601 dates, inclusive; None leaves a side open.

    `anchor` is an event that stands for a date ("the summit" in "since the summit") until its day is found in the
    articles; `relation` is the position of the days relative to the event. `other_reading` are the first and the last
    day if the words have a second meaning: 04/05 is a day of May or of April.
    """

    words: str  # as written in the question
    first: str | None = None
    last: str | None = None
    anchor: str | None = None
    relation: Literal["since", "before", "during"] | None = None
    other_reading: tuple[str | None, str | None] | None = None

    @property
    def readings(self) -> tuple[tuple[str | None, str | None], ...]:
        """The first and the last day, for each meaning of the words."""
        own = (self.first, self.last)
        return (own,) if self.other_reading is None else (own, self.other_reading)

    @property
    def is_resolved(self) -> bool:
        """Whether its first or its last day is known."""
        return bool(self.first or self.last)


@dataclass(frozen=True, slots=True)
class Query:
    """A question after parsing.

    `terms` are its content words in lower case, in order, without the words of `speakers`, `outlets` and `period`.
    """

    text: str
    kind: QueryKind
    terms: tuple[str, ...]
    speakers: tuple[str, ...] = ()  # as written in the question; several in a comparison
    topic: str | None = None
    quoted: tuple[str, ...] = ()  # words in quotation marks
    expects: AnswerType | None = None
    period: Period | None = None
    outlets: tuple[str, ...] = ()  # sources named in the question, as the library writes them
    newest_first: bool = False  # the question asks for the latest
    latest_words: str | None = None  # with which it asks for the latest state ("now", "ended up"), if it has no period
    asks_present: bool = False  # how something stands that may change: "Who is the mayor?"
    over_time: bool = False  # the question asks how something changed
    asks_for_several: bool = False  # the answer is a list
    language: str | None = None  # of the question, if it is not English: an ISO 639-1 code
    cue: str | None = None  # the verb or noun of saying in the question, in lower case ("denied", "view")
    library_end: str | None = None  # the last day of the library, if "this week" or "now" was taken from it
    corrections: tuple[tuple[str, str], ...] = ()  # words of the question, and how they were read
    earlier_articles: tuple[str, ...] = ()  # ids of those of the last answer of the conversation, best first
    is_follow_up: bool = False  # the question may depend on the conversation
    refers_back: bool = False  # it certainly does: it has a pronoun or the like, or was rewritten

    @property
    def traits(self) -> KindTraits:
        """The properties of this kind of question."""
        return KIND_TRAITS[self.kind]

    @property
    def asks_latest_state(self) -> bool:
        """Whether the answer is how things stand at the end: of several answers the newest."""
        counts_now = self.asks_present and self.expects == "number" and not self.is_follow_up
        return self.newest_first or self.latest_words is not None or counts_now

    @property
    def speaker(self) -> str | None:
        """The person that the question is about, or the first of several."""
        return self.speakers[0] if self.speakers else None
