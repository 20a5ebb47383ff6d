"""Tests of fetching from a real server that misbehaves: each ends in one clear line, within its limit."""

from __future__ import annotations

import gzip
import itertools
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assistant.errors import WebError
from assistant.web.fetching import MAX_REDIRECTS, Fetcher, FetchError, read_retry_after
from tests.support.news_site import HOST, Request, Site
from tests.web.conftest import MAX_BYTES

MakeFetcher = Callable[..., Fetcher]
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def test_pages_come_whole(site: Site, make_fetcher: MakeFetcher) -> None:
    """Also packed, and after redirects; nothing is sent that identifies the reader."""
    seen: dict[str, str] = {}

    def answer(request: Request) -> None:
        seen.update(request.headers.items())
        request.reply(gzip.compress(b"<p>words</p>" * 1000), Content_Encoding="gzip", Set_Cookie="a=b")

    site.answers["/a"] = answer
    site.redirect("/from", "/a")
    fetcher = make_fetcher()
    fetched = fetcher.fetch(site.url("/from"))
    assert (fetched.url, fetched.content, fetched.media_type) == (site.url("/a"), b"<p>words</p>" * 1000, "text/html")
    fetcher.fetch(site.url("/a"))
    assert "news-assistant" in seen["User-Agent"]
    assert seen["Host"] == f"{HOST}:{site.port}"
    assert {"Cookie", "Referer"}.isdisjoint(seen)
    assert site.count("/robots.txt") == 1


def test_environment_proxies_are_not_used(
    site: Site, make_fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.serve("/a", "here")
    assert make_fetcher().fetch(site.url("/a")).content == b"here"


@pytest.mark.parametrize("etag", ['"1"', '"é"'])
def test_unchanged_content_is_not_sent(site: Site, make_fetcher: MakeFetcher, etag: str) -> None:
    site.serve("/a", "here", ETag=etag)
    fetched = make_fetcher().fetch(site.url("/a"), etag=etag)
    assert fetched.is_unchanged
    assert fetched.content == b""


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses"), (404, "does not exist"), (410, "gone for good"), (418, "418"), (500, "500"), (401, "password")],
)
def test_failures_say_why(site: Site, make_fetcher: MakeFetcher, status: int, words: str) -> None:
    address = site.serve("/a", "no", status=status)
    with pytest.raises(FetchError, match=words) as failure:
        make_fetcher().fetch(address)
    assert failure.value.status == status
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("status", [429, 503])
def test_busy_host_is_left_alone(site: Site, make_fetcher: MakeFetcher, status: int) -> None:
    """Until the time that it names, no page of it is asked for."""
    site.serve("/a", "no", status=status, Retry_After="600")
    site.serve("/b", "yes")
    fetcher = make_fetcher(now=lambda: NOW)
    for path in ("/a", "/a", "/b"):
        with pytest.raises(FetchError, match="asks to wait until 2025-03-01 12:10 UTC") as failure:
            fetcher.fetch(site.url(path))
        assert failure.value.retry_at == NOW.replace(minute=10)
    assert (site.count("/a"), site.count("/b")) == (1, 0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Sat, 01 Mar 2025 13:00:00 GMT", 3600),
        ("Sat, 01 Mar 2025 11:00:00 GMT", 1),
        ("99999999999999999999", 7 * 86_400),
        ("soon", 900),
        ("²", 900),
        (None, 900),
    ],
)
def test_time_to_wait(value: str | None, seconds: int) -> None:
    assert (read_retry_after(value, NOW) - NOW).total_seconds() == seconds


def test_redirects_end(site: Site, make_fetcher: MakeFetcher) -> None:
    site.redirect("/circle", "/circle2")
    site.redirect("/circle2", "/circle")
    site.serve("/nowhere", b"", status=302)
    for number in range(20):
        site.redirect(f"/long{number}", f"/long{number + 1}")
    for path, words in (("/circle", "circle"), ("/nowhere", "nowhere"), ("/long0", f"more than {MAX_REDIRECTS}")):
        with pytest.raises(FetchError, match=words):
            make_fetcher().fetch(site.url(path))


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:{port}/secret", "http://2130706433:{port}/secret", "http://0x7f000001:{port}/secret",
        "http://0177.0.0.1:{port}/secret", "http://127.1:{port}/secret", "http://[::1]:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret", "http://169.254.169.254/latest", "http://10.0.0.1/",
        "http://0.0.0.0:{port}/secret", "http://localhost.:{port}/secret", "//127.0.0.2:{port}/secret",
        "file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1:{port}/secret",
    ],
)  # fmt: skip
def test_redirects_into_private_ranges_are_not_followed(site: Site, make_fetcher: MakeFetcher, target: str) -> None:
    """The host of the test server is allowed by name, and no other name or spelling of it is."""
    site.redirect("/a", target.format(port=site.port))
    site.serve("/secret", "secret")
    with pytest.raises(WebError) as failure:
        make_fetcher().fetch(site.url("/a"))
    assert "\n" not in str(failure.value)
    assert site.count("/secret") == 0


