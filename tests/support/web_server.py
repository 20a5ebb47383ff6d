"""`assistant serve` for tests: the command as a process, or the server alone with stand-ins for interfaces."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import aiohttp
from aiohttp.test_utils import TestServer

from assistant.server.access import AccessControl, create_access_control
from assistant.server.limits import PageSlots
from assistant.server.web_terminal import Interface, WebTerminalServer
from tests.support.browser import TIMEOUT_SECONDS

# An interface that draws its environment and what it is sent, and ends when it is asked to.
STAND_IN = """
import os, sys
def draw(data):
    sys.stdout.buffer.write(b"D" + len(data).to_bytes(4, "big") + data); sys.stdout.buffer.flush()
sys.stdout.buffer.write(b"__GANGLION__\\n")
draw((" ".join(sys.argv[1:]) + " in " + os.getcwd() + " with " + os.environ.get("ASSISTANT_DATA", "")).encode())
while head := sys.stdin.buffer.read(5):
    payload = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if b'"quit"' in payload:
        break
    draw(payload)
"""


def redeem_link(link: str) -> dict[str, str]:
    """Use a link; returns the cookie that it gives."""
    parts = urlsplit(link)
    with contextlib.closing(HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)) as connection:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", parts.path, urlencode({"key": parts.fragment}), form)
        answer = connection.getresponse()
        assert answer.status == 303, answer.read()
        name, _, value = (answer.getheader("Set-Cookie") or "").partition(";")[0].partition("=")
        return {name: value}


@dataclass
class Served:
    """A running server: its address, its links that were not used yet, and the cookies of its visitors by name."""

    address: str
    links: dict[str, str]
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    site: WebTerminalServer | None = None  # of a server in this process

    def open_pages(self) -> int:
        """The pages that are open now, of a server in this process."""
        assert self.site
        return self.site.slots.count

    def refresh_openings(self) -> None:
        """Let every visitor open pages as if they had opened none."""
        assert self.site
        self.site.openings.clear()

    @contextlib.asynccontextmanager
    async def visit(self, name: str | None) -> AsyncIterator[aiohttp.ClientSession]:
        """A client of the visitor with this name, who uses their link the first time; None: of a stranger."""
        if name is not None and name not in self.cookies:
            self.cookies[name] = redeem_link(self.links.pop(name))
        cookies = {} if name is None else self.cookies[name]
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookies=cookies, cookie_jar=jar) as client:
            yield client


@contextlib.contextmanager
def run_server(folder: Path, *options: str) -> Iterator[Served]:
    """Run `assistant serve` over the library of `folder`, with the user's data in `folder`/data."""
    environment = {**os.environ, "ASSISTANT_DATA": str(folder / "data")}
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--config", str(folder), *options]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout
            head = process.stdout.readline()
            assert head.startswith("News assistant is running at http://"), head
            links = {}
            for _ in range(1 + options.count("--reader")):
                line = process.stdout.readline()
                found = re.fullmatch(r"Works once, for (?:you, the|reader) ([\w-]+): (http://\S+/enter#\S+)\n", line)
                assert found, line
                links[found[1]] = found[2]
            yield Served(head.split()[-1], links)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(TIMEOUT_SECONDS) in (0, 130)


@contextlib.asynccontextmanager
async def run_stand_in(
    folder: Path, *readers: str, pages: int = 4, access: AccessControl | None = None
) -> AsyncIterator[Served]:
    """Run the server alone in this process, with stand-ins for interfaces; the readers' data are in $ASSISTANT_DATA."""
    access = access or create_access_control("127.0.0.1", None, readers)
    interface = Interface([sys.executable, "-c", STAND_IN], folder / "index")
    site = WebTerminalServer(interface, access, "assistant-test", PageSlots(pages))
    async with TestServer(site.create_application()) as server:
        address = str(server.make_url("/"))
        served = Served(address, {}, site=site)
        for visitor, key in access.renew_links().items():
            cookie = access.redeem_key(key)
            assert cookie is not None
            served.cookies[visitor.name] = {site.cookie: cookie}
        served.links = {visitor.name: f"{address}enter#{key}" for visitor, key in access.renew_links().items()}
        yield served
