"""Earlier texts of articles: kept by builds and rebuilds, handed over when an article moves, deleted with it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.indexing.history.keeping import VersionKeeper
from assistant.records.article import ArticleVersion
from assistant.store.library import SqliteLibrary
from assistant.store.queries.versions import VersionQueries
from tests.conftest import make_article
from tests.support.old_formats import downgrade_library
from tests.support.workspace import Workspace, assert_library_consistent, nonzero_counts

FIRST, SECOND, THIRD = (
    "The mill was sold. " + more for more in ("It cost 3 million.", "It cost 4 million.", "It burned.")
)


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    workspace = Workspace(tmp_path, model, embedder)
    workspace.write("a.txt", FIRST)
    workspace.write("b.txt", "The ferry was late.")
    workspace.build()
    return workspace


def load(workspace: Workspace, article_id: str = "a.txt") -> list[ArticleVersion]:
    with SqliteLibrary.open(workspace.index) as library:
        return library.versions(article_id)


def list_texts(workspace: Workspace, article_id: str = "a.txt") -> list[str]:
    return [version.text for version in load(workspace, article_id)]


def change(workspace: Workspace, *texts: str, name: str = "a.txt") -> None:
    for text in texts:
        workspace.write(name, text)
        workspace.build()


def test_article_changed_three_times_has_three_earlier_texts(workspace: Workspace) -> None:
    change(workspace, SECOND, FIRST, THIRD)
    assert list_texts(workspace) == [FIRST, SECOND, FIRST]
    version = load(workspace)[0]
    assert (version.sha256, version.cause) == (hashlib.sha256(FIRST.encode()).hexdigest(), "file")
    workspace.build(check=True)
    workspace.build(rebuild=True)
    assert list_texts(workspace) == [FIRST, SECOND, FIRST]
    with SqliteLibrary.open(workspace.index) as library:
        found = library.version_with_text("a.txt", version.sha256)
        assert found is not None
        assert found.text == FIRST
        assert [row[:2] for row in library.changed_articles()] == [("a.txt", 3)]
    assert_library_consistent(workspace)


def read_first_seen(workspace: Workspace, article_id: str) -> str | None:
    with SqliteLibrary.open(workspace.index) as library:
        article = library.article(article_id)
    assert article is not None
    return article.first_seen


def test_when_an_article_was_first_seen(workspace: Workspace) -> None:
    """It stays through changes, moves and rebuilds, and what a build before it noted it found is of no known time."""
    seen = "2025-03-04T05:06:07+00:00"
    assert (read_first_seen(workspace, "a.txt") or "") > seen
    with closing(sqlite3.connect(workspace.index / "library.sqlite3")) as database, database:
        database.execute(
            "UPDATE article SET details = json_set(details, '$.first_seen', ?) WHERE id = 'a.txt'", (seen,)
        )
        database.execute("UPDATE article SET details = json_remove(details, '$.first_seen') WHERE id = 'b.txt'")
    change(workspace, SECOND)
    assert read_first_seen(workspace, "a.txt") == seen
    (workspace.articles / "a.txt").rename(workspace.articles / "moved.txt")
    workspace.build()
    assert read_first_seen(workspace, "moved.txt") == seen
    workspace.write("new.txt", THIRD)
    workspace.build(rebuild=True)
    assert read_first_seen(workspace, "moved.txt") == seen
    assert read_first_seen(workspace, "b.txt") is None
    assert read_first_seen(workspace, "new.txt") is not None
    assert_library_consistent(workspace)


def test_change_of_metadata_alone_keeps_no_text(workspace: Workspace) -> None:
    workspace.write("metadata.csv", "file,date\na.txt,2019\n")
    assert nonzero_counts(workspace.build()) == {"changed": 1, "unchanged": 1}
    assert load(workspace) == []


def test_rebuild_finds_what_changed_since(workspace: Workspace) -> None:
    workspace.write("a.txt", SECOND)
    workspace.build(rebuild=True)
    assert [(version.text, version.cause) for version in load(workspace)] == [(FIRST, "file")]


def test_text_that_a_newer_reader_reads_otherwise(workspace: Workspace) -> None:
    """The file is the same, and that is said."""
    with closing(workspace.connect_database()) as database:
        sha256 = hashlib.sha256(SECOND.encode()).hexdigest()
        database.execute(
            "UPDATE article SET text = ?, sha256 = ?, record_sha256 = 'x' WHERE id = 'a.txt'", (SECOND, sha256)
        )
        readers = json.dumps({".txt": "text 1"})
        database.execute("UPDATE manifest SET value = ? WHERE key = 'readers'", (readers,))
    workspace.build()
    assert [(version.text, version.cause) for version in load(workspace)] == [(SECOND, "reading")]


def test_earlier_texts_follow_an_article_that_moves(workspace: Workspace) -> None:
    """To a file with the same text, or with the same address, whatever the text."""
    change(workspace, SECOND)
    (workspace.articles / "a.txt").unlink()
    workspace.write("moved.txt", SECOND)
    workspace.build()
    assert list_texts(workspace, "moved.txt") == [FIRST]
    page = "---\nurl: https://weir.example/mill\n---\n"
    change(workspace, page + SECOND, name="moved.txt")
    (workspace.articles / "moved.txt").unlink()
    change(workspace, page + THIRD, name="again.txt")
    assert list_texts(workspace, "again.txt") == [FIRST, SECOND]
    (workspace.articles / "again.txt").unlink()
    workspace.write("last.txt", page + FIRST)
    workspace.build(rebuild=True)
    assert list_texts(workspace, "last.txt") == [FIRST, SECOND, THIRD]


def test_removed_article_leaves_nothing(workspace: Workspace) -> None:
    change(workspace, SECOND)
    (workspace.articles / "a.txt").unlink()
    workspace.build()
    assert load(workspace) == []


def test_stopped_build_keeps_nothing(workspace: Workspace) -> None:
    workspace.write("a.txt", SECOND)
    events = workspace.run_events()
    next(events)
    cast(Generator[object, None, None], events).close()
    assert load(workspace) == []


def test_older_format_gets_a_place_for_earlier_texts(workspace: Workspace) -> None:
    downgrade_library(workspace.index, 6)
    workspace.write("a.txt", SECOND)
    report = workspace.build()
    assert nonzero_counts(report) == {"changed": 1, "unchanged": 1}
    assert list_texts(workspace) == [FIRST]
    downgrade_library(workspace.index, 5)
    workspace.write("a.txt", THIRD)
    workspace.build(rebuild=True)
    assert list_texts(workspace) == [SECOND]


def test_text_that_was_damaged_is_not_kept(workspace: Workspace) -> None:
    """Nobody has read those words."""
    with closing(workspace.connect_database()) as database:
        number, text = database.execute("SELECT number, text FROM article WHERE id = 'a.txt'").fetchone()
        database.execute("UPDATE article SET text = text || ' And more.' WHERE number = ?", (number,))
        keeper = VersionKeeper(database)
        keeper.keep(keeper.load(number), make_article(THIRD, id="a.txt"), "file")
    assert issubclass(SqliteLibrary, VersionQueries)
    assert load(workspace) == []
    assert text == FIRST


def test_doctor_finds_and_deletes_a_damaged_text(workspace: Workspace) -> None:
    change(workspace, SECOND)
    with closing(workspace.connect_database()) as database:
        database.execute("UPDATE version SET text = 'The mill was never sold.'")
    diagnosis = Diagnosis()
    findings = list(examine_library(workspace.config, diagnosis))
    assert [finding.check for finding in findings if finding.level == "error"] == ["versions"]
    assert "deleted 1 damaged earlier text of articles" in list(
        repair_library(workspace.config, diagnosis, workspace.load_recording_embedder)
    )
    assert load(workspace) == []
