"""An article as read, its passages, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]
"""Half-open [start, end) in Unicode code points into an article's text."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `text` is what every offset points into; `sha256` is of its UTF-8 bytes."""

    id: str
    title: str
    text: str
    sha256: str
    source: str | None = None
    author: str | None = None
    published_at: str | None = None  # ISO 8601, a date or a date and time
    url: str | None = None
    path: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, `article.text[start:end]`; `ordinal` counts from 0 within it."""

    article_id: str
    ordinal: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """Stable as long as the article's id and the cut are the same."""
        return f"{self.article_id}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about one file that the user should know; `skipped` says whether an article was left out."""

    place: str
    reason: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and the id that its article gets unless the file names one."""

    path: Path
    article_id: str
    size: int
    mtime_ns: int
