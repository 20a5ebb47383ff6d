"""Requests to the server of a model: no redirect is followed, no endless or packed response is read."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from assistant.writing.transport import Connections, ResponseRefused, open_client
from tests.support.news_site import Site, run_site


@pytest.fixture
def site() -> Iterator[Site]:
    with run_site() as running:
        yield running


def read(site: Site, path: str, connections: Connections | None = None) -> bytes:
    """What a client of at most ten bytes reads there."""
    with open_client(connections or Connections(), 5.0, 10, uses_proxies=False) as client:
        return client.get(site.url(path), headers={"Authorization": "Bearer key"}).content


def test_short_response_is_read(site: Site) -> None:
    site.serve("/a", "0123456789")
    assert read(site, "/a") == b"0123456789"


def test_redirect_is_not_followed(site: Site) -> None:
    """The key and the sources are for the server that the settings name."""
    site.redirect("/a", site.serve("/b", "elsewhere"), status=307)
    assert read(site, "/a") == b""
    assert site.requests == ["/a"]


def test_long_and_packed_responses_are_refused(site: Site) -> None:
    site.serve("/long", "0123456789a")
    site.serve("/packed", "x", Content_Encoding="gzip")
    with pytest.raises(ResponseRefused, match="did not stop writing"):
        read(site, "/long")
    with pytest.raises(ResponseRefused, match="packed"):
        read(site, "/packed")


def test_connections_that_are_shut_down(site: Site) -> None:
    """One that is opened afterwards is ended too."""
    site.serve("/a", "0123456789")
    connections = Connections()
    connections.shut_down()
    with pytest.raises(httpx.TransportError):
        read(site, "/a", connections)
