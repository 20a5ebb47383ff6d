"""What somebody who should not may send to `assistant serve`: requests, forms, raw bytes and messages of a page."""

from __future__ import annotations

import itertools
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WebRequest:
    """A request with its path as it is sent; `{key}` and `{cookie}` in its texts are filled in by the test."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.headers or ''} {(self.body or '')[:60]}"


OWN_PATHS = ("/", "/ws?width=80&height=24", "/download/x", "/leave", "/page/page.js", "/page/index.html", "/page/")
OTHER_PATHS = (
    "/static/js/textual.js",
    "/static/",
    "/nothing",
    "/config.yaml",
    "/.env",
    "/metrics",
    "/api",
    "/favicon.ico",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "ODD")
OLD_DOORS = (
    "/?token={key}",
    "/?key={key}",
    "/ws?token={key}",
    "/enter?key={key}",
    "/ws?key={key}",
    "/?cookie={cookie}",
)
TRAVERSALS = (
    "/page/enter.js/../index.html",
    "/enter/../ws",
    "/enter/..%2fws",
    "/enter%2f..%2fws",
    "/page/..%2findex.html",
    "/page/%2e%2e/session.py",
    "/page/..%5csession.py",
    "/page/..%252f..%252fsession.py",
    "/page//etc/passwd",
    "/static/../../../../../../etc/passwd",
    "/static/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/%2e%2e/%2e%2e/app_service.py",
    "/static//etc/passwd",
    "/static/js/%00textual.js",
    "/download/..%2f..%2fetc%2fpasswd",
    "//enter/../",
    "/./ws",
    "/%77s",
    "/WS",
    "/ENTER",
    "/enter/",
    "/enter;/ws",
    "/page/enter.js%00",
    "/page/enter.js/",
    "/page/enter.js%2f..%2fpage.js",
)
CLAIMS = (  # headers that say who comes, or that the path is another one
    {"Cookie": "{name}=guessed"},
    {"Cookie": "{name}="},
    {"Cookie": "{name}={key}"},
    {"Cookie": "{name}=owner"},
    {"Cookie": "{name}=%6f%77%6e%65%72"},
    {"Cookie": "assistant-8000={cookie}"},
    {"Cookie": "session={cookie}"},
    {"Cookie": "{name}={cookie}x"},
    {"Cookie": '{name}="; {name}='},
    {"Cookie": "{name}=" + "a" * 6000},
    {"Cookie": "{name}=\x80\xff"},
    {"Authorization": "Bearer {key}"},
    {"Authorization": "Basic b3duZXI6b3duZXI="},
    {"Proxy-Authorization": "Bearer {cookie}"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Real-IP": "127.0.0.1"},
    {"Forwarded": "for=127.0.0.1;by=127.0.0.1"},
    {"X-Forwarded-Host": "localhost"},
    {"X-Forwarded-User": "owner"},
    {"Remote-User": "owner"},
    {"X-Original-URL": "/enter"},
    {"X-Rewrite-URL": "/enter"},
    {"X-HTTP-Method-Override": "GET"},
    {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings"},
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FORMS = (  # bodies of /enter that are not the key of a link
    "",
    "key=",
    "key",
    "key=%00",
    "key=owner",
    "key[]={key}",
    "KEY={key}",
    "token={key}",
    "key={key}x",
    "key=x{key}",
    "key={half}",
    "key={key}%00",
    "key={swapped}",
    "key={cookie}",
    "key=%ff%fe",
    "key=%",
    "key=null&key={key}",
    "key=*",
    "key=' OR 1=1 --",
    "key=" + "a" * 4000,
    "key=" + "a" * 5000,
    "&".join(["a=1"] * 900),
)
HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "127.1",
    "[::ffff:7f00:1]",
    "0.0.0.0",
    "",
)
ORIGINS = (
    "null",
    "https://evil.example",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost.evil.example",
    "http://{host}.evil.example",
    "http://evil.example/{host}",
    "http://evil.example#{host}",
    "http://{host}@evil.example",
    "file://",
    "data:text/html",
    "http://[",
    "http://a]{host}",
    "",
)


def requests_of_strangers() -> Iterator[WebRequest]:
    """Requests without a cookie of the server; none may get more than the page that asks for a link."""
    for method, path in itertools.product(METHODS, (*OWN_PATHS, *OTHER_PATHS)):
        yield WebRequest(method, path)
    for path in (*OLD_DOORS, *TRAVERSALS):
        yield WebRequest("GET", path)
    for claim, path in itertools.product(CLAIMS, OWN_PATHS[:3]):
        yield WebRequest("GET", path, claim)
    for body in FORMS:
        yield WebRequest("POST", "/enter", FORM, body)
    yield WebRequest("POST", "/enter", {"Content-Type": "application/json"}, '{{"key": "{key}"}}')
    yield WebRequest("POST", "/enter", {"Content-Type": "text/plain"}, "key={key}")
    yield WebRequest("POST", "/enter", {"Content-Type": "multipart/form-data"}, "key={key}")
    yield WebRequest("POST", "/enter?key={key}", FORM, "")
    yield WebRequest("PUT", "/enter", FORM, "key={key}")


def requests_of_other_sites() -> Iterator[WebRequest]:
    """Requests that another site can make the browser of a visitor send, with their cookie; all are refused."""
    for method, path in (("GET", "/"), ("GET", "/ws"), ("GET", "/download/x"), ("POST", "/leave"), ("POST", "/enter")):
        for origin in ORIGINS:
            yield WebRequest(method, path, {"Origin": origin})
        for host in HOSTS:
            yield WebRequest(method, path, {"Host": host})
            yield WebRequest(method, path, {"Host": host, "Origin": f"http://{host}"})


_GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_ENTER = b"POST /enter HTTP/1.1\r\nHost: 127.0.0.1\r\n"
RAW = {  # bytes at the port that are no request, or two in one
    "nothing": b"",
    "line ends only": b"\r\n" * 1000,
    "TLS": bytes.fromhex("16030100a5010000a10303") + bytes(160),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n",
    "no version": b"GET / \r\n\r\n",
    "version 9": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "binary": bytes(range(256)) * 8,
    "long line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    "long header": _GET + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    "many headers": _GET + b"".join(b"X%d: 1\r\n" % number for number in range(20_000)) + b"\r\n",
    "header without name": _GET + b": 1\r\n\r\n",
    "space before colon": _GET + b"Cookie : a=1\r\n\r\n",
    "NUL in header": _GET + b"X: a\x00b\r\n\r\n",
    "folded header": _GET + b"X: a\r\n b\r\n\r\n",
    "bare line feeds": b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
    "two hosts": _GET + b"Host: evil.example\r\n\r\n",
    "absolute": b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "CONNECT": b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "two lengths": _ENTER + b"Content-Length: 4\r\nContent-Length: 40\r\n\r\nkey=GET / HTTP/1.1\r\n\r\n",
    "length and chunks": _ENTER
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "negative length": _ENTER + b"Content-Length: -1\r\n\r\n",
    "endless length": _ENTER + b"Content-Length: 99999999999999999999\r\n\r\nkey=",
    "letters as length": _ENTER + b"Content-Length: four\r\n\r\nkey=",
    "odd chunk": _ENTER + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nkey=\r\n0\r\n\r\n",
    "large chunk": _ENTER + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nkey=",
    "odd encoding": _ENTER + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "packed form": _ENTER
    + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: deflate\r\nContent-Length: %d\r\n\r\n"
    % len(zlib.compress(b"key=" + b"a" * 20_000_000))
    + zlib.compress(b"key=" + b"a" * 20_000_000),
    "socket without key": _GET.replace(b"/ ", b"/ws ") + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "many requests": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200,
}

_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 10**30, 1e308, "", "x", "\x00", "\ud800", "9" * 5000, [], {}, [[]], {"width": {}}, {"width": []},
    {"width": -1, "height": -1}, {"width": 10**12, "height": 10**12}, {"width": "a", "height": None}, {"height": 3},
)  # fmt: skip
_BRACKETS = ("[", '{"a":', "[[], ", '["stdin", [', '{"a": [')


def messages() -> Iterator[str]:
    """Messages of a page that the interface never sends, as a whole frame each, none over its limit."""
    for kind in ("stdin", "resize", "pong", "focus", "blur", "unknown", "quit", "exit", "deliver_file_start", ""):
        for value in _VALUES:
            yield json.dumps([kind, value])
        yield json.dumps([kind])
        yield json.dumps({kind: kind})
    for value in _VALUES:
        yield json.dumps(value)
        yield json.dumps([value, value])
    for bracket in _BRACKETS:
        for count in (1, 900, 1_100, 20_000):
            yield bracket * count
    yield "[" * 100_000 + "]" * 100_000
    yield from (
        "",
        "{",
        "]",
        "\x00",
        "\ufeff[]",
        "NaN",
        "[Infinity, -Infinity]",
        "[1e400]",
        "'stdin'",
        '["stdin", "a"',
        "9" * 200_000,
    )
    yield from ('["ping"]', '["ping", 3]', '["ping", "a", "b"]')
    yield '["resize", {"width": ' + "9" * 100_000 + ', "height": 3}]'


WEBSOCKET_FRAMES = {  # bytes on an open connection that end it, and nothing else; the mask is zero
    "not masked": b"\x81\x02[]",
    "reserved bits": b"\xf1\x82\x00\x00\x00\x00[]",
    "reserved code": b"\x83\x82\x00\x00\x00\x00[]",
    "long ping": b"\x89\xfe\x00\x7e\x00\x00\x00\x00" + b"a" * 126,
    "ping in parts": b"\x09\x80\x00\x00\x00\x00",
    "end without begin": b"\x80\x82\x00\x00\x00\x00[]",
    "not UTF-8": b"\x81\x82\x00\x00\x00\x00\xff\xfe",
    "large length": b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",
    "many parts": b"\x01\x80\x00\x00\x00\x00" + (b"\x00\xfe\xff\xff\x00\x00\x00\x00" + b"a" * 65_535) * 8,
    "close with one byte": b"\x88\x81\x00\x00\x00\x00\x03",
    "close with odd code": b"\x88\x82\x00\x00\x00\x00\x00\x01",
}


def packed_message(size: int) -> bytes:
    """A masked frame of permessage-deflate that holds `size` zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (packer.compress(bytes(size)) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
    return b"\xc2\xff" + len(packed).to_bytes(8, "big") + bytes(4) + packed
