"""Sitemaps: the pages of a site, with the dates of news sitemaps; and the feed that a page names."""

from __future__ import annotations

import gzip
import io
import re
from dataclasses import asdict
from html import unescape
from typing import Any

from assistant.errors import WebError
from assistant.web.entries import Entry, Listing, clean, compute_mark, decode_listing, find_link, read_day
from assistant.web.feeds import MAX_ENTRIES
from assistant.web.parsing import MAX_FEED_BYTES, MAX_LIST_SECONDS, parse_apart

MAX_PARTS = 50  # sitemaps of one index
_LINK = re.compile(r"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def unpack(data: bytes, name: str) -> bytes:
    """A sitemap that may be a gzip file. Raises WebError."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MAX_FEED_BYTES + 1)
    except (OSError, EOFError) as error:
        raise WebError(f"{name}: this gzip file is damaged") from error
    if len(unpacked) > MAX_FEED_BYTES:
        raise WebError(f"{name}: larger than a sitemap can be ({MAX_FEED_BYTES // 1_000_000} MB)")
    return unpacked


def parse_sitemap(data: bytes, base: str, *, seconds: int = MAX_LIST_SECONDS) -> Listing:
    """The pages of a sitemap, the newest first, or the sitemaps of an index. Raises WebError."""
    return decode_listing(parse_apart(read_sitemap, data, base, seconds=seconds))


def read_sitemap(data: bytes, base: str) -> dict[str, Any]:
    """The same as JSON, in this process."""
    return asdict(_parse_sitemap(data, base))


def _parse_sitemap(data: bytes, base: str) -> Listing:
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WebError(f"{base}: this sitemap cannot be read") from error
    if root is None:
        raise WebError(f"{base}: this sitemap cannot be read")
    fields = [_read_fields(node) for node in list(root)[:MAX_ENTRIES]]
    if etree.QName(root).localname.lower() == "sitemapindex":
        newest = sorted(fields, key=lambda item: item.get("lastmod", ""), reverse=True)[:MAX_PARTS]
        return Listing("sitemap", None, (), tuple(url for item in newest if (url := find_link(item.get("loc"), base))))
    fields.sort(key=lambda item: item.get("publication_date") or item.get("lastmod", ""), reverse=True)
    return Listing("sitemap", None, tuple(entry for item in fields if (entry := _make_entry(item, base)) is not None))


def _read_fields(node: Any) -> dict[str, str]:
    """The text of each element in one entry, by its name without a namespace."""
    found: dict[str, str] = {}
    for element in node.iter():
        if isinstance(element.tag, str) and element.text and element.text.strip():
            found.setdefault(element.tag.rpartition("}")[2].lower(), element.text.strip())
    return found


def _make_entry(fields: dict[str, str], base: str) -> Entry | None:
    url = find_link(fields.get("loc"), base)
    if url is None:
        return None
    return Entry(
        identifier=url,
        url=url,
        title=clean(fields.get("title")),
        published=read_day(fields.get("publication_date")),
        outlet=clean(fields.get("name")),
        mark=compute_mark(fields.get("lastmod")),  # not a date of publication: sites give a new one to old pages
    )


def find_feeds(html: str, base: str) -> list[str]:
    """The addresses of the feeds that the head of a page names, in its order."""
    found: list[str] = []
    for link in _LINK.findall(html[:300_000]):
        attributes = {
            match[0].lower(): unescape(match[1] or match[2] or match[3]) for match in _ATTRIBUTE.findall(link)
        }
        is_feed = "alternate" in attributes.get("rel", "").lower().split() and (
            attributes.get("type", "").lower().partition(";")[0].strip() in _FEED_TYPES
        )
        if is_feed and (url := find_link(attributes.get("href"), base)):
            found.append(url)
    return list(dict.fromkeys(found))
