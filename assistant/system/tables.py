"""SQLite files that can come from elsewhere: opened to write only if no other file changes by it, and their tables
checked before anything of them is read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.system.files import open_regular_file
from assistant.system.os_errors import find_obstruction

_JOURNAL_END = bytes.fromhex("d9d505f920a163d7")  # of a journal that names another, https://sqlite.org/fileformat.html


class TableError(sqlite3.DatabaseError):
    """The tables are not those of the program: the file is damaged or comes from elsewhere."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def connect_to_write(
    path: Path,
    timeout: float = 10,
    *,
    isolation_level: Literal["DEFERRED"] | None = "DEFERRED",
    check_same_thread: bool = True,
) -> sqlite3.Connection:
    """Open an SQLite file, or create it; `timeout` is in seconds, the others are those of `sqlite3.connect`.

    Raises TableError if the journal beside it names a further file: SQLite would delete that one, wherever it is, when
    it puts the journal back. This program changes one file at a time, so none of its own journals does. Raises
    sqlite3.OperationalError that says so if something is in the way that is no file.
    """
    journal = path.with_name(f"{path.name}-journal")
    if obstruction := find_obstruction(path):
        raise _make_obstacle(obstruction)
    try:
        with open_regular_file(str(journal)) as file:
            file.seek(-min(len(_JOURNAL_END), file.seek(0, os.SEEK_END)), os.SEEK_END)
            if file.read() == _JOURNAL_END:
                raise TableError(f"{journal.name} is not of this program and would delete another file; remove it")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _make_obstacle(f"{journal.name}: {error.strerror}") from error
    return sqlite3.connect(path, timeout=timeout, isolation_level=isolation_level, check_same_thread=check_same_thread)


def _make_obstacle(text: str) -> sqlite3.OperationalError:
    obstacle = sqlite3.OperationalError(text)
    obstacle.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    return obstacle


def refuse_triggers(database: sqlite3.Connection) -> None:
    """Raise TableError for a view or trigger: either could run something when the tables are used."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchone():
        raise TableError("has a view or trigger, which this program does not make")


def check_tables(database: sqlite3.Connection, schema: str) -> None:
    """Raise TableError unless the tables of `schema` are there, with its columns and values of their types.

    One bit that changes on the disk makes a text a BLOB, and SQLite does not notice when it reads the value. The values
    are not loaded for this.
    """
    for table, condition in _list_conditions(schema).items():
        try:
            wrong = database.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise  # another program uses the file, or the disk fails
            raise TableError(f"the table {table} is not as this program makes it ({error})") from error
        if wrong:
            raise TableError(f"the table {table} has values of a type that this program does not write")


@cache
def _list_conditions(schema: str) -> Mapping[str, str]:
    """For each table, in SQL, what is true of a row with a value of a wrong type."""
    conditions = {}
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (table,) in names.fetchall():
            columns = database.execute(f"PRAGMA table_info({table})").fetchall()
            conditions[table] = " OR ".join(
                f"typeof({name}) NOT IN ('{kind.lower()}', '{kind.lower() if is_required or key else 'null'}')"
                for _, name, kind, is_required, _, key in columns
            )
    return conditions
