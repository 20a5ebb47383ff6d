"""The attacks of tests/support/web_attacks.py: each ends as it should, and the server goes on.

Interfaces are stand-ins. `make campaign` tries all of them, `make test` a fourth of the long lists.
`pytest -rP` shows the counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import yarl

from tests.support.browser import TIMEOUT_SECONDS, open_session
from tests.support.sampling import sampled
from tests.support.web_attacks import (
    RAW,
    WEBSOCKET_FRAMES,
    WebRequest,
    messages,
    packed_message,
    requests_of_other_sites,
    requests_of_strangers,
)
from tests.support.web_server import Served, run_stand_in

OF_THE_PAGE = (b"RobotoMono", b"xterm", b"--for-reader", b"root:", b"import ")  # what only visitors may see
CLEAR = "\x1b[2J\x1b[H"  # so that what stand-ins draw is not divided at the end of a line
ENTRANCE = b"A link works once"
SCRIPT = b"location.hash"


@pytest.fixture(autouse=True)
def _data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))


def report(line: str) -> None:
    """Write the counts of a test, which pytest shows if it is asked to."""
    sys.stdout.write(line + "\n")


def fill_in(text: str, values: dict[str, str]) -> str:
    """Put the key, the cookie and so on into a text of a request."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


async def send(
    client: aiohttp.ClientSession, served: Served, sent: WebRequest, **values: str
) -> tuple[int, Any, bytes]:
    """Send a request; returns the status, the headers and the body of the answer."""
    url = yarl.URL(served.address.rstrip("/") + fill_in(sent.path, values), encoded=True)
    headers = {name: fill_in(value, values) for name, value in sent.headers.items()}
    body = None if sent.body is None else fill_in(sent.body, values).encode()
    async with client.request(sent.method, url, headers=headers, data=body, allow_redirects=False) as answer:
        return answer.status, answer.headers, await answer.read()


async def test_strangers(tmp_path: Path) -> None:
    """No request without a cookie shows a page, sets a cookie or starts an interface; the link still works after."""
    wrong = []
    count = 0
    async with run_stand_in(tmp_path) as served, served.visit(None) as client:
        (name, cookie), *_ = served.cookies["owner"].items()
        key = served.links["owner"].partition("#")[2]
        values = {"key": key, "half": key[:16], "swapped": key.swapcase(), "name": name}
        values["cookie"] = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
        for sent in sampled(requests_of_strangers(), 4):
            count += 1
            status, headers, body = await send(client, served, sent, **values)
            is_entrance = ENTRANCE in body and status in (200, 401)
            is_script = SCRIPT in body and status == 200
            is_refused = status >= 400 and not any(words in body for words in OF_THE_PAGE)
            if not (is_entrance or is_script or is_refused) or "Set-Cookie" in headers or status >= 500:
                wrong.append(f"{sent}: {status}")
        assert not wrong, (len(wrong), count, wrong)
        assert served.open_pages() == 0
        status, _, _ = await send(client, served, WebRequest("POST", "/enter", {}, None))
        assert status in (403, 429)
        async with client.post(f"{served.address}enter", data={"key": key}, allow_redirects=False) as entered:
            assert entered.status == HTTPStatus.SEE_OTHER
    report(f"{count} requests of strangers, 0 let in")


@pytest.mark.parametrize("name", ["owner", "anna", None])
async def test_other_sites(tmp_path: Path, name: str | None) -> None:
    """What a page of another site makes a browser send is refused with and without a cookie, which stays valid."""
    count = 0
    async with run_stand_in(tmp_path, "anna") as served, served.visit(name) as client:
        host = urlsplit(served.address).netloc
        for sent in sampled(requests_of_other_sites(), 4):
            count += 1
            status, headers, _ = await send(client, served, sent, host=host)
            assert status in (400, 403), sent
            assert "Set-Cookie" not in headers
        assert served.open_pages() == 0
        async with client.get(served.address) as page:
            assert page.status == (401 if name is None else 200)
    report(f"{count} requests of other sites as {name}, 0 obeyed")


@contextlib.asynccontextmanager
async def connect(address: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A plain connection to the port of a server."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def test_raw_bytes(tmp_path: Path) -> None:
    """Whatever bytes come, the answer shows nothing of the page, and the next visitor is served."""
    async with run_stand_in(tmp_path) as served, served.visit("owner") as client:
        for name, sent in RAW.items():
            async with connect(served.address) as (reader, writer):
                with contextlib.suppress(ConnectionError):
                    writer.write(sent)
                    writer.write_eof()
                    await writer.drain()
                answer = b""
                with contextlib.suppress(ConnectionError):
                    async with asyncio.timeout(TIMEOUT_SECONDS):
                        answer = await reader.read()
                assert not any(words in answer for words in OF_THE_PAGE), name
                assert b"Set-Cookie" not in answer, name
                assert b"HTTP/1.1 200" not in answer or ENTRANCE in answer, name
            async with client.get(served.address) as page:
                assert page.status == 200, name
        assert served.open_pages() == 0
    report(f"{len(RAW)} kinds of bytes at the port, 0 answered with the page")


async def test_messages(tmp_path: Path) -> None:
    """After each message that is not of our page, a page goes on."""
    count = 0
    async with (
        run_stand_in(tmp_path) as served,
        served.visit("owner") as client,
        open_session(client, served.address) as page,
    ):
        for count, sent in enumerate(sampled(messages(), 4), 1):
            await page.send(sent)
            if count % 50 == 0:
                await page.press(f"{CLEAR}after {count}")
                await page.wait_for_text(f"after {count}")
        await page.press(f"{CLEAR}after all")
        await page.wait_for_text("after all")
    report(f"{count} messages that are malformed, 0 ended their page")


async def open_raw_page(
    served: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, packed: bool
) -> bytes:
    """Open a page of the owner over a plain connection; returns the head of the answer."""
    (name, cookie), *_ = served.cookies["owner"].items()
    lines = [
        "GET /ws?width=80&height=24 HTTP/1.1",
        f"Host: {urlsplit(served.address).netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *(["Sec-WebSocket-Extensions: permessage-deflate"] if packed else []),
        f"Cookie: {name}={cookie}",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    return await reader.readuntil(b"\r\n\r\n")


async def wait_for_close(reader: asyncio.StreamReader) -> None:
    """Wait until the server sends a frame that closes the page, or ends the connection."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while (data := await reader.read(1000)) and b"\x88" not in data:
            pass


CLOSE = b"\x88\x80\x00\x00\x00\x00"  # a frame that closes a page
FRAMES = {**WEBSOCKET_FRAMES, "packed zeros": packed_message(20_000_000)}


async def test_frames(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What breaks the protocol or unpacks to more than a message may be ends only its page, and logs nothing."""
    async with (
        run_stand_in(tmp_path, pages=100) as served,
        served.visit("owner") as client,
        open_session(client, served.address) as other,
    ):
        for number, (name, sent) in enumerate(FRAMES.items()):
            served.refresh_openings()
            async with connect(served.address) as (reader, writer):
                head = await open_raw_page(served, reader, writer, packed=name.startswith("packed"))
                assert b" 101 " in head, name
                with contextlib.suppress(ConnectionError):
                    writer.write(sent + CLOSE)
                    await writer.drain()
                    await wait_for_close(reader)
            await other.press(f"{CLEAR}go on {number}")
            await other.wait_for_text(f"go on {number}")
    assert [record.getMessage() for record in caplog.records] == []
    report(f"{len(FRAMES)} frames that break the protocol, 0 ended another page")
