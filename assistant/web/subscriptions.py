"""What is known of feeds and pages between two updates: one SQLite file in the folder of what was added."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assistant.errors import WebError
from assistant.system.files import create_private_file, make_folder
from assistant.system.tables import check_tables, connect_to_write, refuse_triggers
from assistant.web.addresses import make_key
from assistant.web.entries import Entry, is_plausible

FILE_NAME = "subscriptions.sqlite3"
MAX_TRIES = 8  # of a page that fails, and at least for KEPT_TRYING
KEPT_TRYING = timedelta(days=7)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=15), timedelta(days=1)
SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  address TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, added_at TEXT NOT NULL, checked_at TEXT, succeeded_at TEXT,
  newest_at TEXT, fault TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at TEXT, etag TEXT, modified TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS pages (
  key TEXT PRIMARY KEY, address TEXT, feed TEXT, title TEXT, author TEXT, published TEXT, updated TEXT, outlet TEXT,
  mark TEXT NOT NULL, first_seen TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, retry_at TEXT,
  fault TEXT, final TEXT, file TEXT, etag TEXT, modified TEXT, last_seen TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS pages_of_feeds ON pages (feed, state);
CREATE INDEX IF NOT EXISTS pages_by_final ON pages (final);
CREATE TABLE IF NOT EXISTS identifiers (
  feed TEXT NOT NULL, identifier TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (feed, identifier)
) STRICT, WITHOUT ROWID;
"""
# of a page: to be fetched, or changed since; fetched; given up
WANTED, KEPT, LOST = "wanted", "kept", "lost"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or sitemap that is followed. Times are ISO 8601 in UTC. `fault` says why the last check failed."""

    address: str
    kind: str
    title: str | None
    added_at: str
    checked_at: str | None
    succeeded_at: str | None
    newest_at: str | None
    fault: str | None
    failures: int
    retry_at: str | None
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is wanted or kept. `key` identifies it, `final` is the key of where it redirects to.

    `last_seen` is when its feed last listed it, or its site last had it, if that was later.
    """

    key: str
    address: str | None
    feed: str | None
    title: str | None
    author: str | None
    published: str | None
    updated: str | None
    outlet: str | None
    mark: str
    first_seen: str
    state: str
    tries: int
    retry_at: str | None
    fault: str | None
    final: str | None
    file: str | None
    etag: str | None
    modified: str | None
    last_seen: str | None


