"""A real web server on this machine that behaves as a test says, also badly."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Request"], None]
HOST = "127.0.0.1"


class Request(BaseHTTPRequestHandler):
    """One request. `reply` is for good answers; bad ones write to `wfile` themselves."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.requests.append(self.path)
        answer = site.answers.get(self.path)
        with contextlib.suppress(OSError):  # the client may hang up
            if answer is None:
                self.reply(b"no such page", status=404)
            else:
                answer(self)

    def reply(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        """Send a whole answer; underscores in the names of `headers` are hyphens."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # so it may while it is listened to
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@dataclass
class Site:
    """What the server answers, by path; and the paths that were asked for."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://{HOST}:{self.port}{path}"

    def serve(self, path: str, body: bytes | str, kind: str = "text/html", status: int = 200, **headers: str) -> str:
        """Answer with this from now on; if it has an ETag, not again. Returns the address."""
        data = body.encode("utf-8") if isinstance(body, str) else body

        def answer(request: Request) -> None:
            if headers.get("ETag") and request.headers.get("If-None-Match") == headers["ETag"]:
                request.send_response(304)
                request.end_headers()
            else:
                request.reply(data, kind, status, **headers)

        self.answers[path] = answer
        return self.url(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        return self.serve(path, b"", status=status, Location=target)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return self.requests.count(path)


@contextlib.contextmanager
def run_site() -> Iterator[Site]:
    """A server, until the block ends."""
    site = Site()
    handler = type("SiteRequest", (Request,), {"site": site, "timeout": 120})
    server = ThreadingHTTPServer((HOST, 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_page(title: str, *paragraphs: str, head: str = "", day: str | None = None) -> str:
    """A page as a news site has it: an article between navigation and footer."""
    date = f'<meta property="article:published_time" content="{day}">' if day else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{date}{head}</head><body>"
        f"<nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>All rights reserved</footer></body></html>"
    )


def make_rss(items: list[dict[str, str]], title: str = "Harbour Post") -> str:
    """An RSS feed; the items have the elements of their keys."""
    rows = "".join(
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in item.items()) + "</item>" for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{rows}</channel></rss>'
