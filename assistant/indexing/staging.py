"""Vectors of a build under way, kept aside as they are made: a build that is stopped has lost nothing that took
time, and the next one takes them up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.store.codecs import strip_checksum
from assistant.system.files import remove_database

STAGING_DATABASE = "embedded.sqlite3"

EncodedVector = tuple[bytes, bytes]
"""A vector as the library stores it: key, data."""


class Staging:
    """The file of vectors kept aside in one index folder."""

    def __init__(self, folder: Path) -> None:
        path = folder / STAGING_DATABASE
        try:
            self._connection = _connect(path)
        except sqlite3.DatabaseError:
            remove_database(path)  # it holds nothing that cannot be made again
            self._connection = _connect(path)

    def load_vectors(self, keys: Sequence[bytes]) -> list[EncodedVector]:
        """What there is under these keys, and is what was put there."""
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(f"SELECT key, data FROM vector WHERE key IN ({marks})", keys)
        return [(key, data) for key, data in rows if strip_checksum(key, data) is not None]

    def save_vectors(self, vectors: Iterable[EncodedVector]) -> None:
        """Put these aside, all or none."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors)

    def close(self) -> None:
        """Let go of the file, which stays."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    aside = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        aside.execute("PRAGMA journal_mode = WAL")
        aside.execute("PRAGMA synchronous = NORMAL")
        aside.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
    except BaseException:
        aside.close()
        raise
    return aside
