"""Tests of the interface in a web page: a real server, valid and hostile clients, and a real browser."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from assistant.engine import Assistant
from tests.conftest import SEEDS, make_config, run_build
from tests.support.browser import CHROMIUM, open_session, open_tab

QUESTION = "what did Ushakov say about Europe?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with special characters in its name, with settings and a built library over seeds/."""
    folder = tmp_path_factory.mktemp("it's $HOME; a `page`")
    (folder / "config.yaml").write_text(f"articles: {SEEDS}\nindex: index\n", encoding="utf-8")
    run_build(Assistant(make_config(SEEDS, folder / "index")))
    return folder


@contextlib.contextmanager
def run_server(folder: Path, *options: str, token: str | None = None) -> Iterator[str]:
    """Run a server over the library of `folder`; yields its address."""
    environment = {
        **os.environ,
        "ASSISTANT_DATA": str(folder / "data"),
        **({"ASSISTANT_TOKEN": token} if token else {}),
    }
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--config", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("News assistant is running at http://"), line
            yield line.split()[-1]
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) in (0, 130)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of a server for this machine only."""
    with run_server(folder) as address:
        yield address


async def get_status(address: str, **headers: str) -> int:
    async with aiohttp.ClientSession() as client, client.get(address, headers=headers) as response:
        return response.status


async def test_question_answered_in_page(address: str) -> None:
    """A question is answered in the page."""
    async with open_session(address) as page:
        await page.wait_for_text("18 articles")
        await page.press(f"{QUESTION}\r")
        await page.wait_for_text("Many Europeans", "[1]")
        await page.press("\x11")
        await page.wait_until_closed()


async def test_page_loads_only_from_server(address: str) -> None:
    """The page loads everything from this server and nothing from elsewhere."""
    async with aiohttp.ClientSession() as client, client.get(address) as response:
        text = await response.text()
        assert response.status == 200
        assert "https://" not in text
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),  # DNS rebinding
        ({"Origin": "https://evil.example"}, 403),  # a page of another site
    ],
)
async def test_other_hosts_and_origins_refused(address: str, headers: dict[str, str], expected: int) -> None:
    """Requests with another host name or origin are refused."""
    assert await get_status(address, **headers) == expected
    if expected != 200:
        assert await get_status(f"{address}ws?width=80&height=24", **headers) == expected


async def test_public_server_needs_token(folder: Path) -> None:
    """If the server is reachable by others only the token opens it."""
    with run_server(folder, "--host", "0.0.0.0", token="a-token-of-our-own-1234") as announced:
        assert announced.endswith("/?token=a-token-of-our-own-1234")
        port = announced.split("/?")[0].rpartition(":")[2]
        base = f"http://127.0.0.1:{port}/"
        assert await get_status(base) == 401
        assert await get_status(f"{base}ws?width=80&height=24") == 401
        assert await get_status(f"{base}?token=another") == 401
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as client:
            async with client.get(f"{base}?token=a-token-of-our-own-1234") as entered:
                assert entered.status == 200
                cookie = entered.headers["Set-Cookie"]
                assert "HttpOnly" in cookie
                assert "SameSite=Strict" in cookie
                assert "a-token-of-our-own" not in cookie
            async with client.get(base) as page:
                assert page.status == 200


def test_port_in_use_one_line_error(folder: Path, address: str) -> None:
    """A port that is in use is reported in one line."""
    port = address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "assistant", "serve", "--port", port, "--config", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: cannot serve at 127.0.0.1, port {port}: ")
    assert done.stderr.count("\n") == 1


async def test_export_downloaded_once(address: str) -> None:
    """An export is sent to the browser and can be downloaded once."""
    async with open_session(address) as opened:
        await opened.wait_for_text("18 articles")
        await opened.press(f"{QUESTION}\r")
        await opened.wait_for_text("Many Europeans")
        await opened.press("\x05")
        await opened.wait_for_text("Export", ".md")
        await opened.press("\x13")
        kind, key = await opened.receive_message()
        assert kind == "deliver_file_start"
        async with aiohttp.ClientSession() as client:
            async with client.get(f"{address}download/{key}") as fetched:
                assert fetched.headers["Content-Disposition"].endswith('.md"')
                assert "Many Europeans" in await fetched.text()
            async with client.get(f"{address}download/{key}") as again:
                assert again.status == 404
        await opened.wait_for_text("Sent to the browser")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page in")
async def test_browser_question_answered(address: str, tmp_path: Path) -> None:
    """In a real browser a typed question is answered."""
    async with open_tab(tmp_path) as browser:
        await browser.open(address)
        await browser.wait_for_text("18 articles")
        await browser.type(f"{QUESTION}\r")
        await browser.wait_for_text("Many Europeans", "[1]")
        picture = tmp_path / "page.png"
        await browser.save_screenshot(picture)
        assert picture.stat().st_size > 10_000
        own = address.split("//")[1].rstrip("/")
        strangers = [url for url in browser.requested_urls if own not in url and not url.startswith(("data:", "blob:"))]
        assert not strangers
        assert not [
            line for line in browser.console_messages if "WebGL" not in line
        ]  # the operating system decides this


async def test_malformed_messages_ignored(address: str) -> None:
    """Malformed messages of a page are ignored and end nothing."""
    async with aiohttp.ClientSession() as client, client.ws_connect(f"{address}ws?width=x&height=-1") as socket:
        for nonsense in ("{", "[]", "3", '["resize", 3]', '["resize", {"width": 1e400, "height": null}]', '["stdin"]'):
            await socket.send_str(nonsense)
        await socket.send_json(["ping", "1"])
        while (answer := await socket.receive()).type is aiohttp.WSMsgType.BINARY:
            pass
        assert answer.type is aiohttp.WSMsgType.TEXT
        assert answer.json() == ["pong", "1"]
