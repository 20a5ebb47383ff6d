"""A library exported into one file and imported elsewhere: nothing is lost, and nothing leads out of its folder."""

from __future__ import annotations

import json
import sqlite3
import stat
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answers.citations import build_citation
from assistant.articles.supplements.changes import set_values
from assistant.articles.supplements.own_values import load_entries
from assistant.config.schema import Config
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.errors import LibraryError
from assistant.indexing.history.databases import remake_database
from assistant.indexing.history.transfer import Transferred, export_library, import_versions, unpack_library
from assistant.marks import database
from assistant.marks.articles import mark_target
from assistant.marks.library import LibraryMarks
from assistant.records.answer import Evidence
from assistant.records.article import Article, ArticleVersion
from assistant.records.marks import MarkedArticle
from assistant.store.library import SqliteLibrary
from assistant.web.subscriptions import SCHEMA as SUBSCRIPTIONS_SCHEMA
from assistant.web.subscriptions import Subscriptions
from tests.support.workspace import Workspace, assert_library_consistent, nonzero_counts


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    """A library with an article that changed, values set by hand, a kept page and a file of notes beside it."""
    (tmp_path / "one").mkdir()
    workspace = Workspace(tmp_path / "one", model, embedder)
    workspace.write("a.md", "---\ntags: [mill]\n---\nThe mill was sold for 3 million.")
    workspace.write("b.srt", "1\n00:00:01,000 --> 00:00:03,000\nThe ferry was late.\n")
    added = workspace.config.added
    (added / "articles" / "weir.example").mkdir(parents=True)
    (added / "articles" / "weir.example" / "c.txt").write_text("The bridge was closed.")
    (added / "articles" / "weir.example" / ".c.txt.json").write_text('{"url": "https://weir.example/c"}')
    workspace.build()
    workspace.write("a.md", "---\ntags: [mill]\n---\nThe mill was sold for 4 million.")
    with SqliteLibrary.open(workspace.index) as library:
        mill = [article for article in library.articles() if article.id == "a.md"]
    set_values(added, mill, {"source": "The Weir Post"})
    workspace.build()
    keep_something(workspace)
    (workspace.index.with_name("index-2")).mkdir()  # another library
    (workspace.index.with_name("index-2") / "library.sqlite3").write_text("other")
    return workspace


def keep_something(workspace: Workspace) -> None:
    """Marks and a note on the mill, a quotation of it in the dossier, a standing question, a feed."""
    marks = LibraryMarks(workspace.config.kept)
    with SqliteLibrary.open(workspace.index) as library:
        mill = library.article("a.md")
        assert mill is not None
        hashes = {each.sha256 for each in library.articles()}
    target = mark_target(mill)
    marks.articles.star(target)
    marks.articles.add_tags(target, ["port"])
    marks.articles.add_note(mill, "call the builder", (4, 8))
    marks.dossier.add(build_citation(1, Evidence(mill, 0, 31, 1.0)), "Who sold it?", "ask again")
    marks.standing.add("tell me when the mill is sold", "mill", hashes)
    with Subscriptions(workspace.config.added) as subscriptions:
        subscriptions.add_feed("https://weir.example/feed", "feed", "The Weir Post", datetime.now(UTC))


def list_kept(workspace: Workspace) -> list[object]:
    """All that the user added, as it is read."""
    marks = LibraryMarks(workspace.config.kept)
    with Subscriptions(workspace.config.added) as subscriptions:
        feeds = subscriptions.list_feeds()
    return [
        marks.articles.load_marks(),
        marks.articles.list_notes(),
        marks.dossier.list_entries(),
        marks.standing.list_questions(),
        feeds,
    ]


