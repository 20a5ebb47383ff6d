"""Filters and sorts rows of articles, speakers and stories; it needs no library, so that each keystroke can filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Generic, Literal, Self, TypeVar

from assistant.errors import QuestionError
from assistant.presentation.mark_signs import list_filter_words
from assistant.records.library import ArticleRow, SpeakerRow, Story
from assistant.records.marks import ArticleMarks
from assistant.text.formatting import join_names
from assistant.text.names import find_similar_names
from assistant.text.words import fold

SortKey = Literal["title", "outlet", "date", "words"]
SORT_KEYS: tuple[SortKey, ...] = ("title", "outlet", "date", "words")
DESCENDING_KEYS: frozenset[SortKey] = frozenset({"date", "words"})  # largest value first by default

NO_DATE, NO_OUTLET = "no-date", "no-outlet"  # typed to find the articles without them
MAX_NAMES_SHOWN = 5  # of an ambiguous name


Row = TypeVar("Row")


class FilterableRows(Generic[Row]):
    """Rows with their searchable texts, which are prepared once."""

    def __init__(self, rows: Iterable[Row], texts: Iterable[str]) -> None:
        self.rows = tuple(rows)
        self.texts = tuple(texts)  # one per row, folded

    @classmethod
    def from_rows(cls, rows: Sequence[Row], list_fields: Callable[[Row], Iterable[str | None]]) -> Self:
        """Rows that are filtered by these fields."""
        return cls(rows, (fold(" ".join(part for part in list_fields(row) if part)) for row in rows))

    def find_rows(self, typed: str) -> Sequence[Row]:
        """The rows that contain every typed word, anywhere and in any case, in their order."""
        words = fold(typed).split()
        if not words:
            return self.rows
        return [row for row, text in zip(self.rows, self.texts, strict=True) if all(word in text for word in words)]


def prepare_articles(
    rows: Sequence[ArticleRow],
    marks: Mapping[str, ArticleMarks] | None = None,
    given_tags: Mapping[str, Sequence[str]] | None = None,
) -> FilterableRows[ArticleRow]:
    """Articles, filtered by title, outlet, author, day ("2025-03"), by NO_DATE and NO_OUTLET, and, if
    given, by marks ("#tag", "is:starred").

    `marks` are those of the articles by their SHA-256, `given_tags` the tags that their files give, by their ids.
    """
    given = given_tags or {}

    def list_fields(row: ArticleRow) -> tuple[str | None, ...]:
        own = [f"#{tag}" for tag in given.get(row.id, ())]
        own += [] if marks is None else [list_filter_words(marks.get(row.sha256))]
        return (row.title, row.source or NO_OUTLET, row.author, row.day or NO_DATE, *own)

    return FilterableRows.from_rows(rows, list_fields)


def prepare_speakers(rows: Sequence[SpeakerRow]) -> FilterableRows[SpeakerRow]:
    """Speakers, filtered by name."""
    return FilterableRows.from_rows(rows, lambda row: (row.name,))


def choose_speaker(speakers: Sequence[SpeakerRow], name: str) -> SpeakerRow:
    """The speaker with this name, else the only one whose name contains it.

    Raises QuestionError if no speaker or more than one matches.
    """
    same = [row for row in speakers if fold(row.name) == fold(name)]
    matches = same or list(prepare_speakers(speakers).find_rows(name) if name.strip() else ())
    if len(matches) == 1:
        return matches[0]
    if not matches:
        similar = find_similar_names(name, (row.name for row in speakers))
        hint = f"did you mean {join_names(similar, 'or')}?" if similar else "`assistant speakers` lists all speakers"
        raise QuestionError(f"no speaker named {name!r} in the articles; {hint}")
    names = ", ".join(row.name for row in matches[:MAX_NAMES_SHOWN]) + ("…" if len(matches) > MAX_NAMES_SHOWN else "")
    raise QuestionError(f"{name!r} matches several speakers: {names}; give the full name")


def choose_article(articles: Sequence[ArticleRow], name: str) -> ArticleRow:
    """The article with this id, else the only one whose id contains it, else the only one with its words in the title.

    Raises QuestionError if no article or more than one matches.
    """
    part = fold(name)
    matches = [row for row in articles if row.id == name]
    if not matches and part.strip():
        titles = FilterableRows.from_rows(articles, lambda row: (row.title,))
        matches = [row for row in articles if part in fold(row.id)] or list(titles.find_rows(name))
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise QuestionError(
            f"no article with the id {name!r}, or with these words in its title; `assistant articles list` shows them"
        )
    ids = ", ".join(row.id for row in matches[:MAX_NAMES_SHOWN]) + (" …" if len(matches) > MAX_NAMES_SHOWN else "")
    raise QuestionError(f"{name!r} matches {len(matches):,} articles: {ids}; give more of the id")


def prepare_stories(stories: Sequence[Story]) -> FilterableRows[Story]:
    """Stories, filtered by the fields of their articles."""
    return FilterableRows.from_rows(
        stories, lambda story: (part for row in story.articles for part in (row.title, row.source, row.author, row.day))
    )


def sort_articles(articles: FilterableRows[ArticleRow], by: SortKey, descending: bool) -> FilterableRows[ArticleRow]:
    """The articles in order; those without a value come last in both directions.

    Articles with equal values keep their order: newest first, as a library lists them.
    """
    values = list(map(_SORT_VALUES[by], articles.rows))
    if by == "title":
        values = list(articles.texts)  # folded already, and the title comes first
    places = range(len(values))
    known = sorted((place for place in places if values[place]), key=values.__getitem__, reverse=descending)
    order = known + [place for place in places if not values[place]] if len(known) < len(values) else known
    return FilterableRows((articles.rows[place] for place in order), (articles.texts[place] for place in order))


_SORT_VALUES: dict[SortKey, Callable[[ArticleRow], Any]] = {
    "title": attrgetter("title"),
    "outlet": lambda row: row.source.casefold() if row.source else "",
    "date": attrgetter("published_at"),
    "words": attrgetter("words"),
}
