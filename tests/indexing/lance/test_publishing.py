"""Publishing into Lance tables: in one step, of what has changed only, and again after a build that was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import LibraryLocked
from assistant.indexing.lance import columns, publishing
from assistant.indexing.lance.publishing import publish_tables
from assistant.store.lance.connection import LanceConnection
from assistant.store.lance.library import LanceLibrary
from assistant.store.lance.tables import TABLES, open_table
from tests.support.tiny_library import build_tiny_library

pytest.importorskip("lance", reason="the extra lance is not installed")

FERRY = "---\ntitle: Ferries stop\n---\n“The ferries stop,” said Mayor Ada Roe."
BRIDGE = "---\ntitle: Bridge opens\n---\nThe bridge opened on Monday, Tom Lund said."


def _titles(uri: str) -> set[str]:
    with LanceLibrary.open(uri) as library:
        assert isinstance(library._connection, LanceConnection)
        return {title for title, _ in library.titles()}


def test_only_changes_are_written(tmp_path: Path) -> None:
    """The second publication replaces what has changed; who reads the first one goes on with it."""
    uri = str(tmp_path / "tables")
    index = build_tiny_library(tmp_path, [], ferry=FERRY, bridge=BRIDGE).index
    assert publish_tables(index, uri)
    assert not publish_tables(index, uri)
    with LanceLibrary.open(uri) as before:
        kept = open_table(uri, "article").to_table(columns=["row"]).column(0).to_pylist()
        build_tiny_library(tmp_path, [], ferry=FERRY.replace("Ferries", "All ferries"))
        assert publish_tables(index, uri)
        assert {title for title, _ in before.titles()} == {"Ferries stop", "Bridge opens"}
    assert _titles(uri) == {"All ferries stop", "Bridge opens"}
    assert len(set(kept) & set(open_table(uri, "article").to_table(columns=["row"]).column(0).to_pylist())) == 1
    assert set(columns.COLUMNS) == set(TABLES)


def test_killed_before_the_last_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed build has written is neither read nor published by the next one."""
    uri = str(tmp_path / "tables")
    index = build_tiny_library(tmp_path, [], ferry=FERRY).index
    publish_tables(index, uri)
    build_tiny_library(tmp_path, [], bridge=BRIDGE)

    def be_killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "write_publication", be_killed)
        with pytest.raises(KeyboardInterrupt):
            publish_tables(index, uri)
    assert open_table(uri, "article").count_rows() == 2
    assert _titles(uri) == {"Ferries stop"}
    (tmp_path / "articles" / "bridge.md").unlink()
    build_tiny_library(tmp_path, [], crane=FERRY.replace("Ferries", "Cranes"))
    assert publish_tables(index, uri)
    assert _titles(uri) == {"Ferries stop", "Cranes stop"}


def test_other_build_writes_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds into the same tables: the one that was overtaken publishes nothing."""
    uri = str(tmp_path / "tables")
    index = build_tiny_library(tmp_path, [], ferry=FERRY).index
    publish_tables(index, uri)
    build_tiny_library(tmp_path, [], bridge=BRIDGE)
    keep = publishing._Table.keep

    def be_overtaken(table: publishing._Table, generation: str) -> None:
        open_table(uri, "story").delete("true")
        keep(table, generation)

    with monkeypatch.context() as patch:
        patch.setattr(publishing._Table, "keep", be_overtaken)
        with pytest.raises(LibraryLocked, match="another build"):
            publish_tables(index, uri)
    assert _titles(uri) == {"Ferries stop"}
    assert publish_tables(index, uri)
    assert _titles(uri) == {"Ferries stop", "Bridge opens"}
