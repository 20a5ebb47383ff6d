"""How some articles are spread over outlets, authors, months, and who is quoted in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.records.collection.question import Grouping
from assistant.records.collection.search import Words
from assistant.records.library import ArticleRow, Facet
from assistant.store.protocol import Library
from assistant.store.search.likeness import find_telling_words

NOT_NAMED, UNDATED = "(not named)", "(undated)"
MAX_SPEAKERS = 50  # of a facet

_DAY_LENGTHS: dict[Grouping, int] = {"year": 4, "month": 7, "day": 10}


def count_groups(rows: Iterable[ArticleRow], grouping: Grouping) -> list[tuple[str, int]]:
    """How many articles each outlet or author has, largest first, or each month, year or day, in order."""
    if grouping in _DAY_LENGTHS:
        days = Counter(row.day[: _DAY_LENGTHS[grouping]] or UNDATED for row in rows)
        return sorted(days.items(), key=lambda item: (item[0] == UNDATED, item[0]))
    names = Counter((row.source if grouping == "outlet" else row.author) or NOT_NAMED for row in rows)
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))


def list_facets(library: Library, article_ids: Sequence[str], *, with_speakers: bool = False) -> tuple[Facet, ...]:
    """The articles by outlet, month and author; if asked for, their speakers with their statements, and their words.

    These words tell them from other articles; each with how many of the articles have it.
    """
    known = library.article_rows()
    rows = [known[article_id] for article_id in article_ids if article_id in known]
    groupings: tuple[Grouping, ...] = ("outlet", "month", "author")
    facets = [Facet(grouping, tuple(count_groups(rows, grouping))) for grouping in groupings]
    if with_speakers:
        quoted = library.count_quoted(article_ids)[:MAX_SPEAKERS]
        facets.append(Facet("speaker", tuple((name, statements) for name, statements, _ in quoted)))
        telling = [Words(word) for word in find_telling_words(library, article_ids)]
        inside = frozenset(article_ids)
        counts = ((each.phrase, len(inside.intersection(library.find_articles(each)))) for each in telling)
        facets.append(Facet("word", tuple(counts)))
    return tuple(facets)
