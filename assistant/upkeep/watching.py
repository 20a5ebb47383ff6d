"""Watches the files of a library and its feeds, and tells what has happened. Builds are left to who listens."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Container, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.articles.readers import READER_BY_SUFFIX
from assistant.articles.sources import make_sources
from assistant.config.schema import Config
from assistant.errors import AssistantError
from assistant.system.threads import start_thread
from assistant.upkeep.feeds import update_due_feeds
from assistant.web.intake import Added, Failed

TICK = 0.5  # seconds between two looks at whether to stop
FEED_TICK = 5.0  # seconds between two looks at which feeds are due
LOOK_AGAIN = 5.0  # seconds between two looks for folders that did not exist
MAX_FAILURES = 20  # lines about what could not be fetched


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Files of the library have changed, and no further change came for `watch.settle_seconds`."""


@dataclass(frozen=True, slots=True)
class FeedsUpdated:
    """Feeds were asked: how many articles were fetched, and what failed, a line each."""

    articles: int
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchFailed:
    """Something cannot be watched or asked now; it is tried again."""

    reason: str


Happening = FilesChanged | FeedsUpdated | WatchFailed


def watch_library(
    get_config: Callable[[], Config],
    stop: threading.Event,
    *,
    update_feeds: bool = True,
    on_ready: Callable[[], None] = lambda: None,
) -> Generator[Happening]:
    """What happens to the files and feeds of a library, until `stop` is set. Folders that appear later are watched too.

    The first happening is a FilesChanged: nobody has watched what changed before.

    `get_config` is asked again and again: the settings may change. `on_ready` is called when the files are watched.
    """
    happenings: queue.Queue[Happening] = queue.Queue()
    threads = [threading.Thread(target=_watch_files, args=(get_config, stop, happenings, on_ready), daemon=True)]
    if update_feeds:
        threads.append(threading.Thread(target=_watch_feeds, args=(get_config, stop, happenings), daemon=True))
    for thread in threads:
        start_thread(thread)
    try:
        while not stop.is_set():
            try:
                yield happenings.get(timeout=TICK)
            except queue.Empty:
                continue
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=2 * TICK)


def list_watched(config: Config) -> tuple[list[Path], list[Path]]:
    """The folders and files of a library that exist, and those that do not. Raises WebError for a damaged list."""
    paths = list(dict.fromkeys(Path(source.uri) for source in make_sources(config.articles, config.added)))
    existing = [path for path in paths if path.exists()]
    return existing, [path for path in paths if path not in existing]


def is_relevant(path: str, further: Container[str] = ()) -> bool:
    """Whether a change of this path can change the library: a file with a reader, or what may have been a folder.

    `further` are suffixes that readers of llama-index read.
    """
    name = Path(path).name
    suffix = Path(path).suffix.lower()
    return not name.startswith(".") and (
        suffix in READER_BY_SUFFIX or suffix in further or suffix == "" or Path(path).is_dir()
    )


def _watch_files(
    get_config: Callable[[], Config],
    stop: threading.Event,
    happenings: queue.Queue[Happening],
    on_ready: Callable[[], None],
) -> None:
    """Put a FilesChanged into the queue after each series of changes."""
    told: str | None = None
    while not stop.is_set():
        try:
            existing, missing = list_watched(get_config())
            _watch_paths(existing, missing, get_config, stop, happenings, on_ready)
            told = None
        except (
            AssistantError,
            OSError,
            RuntimeError,
        ) as error:  # watchfiles raises RuntimeError without inotify watches
            if str(error) != told:
                happenings.put(WatchFailed(f"files cannot be watched: {error}; the limit of the system may be too low"))
            told = str(error)
            stop.wait(LOOK_AGAIN)


def _watch_paths(
    existing: list[Path],
    missing: list[Path],
    get_config: Callable[[], Config],
    stop: threading.Event,
    happenings: queue.Queue[Happening],
    on_ready: Callable[[], None],
) -> None:
    """Watch until the folders or the settings are others."""
    from watchfiles import watch

    config = get_config()
    if not existing:
        _begin(happenings, on_ready)
        while not stop.wait(TICK):
            if _has_moved(config, get_config, existing, missing):
                return
        return
    changes = watch(
        *existing,
        watch_filter=lambda _change, path: is_relevant(path, config.reading.foreign_readers),
        stop_event=stop,
        rust_timeout=round(1000 * TICK / 2),
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    settling = _Settling(config.watch.settle_seconds)
    for number, changed in enumerate(changes):
        if number == 0:
            _begin(happenings, on_ready)
        if settling.is_over(bool(changed), time.monotonic()):
            happenings.put(FilesChanged())
        if _has_moved(config, get_config, existing, missing):
            return


def _begin(happenings: queue.Queue[Happening], on_ready: Callable[[], None]) -> None:
    happenings.put(FilesChanged())  # before anything was watched, perhaps
    on_ready()


class _Settling:
    """When a series of changes is over: after `seconds` without one, at the latest after ten times as long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._first: float | None = None
        self._last = 0.0

    def is_over(self, changed: bool, now: float) -> bool:
        """Take note of whether something has changed; whether a series of changes is over with that."""
        if changed:
            self._first = now if self._first is None else self._first
            self._last = now
        if self._first is None:
            return False
        is_over = now - self._last >= self._seconds or now - self._first >= 10 * self._seconds
        if is_over:
            self._first = None
        return is_over


def _has_moved(
    config: Config, get_config: Callable[[], Config], existing: Iterable[Path], missing: Iterable[Path]
) -> bool:
    """Whether other paths are to be watched than these."""
    is_other = get_config() != config
    return is_other or any(path.exists() for path in missing) or not all(path.exists() for path in existing)


def _watch_feeds(get_config: Callable[[], Config], stop: threading.Event, happenings: queue.Queue[Happening]) -> None:
    """Put a FeedsUpdated into the queue whenever feeds were asked, and brought something or failed."""
    told: set[str] = set()
    while not stop.is_set():
        try:
            articles, failures = 0, []
            for event in update_due_feeds(get_config()):
                if stop.is_set():
                    break
                if isinstance(event, Added):
                    articles += event.is_article
                elif isinstance(event, Failed):
                    failures.append(event.text)
            new = [line for line in failures if line not in told][:MAX_FAILURES]
            told = set(failures) or told
            if articles or new:
                happenings.put(FeedsUpdated(articles, tuple(new)))
        except AssistantError as error:
            if str(error) not in told:
                happenings.put(WatchFailed(str(error)))
            told = {str(error)}
        stop.wait(FEED_TICK)
