"""Feeds: RSS and Atom through feedparser, JSON Feed, and OPML, the list of feeds that readers exchange."""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from typing import Any

from assistant.errors import WebError
from assistant.system.json import NestingError, parse_json
from assistant.text.sanitize import sanitize_line
from assistant.web.entries import Entry, Listing, clean, compute_mark, decode_listing, find_link, read_day
from assistant.web.parsing import MAX_LIST_SECONDS, parse_apart

MAX_ENTRIES = 20_000
MIN_CONTENT_WORDS = 40  # of an entry without a page of its own; less is a teaser
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|opml)[\s>]", re.IGNORECASE)
_MARKUP_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)", re.DOTALL | re.IGNORECASE)
_ADDRESS_AND_NAME = re.compile(r"\S+@\S+\s\((.+)\)")
_TAG = re.compile(r"<[^<>]{0,1000}>")


def find_root(data: bytes) -> str | None:
    """The outermost element if it is one of a feed, sitemap or OPML: "rss", "urlset"; "json" for a JSON Feed."""
    head = data[:20_000].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8")
    if head.lstrip().startswith(b"{") and b"jsonfeed.org/version" in data[:4_000]:
        return "json"
    place = 0
    while match := _MARKUP_BEFORE_ROOT.match(head, place):
        place = match.end()
    root = _ROOT.match(head.lstrip(), 0) if place == 0 else _ROOT.match(head[place:].lstrip())
    return root[1].decode("ascii").lower() if root else None


def parse_feed(data: bytes, base: str, media_type: str = "", *, seconds: int = MAX_LIST_SECONDS) -> Listing:
    """The entries of a feed, in its order. `base` is its address. Raises WebError if it cannot be read."""
    return decode_listing(parse_apart(read_feed, data, base, media_type, seconds=seconds))


def read_feed(data: bytes, base: str, media_type: str) -> dict[str, Any]:
    """The same as JSON, in this process."""
    is_json = find_root(data) == "json"
    return asdict(_parse_json_feed(data, base) if is_json else _parse_xml_feed(data, base, media_type))


def _parse_xml_feed(data: bytes, base: str, media_type: str) -> Listing:
    import feedparser

    headers = {"content-location": base, "content-type": media_type or "application/xml"}
    try:
        # A stream: text or bytes could be taken for an address or a file.
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # broken feeds raise many types of error
        raise WebError(f"{base}: this feed cannot be read ({type(error).__name__})") from error
    if not found.version and not found.entries:
        raise WebError(f"{base}: not a feed, or one that is damaged")
    title = clean(found.feed.get("title"))
    entries = tuple(_read_entry(dict(dict.items(entry)), base, data) for entry in found.entries[:MAX_ENTRIES])
    return Listing("feed", _strip_tags(title), tuple(entry for entry in entries if entry is not None))


def _read_entry(entry: Mapping[str, Any], base: str, data: bytes) -> Entry | None:
    # Where an entry of RSS has no link, its name is taken for one, also if it is no address.
    name = str(entry.get("id"))
    is_page = bool(entry.get("links")) or (
        bool(entry.get("link"))  # a search for each entry takes the square of their number
        and any(written.encode("utf-8", "replace") in data for written in {name, escape(name, quote=False)})
    )
    url = find_link(entry.get("link"), base) if is_page else None
    bodies = [item.get("value") for item in entry.get("content", []) if isinstance(item, dict)]
    content = max((body for body in [*bodies, entry.get("summary")] if isinstance(body, str)), key=len, default="")
    published, updated = _read_date(entry, "published"), _read_date(entry, "updated")
    source = entry.get("source")
    return _make_entry(
        identifier=clean(entry.get("id")),
        url=url,
        title=_strip_tags(clean(entry.get("title"))),
        author=_find_name(clean(entry.get("author"))),
        published=published,
        updated=updated,
        outlet=clean(source.get("title")) if isinstance(source, dict) else None,
        content=content,
    )


def _find_name(author: str | None) -> str | None:
    """The name in an author of RSS, who is "address (name)"."""
    match = _ADDRESS_AND_NAME.fullmatch(author or "")
    return match[1] if match else author


def _make_entry(*, identifier: str | None, url: str | None, content: str, **fields: str | None) -> Entry | None:
    """An entry; None if it has neither a page nor enough text to be an article."""
    if url is None and len(_TAG.sub(" ", content).split()) < MIN_CONTENT_WORDS:
        return None
    title, updated = fields["title"], fields["updated"]
    mark = compute_mark(title, updated) if updated else compute_mark(title, content)
    name = identifier or url or compute_mark(title, content)
    return Entry(name, url, content=None if url else content, mark=mark, **fields)


def _read_date(entry: Mapping[str, Any], name: str) -> str | None:
    """The date with the time zone of the outlet, as its day is meant there; else as feedparser understands it."""
    written = read_day(entry.get(name))
    parsed = entry.get(f"{name}_parsed")
    if written is not None and (len(written) > 10 or parsed is None):
        return written
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return written


def _parse_json_feed(data: bytes, base: str) -> Listing:
    try:
        feed = parse_json(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, NestingError) as error:
        raise WebError(f"{base}: this feed is not valid JSON") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        raise WebError(f"{base}: this JSON is not a feed: it has no list of items")
    entries = (_read_item(item, base) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Listing("feed", clean(feed.get("title")), tuple(entry for entry in entries if entry is not None))


def _read_item(item: Mapping[str, Any], base: str) -> Entry | None:
    html, text, identifier = item.get("content_html"), item.get("content_text"), item.get("id")
    if isinstance(html, str):
        content = html
    else:
        content = f"<p>{escape(text)}</p>".replace("\n\n", "</p><p>") if isinstance(text, str) else ""
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [name for person in people or [] if isinstance(person, dict) and (name := clean(person.get("name")))]
    return _make_entry(
        identifier=clean(str(identifier)) if isinstance(identifier, str | int) else None,
        url=find_link(item.get("url") or item.get("external_url"), base),
        title=clean(item.get("title")),
        author=", ".join(names) or None,
        published=read_day(item.get("date_published")),
        updated=read_day(item.get("date_modified")),
        outlet=None,
        content=content,
    )


def _strip_tags(text: str | None) -> str | None:
    return clean(_TAG.sub("", text)) if text else None


def parse_opml(data: bytes, name: str, *, seconds: int = MAX_LIST_SECONDS) -> list[str]:
    """The addresses of the feeds in an OPML file, in its order. Raises WebError if it cannot be read."""
    return [str(address) for address in parse_apart(read_opml, data, name, seconds=seconds)]


def read_opml(data: bytes, name: str) -> list[str]:
    """The same, in this process."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WebError(f"{name}: this OPML file cannot be read") from error
    if root is None:
        raise WebError(f"{name}: this OPML file is empty")
    found = (outline.get("xmlUrl") or outline.get("xmlurl") for outline in root.iter("outline"))
    return list(dict.fromkeys(address.strip() for address in found if address and address.strip()))


def render_opml(feeds: Iterable[tuple[str, str | None]]) -> str:
    """An OPML file with feeds, each as (address, title)."""
    lines = [
        f'    <outline type="rss" text="{escape(sanitize_line(title or address))}" xmlUrl="{escape(address)}"/>'
        for address, title in feeds
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds</title></head>\n  <body>'
    return "\n".join([head, *lines, "  </body>\n</opml>\n"])
