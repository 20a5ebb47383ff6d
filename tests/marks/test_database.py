"""The file with the marks: private, one transaction for each change, and never lost to damage or another version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import MarksError, WebError
from assistant.marks.database import MarksDatabase, format_now
from assistant.marks.library import LibraryMarks
from assistant.web.subscriptions import Subscriptions


def test_file_is_private(tmp_path: Path) -> None:
    marks = LibraryMarks(tmp_path / "kept")
    marks.standing.add("a", "a", ())
    assert (tmp_path / "kept" / "marks.sqlite3").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["marks.sqlite3"]
    assert marks.database.find_fault() is None


def test_damaged_file_stays(tmp_path: Path) -> None:
    """A damaged file is an error with its remedy; it is not replaced."""
    database = MarksDatabase(tmp_path)
    database.path.write_bytes(b"no database" * 100)
    with pytest.raises(MarksError, match=r"marks\.sqlite3: file is not a database; damaged: put a copy"):
        database.select("SELECT * FROM tag")
    assert "damaged" in (database.find_fault() or "")
    assert database.path.read_bytes() == b"no database" * 100


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW tag AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n",
        "CREATE TABLE seen (sha256); CREATE TRIGGER t AFTER INSERT ON seen BEGIN DELETE FROM seen; END",
    ],
)
def test_file_that_would_run_something(tmp_path: Path, sql: str) -> None:
    """A file from elsewhere with a view that does not end, or a trigger, is refused."""
    with closing(sqlite3.connect(tmp_path / "marks.sqlite3")) as database:
        database.executescript(sql)
    with pytest.raises(MarksError, match=r"has a view or trigger.* rename it"):
        MarksDatabase(tmp_path).select("SELECT * FROM tag")
    with closing(sqlite3.connect(tmp_path / "subscriptions.sqlite3")) as database:
        database.executescript(sql)
    with pytest.raises(WebError, match=r"subscriptions\.sqlite3: .*has a view or trigger"):
        Subscriptions(tmp_path)


def test_newer_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "marks.sqlite3")) as database:
        database.execute("PRAGMA user_version = 9")
    with pytest.raises(MarksError, match="written by a newer version"):
        MarksDatabase(tmp_path).select("SELECT * FROM tag")


def test_failed_change_changes_nothing(tmp_path: Path) -> None:
    database = MarksDatabase(tmp_path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO seen VALUES ('a')")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.change(fail)
    assert database.select("SELECT * FROM seen") == []


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MarksError, match="make the folder beside the index writable"):
        MarksDatabase(tmp_path / "file" / "kept").change(lambda _: None)


def test_time_is_utc() -> None:
    assert format_now().endswith("+00:00")
