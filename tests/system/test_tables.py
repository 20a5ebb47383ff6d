"""The files with what the user made: values of other types and missing columns are named with a remedy, and kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversations.store import FILE_NAME, ConversationStore
from assistant.errors import AssistantError
from assistant.marks.database import SCHEMA as MARKS_SCHEMA
from assistant.marks.library import LibraryMarks
from assistant.records.conversation import LibraryKey
from assistant.records.marks import MarkedArticle
from assistant.system.tables import TableError, check_tables, connect_to_write, refuse_triggers
from assistant.web.subscriptions import SCHEMA as FEEDS_SCHEMA
from assistant.web.subscriptions import Subscriptions
from tests.support.tampering import write_foreign_journal
from tests.torture.power.actions import NOW, make_turn

SCHEMA = "CREATE TABLE letter (name TEXT PRIMARY KEY, weight INTEGER NOT NULL, colour TEXT);"


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        ("INSERT INTO letter VALUES ('a', 1, NULL)", None),
        ("INSERT INTO letter VALUES (X'61', 1, NULL)", "values of a type"),
        ("INSERT INTO letter VALUES ('a', 1.5, NULL)", "values of a type"),
        ("INSERT INTO letter VALUES ('a', 1, X'61')", "values of a type"),
        ("ALTER TABLE letter DROP COLUMN colour", "letter is not as this program makes it"),
        ("DROP TABLE letter", "letter is not as this program makes it"),
    ],
)
def test_values_have_their_types(made: str, problem: str | None) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA + made)
        if problem is None:
            check_tables(database, SCHEMA)
            return
        with pytest.raises(TableError, match=problem):
            check_tables(database, SCHEMA)


def test_views_and_triggers_are_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA)
        refuse_triggers(database)
        database.execute("CREATE VIEW word AS SELECT name FROM letter")
        with pytest.raises(TableError, match="view or trigger"):
            refuse_triggers(database)


def turn_into_blob(path: Path, table: str, column: str) -> bytes:
    """Give a column of a file values of another type, as a changed bit does; returns the bytes of the file."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(replace(sql, ') STRICT, ', ') '), ') STRICT', ')')")
        database.commit()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB)").rowcount
        database.commit()
    return path.read_bytes()


def use_marks(folder: Path) -> object:
    marks = LibraryMarks(folder)
    marks.articles.add_tags(MarkedArticle("f" * 64, "a.txt", "The ferry"), ["port"])
    return marks.articles.load_marks()


def use_feeds(folder: Path) -> object:
    with Subscriptions(folder) as feeds:
        feeds.add_feed("https://news.example.org/feed.xml", "feed", "News", NOW)
        return feeds.list_feeds()


@pytest.mark.parametrize(
    ("use", "name", "table", "column", "remedy"),
    [
        (use_marks, "marks.sqlite3", "tag", "name", "put a copy of it in its place, or rename it"),
        (use_marks, "marks.sqlite3", "article", "title", "put a copy of it in its place, or rename it"),
        (use_feeds, "subscriptions.sqlite3", "feeds", "title", "rename it and add the feeds again"),
    ],
)
def test_wrong_type_is_named_with_its_remedy(
    tmp_path: Path, use: Callable[[Path], object], name: str, table: str, column: str, remedy: str
) -> None:
    """Nothing is lost: the file stays as it is."""
    use(tmp_path)
    data = turn_into_blob(tmp_path / name, table, column)
    with pytest.raises(AssistantError, match=rf"{name}: .*the table {table} has values of a type.*{remedy}"):
        use(tmp_path)
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize(("table", "column"), [("conversation", "created"), ("turn", "record")])
def test_conversations_with_a_wrong_type_are_kept_aside(tmp_path: Path, table: str, column: str) -> None:
    """As any damaged file of conversations: it is renamed, the user is told, and new questions are saved."""
    lines: list[str] = []
    store = ConversationStore(tmp_path, lines.append)
    store.save("aaaaaaaa", LibraryKey("library"), make_turn(1))
    turn_into_blob(tmp_path / FILE_NAME, table, column)
    assert store.list_conversations() == []
    (aside,) = tmp_path.glob(f"{FILE_NAME}.damaged-*[0-9]")
    assert [str(aside) in line for line in lines] == [True]
    store.save("bbbbbbbb", LibraryKey("library"), make_turn(2))
    assert [found.id for found in store.list_conversations()] == ["bbbbbbbb"]