class Subscriptions:
    """The feeds and pages of a library. Every change is on disk when a method returns. Close it after use."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`, or create both. Raises WebError."""
        self.path = folder / FILE_NAME
        self._is_new = not folder.exists()
        try:
            make_folder(folder)
            create_private_file(self.path)
            with self._translate_errors():
                self._database = connect_to_write(self.path, timeout=10, isolation_level=None)
                # FULL would let a power failure take back the last change, and so what was just told to be done.
                self._database.execute("PRAGMA synchronous = EXTRA")
                self._database.execute("PRAGMA trusted_schema = OFF")  # the file can come from elsewhere
                try:
                    refuse_triggers(self._database)
                    self._database.executescript(SCHEMA)
                    if "last_seen" not in {column[1] for column in self._rows("PRAGMA table_info(pages)")}:
                        self._database.execute("ALTER TABLE pages ADD COLUMN last_seen TEXT")
                    check_tables(self._database, SCHEMA)
                except BaseException:
                    self._database.close()
                    raise
        except OSError as error:
            raise WebError(f"{folder}: cannot be written: {error.strerror}; check its permissions") from error

    def close(self) -> None:
        """Close the file. A folder that was created for it and in which nothing was kept is removed again."""
        is_unused = self._is_new and not self._has_rows()
        self._database.close()
        if is_unused:
            with contextlib.suppress(OSError):
                if [file.name for file in self.path.parent.iterdir()] == [FILE_NAME]:
                    self.path.unlink()
                    self.path.parent.rmdir()

    def _has_rows(self) -> bool:
        with contextlib.suppress(WebError):
            return bool(self._rows("SELECT 1 FROM feeds UNION ALL SELECT 1 FROM pages LIMIT 1"))
        return True

    def __enter__(self) -> Subscriptions:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise WebError(f"{self.path}: {error}; wait until no other update runs, check the disk") from error
        except sqlite3.DatabaseError as error:
            raise WebError(f"{self.path}: damaged ({error}); rename it and add the feeds again") from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._translate_errors():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._translate_errors():
            return self._database.execute(query, values).fetchall()

    # ------------------------------------------------------------------------------------------- feeds

    def list_feeds(self) -> list[Feed]:
        """All feeds and sitemaps in the order in which they were added."""
        return [Feed(*row) for row in self._rows("SELECT * FROM feeds ORDER BY rowid")]  # type: ignore[arg-type]

    def find_feed(self, address: str) -> Feed | None:
        """The feed at an address; it may be written with or without `www.` and scheme."""
        return next((feed for feed in self.list_feeds() if make_key(feed.address) == make_key(address)), None)

    def add_feed(self, address: str, kind: str, title: str | None, now: datetime) -> Feed:
        """Follow a feed or sitemap; one that is followed already stays as it is."""
        with self._transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO feeds (address, kind, title, added_at) VALUES (?, ?, ?, ?)",
                (address, kind, title, format_time(now)),
            )
        (row,) = self._rows("SELECT * FROM feeds WHERE address = ?", address)
        return Feed(*row)  # type: ignore[arg-type]

    def remove_feed(self, address: str) -> None:
        """Follow a feed no longer. Its articles stay; what was still to be fetched does not."""
        with self._transaction() as database:
            database.execute("DELETE FROM feeds WHERE address = ?", (address,))
            database.execute("DELETE FROM identifiers WHERE feed = ?", (address,))
            database.execute("DELETE FROM pages WHERE feed = ? AND state <> ?", (address, KEPT))

    def note_failure(self, address: str, fault: str, retry_at: datetime | None, now: datetime) -> None:
        """A check of a feed failed; the feed keeps its place."""
        with self._transaction() as database:
            database.execute(
                "UPDATE feeds SET checked_at = ?, fault = ?, failures = failures + 1, retry_at = ? WHERE address = ?",
                (format_time(now), fault, retry_at and format_time(retry_at), address),
            )

    def note_unchanged(self, address: str, now: datetime) -> None:
        """A check of a feed found that it lists what it listed at the last one."""
        time = format_time(now)
        with self._transaction() as database:
            database.execute(
                "UPDATE pages SET last_seen = ? WHERE feed = ? AND last_seen >= "
                "(SELECT succeeded_at FROM feeds WHERE address = ?)",
                (time, address, address),
            )
            database.execute(
                "UPDATE feeds SET checked_at = ?, succeeded_at = ?, fault = NULL, failures = 0, retry_at = NULL "
                "WHERE address = ?",
                (time, time, address),
            )

    def record(
        self, feed: Feed, entries: Iterable[Entry], headers: tuple[str | None, str | None], now: datetime
    ) -> int:
        """Note what a feed lists, in one transaction with its `headers` ETag and Last-Modified; how many are new.

        Articles keep the day on which they were first seen, and the date of publication that they had then. One that
        its feed calls changed is wanted again.
        """
        time = format_time(now)
        new = 0
        with self._transaction() as database:
            for entry in entries:
                new += _record_entry(database, feed.address, entry, now)
            database.execute(
                "UPDATE feeds SET checked_at = ?, succeeded_at = ?, fault = NULL, failures = 0, retry_at = NULL, "
                "etag = ?, modified = ?, newest_at = CASE WHEN ? THEN ? ELSE newest_at END WHERE address = ?",
                (time, time, *headers, new, time, feed.address),
            )
        return new

    # ------------------------------------------------------------------------------------------- pages

    def want_page(self, address: str, now: datetime) -> Page:
        """A page that is to be fetched now, also if it failed before."""
        key = make_key(address)
        with self._transaction() as database:
            database.execute(
                "INSERT INTO pages (key, address, mark, first_seen, state) VALUES (?, ?, '', ?, ?) ON CONFLICT (key) "
                "DO UPDATE SET state = ?, tries = 0, retry_at = NULL",
                (key, address, format_time(now), WANTED, WANTED),
            )
        page = self.get_page(key)
        assert page is not None
        return page

    def get_page(self, key: str) -> Page | None:
        """The page with a key."""
        rows = self._rows("SELECT * FROM pages WHERE key = ?", key)
        return Page(*rows[0]) if rows else None  # type: ignore[arg-type]

    def list_wanted(self, feed: str, now: datetime, limit: int) -> list[Page]:
        """The pages of a feed that are to be fetched now, in its order."""
        rows = self._rows(
            "SELECT * FROM pages WHERE feed = ? AND state = ? AND (retry_at IS NULL OR retry_at <= ?) "
            "ORDER BY rowid LIMIT ?",
            feed, WANTED, format_time(now), limit,
        )  # fmt: skip
        return [Page(*row) for row in rows]  # type: ignore[arg-type]

    def list_kept(self, feed: str) -> list[Page]:
        """The pages of a feed that are kept."""
        rows = self._rows("SELECT * FROM pages WHERE feed = ? AND state = ?", feed, KEPT)
        return [Page(*row) for row in rows]  # type: ignore[arg-type]

    def count_pages(self) -> dict[str, dict[str, int]]:
        """How many pages of each feed are in each state."""
        found: dict[str, dict[str, int]] = {}
        for feed, state, count in self._rows("SELECT feed, state, count(*) FROM pages GROUP BY feed, state"):
            found.setdefault(str(feed), {})[str(state)] = int(str(count))
        return found

    def list_outlets(self) -> dict[str, str]:
        """When each outlet last had something new in a feed; an entry that names no outlet is of that of its feed."""
        rows = self._rows(
            "SELECT coalesce(outlet, feeds.title, feed) AS name, max(first_seen) FROM pages"
            " JOIN feeds ON feeds.address = feed GROUP BY name ORDER BY name"
        )
        return {str(name): str(seen) for name, seen in rows}

    def find_same(self, page: Page, final: str) -> str | None:
        """The file of another page that is kept from the same place."""
        rows = self._rows(
            "SELECT file FROM pages WHERE (final = ? OR key = ?) AND key <> ? AND file IS NOT NULL",
            final,
            final,
            page.key,
        )
        return str(rows[0][0]) if rows else None

    def find_last_seen(self, file: str) -> str | None:
        """When the page that is kept in this file was last seen on its site or in its feed."""
        rows = self._rows("SELECT max(last_seen) FROM pages WHERE file = ?", file)
        return None if rows[0][0] is None else str(rows[0][0])

    def note_kept(
        self, page: Page, file: str, final: str | None, headers: tuple[str | None, str | None], now: datetime
    ) -> None:
        """A page was fetched and is kept in `file`, a path within the folder."""
        with self._transaction() as database:
            database.execute(
                "UPDATE pages SET state = ?, tries = 0, retry_at = NULL, fault = NULL, file = ?, final = ?, etag = ?, "
                "modified = ?, last_seen = ? WHERE key = ?",
                (KEPT, file, final, *headers, format_time(now), page.key),
            )

    def note_page_failure(self, page: Page, fault: str, retry_at: datetime | None, now: datetime) -> None:
        """A page could not be fetched. It is tried again, less and less often, and given up after a week."""
        tries = page.tries + 1
        is_old = now - parse_time(page.first_seen) >= KEPT_TRYING
        state = LOST if tries >= MAX_TRIES and is_old else WANTED
        if retry_at is None and tries > 2:
            retry_at = now + min(_FIRST_PAUSE * 2 ** min(tries - 3, 20), _LONGEST_PAUSE)
        with self._transaction() as database:
            database.execute(
                "UPDATE pages SET state = ?, tries = ?, retry_at = ?, fault = ? WHERE key = ?",
                (state, tries, retry_at and format_time(retry_at), fault, page.key),
            )

    def forget_page(self, key: str) -> None:
        """Want and keep a page no longer."""
        with self._transaction() as database:
            database.execute("DELETE FROM pages WHERE key = ?", (key,))


