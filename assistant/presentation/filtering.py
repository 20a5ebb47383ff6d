"""What browsing shows of a library, as records, and how rows of articles and speakers are filtered and sorted.

Pure and without a library: the interface filters at each keystroke."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Generic, Literal, Self, TypeVar

from assistant.errors import QuestionError
from assistant.records.library import ArticleRow, SpeakerRow, Story
from assistant.text.words import fold

SortKey = Literal["title", "outlet", "date", "words"]
SORT_KEYS: tuple[SortKey, ...] = ("title", "outlet", "date", "words")
DESCENDING_KEYS: frozenset[SortKey] = frozenset({"date", "words"})  # what one wants to see the most of first

MAX_NAMES_SHOWN = 5  # of those that a name may mean


Row = TypeVar("Row")


class FilterableRows(Generic[Row]):
    """Rows that can be filtered at each keystroke: what is looked at of each is prepared once."""

    def __init__(self, rows: Iterable[Row], texts: Iterable[str]) -> None:
        self.rows = tuple(rows)
        self.texts = tuple(texts)  # of each row, folded

    @classmethod
    def from_rows(cls, rows: Sequence[Row], looked_at: Callable[[Row], Iterable[str | None]]) -> Self:
        """Rows by what is looked at of each."""
        return cls(rows, (fold(" ".join(part for part in looked_at(row) if part)) for row in rows))

    def find_rows(self, typed: str) -> Sequence[Row]:
        """The rows that hold every typed word, anywhere and in any case, in the order they have."""
        words = fold(typed).split()
        if not words:
            return self.rows
        return [row for row, text in zip(self.rows, self.texts, strict=True) if all(word in text for word in words)]


def prepare_articles(rows: Sequence[ArticleRow]) -> FilterableRows[ArticleRow]:
    """Articles to be filtered by title, outlet, author and day ("2025-03")."""
    return FilterableRows.from_rows(rows, lambda row: (row.title, row.source, row.author, row.day))


def prepare_speakers(rows: Sequence[SpeakerRow]) -> FilterableRows[SpeakerRow]:
    """Speakers to be filtered by name."""
    return FilterableRows.from_rows(rows, lambda row: (row.name,))


def choose_speaker(speakers: Sequence[SpeakerRow], name: str) -> SpeakerRow:
    """The speaker of this name, or the only one whose name holds it. Raises QuestionError where there is not one."""
    same = [row for row in speakers if fold(row.name) == fold(name)]
    holding = same or list(prepare_speakers(speakers).find_rows(name) if name.strip() else ())
    if len(holding) == 1:
        return holding[0]
    if not holding:
        raise QuestionError(f"nobody named {name!r} speaks in the articles; `assistant speakers` shows all names")
    names = ", ".join(row.name for row in holding[:MAX_NAMES_SHOWN]) + ("…" if len(holding) > MAX_NAMES_SHOWN else "")
    raise QuestionError(f"{name!r} may be {names}; give the whole name")


def prepare_stories(stories: Sequence[Story]) -> FilterableRows[Story]:
    """Stories to be filtered by what their articles are filtered by."""
    return FilterableRows.from_rows(
        stories, lambda story: (part for row in story.articles for part in (row.title, row.source, row.author, row.day))
    )


def sort_articles(articles: FilterableRows[ArticleRow], by: SortKey, descending: bool) -> FilterableRows[ArticleRow]:
    """The articles in order; those that lack what they are sorted by come last either way.

    Equal ones keep the order they have: newest first, as a library lists them.
    """
    values = list(map(_SORT_VALUES[by], articles.rows))
    if by == "title":
        values = list(articles.texts)  # folded already, and the title stands first in them
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
