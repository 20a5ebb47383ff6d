"""Articles that came otherwise than from the folders of the settings: nothing drops them unasked."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.articles.sources import make_sources
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.errors import BuildError
from assistant.indexing.build import build_library
from assistant.indexing.changes import describe_orphans, scan_files
from assistant.indexing.history.orphans import refuse_to_drop
from assistant.records.build import BuildOptions, BuildReport
from assistant.store.library import DATABASE
from tests.conftest import make_article
from tests.support.workspace import Workspace, assert_library_consistent, nonzero_counts


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    """A library of the folder `articles`, whose settings then name the folder `other`."""
    workspace = Workspace(tmp_path, model, embedder)
    workspace.write("a.md", "The mill was sold.")
    workspace.write("b.md", "The ferry was late.")
    workspace.build()
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.md").write_text("The bridge was closed.")
    workspace.config = workspace.config.model_copy(update={"articles": (other,)})
    return workspace


def test_articles_of_another_folder_stay_until_they_are_pruned(workspace: Workspace) -> None:
    for _ in range(2):
        report = workspace.build()
        (notice,) = report.notices
        assert notice.place == str(workspace.articles)
        assert "articles of 2 files stay in the library" in notice.reason
        assert not notice.skipped
    assert sorted(workspace.read_article_texts()) == ["a.md", "b.md", "c.md"]
    assert nonzero_counts(workspace.build(prune=True)) == {"removed": 2, "unchanged": 1}
    assert_library_consistent(workspace)


def test_folder_that_was_moved_replaces_the_old_one(workspace: Workspace, tmp_path: Path) -> None:
    """Its articles are the same, found elsewhere: they are not kept twice."""
    shutil.rmtree(tmp_path / "other")
    shutil.move(workspace.articles, tmp_path / "other")
    report = workspace.build()
    assert nonzero_counts(report) == {"unchanged": 2}
    assert report.embedded == 0
    assert report.notices == ()
    assert nonzero_counts(workspace.build(prune=True)) == {"unchanged": 2}


def test_rebuild_that_would_lose_articles_is_refused(workspace: Workspace) -> None:
    with pytest.raises(BuildError, match=r"would drop 2 articles.*a\.md; name their folder there, or add --prune"):
        workspace.build(rebuild=True)
    assert nonzero_counts(workspace.build(rebuild=True, prune=True)) == {"added": 1}
    workspace.build(extra=[make_article("Given.", id="given")])
    with pytest.raises(BuildError, match="would drop 1 article"):
        workspace.build(rebuild=True)


def test_what_was_deleted_in_a_named_folder_goes(workspace: Workspace, tmp_path: Path) -> None:
    workspace.config = workspace.config.model_copy(update={"articles": (workspace.articles,)})
    (workspace.articles / "a.md").unlink()
    assert nonzero_counts(workspace.build()) == {"removed": 1, "unchanged": 1}
    refuse_to_drop(tmp_path / "none.sqlite3", (), ())
    (tmp_path / "noise.sqlite3").write_text("noise" * 1000)
    refuse_to_drop(tmp_path / "noise.sqlite3", (), ())


def test_folder_without_articles_is_an_error_and_keeps_the_others(workspace: Workspace, tmp_path: Path) -> None:
    """As a folder whose name was mistyped."""
    workspace.config = workspace.config.model_copy(update={"articles": (tmp_path / "nowhere",)})
    with pytest.raises(BuildError, match="no article could be read"):
        workspace.build()
    assert sorted(workspace.read_article_texts()) == ["a.md", "b.md"]


def test_place_that_the_user_dropped_goes(workspace: Workspace) -> None:
    options = BuildOptions(dropped=(str(workspace.articles),))
    *_, report = build_library(workspace.config, workspace.model, workspace.load_recording_embedder, options=options)
    assert isinstance(report, BuildReport)
    assert nonzero_counts(report) == {"added": 1, "removed": 2}


def test_scan_tells_orphans_from_deleted_files(tmp_path: Path) -> None:
    known = [str(tmp_path / "a.md"), "/elsewhere/b.md"]
    (tmp_path / "c.md").write_text("x")
    sources = make_sources([tmp_path])
    scan = scan_files(sources, known)
    assert (scan.deleted, scan.orphaned) == ((known[0],), (known[1],))
    assert scan_files(sources, known, prune=True).deleted == tuple(sorted(known))
    assert describe_orphans(["https://a.example/x", "/b"]).place == "https://a.example/x"


def test_rebuild_is_refused_while_the_library_cannot_be_read(workspace: Workspace) -> None:
    """What it has cannot be seen while another program holds it: that is no reason to drop it."""
    with closing(sqlite3.connect(workspace.config.index / DATABASE, isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            refuse_to_drop(workspace.config.index / DATABASE, (), ())
        holder.execute("ROLLBACK")
