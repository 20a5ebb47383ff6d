"""A library in object storage: published to and read from a server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryMissing
from assistant.indexing.lance.publishing import publish_tables
from assistant.library_access import LibraryAccess
from assistant.store.lance.library import LanceLibrary
from assistant.store.library import SqliteLibrary
from tests.conftest import make_config
from tests.support.object_storage import serve_bucket
from tests.support.tiny_library import build_tiny_library

pytest.importorskip("lance", reason="the extra lance is not installed")
pytest.importorskip("moto.server", reason="moto is not installed")

FERRY = "---\ntitle: Ferries stop\n---\n“The ferries stop,” said Mayor Ada Roe."


@pytest.fixture(scope="module")
def access() -> Iterator[dict[str, str]]:
    """Access to a server with an empty bucket "desk"."""
    with serve_bucket("desk") as access:
        yield access


@pytest.fixture(autouse=True)
def _access(access: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in access.items():
        monkeypatch.setenv(name, value)


def test_what_is_published_in_object_storage_is_read(tmp_path: Path) -> None:
    """A second publication of the same library writes nothing; an address without one is no library."""
    index = build_tiny_library(tmp_path, [], ferry=FERRY).index
    assert publish_tables(index, "s3://desk/library")
    assert not publish_tables(index, "s3://desk/library")
    with LanceLibrary.open("s3://desk/library") as other, SqliteLibrary.open(index) as ours:
        assert other.counts() == ours.counts()
        assert list(other.articles()) == list(ours.articles())
        assert other.speakers() == ours.speakers()
    with pytest.raises(LibraryMissing):
        LanceLibrary.open("s3://desk/nothing")


def test_readers_follow_each_publication(tmp_path: Path) -> None:
    """Two readers with index folders of their own see a new publication; what is open stays as it was."""
    settings = [make_config(tmp_path / "none", tmp_path / name) for name in ("one", "two")]
    readers = [LibraryAccess(each.model_copy(update={"store": "s3://desk/shared"})) for each in settings]

    def list_titles(reader: LibraryAccess) -> set[str]:
        with reader.open_library() as library:
            return {title for title, _ in library.titles()}

    publish_tables(build_tiny_library(tmp_path, [], ferry=FERRY).index, "s3://desk/shared")
    assert [list_titles(reader) for reader in readers] == [{"Ferries stop"}] * 2
    with readers[0].open_library() as before:
        index = build_tiny_library(tmp_path, [], bridge=FERRY.replace("Ferries", "Bridges")).index
        publish_tables(index, "s3://desk/shared")
        assert [list_titles(reader) for reader in readers] == [{"Ferries stop", "Bridges stop"}] * 2
        assert {title for title, _ in before.titles()} == {"Ferries stop"}
