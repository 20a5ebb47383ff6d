"""How the feeds of a library are: for lists and statistics, without opening a connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.web.subscriptions import FILE_NAME, KEPT, LOST, WANTED, Feed, Subscriptions, parse_time

SILENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed with its articles: kept, waiting to be fetched, given up; and the days since it had something new."""

    feed: Feed
    kept: int
    waiting: int
    lost: int
    silent_days: int

    def describe(self) -> str:
        """The state of the feed in a few words: "down since 2025-03-01: …", "silent for 4 days", "up to date"."""
        if self.feed.fault:
            since = (self.feed.succeeded_at or self.feed.added_at)[:10]
            return (
                f"down, last read {since}: {self.feed.fault}" if self.feed.succeeded_at else f"down: {self.feed.fault}"
            )
        if self.feed.checked_at is None:
            return "never read"
        return f"silent for {self.silent_days} days" if self.silent_days >= SILENT_DAYS else "up to date"

    def to_json(self) -> dict[str, object]:
        """The feed as `feeds list` and `stats` print it as JSON; `silent_days` counts since it had something new."""
        feed = self.feed
        return {
            "address": feed.address, "kind": feed.kind, "title": feed.title, "articles": self.kept,
            "waiting": self.waiting, "given_up": self.lost, "checked_at": feed.checked_at,
            "succeeded_at": feed.succeeded_at, "newest_at": feed.newest_at, "fault": feed.fault,
            "failures": feed.failures, "silent_days": self.silent_days, "state": self.describe(),
        }  # fmt: skip


def list_health(folder: Path, now: datetime) -> list[FeedHealth]:
    """The feeds of a library in the order in which they were added. Raises WebError."""
    if not (folder / FILE_NAME).exists():
        return []
    with Subscriptions(folder) as subscriptions:
        counts = subscriptions.count_pages()
        return [_measure(feed, counts.get(feed.address, {}), now) for feed in subscriptions.list_feeds()]


def _measure(feed: Feed, counts: dict[str, int], now: datetime) -> FeedHealth:
    silence = now - parse_time(feed.newest_at or feed.added_at)
    return FeedHealth(feed, counts.get(KEPT, 0), counts.get(WANTED, 0), counts.get(LOST, 0), max(silence.days, 0))


def list_silent_outlets(folder: Path, now: datetime) -> dict[str, int]:
    """The outlets whose feeds have had nothing new for SILENT_DAYS or more, with the days; longest first.

    Raises WebError.
    """
    if not (folder / FILE_NAME).exists():
        return {}
    with Subscriptions(folder) as subscriptions:
        outlets = subscriptions.list_outlets()
    days = {name: (now - parse_time(seen)).days for name, seen in outlets.items()}
    silent = sorted((name for name in days if days[name] >= SILENT_DAYS), key=lambda name: -days[name])
    return {name: days[name] for name in silent}


def find_last_seen(folder: Path, path: str | None) -> str | None:
    """When the page in the file `path` was last seen on its site or in its feed, ISO 8601 in UTC.

    None if it was not fetched. `folder` is that of what was added. Raises WebError.
    """
    if path is None or not (folder / FILE_NAME).exists() or not Path(path).is_relative_to(folder):
        return None
    with Subscriptions(folder) as subscriptions:
        return subscriptions.find_last_seen(Path(path).relative_to(folder).as_posix())


def summarize_health(folder: Path, now: datetime) -> str | None:
    """The feeds in one line, for statistics; None if there are none. Raises WebError."""
    feeds = list_health(folder, now)
    if not feeds:
        return None
    down = sum(bool(feed.feed.fault) for feed in feeds)
    silent = sum(not feed.feed.fault and feed.silent_days >= SILENT_DAYS for feed in feeds)
    parts = [f"{len(feeds)}"]
    parts += [f"{down} down"] if down else []
    parts += [f"{silent} silent for {SILENT_DAYS} days or more"] if silent else []
    return ", ".join(parts)
