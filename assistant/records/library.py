"""What a library holds, as lists and pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.records.article import Article, Span


@dataclass(frozen=True, slots=True)
class LibrarySummary:
    """What a library holds, by name: for saying so, and for completing names. Days are ISO 8601 dates."""

    speakers: tuple[tuple[str, int], ...]  # with their statements, most quoted first
    outlets: tuple[tuple[str, int], ...]  # with their articles, most first
    titles: tuple[tuple[str, str | None], ...]  # with the day, newest first; each title once
    articles: int
    first_day: str | None = None
    last_day: str | None = None


MatchMode = Literal["all", "beginning", "any"]
"""Passages hold all the words; all, the last one as the beginning of a word; or only some of them."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a table. `words` are those of the full-text index; `copies` are the other tellings of its story."""

    id: str
    title: str
    source: str | None
    author: str | None
    published_at: str | None
    words: int
    copies: int

    @property
    def day(self) -> str:
        """The ISO 8601 day, or what stands in its place; empty where the article has none."""
        return (self.published_at or "")[:10]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker in a list, by name."""

    name: str
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class SpeakerStatement:
    """Words that an article gives to a speaker: `words` are `text[start:end]` of it, quotation marks included.

    `sentence` is what they stand in, from offset `sentence_start` on: by themselves they may not be understood.
    """

    article_id: str
    title: str
    source: str | None
    published_at: str | None
    words: str
    start: int
    end: int
    direct: bool
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """One speaker: what the articles call them, what they said, newest first, undated last."""

    name: str
    roles: tuple[str, ...]
    statements: tuple[SpeakerStatement, ...]

    def group_by_sentence(self) -> list[tuple[SpeakerStatement, ...]]:
        """What was said, together where it is said in one sentence."""
        groups = groupby(self.statements, key=lambda said: (said.article_id, said.sentence_start))
        return [tuple(group) for _, group in groups]


@dataclass(frozen=True, slots=True)
class ArticleSpeaker:
    """Who speaks in an article, by name or by what it calls them, and where, in order."""

    name: str
    is_named: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article to read: its text, who speaks in it (most first), and its near-duplicates, oldest first."""

    article: Article
    speakers: tuple[ArticleSpeaker, ...]
    duplicates: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are near-duplicates of each other, oldest first; at least two."""

    articles: tuple[ArticleRow, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, each once, in order."""
        return tuple(dict.fromkeys(row.source for row in self.articles if row.source))


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that holds the words of a search.

    `text` is `article.text[start:end]`, the best of its `passages` that do; `marks` are the found words as offsets
    into the article.
    """

    article_id: str
    title: str
    source: str | None
    published_at: str | None
    start: int
    text: str
    marks: tuple[Span, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a full-text search found, best first; `total` counts all articles where `hits` are only the best."""

    search_text: str
    match_mode: MatchMode
    hits: tuple[ArticleHit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LibraryStatistics:
    """Figures of a library for a page about it; `days` are (ISO 8601 day, articles), in order."""

    counts: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    model: str
    built_at: str
    folder: str
    index_bytes: int
