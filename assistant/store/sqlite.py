"""Read-only connections to SQLite that work while another process writes, and SQLite's errors as ours."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged, LibraryError
from assistant.store.remedies import REBUILD_HINT, REPAIR_HINT
from assistant.system.os_errors import find_obstruction, find_write_obstacle
from assistant.system.tables import TableError, connect_to_write

# The causes of errors that are not damage to the file, by SQLite's primary result code.
_PRIMARY_CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full; free some disk space",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; free some disk space, or check the disk",
    sqlite3.SQLITE_READONLY: "cannot be written; check the folder's permissions, and that its disk has room",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the folder's permissions, and that its disk has room",
    sqlite3.SQLITE_PERM: "cannot be opened; check the folder's permissions",
    sqlite3.SQLITE_BUSY: "another program holds the database; try again",
    sqlite3.SQLITE_LOCKED: "another program holds the database; try again",
}

_UNWRITABLE_CODES = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)

# The same by extended result code, if that is more specific.
_EXTENDED_CAUSES = {
    sqlite3.SQLITE_READONLY_ROLLBACK: "a build was interrupted there, and only who may write can undo what it left",
    sqlite3.SQLITE_IOERR_NOMEM: "not enough memory; close other programs",
    sqlite3.SQLITE_IOERR_SHMMAP: "not enough memory or disk space; close other programs, or free some disk space",
}
QUERY_BATCH_SIZE = 500  # values in one query
OPEN_ATTEMPTS, RETRY_SECONDS = 10, 0.02  # a writer may just be creating or deleting the log of the database

FileStamp = tuple[int, int, int]
"""Inode, size in bytes, and time of change in nanoseconds of a file."""


class DamagedRowError(sqlite3.DatabaseError):
    """A row, or a table, is not what a build writes."""


@contextlib.contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into LibraryError and LibraryDamaged, which name the file and the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if cause := _find_cause(error):
            cause = find_obstruction(path) or find_write_obstacle(path.parent) or cause
            raise LibraryError(f"{path}: {cause}; the last complete index, if any, is unchanged") from error
        remedy = REPAIR_HINT if isinstance(error, DamagedRowError) else REBUILD_HINT
        raise LibraryDamaged(f"{path}: damaged ({error}); {remedy}") from error


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error tells of damage to the file, and not of the disk, of permissions, or of another program."""
    return not _find_cause(error)


def _find_cause(error: sqlite3.DatabaseError) -> str:
    """What else than damage has caused an error, with what can be done; empty if it tells of damage."""
    code = getattr(error, "sqlite_errorcode", 0)
    return _EXTENDED_CAUSES.get(code) or _PRIMARY_CAUSES.get(code & 0xFF, "")


class ReadConnection:
    """A connection that only reads, and sees the database as it was at its first query.

    Even a reader of SQLite writes a small file next to the database. If that is not possible (no permission, full
    disk) and there is no log, the database is read without a lock; if it changes meanwhile, results are discarded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: FileStamp | None = None  # of the file, if it is read without a lock
        for attempts_left in reversed(range(OPEN_ATTEMPTS)):
            try:
                self.connection = self._open()
                break
            except sqlite3.DatabaseError as error:
                if not attempts_left or error.sqlite_errorcode & 0xFF not in _UNWRITABLE_CODES:
                    raise
                time.sleep(RETRY_SECONDS)
        self.connection.execute("BEGIN")  # from the first query on, one snapshot

    def _open(self) -> sqlite3.Connection:
        uri = self._path.resolve().as_uri()
        connection = _connect(f"{uri}?mode=ro")
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
                with contextlib.suppress(TableError):  # a journal of another program says nothing of this file
                    undo_interrupted_change(self._path)
                    return _connect(f"{uri}?mode=ro")
            log = self._path.with_name(self._path.name + "-wal")
            if error.sqlite_errorcode & 0xFF not in _UNWRITABLE_CODES or (log.exists() and log.stat().st_size):
                raise
            self._stamp = _read_stamp(self._path)
            return _connect(f"{uri}?mode=ro&immutable=1")
        return connection

    def reading(self) -> contextlib.AbstractContextManager[None]:
        """Turns errors of SQLite into those of this program."""
        return database_errors(self._path)

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query. Raises LibraryError if the file was changed meanwhile, and the errors of SQLite."""
        _, rows = self.select_named(query, values)
        # Not `yield from`: an abandoned generator would close the cursor after the connection.
        for row in rows:  # noqa: UP028
            yield row

    def select_named(self, query: str, values: Sequence[Any] = ()) -> tuple[list[str], Iterable[Any]]:
        """The names of the columns, and the rows. Raises as `select` does."""
        if self._stamp is None:
            rows = self.connection.execute(query, values)
            return _column_names(rows), rows
        with self.fail_if_changed():
            rows = self.connection.execute(query, values)
            return _column_names(rows), rows.fetchall()

    @contextlib.contextmanager
    def fail_if_changed(self) -> Iterator[None]:
        """Raise LibraryError, instead of any other error, if the file was changed while it was read without a lock."""
        try:
            yield
        finally:
            if self._stamp is not None and self._stamp != _read_stamp(self._path):
                raise LibraryError(f"{self._path}: a build has changed it while it was read; ask again")

    def close(self) -> None:
        """Release the snapshot."""
        self.connection.close()


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=10, check_same_thread=False, isolation_level=None)
    distrust_schema(connection)
    return connection


def undo_interrupted_change(path: Path) -> None:
    """Put back what the journal beside a database has kept of it, which a connection that only reads may not do.

    Without that, the file may show a part of a change. Raises the errors of SQLite, also without permission to write.
    """
    with contextlib.closing(connect_to_write(path)) as database:
        database.execute("SELECT 1 FROM sqlite_master").fetchone()


def distrust_schema(connection: sqlite3.Connection) -> None:
    """Let no function with side effects be called from the schema of a file, which can come from anywhere."""
    connection.execute("PRAGMA trusted_schema = OFF")


def _column_names(cursor: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in cursor.description or ()]


def _read_stamp(path: Path) -> FileStamp:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def create_empty_log(path: Path) -> None:
    """Create an empty log for a database that was written, for readers who may not create one.

    SQLite deletes the log when the last writer closes, but not when a reader does. Errors are ignored.
    """
    with contextlib.suppress(sqlite3.Error, OSError):
        ReadConnection(path).close()


def make_placeholders(values: Sequence[object]) -> str:
    """The list of placeholders for these values in a query: "?,?,?"."""
    return ",".join("?" * len(values))
