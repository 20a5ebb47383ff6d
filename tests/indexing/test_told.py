"""Builds with what is told of articles from outside their files: it is read again when it changes, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.articles.supplements.changes import leave_out, set_values, take_back
from assistant.config.schema import FolderSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.indexing.changes import ChangeWatcher, load_file_records, load_supplement
from assistant.records.article import Article
from assistant.records.build import PendingChanges
from assistant.store.library import SqliteLibrary
from tests.support.workspace import Workspace, assert_library_consistent, nonzero_counts


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    workspace = Workspace(tmp_path, model, embedder)
    workspace.write("a.md", "The mill was sold.")
    workspace.write("b.md", "The ferry was late.")
    return workspace


def load(workspace: Workspace, article_id: str = "a.md") -> Article:
    with SqliteLibrary.open(workspace.index) as library:
        article = library.article(article_id)
    assert article is not None
    return article


def find_pending(workspace: Workspace) -> PendingChanges:
    with SqliteLibrary.open(workspace.index) as library:
        known, manifest = load_file_records(library.file_rows()), library.manifest
    return ChangeWatcher().find_changes(workspace.config, known, manifest)


def test_table_is_followed(workspace: Workspace) -> None:
    """A table that comes, changes and goes changes the articles that it names, and no others."""
    report = workspace.build()
    assert (report.undated, report.without_outlet) == (2, 2)
    table = workspace.write("metadata.csv", "file,date,outlet\na.md,2019-03-04,The Weir Post\n")
    pending = find_pending(workspace)
    assert ([Path(uri).name for uri in pending.changed], pending.added) == (["a.md"], ())
    report = workspace.build()
    assert (nonzero_counts(report), report.undated) == ({"changed": 1, "unchanged": 1}, 1)
    article = load(workspace)
    assert (article.source, article.get_origin("published_at")) == ("The Weir Post", "metadata.csv")
    assert not find_pending(workspace)
    assert nonzero_counts(workspace.build()) == {"unchanged": 2}
    table.unlink()
    assert nonzero_counts(workspace.build()) == {"changed": 1, "unchanged": 1}
    assert load(workspace).published_at is None
    assert_library_consistent(workspace)


def test_settings_of_a_folder(workspace: Workspace) -> None:
    settings = FolderSettings(path=workspace.articles, source="The Weir Post", tags=("mill",))
    workspace.config = workspace.config.model_copy(update={"folders": (settings,)})
    workspace.build()
    article = load(workspace)
    assert (article.source, article.tags) == ("The Weir Post", ("mill",))
    assert load_supplement(workspace.config).folders[0].folder == str(workspace.articles)


def test_own_values_survive_rebuilds_and_a_lost_index(workspace: Workspace) -> None:
    workspace.build()
    set_values(workspace.config.added, [load(workspace)], {"published_at": "2019-03-04", "title": "Mill sold"})
    assert [Path(uri).name for uri in find_pending(workspace).changed] == ["a.md"]
    workspace.build()
    assert (load(workspace).title, load(workspace).published_at) == ("Mill sold", "2019-03-04")
    workspace.build(rebuild=True)
    assert load(workspace).get_origin("title") == "set by you"
    for path in workspace.index.iterdir():
        path.unlink()
    workspace.build()
    assert load(workspace).published_at == "2019-03-04"
    workspace.write("a.md", "The mill was sold, and closed.")
    workspace.build()
    assert load(workspace).published_at == "2019-03-04"
    set_values(workspace.config.added, [load(workspace)], {}, ["published_at", "title"])
    workspace.build()
    assert load(workspace).published_at is None


def test_article_left_out_stays_out_until_it_is_taken_back(workspace: Workspace) -> None:
    workspace.build()
    leave_out(workspace.config.added, [load(workspace)])
    assert nonzero_counts(workspace.build()) == {"removed": 1, "unchanged": 1}
    assert nonzero_counts(workspace.build(rebuild=True)) == {"added": 1}
    assert not find_pending(workspace)
    take_back(workspace.config.added, ["a.md"])
    assert nonzero_counts(workspace.build()) == {"added": 1, "unchanged": 1}


def test_unreadable_table_leaves_the_articles(workspace: Workspace) -> None:
    workspace.write("metadata.csv", "title,date\nMill,2019\n")
    report = workspace.build()
    assert [notice.reason.split(",")[0] for notice in report.notices] == ["no column named file or path"]
    assert nonzero_counts(report) == {"added": 2}
