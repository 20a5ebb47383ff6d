"""Adds addresses and paths to a library, and updates its feeds. What is done is told as events; what was done stays
done if the rest is stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.articles.readers import READER_BY_SUFFIX, list_suffixes
from assistant.articles.sources.added import forget_path, read_paths, write_paths
from assistant.errors import WebError
from assistant.system.os_errors import describe_read_error, describe_write_error
from assistant.text.formatting import count_noun
from assistant.web.addresses import get_host, is_web_address, make_key, parse_address
from assistant.web.entries import Entry, Listing
from assistant.web.feeds import find_root, parse_feed, parse_opml
from assistant.web.fetching import Fetched, Fetcher, FetchError
from assistant.web.shelf import Shelf
from assistant.web.sitemaps import find_feeds, parse_sitemap, unpack
from assistant.web.subscriptions import Feed, Page, Subscriptions, make_entry_key, parse_time

DEFAULT_LIMIT = 200  # pages that one update fetches of each feed
MAX_OPML_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Added:
    """Something was added or fetched, told in one line. `is_article`: it is a new or changed file of an article."""

    text: str
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Something could not be added or fetched; the line says why, and what becomes of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Fetching:
    """What is being fetched, the how manieth of how many."""

    address: str
    number: int
    total: int


Event = Added | Failed | Fetching


class Intake:
    """Adds to the library whose folder of added things is `folder`.

    `further` are suffixes that readers of llama-index read.
    """

    def __init__(
        self,
        folder: Path,
        fetcher: Fetcher,
        subscriptions: Subscriptions,
        *,
        further: Container[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._subscriptions = subscriptions
        self._shelf = Shelf(folder)
        self._further = further
        self._now = now

    def add(self, what: str, *, wants_feed: bool = False, limit: int = DEFAULT_LIMIT) -> Iterator[Event]:
        """Add an address (a page, feed or sitemap), a folder, a file of articles, or an OPML file with feeds.

        `wants_feed`: of a page, its feed is meant. What fails is an event; other inputs can follow.
        """
        try:
            if is_web_address(what):
                yield from self._add_address(parse_address(what), wants_feed, limit)
            elif what.lower().endswith(".opml"):
                yield from self._add_opml(Path(what), limit)
            else:
                yield from self._add_path(Path(what))
        except WebError as error:
            yield Failed(str(error))

    def update(self, feeds: list[Feed], *, limit: int = DEFAULT_LIMIT) -> Iterator[Event]:
        """Ask feeds for what is new, and fetch it. A feed that fails is an event, and keeps its place."""
        for number, feed in enumerate(feeds, 1):
            yield Fetching(feed.address, number, len(feeds))
            yield from self._update_feed(feed, None, limit)

    def remove(self, what: str, *, with_articles: bool = False) -> str:
        """Remove a feed or sitemap, a page or a path that was added; returns what was done. Raises WebError.

        The articles of a feed stay unless `with_articles`.
        """
        if not is_web_address(what):
            return self._remove_path(what)
        address = parse_address(what)
        feed = self._subscriptions.find_feed(address)
        if feed is not None:
            pages = self._subscriptions.list_kept(feed.address) if with_articles else []
            for page in pages:
                self._remove_page(page)
            self._subscriptions.remove_feed(feed.address)
            told = f" with {count_noun(len(pages), 'article')}" if with_articles else "; its articles stay"
            return f"removed {feed.address}{told}"
        found = self._subscriptions.get_page(make_key(address))
        if found is None:
            raise WebError(f"{what}: not among what was added; `assistant feeds list` shows feeds and paths")
        self._remove_page(found)
        return f"removed {found.address or address}"

    def _remove_page(self, page: Page) -> None:
        if page.file:
            self._shelf.remove(page.file)
        self._subscriptions.forget_page(page.key)

    def _remove_path(self, what: str) -> str:
        full = forget_path(self._folder, what)
        if full is None:
            raise WebError(f"{what}: not among what was added; `assistant feeds list` shows feeds and paths")
        return f"removed {full}; its files are untouched"

    # ------------------------------------------------------------------------------------------- paths

    def _add_path(self, path: Path) -> Iterator[Event]:
        full = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - a link keeps the path that the user knows
        if not full.exists():
            raise WebError(f"{path}: no such file or folder, and no address that begins with http:// or https://")
        suffix = full.suffix.lower()
        if full.is_file() and suffix not in READER_BY_SUFFIX and suffix not in self._further:
            raise WebError(f"{path}: no reader for this format; articles are read from {list_suffixes('or')}")
        if self._folder.resolve() in (full.resolve(), *full.resolve().parents):
            raise WebError(f"{path}: is part of the library already")
        paths = read_paths(self._folder)
        if str(full) in paths:
            yield Added(f"{path} is part of the library already")
            return
        try:
            write_paths(self._folder, [*paths, str(full)])
        except OSError as error:
            raise WebError(f"{self._folder}: {describe_write_error(error)}; check its permissions") from error
        yield Added(f"added {full}; it is read where it is")

    def _add_opml(self, path: Path, limit: int) -> Iterator[Event]:
        try:
            with path.expanduser().open("rb") as file:
                data = file.read(MAX_OPML_BYTES + 1)
        except OSError as error:
            raise WebError(f"{path}: {describe_read_error(error)}") from error
        addresses = parse_opml(data, str(path))
        if not addresses:
            raise WebError(f"{path}: names no feed (xmlUrl)")
        for number, address in enumerate(addresses, 1):
            yield Fetching(address, number, len(addresses))
            try:
                yield from self._add_address(parse_address(address), True, limit, keeps_failing=True)
            except WebError as error:
                yield Failed(str(error))

    # ------------------------------------------------------------------------------------------- addresses

    def _add_address(
        self, address: str, wants_feed: bool, limit: int, *, is_named: bool = False, keeps_failing: bool = False
    ) -> Iterator[Event]:
        """Fetch an address and see what it is. `is_named`: a page names it as its feed, so it must be one.

        `keeps_failing`: what cannot be fetched now is followed as a feed all the same.
        """
        feed = self._subscriptions.find_feed(address)
        if feed is not None:
            yield from self._update_feed(feed, None, limit)
            return
        yield Fetching(address, 1, 1)
        try:
            fetched = self._fetcher.fetch(address)
        except FetchError as error:
            if not keeps_failing:
                raise
            feed = self._subscriptions.add_feed(address, "feed", None, self._now())
            self._subscriptions.note_failure(address, str(error), error.retry_at, self._now())
            yield Failed(f"{error}; it is followed all the same: assistant feeds update")
            return
        content = unpack(fetched.content, address)
        if find_root(content) is not None:
            listing = self._read_listing(content, fetched)
            feed = self._subscriptions.add_feed(address, listing.kind, listing.title, self._now())
            yield Added(f"following {feed.kind} {address}{f' ({feed.title})' if feed.title else ''}")
            yield from self._update_feed(feed, (fetched, listing), limit)
            return
        if is_named:
            raise WebError(f"{address}: named as the feed of a page, but is none")
        feeds = find_feeds(content[:1_000_000].decode("utf-8", "replace"), fetched.url)
        is_front = fetched.url.split("?")[0].count("/") <= 3 and fetched.url.split("?")[0].endswith(
            ("/", get_host(fetched.url))
        )
        if feeds and (wants_feed or is_front) and make_key(feeds[0]) != make_key(address):
            yield from self._add_address(feeds[0], False, limit, is_named=True)
            return
        if wants_feed:
            raise WebError(f"{address}: no feed, and the page names none")
        page = self._subscriptions.want_page(address, self._now())
        yield from self._keep(page, fetched, None)
        if feeds:
            yield Added(f"the site has a feed; to follow it: assistant add {feeds[0]}")

    # ------------------------------------------------------------------------------------------- feeds

    def _update_feed(self, feed: Feed, known: tuple[Fetched, Listing] | None, limit: int) -> Iterator[Event]:
        """Ask one feed, unless its content is `known`, and fetch what it has new."""
        now = self._now()
        if known is None and feed.retry_at and parse_time(feed.retry_at) > now:
            yield Failed(f"{feed.address}: asked to wait until {feed.retry_at[:16]} UTC; it is asked after that")
            return
        try:
            if known is None:
                fetched = self._fetcher.fetch(feed.address, etag=feed.etag, modified=feed.modified)
                if fetched.is_unchanged:
                    self._subscriptions.note_unchanged(feed.address, now)
                    listing = None
                else:
                    listing = self._read_listing(unpack(fetched.content, feed.address), fetched)
            else:
                fetched, listing = known
            if listing is not None:
                entries = [*listing.entries, *self._read_parts(listing)]
                headers = (fetched.headers.get("etag"), fetched.headers.get("last-modified"))
                self._subscriptions.record(feed, entries, headers, now)
                yield from self._keep_texts(feed, entries)
        except WebError as error:
            retry_at = error.retry_at if isinstance(error, FetchError) else None
            self._subscriptions.note_failure(feed.address, str(error), retry_at, now)
            yield Failed(f"{error}; the feed keeps its place")
        yield from self._fetch_wanted(feed, limit)

    def _read_listing(self, content: bytes, fetched: Fetched) -> Listing:
        root = find_root(content)
        if root in ("urlset", "sitemapindex"):
            return parse_sitemap(content, fetched.url)
        if root is None:
            raise WebError(f"{fetched.url}: no longer a feed or sitemap")
        if root == "opml":
            raise WebError(f"{fetched.url}: a list of feeds; save it as a file and add that")
        return parse_feed(content, fetched.url, fetched.headers.get("content-type", ""))

    def _read_parts(self, listing: Listing) -> list[Entry]:
        """The pages of the sitemaps that an index lists."""
        entries: list[Entry] = []
        for part in listing.parts:
            fetched = self._fetcher.fetch(part)
            entries += parse_sitemap(unpack(fetched.content, part), fetched.url).entries
        return entries

    def _keep_texts(self, feed: Feed, entries: list[Entry]) -> Iterator[Event]:
        """Keep the entries that have no page of their own."""
        for entry in entries:
            if entry.content is None:
                continue
            page = self._subscriptions.get_page(make_entry_key(feed.address, entry))
            if page is not None and page.state == "wanted":
                file = self._shelf.keep_text(page, entry.content, feed.title, self._now())
                self._subscriptions.note_kept(page, file, None, (None, None), self._now())
                yield Added(f"kept {page.title or page.key}", is_article=True)

    def _fetch_wanted(self, feed: Feed, limit: int) -> Iterator[Event]:
        wanted = [
            page for page in self._subscriptions.list_wanted(feed.address, self._now(), limit + 1) if page.address
        ]
        for number, page in enumerate(wanted[:limit], 1):
            address = page.address or ""
            yield Fetching(address, number, min(len(wanted), limit))
            try:
                headers = (page.etag, page.modified) if page.file else (None, None)
                fetched = self._fetcher.fetch(address, etag=headers[0], modified=headers[1])
            except WebError as error:
                retry_at = error.retry_at if isinstance(error, FetchError) else None
                self._subscriptions.note_page_failure(page, str(error), retry_at, self._now())
                yield Failed(f"{error}; tried again at a later update")
                continue
            if fetched.is_unchanged and page.file:
                self._subscriptions.note_kept(page, page.file, page.final, headers, self._now())
            else:
                outlet = feed.title if _is_same_site(feed.address, fetched.url) else None
                yield from self._keep(page, fetched, outlet)
        if len(wanted) > limit:
            yield Added(f"{feed.address}: more than {count_noun(limit, 'page')}; the next update fetches further ones")

    def _keep(self, page: Page, fetched: Fetched, outlet: str | None) -> Iterator[Event]:
        final = make_key(fetched.url)
        headers = (fetched.headers.get("etag"), fetched.headers.get("last-modified"))
        try:
            if "/" in page.key and "/" not in final:
                raise WebError(f"{page.address}: leads to the front page of the site; the article is no longer there")
            same = self._subscriptions.find_same(page, final)
            if same is not None and not page.file:
                self._subscriptions.note_kept(page, same, final, headers, self._now())
                yield Added(f"{page.address} is part of the library already")
                return
            file = self._shelf.keep(page, fetched, outlet, self._now())
        except WebError as error:
            self._subscriptions.note_page_failure(page, str(error), None, self._now())
            yield Failed(str(error))
            return
        self._subscriptions.note_kept(page, file, final, headers, self._now())
        yield Added(f"kept {fetched.url}", is_article=True)


def _is_same_site(feed: str, page: str) -> bool:
    """Whether the title of a feed can be the outlet of a page: both are of one site, such as news.example.org."""
    return get_host(feed).split(".")[-2:] == get_host(page).split(".")[-2:]
