"""An article, its passages and file, the days that its words name, and notices about files that could not be read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from assistant.text.months import format_days
from assistant.text.spans import Span as Span


@dataclass(frozen=True, slots=True)
class Place:
    """A place that people can find in the file of an article, from the character `start` of its text on.

    `label` names it: "p. 3" of a PDF, "00:04:12" of a recording, "slide 4".
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. All offsets are into `text`; `sha256` is the hash of its UTF-8 bytes, in hexadecimal.

    `places` are in the order of their offsets; empty if its format has no pages or times.
    """

    id: str
    title: str
    text: str
    sha256: str
    source: str | None = None
    author: str | None = None
    published_at: str | None = None  # ISO 8601: a day, a day and time, a month, or a year
    url: str | None = None
    path: str | None = None
    language: str | None = None
    places: tuple[Place, ...] = ()

    def name_place(self, start: int, end: int) -> str | None:
        """The place of a span: "p. 3", or "p. 3–4" if it goes on there; None if the article has no places."""
        first, last = (bisect_right(self.places, at, key=lambda place: place.start) - 1 for at in (start, end - 1))
        if first < 0:
            return None
        label = self.places[first].label
        kind, blank, _ = label.rpartition(" ")
        end_kind, _, end_number = self.places[last].label.rpartition(" ")
        goes_on = last > first and blank and kind == end_kind
        return f"{label}–{end_number}" if goes_on else label


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, `article.text[start:end]`. `ordinal` is its number in the article, from 0."""

    article_id: str
    ordinal: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """An id that changes only if the article's id or the span of the passage changes."""
        return f"{self.article_id}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Words of a sentence for one or more days ("Wednesday", "last month"), and those days: ISO 8601, inclusive."""

    words: str
    first: str
    last: str

    @property
    def meaning(self) -> str:
        """The days in words: "7 August 2019", "October 2022", "2021", "24 to 30 October 2022"."""
        return format_days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the user about one file. `skipped` says whether an article was left out because of it."""

    place: str
    reason: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
