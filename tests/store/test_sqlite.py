"""Read-only connections: snapshots, errors with a remedy, and reading without a lock."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryDamaged, LibraryError
from assistant.store.generation_cache import GenerationCache
from assistant.store.sqlite import ReadConnection, create_empty_log, database_errors, make_placeholders


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE number (value INTEGER)")
        database.execute("INSERT INTO number VALUES (1)")
        yield path


def test_snapshot_kept_while_written(path: Path) -> None:
    """A reader sees the database as it was at its first query."""
    with closing(ReadConnection(path)) as reader, closing(sqlite3.connect(path, isolation_level=None)) as writer:
        assert list(reader.select("SELECT value FROM number")) == [(1,)]
        writer.execute("INSERT INTO number VALUES (2)")
        assert list(reader.select("SELECT value FROM number")) == [(1,)]
        with closing(ReadConnection(path)) as later:
            assert list(later.select("SELECT value FROM number WHERE value > ?", (1,))) == [(2,)]


def test_reader_cannot_write(path: Path) -> None:
    """A read connection refuses to write."""
    with closing(ReadConnection(path)) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        list(reader.select("INSERT INTO number VALUES (3)"))


def test_damage_named_with_remedy(tmp_path: Path) -> None:
    """A file that is no database is reported as damaged, with the command to run."""
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(LibraryDamaged, match=r"x.sqlite3: damaged .*run: assistant build --rebuild"),
        database_errors(path),
    ):
        ReadConnection(path)


@pytest.mark.parametrize(
    ("code", "words"),
    [(sqlite3.SQLITE_FULL, "the disk is full"), (sqlite3.SQLITE_BUSY, "another program holds the database; try again")],
)
def test_cause_outside_file_named(tmp_path: Path, code: int, words: str) -> None:
    """An error that is not damage names its cause and says that the index is unchanged."""
    error = sqlite3.OperationalError("as SQLite says")
    error.sqlite_errorcode = code
    message = f"{words}.*the last complete index, if any, is unchanged"
    with pytest.raises(LibraryError, match=message) as raised, database_errors(tmp_path / "x.sqlite3"):
        raise error
    assert not isinstance(raised.value, LibraryDamaged)


def test_empty_log_created(tmp_path: Path) -> None:
    """After the last writer has closed, an empty log is left for readers without write permission."""
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE number (value INTEGER)")
    log = path.with_name("x.sqlite3-wal")
    assert not log.exists()
    create_empty_log(path)
    assert log.read_bytes() == b""


def test_placeholders() -> None:
    """One placeholder for each value."""
    assert make_placeholders("abc") == "?,?,?"
    assert make_placeholders([]) == ""


def test_values_kept_for_one_generation() -> None:
    """A value is computed once for each published state."""
    cache, computed = GenerationCache(), []

    def compute() -> int:
        computed.append(1)
        return len(computed)

    assert [cache.values_for("a").get("key", compute) for _ in range(2)] == [1, 1]
    assert cache.values_for("b").get("key", compute) == 2
    assert cache.values_for("a").get("key", compute) == 3


def test_folder_in_the_place_of_a_journal_is_named(path: Path) -> None:
    """It is the cause, not a permission or the disk; a reader is stopped by it too."""
    journal = path.with_name(f"{path.name}-journal")
    journal.mkdir()
    message = rf"{journal.name} is a folder, where SQLite needs a file: rename or remove it; the last complete index"
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(LibraryError, match=message), database_errors(path):
        raise error


@pytest.mark.parametrize("is_new", [True, False], ids=["of a new database", "of one with rows"])
def test_interrupted_change_is_undone_before_it_is_read(tmp_path: Path, is_new: bool) -> None:
    """A part of a change lies in the file, and what it was before in the journal, as after a power failure."""
    path = tmp_path / "left" / "x.sqlite3"
    path.parent.mkdir()
    rows = [] if is_new else [(1,)]
    leave_interrupted_change(tmp_path / "whole.sqlite3", path, rows)
    with database_errors(path), closing(ReadConnection(path)) as reader:
        tables = list(reader.select("SELECT name FROM sqlite_master"))
        assert tables == ([] if is_new else [("number",)])
        assert is_new or list(reader.select("SELECT value FROM number")) == rows


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_interrupted_change_is_not_read_without_permission(tmp_path: Path) -> None:
    """Who may not write cannot undo it, and sees no part of it."""
    path = tmp_path / "left" / "x.sqlite3"
    path.parent.mkdir()
    leave_interrupted_change(tmp_path / "whole.sqlite3", path, [(1,)])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with pytest.raises(LibraryError, match="interrupted"), database_errors(path):
            ReadConnection(path)
    finally:
        path.parent.chmod(0o755)


def leave_interrupted_change(whole: Path, left: Path, rows: list[tuple[int]]) -> None:
    """Make `left` a database in the middle of a change of one with these rows, of a new one if there are none."""
    with closing(sqlite3.connect(whole, isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")  # so that the change reaches the file before its end
        if rows:
            database.execute("CREATE TABLE number (value INTEGER)")
            database.executemany("INSERT INTO number VALUES (?)", rows)
        database.execute("BEGIN IMMEDIATE")
        if rows:
            database.execute("UPDATE number SET value = 7")
        database.execute("CREATE TABLE other (value BLOB)")
        database.executemany("INSERT INTO other VALUES (randomblob(3000))", [()] * 50)
        for suffix in ("", "-journal"):
            left.with_name(left.name + suffix).write_bytes(whole.with_name(whole.name + suffix).read_bytes())