def test_private_hosts_are_not_reached_unless_allowed(site: Site, make_fetcher: MakeFetcher) -> None:
    site.serve("/a", "here")
    with pytest.raises(WebError, match=r"web\.allow_hosts"):
        make_fetcher(hosts=()).fetch(site.url("/a"))
    assert site.requests == []


def test_name_that_changes_its_mind_leads_nowhere(site: Site, make_fetcher: MakeFetcher) -> None:
    """What is connected to is the address that was checked: a name is resolved once for each connection."""
    answers = iter([["93.184.216.34", HOST], [HOST], ["::ffff:7f00:1"]])
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    fetcher = make_fetcher(resolver=resolver)
    for _ in range(3):
        with pytest.raises(WebError, match="not fetched"):
            fetcher.fetch(f"http://rebind.example:{site.port}/a")
    assert asked == ["rebind.example"] * 3
    assert site.requests == []


def test_allowed_name_is_connected_to_where_it_resolves(site: Site, make_fetcher: MakeFetcher) -> None:
    site.serve("/a", "here")
    fetcher = make_fetcher(hosts=("Wiki.example.",), resolver=lambda _host, _port: [HOST])
    assert fetcher.fetch(f"http://wiki.example:{site.port}/a").content == b"here"


def test_unknown_host(make_fetcher: MakeFetcher) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(FetchError, match="host is not known"):
        make_fetcher(resolver=resolver).fetch("https://missing.example/")


def test_slow_drips_end(site: Site, make_fetcher: MakeFetcher) -> None:
    """In the head and in the body, however regularly a byte arrives."""

    def drip(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if request.path == "/body":
            request.wfile.write(b"Content-Length: 1000\r\n\r\n")
        for _ in range(2_400):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)
        finished.append(request.path)

    finished: list[str] = []
    site.answers.update({"/head": drip, "/body": drip})
    for path in ("/head", "/body"):
        with pytest.raises(FetchError, match=r"web\.timeout_seconds \(1\)"):
            make_fetcher(seconds=1).fetch(site.url(path))
    assert finished == []


def write_raw(site: Site, path: str, data: bytes) -> str:
    def answer(request: Request) -> None:
        request.wfile.write(data)
        request.close_connection = True

    site.answers[path] = answer
    return site.url(path)


def make_bomb(layers: str) -> bytes:
    packed = zlib.compress(b"a" * 40 * MAX_BYTES, 9) if layers == "deflate" else gzip.compress(b"a" * 40 * MAX_BYTES, 9)
    assert len(packed) < MAX_BYTES
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {layers}\r\nContent-Length: {len(packed)}\r\n\r\n"
    return head.encode() + packed


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OK + b"Content-Length: 100\r\n\r\nfew", "connection fails"),
        (OK + b"Content-Length: 99999999999\r\n\r\nfew", "larger than"),
        (OK + b"Content-Length: -5\r\n\r\nfew", "connection fails"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nfew", "connection fails"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nfew", "connection fails"),
        (OK + b"\r\n" + b"x" * (MAX_BYTES + 10), "larger than"),
        (OK + b"X: " + b"y" * 300_000 + b"\r\n\r\n", "connection fails"),
        (b"SSH-2.0-OpenSSH\r\n", "connection fails"),
        (b"", "connection fails"),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nfew", "damaged"),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + gzip.compress(b"few" * 99)[:20], "breaks off"),
        (OK + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\nfew", "not asked for"),
        (OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: 3\r\n\r\nfew", "not asked for"),
    ],
    ids=itertools.count(),
)
def test_lies_end_in_one_line(site: Site, make_fetcher: MakeFetcher, data: bytes, words: str) -> None:
    with pytest.raises(FetchError, match=words) as failure:
        make_fetcher().fetch(write_raw(site, "/a", data))
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("layers", ["gzip", "deflate"])
def test_packed_content_cannot_grow(site: Site, make_fetcher: MakeFetcher, layers: str) -> None:
    with pytest.raises(FetchError, match="unpacked"):
        make_fetcher().fetch(write_raw(site, "/a", make_bomb(layers)))


def test_robots_are_obeyed(site: Site, make_fetcher: MakeFetcher) -> None:
    """Also by redirects; a site whose robots.txt fails is asked later."""
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    site.serve("/private/a", "secret")
    site.redirect("/open", "/private/a")
    fetcher = make_fetcher()
    for path in ("/private/a", "/open"):
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(site.url(path))
    assert site.count("/private/a") == 0
    site.serve("/robots.txt", "", status=500)
    with pytest.raises(FetchError, match=r"robots\.txt of the site cannot be read"):
        make_fetcher().fetch(site.url("/a"))


def test_hosts_are_asked_slowly(site: Site, make_fetcher: MakeFetcher) -> None:
    site.serve("/a", "here")
    pauses: list[float] = []
    fetcher = make_fetcher(delay=5, sleep=pauses.append)
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/a"))
    assert [round(pause) for pause in pauses] == [5, 5]  # after robots.txt, and between the two
