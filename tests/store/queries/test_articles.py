"""Queries on articles, their sentences and statements, their near-duplicates, and all of them together."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records.answer import Duplicate
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import PassageFilter
from assistant.store.queries.articles import ArticleQueries, CollectionQueries, DuplicateQueries, SentenceQueries
from tests.support.bridge_news import BRIDGE, CORRECTION, FERRY
from tests.support.memory_library import make_article
from tests.support.tiny_library import build_tiny_library, open_queries

NEWEST_FIRST = ["ferry", "correction", "copy", "bridge", "twin"]


def test_articles_in_order(tiny_index: Path) -> None:
    """Articles come newest first, the undated one last."""
    with open_queries(tiny_index, ArticleQueries) as queries:
        assert [article.id for article in queries.articles()] == NEWEST_FIRST
        assert queries.newest_articles(2) == NEWEST_FIRST[:2]
        assert queries.article_count() == 5
        assert queries.article("ferry") == FERRY
        assert queries.titles()[0] == ("Ferry", "2025-05-09")
        assert queries.titles()[-1] == ("Twin", None)
        assert queries.corrections() == [CORRECTION]


def test_articles_containing_most_pieces(tiny_index: Path) -> None:
    """Articles with more of the strings come first; those without any are left out."""
    with open_queries(tiny_index, ArticleQueries) as queries:
        assert queries.find_articles_containing(["14 boats", "wrong", "55 boats"], 9) == ["correction", "ferry"]
        assert queries.find_articles_containing(["14 boats", "wrong", "55 boats"], 1) == ["correction"]


def test_sentences_and_statements(tiny_index: Path) -> None:
    """The sentences and the words of speakers are places in the text."""
    with open_queries(tiny_index, SentenceQueries) as queries:
        spans = queries.sentence_spans("ferry")
        assert [FERRY.text[start:end] for start, end in spans] == [
            "The ferry carried 55 boats past the bridge on 9 May.",
            "The police said the ferry was late.",
        ]
        statements = queries.statements("bridge")
        assert [(each.speaker, each.direct, BRIDGE.text[each.start : each.end]) for each in statements] == [
            ("Ada Quill", False, "the bridge was unsafe"),
            ("Ada Quill", True, "“We will not reopen the bridge this year,”"),
            ("Tom Reed", False, "the bridge was unsafe"),
        ]
        assert set(queries.load_statements(["ferry", "correction"])) == {"ferry"}


def test_near_duplicates(tiny_index: Path) -> None:
    """Articles with the same text are one story; others have a story of their own."""
    with open_queries(tiny_index, DuplicateQueries) as queries:
        assert queries.duplicates("twin") == [Duplicate("bridge", "Bridge shut", "Evening Bell", "2025-05-04")]
        assert queries.duplicate_ids("bridge") == ["twin"]
        assert queries.load_story_numbers(["bridge", "twin", "ferry"]) == {"bridge": 1, "twin": 1, "ferry": 3}
        assert queries.load_duplicates(["ferry", "none"]) == {}


def test_figures_of_collection(tiny_index: Path) -> None:
    """Counts, days and sources of all articles; an article without a source is counted apart."""
    with open_queries(tiny_index, CollectionQueries) as queries:
        counts = queries.counts()
        names = ("articles", "sources", "passages", "statements", "duplicates")
        assert [counts[name] for name in names] == [5, 3, 5, 8, 1]
        assert queries.date_range() == ("2025-05-04", "2025-05-09")
        assert queries.articles_by_day()[:2] == [("2025-05-04", 1), ("2025-05-05", 1)]
        assert queries.sources()[:2] == [("Evening Bell", 2), ("(not named)", 1)]
        assert sorted(queries.source_names()) == ["Evening Bell", "Morning Leaf", "The Valley"]
        assert list(queries.file_rows()) == []


@pytest.mark.parametrize(
    ("published", "days"),
    [
        (["2025-05-04", "2025-05-09"], ("2025-05-04", "2025-05-09")),
        (["2025-02", "2025-01-30"], ("2025-01-30", "2025-02-28")),
        (["2025", "2025-05-04"], ("2025-01-01", "2025-12-31")),
        ([None], None),
    ],
)
def test_days_of_months_and_years(tmp_path: Path, published: list[str | None], days: tuple[str, str] | None) -> None:
    """A month or year counts with all of its days."""
    articles = [make_article(f"a{number}", "Text.", published_at=day) for number, day in enumerate(published)]
    config = build_tiny_library(tmp_path, articles)
    with open_queries(config.index, CollectionQueries) as queries:
        assert queries.date_range() == days


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2025-02-01", "2025-02-28"), {"day", "month", "year", "undated"}),
        (("2025-03-01", "2025-03-31"), {"year", "undated"}),
        (("2024-12-01", "2025-12-31"), {"day", "month", "year", "undated"}),
        (("2026-01-01", None), {"undated"}),
        ((None, "2025-01-31"), {"year", "undated"}),
    ],
)
def test_filter_on_days(tmp_path: Path, days: tuple[str | None, str | None], found: set[str]) -> None:
    """An article that is dated by a month or year matches each of its days; an undated one matches all."""
    dates = {"day": "2025-02-03", "month": "2025-02", "year": "2025", "undated": None}
    config = build_tiny_library(
        tmp_path, [make_article(name, "Text.", published_at=day) for name, day in dates.items()]
    )
    with SqliteLibrary.open(config.index) as queries:
        numbers = queries.resolve_filter(PassageFilter(days=days))
        assert {passage.article_id for passage in queries.passages(list(numbers)).values()} == found
