"""Tests of adding and updating: what is kept, with which dates, and what a failure leaves."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.articles.readers import read_file
from assistant.articles.source_file import SourceFile
from assistant.articles.sources import find_files, make_sources
from assistant.articles.sources.added import get_origin_path, read_paths
from assistant.config.schema import ReadingSettings
from assistant.errors import WebError
from assistant.records.article import Article
from assistant.web.entries import is_plausible
from assistant.web.fetching import Fetcher
from assistant.web.health import find_last_seen, list_health, list_silent_outlets, summarize_health
from assistant.web.intake import Added, Event, Failed, Intake
from assistant.web.shelf import Shelf
from assistant.web.subscriptions import Subscriptions
from tests.support.news_site import Site, make_page, make_rss

WORDS = "The ferry to the island of Stroma is late again, and nobody on the quay can say when it will come."
START = datetime(2025, 3, 1, 12, tzinfo=UTC)


class Library:
    """A folder of added things with a clock that tests set."""

    def __init__(self, folder: Path, make_fetcher: Callable[..., Fetcher]) -> None:
        self.folder = folder
        self.time = START
        self.subscriptions = Subscriptions(folder)
        self._make = make_fetcher

    @property
    def intake(self) -> Intake:
        """As a new run of the program has it."""
        fetcher = self._make(now=lambda: self.time)
        return Intake(self.folder, fetcher, self.subscriptions, now=lambda: self.time)

    def add(self, what: str, **options: bool) -> list[Event]:
        return list(self.intake.add(what, **options))

    def update(self) -> list[Event]:
        return list(self.intake.update(self.subscriptions.list_feeds()))

    def read(self) -> dict[str, Article]:
        """The articles by title, as a build reads them."""
        files = [file for file in find_files(make_sources((), self.folder)) if isinstance(file, SourceFile)]
        items = [item for file in files for item in read_file(file, ReadingSettings())]
        return {item.title: item for item in items if isinstance(item, Article)}


@pytest.fixture
def library(tmp_path: Path, make_fetcher: Callable[..., Fetcher]) -> Iterator[Library]:
    """An empty library."""
    made = Library(tmp_path / "index-added", make_fetcher)
    yield made
    made.subscriptions.close()


def failures(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Failed)]


def kept(events: list[Event]) -> int:
    return sum(event.is_article for event in events if isinstance(event, Added))


def serve_article(site: Site, name: str, **options: str) -> str:
    return site.serve(f"/{name}", make_page(f"Story {name}", WORDS, f"Number {name} of the day is here.", **options))


def test_a_page_is_kept_and_read(site: Site, library: Library) -> None:
    """With its address, and without the network when it is read."""
    address = serve_article(site, "one", day="2024-05-06")
    assert kept(library.add(address)) == 1
    site.answers.clear()
    (article,) = library.read().values()
    assert (article.title, article.url) == ("Story one", address)
    assert (article.published_at or "")[:10] == "2024-05-06"
    assert WORDS in article.text
    assert "rights reserved" not in article.text


def test_a_feed_is_followed(site: Site, library: Library) -> None:
    """Unchanged feeds and articles are not sent again, and a new item is fetched once."""
    items = [{"title": "Story a", "link": serve_article(site, "a"), "pubDate": "Sat, 01 Feb 2025 10:00:00 GMT"}]
    feed = site.serve("/feed", make_rss(items), "application/rss+xml", ETag='"1"')
    assert failures(library.add(feed)) == []
    article = library.read()["Story a"]
    assert (article.published_at or "")[:10] == "2025-02-01"
    assert article.source == "Harbour Post"
    for _ in range(3):
        library.update()
    assert site.count("/a") == 1
    items.insert(0, {"title": "Story b", "link": serve_article(site, "b")})
    site.serve("/feed", make_rss(items), "application/rss+xml", ETag='"2"')
    library.time += timedelta(days=1)
    assert kept(library.update()) == 1
    assert (site.count("/a"), site.count("/b")) == (1, 1)
    assert library.read()["Story b"].published_at is None  # no day is made up
    origin = json.loads(get_origin_path(Path(library.read()["Story b"].path or "")).read_bytes())
    assert origin["first_seen"].startswith("2025-03-02")


def test_when_an_article_was_last_seen(site: Site, library: Library) -> None:
    """A page stays seen while its feed lists it, also where the feed sends that nothing has changed."""
    items = [{"title": f"Story {name}", "link": serve_article(site, name)} for name in "ab"]
    feed = site.serve("/feed", make_rss(items), "application/rss+xml", ETag='"1"')
    library.add(feed)
    library.time += timedelta(days=1)
    library.update()

    def find_days() -> list[str | None]:
        paths = [library.read()[f"Story {name}"].path for name in "ab"]
        return [(find_last_seen(library.folder, path) or "")[:10] for path in paths]

    assert find_days() == ["2025-03-02", "2025-03-02"]
    site.serve("/feed", make_rss(items[1:]), "application/rss+xml", ETag='"2"')
    library.time += timedelta(days=1)
    library.update()
    library.time += timedelta(days=1)
    library.update()  # as before
    assert find_days() == ["2025-03-02", "2025-03-04"]
    assert find_last_seen(library.folder, "/elsewhere/a.txt") is None
    assert find_last_seen(library.folder / "none", str(library.folder / "none" / "a.html")) is None


def test_list_of_an_older_version_is_read(tmp_path: Path) -> None:
    """One that does not know when pages were last seen."""
    with Subscriptions(tmp_path) as subscriptions:
        subscriptions.want_page("https://news.example.org/a", START)
        subscriptions._database.execute("ALTER TABLE pages DROP COLUMN last_seen")
    with Subscriptions(tmp_path) as subscriptions:
        page = subscriptions.want_page("https://news.example.org/a", START)
        assert page.last_seen is None
        subscriptions.note_kept(page, "articles/a.html", None, (None, None), START)
        assert subscriptions.find_last_seen("articles/a.html") == "2025-03-01T12:00:00+00:00"


def test_failed_pages_are_tried_again(site: Site, library: Library) -> None:
    site.serve("/a", "no", status=500)
    feed = site.serve("/feed", make_rss([{"title": "Story a", "link": site.url("/a")}]), ETag='"1"')
    (failure,) = failures(library.add(feed))
    assert "status 500" in failure
    serve_article(site, "a")
    assert kept(library.update()) == 1
    assert failures(library.update()) == []


def test_pages_that_never_come_are_given_up(site: Site, library: Library) -> None:
    feed = site.serve("/feed", make_rss([{"title": "Story a", "link": site.url("/a")}]), ETag='"1"')
    library.add(feed)
    for _ in range(40):
        library.time += timedelta(days=1)
        library.update()
    assert site.count("/a") == 8
    (health,) = list_health(library.folder, library.time)
    assert (health.waiting, health.lost) == (0, 1)


def test_a_feed_that_is_down_keeps_its_place(site: Site, library: Library) -> None:
    feed = site.serve("/feed", make_rss([{"title": "Story a", "link": serve_article(site, "a")}]))
    library.add(feed)
    for body, status in (("no", 500), ("no", 410), (make_page("Sorry", "We are away"), 200)):
        site.serve("/feed", body, status=status)
        (failure,) = failures(library.update())
        assert failure.endswith("the feed keeps its place")
    (health,) = list_health(library.folder, START + timedelta(days=5))
    assert health.feed.failures == 3
    assert health.describe().startswith("down, last read 2025-03-01")
    assert summarize_health(library.folder, START) == "1, 1 down"
    site.serve("/feed", make_rss([{"title": "Story b", "link": serve_article(site, "b")}]))
    assert kept(library.update()) == 1
    (health,) = list_health(library.folder, START + timedelta(days=5))
    assert health.describe() == "silent for 5 days"
    assert list_silent_outlets(library.folder, START + timedelta(days=5)) == {health.feed.title: 5}
    assert list_silent_outlets(library.folder, START + timedelta(days=2)) == {}
    assert set(library.read()) == {"Story a", "Story b"}


def test_a_busy_feed_is_left_alone_until_its_time(site: Site, library: Library) -> None:
    feed = site.serve("/feed", make_rss([]))
    library.add(feed)
    site.serve("/feed", "later", status=429, Retry_After="3600")
    library.update()
    asked = site.count("/feed")
    assert "asked to wait" in failures(library.update())[0]
    assert site.count("/feed") == asked
    library.time += timedelta(hours=2)
    library.update()
    assert site.count("/feed") == asked + 1


def test_changed_articles_keep_their_earlier_words_and_day(site: Site, library: Library) -> None:
    """A feed that gives an item a later date does not make it a new article, or a later one."""
    item = {
        "title": "Story a",
        "link": serve_article(site, "a"),
        "guid": "1",
        "pubDate": "Sat, 01 Feb 2025 10:00:00 GMT",
    }
    library.add(site.serve("/feed", make_rss([item]), ETag='"1"'))
    site.serve("/a", make_page("Story a", WORDS.replace("late", "early")))
    item |= {"pubDate": "Sun, 02 Mar 2025 10:00:00 GMT", "description": "corrected"}
    site.serve("/feed", make_rss([item]), ETag='"2"')
    assert kept(library.update()) == 1
    (article,) = library.read().values()
    assert (article.published_at or "")[:10] == "2025-02-01"
    assert "early again" in article.text
    (version,) = (library.folder / "versions").rglob("*.html")
    assert "late again" in version.read_text()


def test_one_article_by_two_ways_is_kept_once(site: Site, library: Library) -> None:
    serve_article(site, "a")
    site.redirect("/short", "/a")
    items = [
        {"title": "A", "link": site.url("/a?utm_source=rss"), "guid": "1"},
        {"title": "A", "link": site.url("/short")},
    ]
    site.answers["/a?utm_source=rss"] = site.answers["/a"]
    library.add(site.serve("/feed", make_rss(items)))
    library.add(site.serve("/feed2", make_rss(items)))
    library.add(site.url("/a"))
    assert len(library.read()) == 1


def test_front_page_stands_for_its_feed(site: Site, library: Library) -> None:
    link = '<link rel=alternate type="application/rss+xml" href=/feed>'
    site.serve("/", make_page("Harbour Post", "Welcome", head=link))
    site.serve("/story", make_page("Story s", WORDS, head=link))
    site.serve("/feed", make_rss([{"title": "Story a", "link": serve_article(site, "a")}]))
    library.add(site.url("/"))
    assert [feed.address for feed in library.subscriptions.list_feeds()] == [site.url("/feed")]
    events = library.add(site.url("/story"))
    assert any("assistant add" in event.text for event in events if isinstance(event, Added))
    assert set(library.read()) == {"Story a", "Story s"}
    assert "no feed" in failures(library.add(site.url("/a"), wants_feed=True))[0]
    site.serve("/feed", make_page("x", WORDS, head=link))
    library.subscriptions.remove_feed(site.url("/feed"))
    assert "but is none" in failures(library.add(site.url("/")))[0]


def test_sitemap_is_followed(site: Site, library: Library) -> None:
    urls = "".join(f"<url><loc>{serve_article(site, name)}</loc></url>" for name in "abc")
    site.serve("/pages.xml", f"<urlset>{urls}</urlset>", "text/xml")
    index = site.serve(
        "/sitemap.xml", f"<sitemapindex><sitemap><loc>{site.url('/pages.xml')}</loc></sitemap></sitemapindex>"
    )
    assert kept(list(library.intake.add(index, limit=2))) == 2
    assert kept(library.update()) == 1
    assert set(library.read()) == {"Story a", "Story b", "Story c"}


def test_entries_without_pages_are_articles(site: Site, library: Library) -> None:
    item = {"title": "Letter", "guid": "x", "description": f"&lt;p&gt;{' '.join([WORDS] * 4)}&lt;/p&gt;"}
    library.add(site.serve("/feed", make_rss([item])))
    library.update()
    (article,) = library.read().values()
    assert WORDS in article.text
    assert article.title == "Letter"


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "image/png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html", "something else"),
        (b"PK\x03\x04rest\x00\x00", "text/plain", "something else"),
        (b"just text", "application/pdf", "something else"),
        (b"", "text/html", "nothing"),
        (b"MZ\x00\x00", "application/octet-stream", "not read as an article"),
    ],
)
def test_other_contents_are_named(site: Site, library: Library, body: bytes, kind: str, words: str) -> None:
    (failure,) = failures(library.add(site.serve("/a", body, kind)))
    assert words in failure
    assert library.read() == {}


def test_encodings_of_the_host_count(site: Site, library: Library) -> None:
    page = make_page("Café naïve", WORDS + " Señor Muñoz waits — “still”.")
    site.serve("/a", page.encode("cp1252"), "text/html; charset=ISO-8859-1")
    site.serve("/b", page.replace("Café", "Broken").encode("cp1252"), "text/html; charset=utf-8")
    site.serve("/c", page.replace("Café", "Unknown"), "text/html; charset=x-nothing")
    for path in ("/a", "/b", "/c"):
        assert failures(library.add(site.url(path))) == []
    articles = library.read()
    assert "Señor Muñoz waits — “still”." in articles["Café naïve"].text
    assert len(articles) == 3


def test_links_to_the_front_page_are_no_articles(site: Site, library: Library) -> None:
    site.serve("/", make_page("Welcome", WORDS))
    site.redirect("/gone", "/")
    assert "front page" in failures(library.add(site.url("/gone")))[0]


def test_paths_are_read_where_they_are(tmp_path: Path, library: Library) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.md").write_text(f"# Story mine\n\n{WORDS}\n")
    assert failures(library.add(str(tmp_path / "mine"))) == []
    library.add(str(tmp_path / "mine"))
    assert read_paths(library.folder) == [str(tmp_path / "mine")]
    assert set(library.read()) == {"Story mine"}
    for wrong in (tmp_path / "missing", tmp_path / "x.exe", library.folder):
        if wrong.suffix:
            wrong.write_text("x")
        assert len(failures(library.add(str(wrong)))) == 1
    assert "untouched" in library.intake.remove(str(tmp_path / "mine"))
    assert library.read() == {}


def test_opml_adds_feeds_also_those_that_are_down(tmp_path: Path, site: Site, library: Library) -> None:
    good = site.serve("/feed", make_rss([{"title": "Story a", "link": serve_article(site, "a")}]))
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in (good, site.url("/down"), "file:///etc/passwd"))
    (tmp_path / "list.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert len(failures(library.add(str(tmp_path / "list.opml")))) == 2
    assert len(library.subscriptions.list_feeds()) == 2


def test_what_was_added_can_be_removed(site: Site, library: Library) -> None:
    library.add(site.serve("/feed", make_rss([{"title": "Story a", "link": serve_article(site, "a")}])))
    library.add(serve_article(site, "b"))
    assert "removed" in library.intake.remove(site.url("/b"))
    assert set(library.read()) == {"Story a"}
    assert "1 article" in library.intake.remove(site.url("/feed"), with_articles=True)
    assert library.read() == {}
    with pytest.raises(WebError, match="not among"):
        library.intake.remove(site.url("/b"))


def test_what_was_fetched_before_a_stop_is_kept(site: Site, library: Library) -> None:
    items = [{"title": f"Story {name}", "link": serve_article(site, name)} for name in "abc"]
    events = library.intake.add(site.serve("/feed", make_rss(items)))
    for event in events:
        if isinstance(event, Added) and event.is_article:
            break
    events.close()  # type: ignore[attr-defined]
    assert len(library.read()) == 1
    assert kept(library.update()) == 2
    assert site.count("/a") == 1


def test_page_of_comments_takes_no_time(site: Site, library: Library) -> None:
    """Telling that it is a page once took twice the time for each comment that it begins with."""
    site.serve("/a", "<!---->" * 500 + "words", "text/plain")
    began = time.process_time()
    assert failures(library.add(site.url("/a"))) == []
    assert time.process_time() - began < 20


def test_names_of_files_stay_in_the_folder(site: Site, library: Library) -> None:
    for path in ("/%2e%2e%2f%2e%2e%2fetc/passwd", "/a%00b", "/.hidden", "/README", "/" + "x" * 900, "/con"):
        site.serve(path, make_page(f"Story {len(path)}", WORDS + f" It is the {len(path)}th."))
        assert failures(library.add(site.url(path))) == []
    assert len(library.read()) == 6
    outside = [path for path in library.folder.parent.iterdir() if path != library.folder]
    assert outside == []


@pytest.mark.parametrize("file", ["../outside.txt", "articles/../../outside.txt", "{outside}", "articles//{outside}"])
def test_list_of_pages_from_elsewhere_names_no_other_file(site: Site, library: Library, file: str) -> None:
    """An imported list of pages can name any file: none outside the folder is deleted, copied or replaced."""
    outside = library.folder.parent / "outside.txt"
    outside.write_text("mine")
    address = serve_article(site, "a")
    library.add(address)
    with library.subscriptions._transaction() as database:
        database.execute("UPDATE pages SET file = ?", (file.format(outside=outside),))
    with pytest.raises(WebError, match="is no file of a page"):
        library.intake.remove(address)
    site.serve("/a", make_page("Story a", WORDS, "It has changed."))
    assert "is no file of a page" in failures(library.add(address))[0]
    assert outside.read_text() == "mine"
    assert not list(library.folder.rglob("outside*"))


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("added_at", "never", "'never' is no time"),
        ("added_at", "2025-03-01T00:00:00", "is no time"),
        ("address", "http://[::1", "not a valid address"),
    ],
)
def test_feed_from_elsewhere_with_odd_values(library: Library, column: str, value: str, told: str) -> None:
    """A feed that this program did not write is named, and the remedy."""
    library.subscriptions.add_feed("https://post.example/feed", "feed", None, START)
    with library.subscriptions._transaction() as database:
        database.execute(f"UPDATE feeds SET {column} = ?", (value,))
    with pytest.raises(WebError, match=told):
        assert [library.subscriptions.find_feed("https://other.example/"), list_health(library.folder, START)]


def test_dates_ahead_are_not_believed() -> None:
    assert is_plausible("2025-03-02", START)
    assert not is_plausible("2052-01-01", START)
    assert not is_plausible(None, START)


def test_full_disk_is_one_line(site: Site, library: Library) -> None:
    (library.folder / "articles").write_text("in the way")
    assert "cannot be written" in failures(library.add(serve_article(site, "a")))[0]
    assert Shelf(library.folder).folder == library.folder
