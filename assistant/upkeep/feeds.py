"""Adds to a library and updates its feeds, with the settings of the library: for every front end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from assistant.config.schema import Config
from assistant.web.fetching import Fetcher
from assistant.web.intake import DEFAULT_LIMIT, Event, Intake
from assistant.web.subscriptions import FILE_NAME, Feed, Subscriptions, parse_time


@contextlib.contextmanager
def open_intake(config: Config) -> Iterator[tuple[Intake, Subscriptions]]:
    """What adds to the library of these settings, and its feeds. Raises WebError."""
    limit = config.reading.max_file_mb * 1_000_000
    with Subscriptions(config.added) as subscriptions, Fetcher(config.web, limit) as fetcher:
        yield Intake(config.added, fetcher, subscriptions, further=config.reading.foreign_readers), subscriptions


def add_source(config: Config, what: str, *, wants_feed: bool = False, limit: int = DEFAULT_LIMIT) -> Iterator[Event]:
    """Add an address, folder or file, as `Intake.add` does. Closing the iterator cancels; what was added stays."""
    with open_intake(config) as (intake, _):
        yield from intake.add(what, wants_feed=wants_feed, limit=limit)


def update_due_feeds(config: Config, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Event]:
    """Ask the feeds whose interval has passed for what is new, and fetch it. Opens nothing if none is due."""
    if not list_due_feeds(config, now()):
        return
    with open_intake(config) as (intake, _):
        yield from intake.update(list_due_feeds(config, now()))


def list_due_feeds(config: Config, now: datetime) -> list[Feed]:
    """The feeds that were not asked for `watch.feed_minutes`, and that have not asked to wait."""
    if not (config.added / FILE_NAME).exists():
        return []
    interval = timedelta(minutes=config.watch.feed_minutes)
    with Subscriptions(config.added) as subscriptions:
        return [feed for feed in subscriptions.list_feeds() if _is_due(feed, now, interval)]


def _is_due(feed: Feed, now: datetime, interval: timedelta) -> bool:
    if feed.retry_at and parse_time(feed.retry_at) > now:
        return False
    checked = parse_time(feed.checked_at) if feed.checked_at else None
    return checked is None or not now - interval < checked <= now + interval  # a clock that was set back counts as due
