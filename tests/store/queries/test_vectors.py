"""Search by vector, in the FAISS file and without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.store.protocol import PassageFilter
from assistant.store.queries.vectors import VectorQueries
from tests.support.bridge_news import BRIDGE, FERRY
from tests.support.memory_library import DIMENSION, embed_words
from tests.support.tiny_library import open_queries

VECTOR = embed_words(f"{FERRY.title} (2025-05-09)\n{FERRY.text}")


def test_nearest_passages(tiny_index: Path) -> None:
    """The nearest passage comes first; a filter limits the search."""
    with open_queries(tiny_index, VectorQueries) as queries:
        (number, cosine), *others = queries.search_vectors(VECTOR, 3)
        assert (number, len(others)) == (3, 2)
        assert cosine == pytest.approx(1.0, abs=1e-3)
        assert cosine > others[0][1] >= others[1][1]
        where = PassageFilter(frozenset({"copy", "bridge"}))
        assert {found for found, _ in queries.search_vectors(VECTOR, 9, where)} == {1, 2}
        assert queries.dimension == DIMENSION


def test_cosines_of_passages(tiny_index: Path) -> None:
    """The cosine is that of the stored vector, None for a passage that does not exist."""
    expected = float(VECTOR @ embed_words(f"{BRIDGE.title} (2025-05-04)\n{BRIDGE.text}"))
    with open_queries(tiny_index, VectorQueries) as queries:
        assert queries.cosines(VECTOR, [1, 99]) == [pytest.approx(expected, abs=1e-3), None]


def test_missing_file_is_replaced_by_stored_vectors(tiny_index: Path, tmp_path: Path) -> None:
    """Without the FAISS file the index is built from the vectors in the database."""
    copy = tmp_path / "index"
    shutil.copytree(tiny_index, copy)
    (file,) = copy.glob("vectors-*.faiss")
    file.unlink()
    with open_queries(tiny_index, VectorQueries) as whole, open_queries(copy, VectorQueries) as queries:
        assert len(queries.vector_index()) == len(queries.stored_vectors()) == 5
        assert queries.search_vectors(VECTOR, 1)[0][0] == whole.search_vectors(VECTOR, 1)[0][0] == 3
