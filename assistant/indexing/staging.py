"""Stores the vectors of a build while it runs: if it is stopped, the next build reuses them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from assistant.store.codecs import strip_checksum
from assistant.system.files import remove_database
from assistant.system.tables import connect_to_write, refuse_triggers

STAGING_DATABASE = "embedded.sqlite3"

EncodedVector = tuple[bytes, bytes]
"""A vector as the library stores it: key, data."""


# What SQLite says of a file that is damaged or of another program, and not of the disk or of who uses it.
_DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)

Result = TypeVar("Result")


class Staging:
    """The file of staged vectors in an index folder. It is created if it is missing.

    Wherever it is found to be damaged, it is begun anew: its vectors can be computed again.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STAGING_DATABASE
        try:
            self._connection = _connect(self._path)
        except sqlite3.DatabaseError:
            remove_database(self._path)
            self._connection = _connect(self._path)

    def load_vectors(self, keys: Sequence[bytes]) -> list[EncodedVector]:
        """The intact vectors with these keys."""
        query = (
            f"SELECT key, data FROM vector WHERE key IN ({','.join('?' * len(keys))})"
            " AND typeof(key) = 'blob' AND typeof(data) = 'blob'"
        )
        rows = self._use(lambda connection: connection.execute(query, keys).fetchall())
        return [(key, data) for key, data in rows if strip_checksum(key, data) is not None]

    def save_vectors(self, vectors: Iterable[EncodedVector]) -> None:
        """Store these vectors, all or none."""
        rows = list(vectors)

        def save(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

        self._use(save)

    def _use(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """What `act` gives of the file, or of a new one in its place if it is damaged."""
        try:
            return act(self._connection)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE_CODES:
                raise
        self._connection.close()
        remove_database(self._path)
        self._connection = _connect(self._path)
        return act(self._connection)

    def close(self) -> None:
        """Close the file. It is not deleted."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = connect_to_write(path, timeout=10, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        refuse_triggers(connection)
        connection.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
    except BaseException:
        connection.close()
        raise
    return connection
