"""The tables of a library, and the migration of each older format to the current one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from assistant.store.codecs import strip_checksum
from assistant.store.schema import FORMAT_VERSION, MIGRATABLE_FORMATS, SCHEMA, explain_format_mismatch, migrate
from tests.support.old_formats import downgrade_database

TEXT = "The quay isn’t long: 12 metres.\n\nThe café is closed."


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """A library of one article with one passage and one vector."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(SCHEMA)
    connection.execute(
        "INSERT INTO article VALUES (7, 'a', 'a.md', 'x', 'Quay', 'Post', NULL, '2025-03-01', NULL, NULL, NULL, 'y',"
        " 11, x'00', ?, NULL)",
        (TEXT,),
    )
    connection.execute("INSERT INTO passage VALUES (3, 7, 0, 0, 31, x'01')")
    connection.execute("INSERT INTO passage_words (rowid, title, body) SELECT * FROM passage_text")
    connection.execute("INSERT INTO vector VALUES (x'01', x'0102aabbccdd')")
    connection.execute("INSERT INTO manifest VALUES ('format', ?)", (str(FORMAT_VERSION),))
    yield connection
    connection.close()


def describe_schema(database: sqlite3.Connection) -> dict[str, str]:
    """The statements that made the tables, indexes and views, without differences of writing."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name")
    plain = {name: sql.replace('"', "").replace(" IF NOT EXISTS", "") for name, sql in rows}
    return {name: " ".join(sql.replace("\n, ", ", ").replace("\n)", ")").split()) for name, sql in plain.items()}


@pytest.mark.parametrize("version", sorted(MIGRATABLE_FORMATS))
def test_old_format_migrated(database: sqlite3.Connection, version: int) -> None:
    """Each older format gets the same tables as a new library, and keeps its articles."""
    expected = describe_schema(database)
    article = database.execute("SELECT * FROM article").fetchall()
    downgrade_database(database, version)
    assert describe_schema(database) != expected
    database.execute("BEGIN IMMEDIATE")
    migrate(database, version)
    assert database.in_transaction
    database.execute("COMMIT")
    assert describe_schema(database) == expected
    assert database.execute("SELECT * FROM article").fetchall() == article
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
    ((key, data),) = database.execute("SELECT key, data FROM vector")
    assert version >= 3 or strip_checksum(key, data) == b"\x01\x02"


def test_statements_derived_again_after_migration(database: sqlite3.Connection) -> None:
    """Format 4 knew no status of a statement: its statements go, and the build is told to derive them."""
    database.execute(
        "INSERT INTO statement (article, passage, cue, start, end, direct, sentence_start, sentence_end)"
        " VALUES (7, 3, 'said', 0, 8, 0, 0, 31)"
    )
    database.execute("INSERT INTO manifest VALUES ('deriving', '8')")
    downgrade_database(database, 4)
    migrate(database, 4)
    assert database.execute("SELECT count(*) FROM statement").fetchall() == [(0,)]
    assert database.execute("SELECT * FROM manifest WHERE key = 'deriving'").fetchall() == []


def test_migration_rolled_back(database: sqlite3.Connection) -> None:
    """A migration that is not committed leaves the library as it was."""
    downgrade_database(database, 1)
    before = describe_schema(database)
    database.execute("BEGIN IMMEDIATE")
    migrate(database, 1)
    database.execute("ROLLBACK")
    assert describe_schema(database) == before
    assert database.execute("SELECT data FROM vector").fetchall() == [(b"\x01\x02",)]


@pytest.mark.parametrize(
    ("version", "remedy"),
    [
        ("1", "run: assistant build, which updates it without embedding anything again"),
        ("0", "run: assistant build --rebuild"),
        ("99", "a newer version made it: update the assistant, or run: assistant build --rebuild"),
        ("x" * 50, "run: assistant build --rebuild"),
    ],
)
def test_other_format_explained(version: str, remedy: str) -> None:
    """Another format is named with the command to run."""
    message = explain_format_mismatch(version)
    assert message == f"format {version[:40]}, this version reads {FORMAT_VERSION}; {remedy}"


def test_current_format_has_no_mismatch() -> None:
    """The current format can be read."""
    assert explain_format_mismatch(str(FORMAT_VERSION)) is None
