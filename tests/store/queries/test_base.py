"""What all queries share: lists of values, values that are computed once, and altered articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryDamaged, LibraryError
from assistant.store.library import SqliteLibrary, read_generation
from assistant.store.queries.base import SnapshotQueries, build_article
from assistant.store.queries.snapshot import LibrarySnapshot
from assistant.store.sqlite import QUERY_BATCH_SIZE
from tests.support.bridge_news import FERRY
from tests.support.tiny_library import open_queries


@pytest.fixture
def queries(tiny_index: Path) -> Iterator[SnapshotQueries]:
    with open_queries(tiny_index, SnapshotQueries) as queries:
        yield queries


def test_long_list_is_split(queries: SnapshotQueries) -> None:
    """A list that is longer than a query may be gives all rows; values that cannot be stored match nothing."""
    values = ["\ud800", *map(str, range(QUERY_BATCH_SIZE)), "ferry"]
    query = "SELECT id, ? FROM article WHERE id IN (?)"
    assert list(queries.select_in(query.replace("?", "'x'", 1), values)) == [("ferry", "x")]
    assert list(
        queries.select_in("SELECT id FROM article WHERE id IN (?) AND source = ?", ["ferry", "copy"], ["The Valley"])
    ) == [("ferry",)]


def test_first_row_or_none(queries: SnapshotQueries) -> None:
    """A query without rows, or for text that cannot be stored, gives None."""
    query = "SELECT title FROM article WHERE id = ?"
    assert queries.select_first(query, ("ferry",)) == ("Ferry",)
    assert queries.select_first(query, ("none",)) is None
    assert queries.select_first(query, ("\ud800",)) is None


def test_value_computed_once(queries: SnapshotQueries) -> None:
    """The second request gives the first value."""
    assert [queries.compute_once("key", lambda: 1), queries.compute_once("key", lambda: 2)] == [1, 1]


def test_snapshot_is_released(tiny_index: Path) -> None:
    """A snapshot names its state, and nothing is read through it once it is released."""
    with SqliteLibrary.open(tiny_index) as library:
        assert isinstance(library, LibrarySnapshot)
        assert library.generation == read_generation(tiny_index)
    with pytest.raises(LibraryError):
        list(library.articles())


def test_altered_text_is_error() -> None:
    """An article whose text does not have its hash is damaged."""
    row = (FERRY.id, FERRY.title, FERRY.text, FERRY.sha256, FERRY.source, None, FERRY.published_at, None, None, None)
    assert build_article(row) == FERRY
    with pytest.raises(LibraryDamaged, match=r"^the text of article 'ferry' is not what was read; "):
        build_article((*row[:2], FERRY.text + ".", *row[3:]))