@pytest.fixture
def other(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    (tmp_path / "two").mkdir()
    return Workspace(tmp_path / "two", model, embedder)


def export(workspace: Workspace, target: Path) -> Path:
    with SqliteLibrary.open(workspace.index) as library:
        done = export_library(workspace.config, library, target)
    assert (done.articles, done.versions) == (3, 1)
    return target


def unpack(config: Config, file: Path) -> tuple[Transferred, list[ArticleVersion]]:
    """Unpack as the command does."""
    schemas = {f"-kept/{database.FILE_NAME}": database.SCHEMA, "-added/subscriptions.sqlite3": SUBSCRIPTIONS_SCHEMA}
    return unpack_library(config, file, schemas)


def load(workspace: Workspace) -> dict[str, tuple[Article, list[ArticleVersion]]]:
    """All articles, without what says where they are kept, and their earlier texts."""
    with SqliteLibrary.open(workspace.index) as library:
        return {
            each.id: (
                replace(each, path=None, origins=tuple(pair for pair in each.origins if pair[0] != "path")),
                library.versions(each.id),
            )
            for each in library.articles()
        }


def test_library_comes_back_whole(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    """Articles with places, tags and origins, earlier texts, values, pages and notes; also when exported once more."""
    before = load(workspace)
    assert before["b.srt"][0].places
    done, versions = unpack(other.config, export(workspace, tmp_path / "first.zip"))
    assert done.left == ()
    assert nonzero_counts(other.build()) == {"added": 3}
    assert import_versions(other.config, versions) == 1
    assert load(other) == before
    assert load_entries(other.config.added)[0].values == {"source": "The Weir Post"}
    kept = list_kept(workspace)
    assert all(kept)
    assert list_kept(other) == kept
    for folder, name in ((other.config.kept, "marks.sqlite3"), (other.config.added, "subscriptions.sqlite3")):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    other.build(rebuild=True)
    assert list_kept(other) == kept
    assert load(other) == before
    assert_library_consistent(other)
    (tmp_path / "three").mkdir()
    third = Workspace(tmp_path / "three", other.model, other.recording_embedder)
    _, versions = unpack(third.config, export(other, tmp_path / "second.zip"))
    assert nonzero_counts(third.build()) == {"added": 3}
    import_versions(third.config, versions)
    assert load(third) == before
    assert list_kept(third) == kept


def test_what_is_there_stays(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    """An article of the same id, a file of the same name; values set by hand are joined."""
    other.write("a.md", "Something else.")
    other.build()
    with SqliteLibrary.open(other.index) as library:
        set_values(other.config.added, list(library.articles()), {"title": "Mine"})
    notes = other.config.kept / "marks.sqlite3"
    LibraryMarks(other.config.kept).articles.add_tags(MarkedArticle("0" * 64, "x", "X"), ["mine"])
    done, versions = unpack(other.config, export(workspace, tmp_path / "first.zip"))
    assert done.left == (str(notes),)
    report = other.build()
    assert "used twice" in " ".join(map(str, report.notices))
    assert load(other)["a.md"][0].text == "Something else."
    assert load(other)["a.md"][0].title == "Mine"
    assert LibraryMarks(other.config.kept).articles.list_tags() == {"mine": 1}
    assert import_versions(other.config, versions) == 0


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    whole: dict[str, str | bytes] = {
        "library.json": '{"format": 1, "articles": 0}',
        "articles.jsonl": "",
        "versions.jsonl": "",
        **parts,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "parts",
    [
        {"beside/../../evil.md": "x"},
        {"beside/-2/library.sqlite3": "x"},
        {"beside/-kept": "x"},
        {"beside/-added/../../../evil.md": "x"},
        {"beside//etc/evil.md": "x"},
        {"beside/evil.md": "x"},
        {"../evil.md": "x"},
        {"beside/-added\\..\\evil.md": "x"},
        {"beside/-added/paths.json": '["/home"]'},
        {"beside/-added/Paths.json": '["/home"]'},
        {"beside/-kept/other.sqlite3": "x"},
        {"beside/-kept/Marks.SQLite3": "x"},
        {"beside/-kept/marks.sqlite3-journal": "what SQLite would put into the marks that are here"},
        {"beside/-added/subscriptions.sqlite3-WAL": "x"},
        {"beside/-kept/marks.sqlite3": "noise"},
        {"library.json": "[]"},
        {"library.json": '{"format": 9, "articles": 0}'},
        {"library.json": "noise"},
        {"versions.jsonl": "{}"},
        {"versions.jsonl": "noise"},
    ],
)
def test_file_that_is_no_export_changes_nothing(other: Workspace, tmp_path: Path, parts: dict[str, str]) -> None:
    file = write_zip(tmp_path / "x.zip", parts)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(LibraryError, match=r"x\.zip"):
        unpack(other.config, file)
    assert sorted(tmp_path.rglob("*")) == before


HOSTILE_DATABASES = {
    "a view that does not end": "CREATE VIEW pages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n)"
    " SELECT i FROM n",
    "a trigger": "CREATE TABLE feeds (kind); CREATE TRIGGER t AFTER INSERT ON feeds BEGIN DELETE FROM feeds; END",
    "a virtual table": "CREATE VIRTUAL TABLE pages USING fts5 (key)",
    "values of another type": SUBSCRIPTIONS_SCHEMA.replace("STRICT, WITHOUT ROWID", "").replace("STRICT", "")
    + "INSERT INTO feeds (address, kind, added_at) VALUES (x'00', 'feed', 'never')",
}


@pytest.mark.parametrize("name", HOSTILE_DATABASES)
def test_databases_come_row_by_row(other: Workspace, tmp_path: Path, name: str) -> None:
    """What is in a database from elsewhere besides rows of the right types is refused, and nothing is changed."""
    with closing(sqlite3.connect(tmp_path / "hostile.sqlite3")) as hostile:
        hostile.executescript(HOSTILE_DATABASES[name])
        hostile.commit()
    content = (tmp_path / "hostile.sqlite3").read_bytes()
    file = write_zip(tmp_path / "x.zip", {"beside/-added/subscriptions.sqlite3": content, "beside/-added/a.txt": "x"})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(LibraryError, match=r"x\.zip: a database in it is damaged"):
        unpack(other.config, file)
    assert sorted(tmp_path.rglob("*")) == before


def test_only_known_rows_come(tmp_path: Path) -> None:
    """Tables and columns of other versions, and computed columns, are left out."""
    with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as old:
        old.executescript(
            "CREATE TABLE a (x TEXT, y INTEGER AS (7), z TEXT); CREATE TABLE b (x TEXT); PRAGMA user_version = 3;"
            "INSERT INTO a VALUES ('one', 'two'); INSERT INTO b VALUES ('three');"
        )
        old.commit()
    schema = "CREATE TABLE a (x TEXT, y INTEGER, w TEXT) STRICT; CREATE TABLE c (x TEXT) STRICT;"
    (tmp_path / "new.sqlite3").write_bytes(remake_database((tmp_path / "old.sqlite3").read_bytes(), schema))
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as new:
        assert new.execute("SELECT x, y, w FROM a").fetchall() == [("one", None, None)]
        assert new.execute("SELECT count(*) FROM c").fetchall() == [(0,)]
        assert new.execute("PRAGMA user_version").fetchall() == [(3,)]


def test_noise_bombs_and_missing_files(other: Workspace, tmp_path: Path) -> None:
    (tmp_path / "noise.zip").write_bytes(b"PK\x03\x04noise" * 100)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("articles.jsonl", b" " * 90_000_000)
    for name in ("noise.zip", "bomb.zip", "none.zip"):
        with pytest.raises(LibraryError, match=name):
            unpack(other.config, tmp_path / name)


def test_export_that_cannot_be_written(workspace: Workspace, tmp_path: Path) -> None:
    with SqliteLibrary.open(workspace.index) as library, pytest.raises(LibraryError, match="nowhere"):
        export_library(workspace.config, library, tmp_path / "nowhere" / "x.zip")


def test_export_is_plain_json_lines(workspace: Workspace, tmp_path: Path) -> None:
    """Other programs can read it; a page that was fetched goes as its file, with its origin."""
    with zipfile.ZipFile(export(workspace, tmp_path / "x.zip")) as archive:
        records = [json.loads(line) for line in archive.read("articles.jsonl").splitlines()]
        names = archive.namelist()
    assert sorted(record["id"] for record in records) == ["a.md", "b.srt"]
    assert {"beside/-added/articles/weir.example/.c.txt.json", "beside/-kept/marks.sqlite3"} <= set(names)
    assert not [name for name in names if "-2" in name]
