"""An article, its passages, its source file, and notices about files that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.text.spans import Span as Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article. All offsets are into `text`; `sha256` is the hash of its UTF-8 bytes, in hexadecimal."""

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
class Notice:
    """A message for the user about one file. `skipped` says whether an article was left out because of it."""

    place: str
    reason: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
