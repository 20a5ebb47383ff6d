"""Stores the vectors of a build while it runs: if it is stopped, the next build reuses them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.store.codecs import strip_checksum
from assistant.system.files import remove_database
from assistant.system.tables import connect_to_write

STAGING_DATABASE = "embedded.sqlite3"

EncodedVector = tuple[bytes, bytes]
"""A vector as the library stores it: key, data."""


class Staging:
    """The file of staged vectors in an index folder. It is created if it is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        path = folder / STAGING_DATABASE
        try:
            self._connection = _connect(path)
        except sqlite3.DatabaseError:
            remove_database(path)  # its vectors can be computed again
            self._connection = _connect(path)

    def load_vectors(self, keys: Sequence[bytes]) -> list[EncodedVector]:
        """The intact vectors with these keys."""
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(f"SELECT key, data FROM vector WHERE key IN ({marks})", keys)
        return [(key, data) for key, data in rows if strip_checksum(key, data) is not None]

    def save_vectors(self, vectors: Iterable[EncodedVector]) -> None:
        """Store these vectors, all or none."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors)

    def close(self) -> None:
        """Close the file. It is not deleted."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = connect_to_write(path, timeout=10, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
    except BaseException:
        connection.close()
        raise
    return connection
