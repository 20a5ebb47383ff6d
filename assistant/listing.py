"""What browsing shows of a library, as records, and how rows of articles and speakers are filtered and sorted.

Pure and without a library: the interface filters at each keystroke."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, Literal, Self, TypeVar

from assistant.errors import QuestionError
from assistant.records import Article, Span

SortKey = Literal["title", "outlet", "date", "words"]
SORT_KEYS: tuple[SortKey, ...] = ("title", "outlet", "date", "words")
FALLING: frozenset[SortKey] = frozenset({"date", "words"})  # what one wants to see the most of first

NAMES_SHOWN = 5  # of those that a name may mean

HowFound = Literal["all", "beginning", "any"]
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
class Saying:
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
    sayings: tuple[Saying, ...]

    def by_sentence(self) -> list[tuple[Saying, ...]]:
        """What was said, together where it is said in one sentence."""
        groups = groupby(self.sayings, key=lambda said: (said.article_id, said.sentence_start))
        return [tuple(group) for _, group in groups]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in an article, by name or by what it calls them, and where, in order."""

    name: str
    named: bool
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to read: its text, who speaks in it (most first), and its near-duplicates, oldest first."""

    article: Article
    voices: tuple[Voice, ...]
    copies: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are near-duplicates of each other, oldest first; at least two."""

    articles: tuple[ArticleRow, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, each once, in order."""
        return tuple(dict.fromkeys(row.source for row in self.articles if row.source))


@dataclass(frozen=True, slots=True)
class Hit:
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

    words: str
    how: HowFound
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a library for a page about it; `days` are (ISO 8601 day, articles), in order."""

    counts: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    model: str
    built_at: str
    folder: str
    bytes: int


Row = TypeVar("Row")


class Filtered(Generic[Row]):
    """Rows that can be filtered at each keystroke: what is looked at of each is prepared once."""

    def __init__(self, rows: Iterable[Row], texts: Iterable[str]) -> None:
        self.rows = tuple(rows)
        self.texts = tuple(texts)  # of each row, folded

    @classmethod
    def of(cls, rows: Sequence[Row], looked_at: Callable[[Row], Iterable[str | None]]) -> Self:
        """Rows by what is looked at of each."""
        return cls(rows, (folded(" ".join(part for part in looked_at(row) if part)) for row in rows))

    def holding(self, typed: str) -> Sequence[Row]:
        """The rows that hold every typed word, anywhere and in any case, in the order they have."""
        words = folded(typed).split()
        if not words:
            return self.rows
        return [row for row, text in zip(self.rows, self.texts, strict=True) if all(word in text for word in words)]


def filtered_articles(rows: Sequence[ArticleRow]) -> Filtered[ArticleRow]:
    """Articles to be filtered by title, outlet, author and day ("2025-03")."""
    return Filtered.of(rows, lambda row: (row.title, row.source, row.author, row.day))


def filtered_speakers(rows: Sequence[SpeakerRow]) -> Filtered[SpeakerRow]:
    """Speakers to be filtered by name."""
    return Filtered.of(rows, lambda row: (row.name,))


def chosen_speaker(speakers: Sequence[SpeakerRow], name: str) -> SpeakerRow:
    """The speaker of this name, or the only one whose name holds it. Raises QuestionError where there is not one."""
    same = [row for row in speakers if folded(row.name) == folded(name)]
    holding = same or list(filtered_speakers(speakers).holding(name) if name.strip() else ())
    if len(holding) == 1:
        return holding[0]
    if not holding:
        raise QuestionError(f"nobody named {name!r} speaks in the articles; `assistant speakers` shows all names")
    names = ", ".join(row.name for row in holding[:NAMES_SHOWN]) + ("…" if len(holding) > NAMES_SHOWN else "")
    raise QuestionError(f"{name!r} may be {names}; give the whole name")


def filtered_stories(stories: Sequence[Story]) -> Filtered[Story]:
    """Stories to be filtered by what their articles are filtered by."""
    return Filtered.of(
        stories, lambda story: (part for row in story.articles for part in (row.title, row.source, row.author, row.day))
    )


def folded(text: str) -> str:
    """Lower case, accents gone: "Lindqvíst" and "lindqvist" are one."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def sorted_articles(articles: Filtered[ArticleRow], by: SortKey, falling: bool) -> Filtered[ArticleRow]:
    """The articles in order; those that lack what they are sorted by come last either way.

    Equal ones keep the order they have: newest first, as a library lists them.
    """
    values = list(map(_VALUES[by], articles.rows))
    if by == "title":
        values = list(articles.texts)  # folded already, and the title stands first in them
    places = range(len(values))
    known = sorted((place for place in places if values[place]), key=values.__getitem__, reverse=falling)
    order = known + [place for place in places if not values[place]] if len(known) < len(values) else known
    return Filtered((articles.rows[place] for place in order), (articles.texts[place] for place in order))


_VALUES: dict[SortKey, Callable[[ArticleRow], Any]] = {
    "title": attrgetter("title"),
    "outlet": lambda row: row.source.casefold() if row.source else "",
    "date": attrgetter("published_at"),
    "words": attrgetter("words"),
}
