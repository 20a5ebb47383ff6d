"""A web server, and fetchers that may reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.config.schema import WebSettings
from assistant.web.fetching import Fetcher
from tests.support.news_site import HOST, Site, run_site

MAX_BYTES = 1_000_000


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on this machine."""
    with run_site() as running:
        yield running


@pytest.fixture
def make_fetcher() -> Iterator[Callable[..., Fetcher]]:
    """A function that makes a fetcher, by default one that may reach the server and never waits."""
    made: list[Fetcher] = []

    def make(hosts: tuple[str, ...] = (HOST,), seconds: int = 20, delay: float = 0, **options: object) -> Fetcher:
        settings = WebSettings(allow_hosts=hosts, delay_seconds=delay, timeout_seconds=seconds)
        fetcher = Fetcher(settings, MAX_BYTES, **options)  # type: ignore[arg-type]
        made.append(fetcher)
        return fetcher

    yield make
    for fetcher in made:
        fetcher.close()
