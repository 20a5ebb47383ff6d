"""Downgrades a library to an older format by undoing what each later format added."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.store.library import DATABASE


def downgrade_library(index: Path, version: int) -> None:
    """Downgrade the library in this folder to `version`."""
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        downgrade_database(database, version)


def downgrade_database(database: sqlite3.Connection, version: int) -> None:
    """Like `downgrade_library`, for an open database."""
    if version < 7:
        database.execute("ALTER TABLE file DROP COLUMN told")
        database.execute("DROP TABLE version")
    if version < 6:
        database.execute("ALTER TABLE article DROP COLUMN details")
    if version < 5:
        database.execute("DROP TABLE correction")
        database.execute("DROP INDEX statement_by_correction")
        for column in ("status", "via", "correction"):
            database.execute(f"ALTER TABLE statement DROP COLUMN {column}")
    if version < 4:
        database.execute("ALTER TABLE article DROP COLUMN words")
    if version < 3:
        database.execute("UPDATE vector SET data = substr(data, 1, length(data) - 4)")
    if version < 2:
        for table in ("statement", "speaker_word", "story", "band"):
            database.execute(f"DROP TABLE {table}")
        database.execute("DELETE FROM manifest WHERE key = 'deriving'")
    database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (str(version),))