def format_time(time: datetime) -> str:
    """A time in UTC as it is stored."""
    return time.isoformat(timespec="seconds")


def parse_time(text: str) -> datetime:
    """A time that was stored. Raises WebError for one that this program did not store."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise WebError(f"{FILE_NAME}: {text[:40]!r} is no time; rename this file and add the feeds again")
    return time


def _record_entry(database: sqlite3.Connection, feed: str, entry: Entry, now: datetime) -> bool:
    """Note one entry of a feed; whether it is new."""
    named = database.execute(
        "SELECT key FROM identifiers WHERE feed = ? AND identifier = ?", (feed, entry.identifier)
    ).fetchone()
    key = named[0] if named else make_entry_key(feed, entry)
    row = database.execute("SELECT mark, feed, published, state FROM pages WHERE key = ?", (key,)).fetchone()
    published = entry.published if is_plausible(entry.published, now) else None
    if not named:
        database.execute("INSERT INTO identifiers VALUES (?, ?, ?)", (feed, entry.identifier, key))
    if row is None:
        database.execute(
            "INSERT INTO pages (key, address, feed, title, author, published, updated, outlet, mark, first_seen, "
            "state, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, entry.url, feed, entry.title, entry.author, published,
                entry.updated if is_plausible(entry.updated, now) else None, entry.outlet, entry.mark,
                format_time(now), WANTED, format_time(now),
            ),
        )  # fmt: skip
        return True
    database.execute("UPDATE pages SET last_seen = ? WHERE key = ?", (format_time(now), key))
    mark, owner, known, _ = row
    if owner == feed and mark != entry.mark:
        database.execute(
            "UPDATE pages SET mark = ?, title = ?, state = ?, published = ?, tries = 0, retry_at = NULL WHERE key = ?",
            (entry.mark, entry.title, WANTED, known or published, key),
        )
    return False


def make_entry_key(feed: str, entry: Entry) -> str:
    """What identifies an entry that its feed has not named before: its page, else its name in this feed."""
    return make_key(entry.url) if entry.url else f"{feed}#{entry.identifier}"
