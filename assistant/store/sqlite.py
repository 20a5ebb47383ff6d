"""SQLite as this program opens it: for reading beside a writer, its errors as ours."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged, LibraryError
from assistant.store.remedies import REBUILD_HINT
from assistant.system.os_errors import find_write_obstacle

# By SQLite's primary result code: what keeps it from working that is no fault of the file.
_PRIMARY_CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full; make room there",
    sqlite3.SQLITE_IOERR: "the disk does not take or give the data; make room there, or check the disk",
    sqlite3.SQLITE_READONLY: "cannot be written; check the folder's permissions, and that its disk has room",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the folder's permissions, and that its disk has room",
    sqlite3.SQLITE_PERM: "cannot be opened; check the folder's permissions",
    sqlite3.SQLITE_BUSY: "another program holds the database; try again",
    sqlite3.SQLITE_LOCKED: "another program holds the database; try again",
}

_UNWRITABLE_CODES = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)

# By its extended result code, where that says more.
_EXTENDED_CAUSES = {
    sqlite3.SQLITE_IOERR_NOMEM: "not enough memory; close other programs",
    sqlite3.SQLITE_IOERR_SHMMAP: "not enough memory, or no room on the disk; close other programs, or make room there",
}
OPEN_ATTEMPTS, RETRY_SECONDS = 10, 0.02  # of opening a database whose log a writer is just making or removing; seconds

FileStamp = tuple[int, int, int]
"""Which file it is, its size, and when it was changed."""


@contextlib.contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, naming the file and the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        known = _EXTENDED_CAUSES.get(code) or _PRIMARY_CAUSES.get(code & 0xFF)
        if known:
            known = find_write_obstacle(path.parent) or known
            raise LibraryError(f"{path}: {known}; the last complete index is unchanged") from error
        raise LibraryDamaged(f"{path}: damaged ({error}); {REBUILD_HINT}") from error


class ReadConnection:
    """A connection that only reads, and sees the database as it was at its first query.

    SQLite wants to write a little beside what it reads. Where a reader may not, or the disk is full, and no log lies
    there, it reads without any lock: then every result is thrown away during which the file was changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: FileStamp | None = None  # of the file, where it is read without a lock
        for left in reversed(range(OPEN_ATTEMPTS)):
            try:
                self.connection = self._open()
                break
            except sqlite3.DatabaseError as error:
                if not left or error.sqlite_errorcode & 0xFF not in _UNWRITABLE_CODES:
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
            log = self._path.with_name(self._path.name + "-wal")
            if error.sqlite_errorcode & 0xFF not in _UNWRITABLE_CODES or (log.exists() and log.stat().st_size):
                raise
            self._stamp = _read_stamp(self._path)
            return _connect(f"{uri}?mode=ro&immutable=1")
        return connection

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query. Raises LibraryError where the file was changed meanwhile, and what SQLite raises."""
        if self._stamp is None:
            # Not `yield from`: a generator that is left early would close the cursor of a closed connection.
            for row in self.connection.execute(query, values):  # noqa: UP028
                yield row
            return
        with self.fail_if_changed():
            rows = self.connection.execute(query, values).fetchall()
        yield from rows

    @contextlib.contextmanager
    def fail_if_changed(self) -> Iterator[None]:
        """Raise LibraryError, whatever else was raised, where the file was changed while it was read without a lock."""
        try:
            yield
        finally:
            if self._stamp is not None and self._stamp != _read_stamp(self._path):
                raise LibraryError(f"{self._path}: a build has changed it while it was read; ask again")

    def close(self) -> None:
        """Let the snapshot go."""
        self.connection.close()


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=10, check_same_thread=False, isolation_level=None)


def _read_stamp(path: Path) -> FileStamp:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def create_empty_log(path: Path) -> None:
    """Leave an empty log beside a database that was written, for those to find who read it and may not make one.

    SQLite removes the log with the last writer, but not with a reader. Failing to is no failure.
    """
    with contextlib.suppress(sqlite3.Error, OSError):
        ReadConnection(path).close()
