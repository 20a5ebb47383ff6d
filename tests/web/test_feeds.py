"""Tests of feeds, sitemaps and OPML as they are written in the wild."""

from __future__ import annotations

import gzip
import json
import re
import time

import pytest

from assistant.articles.isolation.processes import CAN_ISOLATE
from assistant.errors import WebError
from assistant.web.entries import Entry, Listing, decode_listing
from assistant.web.feeds import find_root, parse_feed, parse_opml, render_opml
from assistant.web.parsing import MAX_FEED_BYTES
from assistant.web.sitemaps import MAX_PARTS, find_feeds, parse_sitemap, unpack
from tests.support.news_site import make_rss

BASE = "https://post.example/feed"


def test_rss() -> None:
    item = {
        "title": "Ferry &amp; quay",
        "link": "/a",
        "guid": "tag:1",
        "pubDate": "Fri, 06 Sep 2019 23:30:00 -0400",
        "author": "ada@post.example (Ada Poe)",
    }
    feed = parse_feed(make_rss([item, {"title": "no page"}]).encode(), BASE)
    (entry,) = feed.entries
    assert (feed.kind, feed.title) == ("feed", "Harbour Post")
    assert (entry.identifier, entry.url, entry.title) == ("tag:1", "https://post.example/a", "Ferry & quay")
    assert entry.published is not None
    assert entry.published.startswith("2019-09-06T23:30")  # the day at the outlet


def test_atom_and_rdf() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>urn:1</id><title type="html">A '
        '&lt;b&gt;bold&lt;/b&gt; plan</title><link rel="alternate" href="https://post.example/a"/>'
        "<published>2024-02-03T04:05:06Z</published><updated>2024-02-04T00:00:00Z</updated>"
        "<author><name>Ada Poe</name></author></entry></feed>"
    )
    (entry,) = parse_feed(atom.encode(), BASE).entries
    assert (entry.title, entry.author) == ("A bold plan", "Ada Poe")
    assert (entry.published or "")[:10] == "2024-02-03"
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title></channel><item>'
        "<title>A</title><link>https://post.example/a</link><dc:date>2024-02-03</dc:date></item></rdf:RDF>"
    )
    (entry,) = parse_feed(rdf.encode(), BASE).entries
    assert (entry.published or entry.updated or "")[:10] == "2024-02-03"


def test_json_feed() -> None:
    long = "Boats came in. " * 30
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [
            {"id": 7, "url": "https://post.example/a", "title": "A", "date_published": "2024-02-03T04:05:06Z",
             "authors": [{"name": "Ada Poe"}, {"name": "Ben \ud800 Roe"}]},
            {"id": "text", "content_text": long},
            {"id": "teaser", "content_text": "Read more"},
            "no item",
        ],
    }  # fmt: skip
    data = json.dumps(feed).encode()
    assert find_root(data) == "json"
    page, text = parse_feed(data, BASE).entries
    assert (page.identifier, page.author, page.published) == ("7", "Ada Poe, Ben ? Roe", "2024-02-03T04:05:06Z")
    assert text.url is None
    assert "Boats came in." in (text.content or "")


def test_broken_feeds_give_what_they_have() -> None:
    broken = make_rss([{"title": "A & B", "link": "https://post.example/a"}]).replace("</channel></rss>", "")
    (entry,) = parse_feed(broken.encode("latin-1"), BASE).entries
    assert entry.title == "A & B"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
        b"<html><body>no feed</body></html>",
        b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
        b'{"version": "https://jsonfeed.org/version/1", ' + b'"a": [' * 100_000,
    ],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(WebError, match=r"post\.example"):
        parse_feed(data, BASE)


def test_links_that_must_not_be_fetched_are_no_entries() -> None:
    items = [
        {"title": "A", "link": link} for link in ("file:///etc/passwd", "javascript:x", "http://a:b@post.example/")
    ]
    assert parse_feed(make_rss(items).encode(), BASE).entries == ()


