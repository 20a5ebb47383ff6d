"""Queries for lists: rows of articles, and full-text search with the places of the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records.library import ArticleRow
from assistant.store.protocol import WordQuery
from assistant.store.queries.browsing import BrowsingQueries
from assistant.store.queries.words import WordQueries
from tests.support.bridge_news import CORRECTION, FERRY
from tests.support.tiny_library import open_queries


class _Queries(BrowsingQueries, WordQueries):
    """Lists, with the words of SQLite."""


@pytest.fixture
def queries(tiny_index: Path) -> Iterator[BrowsingQueries]:
    with open_queries(tiny_index, _Queries) as queries:
        yield queries


def test_article_rows(queries: BrowsingQueries) -> None:
    """Rows come newest first, with words and near-duplicates counted."""
    rows = queries.article_rows()
    assert list(rows) == ["ferry", "correction", "copy", "bridge", "twin"]
    assert rows["ferry"] == ArticleRow("ferry", "Ferry", "The Valley", None, "2025-05-09", 18, 0, FERRY.sha256)
    assert (rows["bridge"].copies, rows["twin"].copies, rows["copy"].copies) == (1, 1, 0)


def test_search_marks_words(queries: BrowsingQueries) -> None:
    """Found articles come best first, with the places of the words in every inflection."""
    words = WordQuery.any_of(["ferry", "police"])
    ranked = queries.rank_articles(words, 2.0)
    assert ranked == [(3, 1)]
    (hit,) = queries.load_hits(ranked, words)
    assert (hit.article_id, hit.start, hit.text, hit.passages) == ("ferry", 0, FERRY.text, 1)
    assert [FERRY.text[start:end] for start, end in hit.marks] == ["ferry", "police", "ferry"]


def test_title_counts_by_its_weight(queries: BrowsingQueries) -> None:
    """With a weight for titles, an article with the word in its title comes before one that only mentions it."""
    words = WordQuery.any_of(["correction"])
    assert queries.rank_articles(words, 2.0)[0][0] == 4


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (WordQuery.any_of(["boat"]), ["boats", "boats"]),
        (WordQuery((("corr",),), is_prefix=True), ["correct"]),
        (WordQuery.any_of(["number of boats"]), ["number of boats"]),
        (WordQuery.any_of(["ferry"]), []),
    ],
)
def test_word_places(queries: BrowsingQueries, words: WordQuery, marked: list[str]) -> None:
    """The places are offsets into the article."""
    spans = queries.find_word_spans(words, "correction")
    assert [CORRECTION.text[start:end] for start, end in spans] == marked
