"""Vectors staged for the next build."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.indexing.staging import STAGING_DATABASE, Staging
from assistant.store.codecs import add_checksum

VECTORS = [(key, add_checksum(key, b"vector of " + key)) for key in (b"a", b"b", b"c")]


def test_staged_vectors_loaded(tmp_path: Path) -> None:
    """Vectors are loaded by key after the file was closed."""
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors(VECTORS)
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a", b"c", b"none"]) == [VECTORS[0], VECTORS[2]]
        assert staging.load_vectors([]) == []


def test_damaged_vector_not_loaded(tmp_path: Path) -> None:
    """A vector that was altered is left out."""
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors(VECTORS)
    with closing(sqlite3.connect(tmp_path / STAGING_DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE vector SET data = zeroblob(length(data)) WHERE key = x'62'")
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a", b"b", b"c"]) == [VECTORS[0], VECTORS[2]]


def test_damaged_file_replaced(tmp_path: Path) -> None:
    """A file that is no database is replaced by an empty one."""
    (tmp_path / STAGING_DATABASE).write_bytes(b"no database" * 1000)
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a"]) == []
        staging.save_vectors(VECTORS)
        assert staging.load_vectors([b"a"]) == VECTORS[:1]
