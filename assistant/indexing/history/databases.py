"""A database that comes from elsewhere, taken row by row into one that this program makes.

Taken as it is, it could have views that never end in place of tables, triggers, and values of any type."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from assistant.store.schema import SELECT_SCHEMA
from assistant.store.sqlite import DamagedRowError, distrust_schema


def remake_database(data: bytes, schema: str) -> bytes:
    """A database with the tables of `schema` and the rows of the one in `data`.

    Tables and columns that only one of them has are left out. Raises sqlite3.Error for rows that do not fit.
    """
    with tempfile.TemporaryDirectory() as folder:
        foreign, own = Path(folder) / "foreign.sqlite3", Path(folder) / "own.sqlite3"
        foreign.write_bytes(data)
        with (
            closing(sqlite3.connect(f"{foreign.as_uri()}?mode=ro&immutable=1", uri=True)) as old,
            closing(sqlite3.connect(own)) as new,
        ):
            distrust_schema(old)
            new.executescript(schema)
            tables = _list_tables(new)
            for table in tables & _list_tables(old):
                columns = sorted(_list_columns(new, table) & _list_columns(old, table))
                if columns:
                    names, values = ", ".join(columns), ", ".join("?" * len(columns))
                    rows = old.execute(f"SELECT {names} FROM {table}")
                    new.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", rows)
            (version,) = old.execute("PRAGMA user_version").fetchone()
            new.execute(f"PRAGMA user_version = {int(version)}")
            new.commit()
        return own.read_bytes()


def _list_tables(database: sqlite3.Connection) -> set[str]:
    """The tables that hold rows. Raises DamagedRowError if there are other things from which rows could come."""
    found = set()
    for kind, name, sql in database.execute(SELECT_SCHEMA):
        if kind not in ("table", "index") or str(sql).upper().startswith("CREATE VIRTUAL"):
            raise DamagedRowError(f"it has a {kind} that this program does not make: {str(name)[:40]!r}")
        if kind == "table" and not str(name).startswith("sqlite_"):
            found.add(str(name))
    return found


def _list_columns(database: sqlite3.Connection, table: str) -> set[str]:
    """The columns that are stored, not computed."""
    return {str(name) for _, name, *_, hidden in database.execute(f"PRAGMA table_xinfo({table})") if not hidden}
