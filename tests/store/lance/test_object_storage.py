"""A library in object storage: published to and read from a server that speaks S3."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryMissing
from assistant.indexing.lance.publishing import publish_tables
from assistant.library_access import LibraryAccess
from assistant.store.lance.library import LanceLibrary
from assistant.store.library import SqliteLibrary
from tests.conftest import make_config
from tests.support.tiny_library import build_tiny_library

pytest.importorskip("lance", reason="the extra lance is not installed")
moto = pytest.importorskip("moto.server", reason="moto is not installed")

FERRY = "---\ntitle: Ferries stop\n---\n“The ferries stop,” said Mayor Ada Roe."
_CREDENTIAL = "Credential=reader/20250101/us-east-1/s3/aws4_request"
_AUTHORIZATION = f"AWS4-HMAC-SHA256 {_CREDENTIAL}, SignedHeaders=host, Signature=0"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a server with an empty bucket "desk"."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    request = urllib.request.Request(f"http://{host}:{port}/desk", method="PUT")
    request.add_header("Authorization", _AUTHORIZATION)
    urllib.request.urlopen(request).close()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _access(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    access = {
        "AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT": endpoint, "AWS_ALLOW_HTTP": "true",
    }  # fmt: skip
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
