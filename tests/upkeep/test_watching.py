"""Watching real files, and asking feeds of a real web server at their interval."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.schema import Config, WatchSettings, WebSettings
from assistant.engine import Assistant
from assistant.indexing.lock import build_lock
from assistant.records.build import BuildReport
from assistant.upkeep.feeds import add_source, list_due_feeds, update_due_feeds
from assistant.upkeep.sync import build_when_free, has_work, keep_up
from assistant.upkeep.watching import FeedsUpdated, FilesChanged, WatchFailed, _Settling, is_relevant, watch_library
from assistant.web.intake import Added
from tests.conftest import make_config
from tests.support.news_site import HOST, make_page, make_rss, run_site

QUICK = WatchSettings(update="automatic", settle_seconds=0.1)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "articles").mkdir()
    web = WebSettings(allow_hosts=(HOST,), delay_seconds=0)
    return make_config(tmp_path / "articles", tmp_path / "index").model_copy(update={"watch": QUICK, "web": web})


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_files(config: Config, stop: threading.Event) -> None:
    """Several changes are one happening; hidden and unread files are none; deleting a file and a folder is."""
    ready = threading.Event()
    folder = config.articles[0]
    with closing(watch_library(lambda: config, stop, update_feeds=False, on_ready=ready.set)) as happenings:
        writer = threading.Thread(target=lambda: (ready.wait(), [(folder / f"{n}.md").write_text("A") for n in (1, 2)]))
        assert next(happenings) == FilesChanged()  # at the beginning
        writer.start()
        assert next(happenings) == FilesChanged()
        (folder / ".hidden.md").write_text("A")
        (folder / "1.md").unlink()
        assert next(happenings) == FilesChanged()
        writer.join()


def test_folder_that_appears(tmp_path: Path, config: Config, stop: threading.Event) -> None:
    """A folder that does not exist yet is watched once it does."""
    later = tmp_path / "later"
    config = config.model_copy(update={"articles": (later,)})
    ready = threading.Event()
    with closing(watch_library(lambda: config, stop, update_feeds=False, on_ready=ready.set)) as happenings:

        def appear() -> None:
            ready.wait()
            later.mkdir()

        assert next(happenings) == FilesChanged()
        threading.Thread(target=appear).start()
        assert next(happenings) == FilesChanged()
        (later / "1.md").write_text("A")
        assert next(happenings) == FilesChanged()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.md", True), ("a.PDF", True), (".a.md", False), ("a.tmp", False), ("a.md~", False), ("folder", True)],
)
def test_relevant_paths(name: str, expected: bool) -> None:
    assert is_relevant(f"/articles/{name}") is expected


def test_settling() -> None:
    """A series of changes ends when it is quiet, and at the latest after ten times as long."""
    settling = _Settling(2.0)
    assert [settling.is_over(False, 0.0), settling.is_over(True, 1.0), settling.is_over(False, 2.0)] == [False] * 3
    assert settling.is_over(False, 3.0)
    assert not settling.is_over(False, 9.0)
    assert [at for at in range(100, 130) if settling.is_over(True, at)] == [120]


def test_feeds_at_their_interval(config: Config) -> None:
    """A feed is asked when its interval has passed, and not before."""
    now = datetime.now(UTC)
    assert list(update_due_feeds(config)) == []
    with run_site() as site:
        page = site.serve("/a", make_page("Story a", "The ferry is late again, and nobody can say when it will come."))
        feed = site.serve("/feed", make_rss([{"title": "Story a", "link": page}]))
        assert any(isinstance(event, Added) and event.is_article for event in add_source(config, feed))
        assert list_due_feeds(config, now + timedelta(minutes=50)) == []
        assert [due.address for due in list_due_feeds(config, now + timedelta(minutes=70))] == [feed]
        assert [due.address for due in list_due_feeds(config, now - timedelta(hours=9))] == [feed]
        page = site.serve("/b", make_page("Story b", "The bridge is shut again, and nobody can say when it will open."))
        site.serve("/feed", make_rss([{"title": "Story b", "link": page}]))
        added = [
            event for event in update_due_feeds(config, lambda: now + timedelta(hours=2)) if isinstance(event, Added)
        ]
        assert sum(event.is_article for event in added) == 1
    assert not (config.added / "nothing").exists()


def test_feeds_while_watching(config: Config, stop: threading.Event) -> None:
    """A feed that was never asked is asked at once."""
    from assistant.web.subscriptions import Subscriptions

    with run_site() as site:
        page = site.serve("/a", make_page("Story a", "The ferry is late again, and nobody can say when it will come."))
        address = site.serve("/feed", make_rss([{"title": "Story a", "link": page}]))
        with Subscriptions(config.added) as subscriptions:
            subscriptions.add_feed(address, "feed", None, datetime.now(UTC))
        with closing(watch_library(lambda: config, stop)) as happenings:
            found = next(each for each in happenings if isinstance(each, FeedsUpdated))
    assert (found.articles, found.failures) == (1, ())


def test_keep_up(assistant: Assistant, write_article: Callable[..., Path], stop: threading.Event) -> None:
    """It builds at the beginning and after each happening, if there is anything to build."""
    write_article("a.md", "The ferry is late.")

    def happen() -> Iterator[FilesChanged | WatchFailed]:
        yield FilesChanged()  # nothing has changed
        write_article("b.md", "The bridge is shut.")
        yield FilesChanged()
        yield WatchFailed("no more watches")

    events = [event for event in keep_up(assistant, happen(), stop) if isinstance(event, BuildReport | WatchFailed)]
    first, second, failed = events
    assert isinstance(first, BuildReport)
    assert isinstance(second, BuildReport)
    assert (first.added, second.added, second.news) == (1, 1, "1 new")
    assert failed == WatchFailed("no more watches")
    assert not has_work(assistant)


def test_waits_for_another_build(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """While another build has the lock, it waits, and can be stopped."""
    write_article("a.md", "The ferry is late.")
    stop = threading.Event()
    with build_lock(assistant.config.index):
        threading.Timer(0.2, stop.set).start()
        assert list(build_when_free(assistant, stop)) == []


def test_build_that_fails(assistant: Assistant, tmp_path: Path, stop: threading.Event) -> None:
    """A failure is told, and does not end the watching."""
    assert list(build_when_free(assistant, stop)) == []  # there is nothing to build from yet
    (tmp_path / "articles" / "a.md").write_text("")
    (event,) = [each for each in build_when_free(assistant, stop) if isinstance(each, WatchFailed)]
    assert str(tmp_path) in event.reason
