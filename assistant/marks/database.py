"""The file with what the user adds to a library: opened for each operation, changed in one transaction."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from assistant.conversations.record_json import decode_record
from assistant.errors import MarksError
from assistant.records.answer import Citation
from assistant.system.files import create_private_file
from assistant.system.os_errors import describe_os_error
from assistant.system.tables import check_tables, connect_to_write, refuse_triggers

FILE_NAME = "marks.sqlite3"
FILE_FORMAT = 1
LOCK_TIMEOUT = 5.0  # seconds to wait for another program that changes the file
_DAMAGE_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
SCHEMA = """
CREATE TABLE article (
    sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, starred_at TEXT, read_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE tag (
    sha256 TEXT NOT NULL REFERENCES article (sha256) ON UPDATE CASCADE ON DELETE CASCADE, folded TEXT NOT NULL,
    name TEXT NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (sha256, folded)
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL REFERENCES article (sha256) ON UPDATE CASCADE ON DELETE CASCADE,
    start INTEGER, end INTEGER, quote TEXT, text TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_article ON note (sha256);
CREATE TABLE dossier (
    number INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, citation TEXT NOT NULL, question TEXT NOT NULL,
    comment TEXT NOT NULL, added_at TEXT NOT NULL
) STRICT;
CREATE TABLE question (
    number INTEGER PRIMARY KEY AUTOINCREMENT, wording TEXT NOT NULL, asked TEXT NOT NULL, added_at TEXT NOT NULL
) STRICT;
CREATE TABLE known (
    question INTEGER NOT NULL REFERENCES question (number) ON DELETE CASCADE, words TEXT NOT NULL,
    PRIMARY KEY (question, words)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE finding (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    question INTEGER NOT NULL REFERENCES question (number) ON DELETE CASCADE, words TEXT NOT NULL,
    citation TEXT NOT NULL, found_at TEXT NOT NULL, shown_at TEXT, UNIQUE (question, words)
) STRICT
"""

Result = TypeVar("Result")


class MarksDatabase:
    """The file in a folder. It is created by the first change; without it, every list is empty.

    Safe to use from several threads and programs. All methods raise MarksError if the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query; none if there is no file."""
        if not self.path.exists():
            return []
        return self._run(lambda database: database.execute(query, values).fetchall())

    def change(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `act` in a transaction that is on disk when this returns."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            create_private_file(self.path)
        except OSError as error:
            raise MarksError(
                f"{self.path}: {describe_os_error(error)}; make the folder beside the index writable"
            ) from error
        return self._run(act)

    def decode_citation(self, text: str) -> Citation:
        """A citation that was kept as JSON. Raises MarksError."""
        try:
            return decode_record(Citation, text)
        except ValueError as error:
            raise MarksError(f"{self.path}: a citation cannot be read: {error}; {_REMEDY}") from error

    def find_fault(self) -> str | None:
        """What is wrong with the file, or None."""
        try:
            rows = self.select("PRAGMA integrity_check(3)")
        except MarksError as error:
            return str(error)
        faults = [str(fault) for (fault,) in rows if fault != "ok"]
        return f"{self.path}: {faults[0]}; {_REMEDY}" if faults else None

    def _run(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            with contextlib.closing(self._open()) as database:
                database.execute("BEGIN IMMEDIATE")
                try:
                    self._prepare(database)
                    result = act(database)
                    database.execute("COMMIT")
                except BaseException:
                    if database.in_transaction:
                        database.execute("ROLLBACK")
                    raise
                return result
        except sqlite3.Error as error:
            is_damaged = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in _DAMAGE_CODES
            remedy = (
                _REMEDY if is_damaged else "wait until no other program uses it; check the disk and its permissions"
            )
            raise MarksError(f"{self.path}: {error}; {remedy}") from error

    def _open(self) -> sqlite3.Connection:
        # The journal is one that a finished change leaves no trace of, so that a copy of the one file is a backup.
        database = connect_to_write(self.path, timeout=LOCK_TIMEOUT, isolation_level=None)
        try:
            database.execute("PRAGMA trusted_schema = OFF")  # the file can come from elsewhere
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")
            database.execute("PRAGMA synchronous = FULL")
        except BaseException:
            database.close()
            raise
        return database

    def _prepare(self, database: sqlite3.Connection) -> None:
        refuse_triggers(database)
        (file_format,) = database.execute("PRAGMA user_version").fetchone()
        if file_format == 0:
            for statement in SCHEMA.split(";"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {FILE_FORMAT}")
        elif file_format != FILE_FORMAT:
            raise MarksError(f"{self.path}: written by a newer version of this program; update it")
        check_tables(database, SCHEMA)


_REMEDY = "damaged: put a copy of it in its place, or rename it to begin with no marks"


def format_now() -> str:
    """The current time in UTC as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")