def test_conversation_without_a_time_is_kept_aside(tmp_path: Path) -> None:
    lines: list[str] = []
    store = ConversationStore(tmp_path, lines.append)
    store.save("aaaaaaaa", LibraryKey("library"), make_turn(1))
    with closing(sqlite3.connect(store.path)) as database:
        database.execute("UPDATE conversation SET created = 'yesterday'")
        database.commit()
    assert store.list_conversations() == []
    assert "damaged" in lines[0]


@pytest.mark.parametrize("schema", [MARKS_SCHEMA, FEEDS_SCHEMA])
def test_new_files_have_their_types(schema: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        check_tables(database, schema)


def test_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    """SQLite cannot even open it."""
    for name, open_file in (
        ("subscriptions.sqlite3", Subscriptions),
        ("marks.sqlite3", lambda folder: LibraryMarks(folder).articles.load_marks()),
    ):
        (tmp_path / name).mkdir()
        with pytest.raises(
            AssistantError, match=rf"{name} is a folder, where SQLite needs a file: rename or remove it"
        ):
            open_file(tmp_path)


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize(("use", "name"), [(use_marks, "marks.sqlite3"), (use_feeds, "subscriptions.sqlite3")])
def test_folder_in_the_place_of_a_log_is_named(
    tmp_path: Path, use: Callable[[Path], object], name: str, suffix: str
) -> None:
    """A folder or pipe named as SQLite names its journal and log is what is wrong, and not the disk or a permission."""
    use(tmp_path)
    (tmp_path / f"{name}{suffix}").mkdir()
    with pytest.raises(AssistantError, match=f"{name}{suffix} is a folder, where SQLite needs a file"):
        use(tmp_path)
    (tmp_path / f"{name}{suffix}").rmdir()
    os.mkfifo(tmp_path / f"{name}{suffix}")
    with pytest.raises(AssistantError, match=f"{name}{suffix} is no file, where SQLite needs a file"):
        use(tmp_path)


@pytest.mark.parametrize(("use", "name"), [(use_marks, "marks.sqlite3"), (use_feeds, "subscriptions.sqlite3")])
def test_journal_from_elsewhere_deletes_no_file(tmp_path: Path, use: Callable[[Path], object], name: str) -> None:
    """SQLite would delete the file that it names."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Maud", encoding="utf-8")
    use(tmp_path)
    write_foreign_journal(tmp_path / name, letter)
    with pytest.raises(AssistantError, match=f"{name}-journal is not of this program and would delete another file"):
        use(tmp_path)
    assert letter.exists()
    (tmp_path / f"{name}-journal").unlink()
    assert use(tmp_path)


def test_conversations_with_a_journal_from_elsewhere_are_kept_aside(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Maud", encoding="utf-8")
    store = ConversationStore(tmp_path, lambda _: None)
    store.save("aaaaaaaa", LibraryKey("library"), make_turn(1))
    write_foreign_journal(store.path, letter)
    store.save("bbbbbbbb", LibraryKey("library"), make_turn(2))
    assert [found.id for found in store.list_conversations()] == ["bbbbbbbb"]
    assert letter.exists()


def test_journal_that_cannot_be_opened_is_an_error_of_sqlite(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3-journal").symlink_to("a.sqlite3-journal")
    with pytest.raises(sqlite3.OperationalError, match=r"a\.sqlite3-journal: a link"):
        connect_to_write(tmp_path / "a.sqlite3")


@pytest.mark.parametrize("use", [use_marks, use_feeds])
def test_empty_file_is_one_that_is_begun(tmp_path: Path, use: Callable[[Path], object]) -> None:
    """A power failure can leave the name of a file that nothing was written to yet."""
    (tmp_path / ("marks.sqlite3" if use is use_marks else "subscriptions.sqlite3")).touch()
    assert use(tmp_path)


@pytest.mark.parametrize("size", [512, 4096, 40960])
def test_file_of_zeros_is_kept(tmp_path: Path, size: int) -> None:
    """A disk can show zeros where something was: nothing of the user is thrown away or written over for it."""
    zeros = bytes(size)
    for name, use in (("marks.sqlite3", use_marks), ("subscriptions.sqlite3", use_feeds)):
        (tmp_path / name).write_bytes(zeros)
        with pytest.raises(AssistantError, match=rf"{name}: .*damaged.*rename it"):
            use(tmp_path)
        assert (tmp_path / name).read_bytes() == zeros
    lines: list[str] = []
    (tmp_path / FILE_NAME).write_bytes(zeros)
    ConversationStore(tmp_path, lines.append).save("aaaaaaaa", LibraryKey("library"), make_turn(1))
    (aside,) = tmp_path.glob(f"{FILE_NAME}.damaged-*[0-9]")
    assert aside.read_bytes() == zeros
    assert [str(aside) in line for line in lines] == [True]