def test_sitemaps() -> None:
    sitemap = (
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        b"<url><loc>https://post.example/old</loc><lastmod>2020-01-01</lastmod></url>"
        b"<url><loc>https://post.example/new</loc><news:news><news:publication><news:name>Post</news:name>"
        b"</news:publication><news:publication_date>2024-05-06</news:publication_date><news:title>New</news:title>"
        b"</news:news></url><url><loc>ftp://post.example/x</loc></url></urlset>"
    )
    assert find_root(sitemap) == "urlset"
    new, old = parse_sitemap(unpack(gzip.compress(sitemap), BASE), BASE).entries
    assert (new.url, new.title, new.published, new.outlet) == ("https://post.example/new", "New", "2024-05-06", "Post")
    assert (old.url, old.published) == ("https://post.example/old", None)
    parts = "".join(f"<sitemap><loc>https://post.example/{n}.xml</loc></sitemap>" for n in range(MAX_PARTS + 9))
    assert len(parse_sitemap(f"<sitemapindex>{parts}</sitemapindex>".encode(), BASE).parts) == MAX_PARTS
    with pytest.raises(WebError, match="larger"):
        unpack(gzip.compress(b"a" * 20_000_000), BASE)


def test_pages_name_their_feeds() -> None:
    page = (
        "<link rel='alternate' type='application/rss+xml' href='/rss'><link rel=stylesheet href=/x.css>"
        '<link href="https://b.example/atom" type="application/atom+xml" rel="alternate home">'
    )
    assert find_feeds(page, BASE) == ["https://post.example/rss", "https://b.example/atom"]


def test_opml_goes_round() -> None:
    feeds = [("https://a.example/f?a=1&b=2", 'A "quoted" <title>'), ("https://b.example/f", None)]
    text = render_opml([*feeds, ("https://c.example/f", "title \x1b]0;evil\x07 \u202e\ufffe")])
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ufffe]", text)
    assert parse_opml(text.encode(), "feeds.opml") == [*(address for address, _ in feeds), "https://c.example/f"]
    with pytest.raises(WebError, match=r"feeds\.opml"):
        parse_opml(b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "feeds.opml")


@pytest.mark.parametrize(
    "item",
    [
        "<item " + " ".join(f"a{number}='b'" for number in range(60_000)) + ">",
        "<item><author>" + "a" * 100_000 + "@</author>",  # one pattern of feedparser, which nothing in Python can stop
    ],
    ids=["attributes", "one long name"],
)
@pytest.mark.skipif(not CAN_ISOLATE, reason="a call in C is stopped in a process of its own only")
def test_reading_a_list_has_a_budget(item: str) -> None:
    """A feed that takes the square of its size ends in one line, and the next one is read."""
    rss = f"<rss version='2.0'><channel>{item}</item></channel></rss>".encode()
    began = time.process_time()
    with pytest.raises(WebError, match=r"feed.xml: reading it took more than 1 seconds of processor time; add the add"):
        parse_feed(rss, "https://news.example.org/feed.xml", seconds=1)
    assert time.process_time() - began < 1  # in this process
    assert parse_feed(make_rss([{"title": "A", "link": "https://post.example/a"}]).encode(), BASE).entries


def test_too_much_is_not_read() -> None:
    with pytest.raises(WebError, match="larger than a feed can be"):
        parse_feed(b"<rss>" + b" " * MAX_FEED_BYTES, BASE)


def test_what_a_reading_process_sends_is_checked() -> None:
    """A feed that has taken over the process that reads it can send anything."""
    entry = {"identifier": "1", "url": None, "title": None, "author": None, "published": None}
    entry |= {"updated": None, "outlet": None, "content": None, "mark": ""}
    listing = {"kind": "feed", "title": None, "entries": [entry], "parts": []}
    assert decode_listing(listing) == Listing("feed", None, (Entry("1"),))
    wrong_ones: list[object] = [
        None,
        [listing],
        listing | {"kind": 1},
        listing | {"entries": {}},
        listing | {"entries": [entry | {"title": ["x"]}]},
        listing | {"entries": [entry | {"more": "x"}]},
        listing | {"entries": [entry | {"identifier": None}]},
    ]
    for wrong in wrong_ones:
        with pytest.raises(WebError, match="read as something else"):
            decode_listing(wrong)
