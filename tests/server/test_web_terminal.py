"""Tests of the interface in a web page: a real server, valid and hostile clients, and a real browser."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from assistant.engine import Assistant
from tests.conftest import SEEDS, make_config, run_build
from tests.support.browser import CHROMIUM, open_session, open_tab
from tests.support.terminals import Terminal
from tests.support.web_server import Served, redeem_link, run_server

QUESTION = "what did Ushakov say about Europe?"
F2, F4, F5, CTRL_R, ESCAPE = "\x1bOQ", "\x1bOS", "\x1b[15~", "\x12", "\x1b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with special characters in its name, with settings and a built library over seeds/."""
    folder = tmp_path_factory.mktemp("it's $HOME; a `page`")
    (folder / "config.yaml").write_text(f"articles: {SEEDS}\nindex: index\n", encoding="utf-8")
    run_build(Assistant(make_config(SEEDS, folder / "index")))
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """A server for this machine, with two readers."""
    with run_server(folder, "--reader", "anna", "--reader", "ben", "--pages", "6") as served:
        yield served


async def test_question_answered_in_page(served: Served) -> None:
    """The owner's question is answered in the page; the owner has the settings there too."""
    async with served.visit("owner") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press(f"{QUESTION}\r")
        await page.wait_for_text("Many Europeans", "[1]")
        await page.press(F5)
        await page.wait_for_text("retrieval.top_k", "config.yaml")
        await page.press("\x11")
        await page.wait_until_closed()


async def test_reader_asks_but_changes_nothing(served: Served, folder: Path) -> None:
    """A reader gets answers, and nothing else: no settings, no builds, no folders, nobody's conversations."""
    before = {path: path.read_bytes() for path in (folder / "config.yaml", *(folder / "index").iterdir())}
    async with served.visit("owner") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press("what did Ushakov say about zebras?\r")
        await page.wait_for_text("zebras", "[1]")
        await page.press(F2)
        await page.wait_for_text("zebras", "1 question")
    async with served.visit("anna") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press(F2)
        await page.wait_for_text("No conversation is saved yet")
        await page.press(ESCAPE)
        await page.wait_for_text("Ask a question")
        for key in (F5, F4, CTRL_R):
            await page.press(key)  # no other screen opens: what is typed next goes to the question box
        await page.press(f"{QUESTION}\r")
        await page.wait_for_text("Many Europeans", "[1]")
        await page.press(F2)
        await page.wait_for_text(QUESTION, "1 question")
        assert str(folder) not in page.text
        assert str(SEEDS) not in page.text
    assert before == {path: path.read_bytes() for path in before}
    kept = [path for path in (folder / "data" / "readers").rglob("*") if path.name == "conversations.sqlite3"]
    assert [path.parent.name for path in kept] == ["anna"]
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700
    async with served.visit("ben") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press(F2)
        await page.wait_for_text("No conversation is saved yet")


async def test_export_downloaded_once_by_its_visitor(served: Served) -> None:
    """A reader's export is sent to their browser; nobody else can fetch it, and they only once."""
    async with served.visit("anna") as client, open_session(client, served.address) as opened:
        await opened.wait_for_text("18 articles")
        await opened.press(f"{QUESTION}\r")
        await opened.wait_for_text("Many Europeans")
        await opened.press("\x05")
        await opened.wait_for_text("Export", ".md")
        await opened.press("\x13")
        kind, key = await opened.receive_message()
        assert kind == "deliver_file_start"
        export = f"{served.address}download/{key}"
        for other, status in ((None, 401), ("ben", 404), ("owner", 404)):
            async with served.visit(other) as stranger, stranger.get(export) as refused:
                assert refused.status == status
        async with client.get(export) as fetched:
            assert fetched.headers["Content-Disposition"].endswith('.md"')
            text = await fetched.text()
            assert "Many Europeans" in text
            assert str(SEEDS) not in text
        async with client.get(export) as again:
            assert again.status == 404
        await opened.wait_for_text("Sent to the browser")


def test_enter_gives_new_links(folder: Path) -> None:
    """Enter in the terminal prints new links; earlier ones that were not used are void."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--config", str(folder), "--reader", "anna"]
    with Terminal(command, columns=200) as terminal:
        find_links = partial(re.findall, r"Works once, for .*?: (http://\S+#[\w-]+)")
        terminal.wait_until(lambda: terminal.text.count("Press Enter") == 1 and find_links(terminal.text), "links")
        terminal.press("\r")
        terminal.wait_until(lambda: terminal.text.count("Press Enter") == 2, "new links")
        first, _, second, reader = find_links(terminal.text)
        with pytest.raises(AssertionError, match="was used already"):
            redeem_link(first)
        assert redeem_link(second)
        assert redeem_link(reader)
        terminal.process.send_signal(signal.SIGINT)  # the pseudo-terminal sends none
        assert terminal.wait_for_exit() in (0, 130)


def test_port_in_use_one_line_error(folder: Path, served: Served) -> None:
    """A port that is in use is reported in one line."""
    port = served.address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "assistant", "serve", "--port", port, "--config", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: cannot serve at 127.0.0.1, port {port}: ")
    assert done.stderr.count("\n") == 1


async def test_public_server_works_as_local_one(folder: Path) -> None:
    """A server that others can reach lets in nobody without a link either."""
    with run_server(folder, "--host", "0.0.0.0") as public:
        port = public.address.rstrip("/").rpartition(":")[2]
        base = f"http://127.0.0.1:{port}/"
        async with aiohttp.ClientSession() as client:
            for path in ("", "?token=anything", "ws?width=80&height=24", "static/js/textual.js"):
                async with client.get(base + path) as refused:
                    assert refused.status == 401


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page in")
async def test_browser_question_answered(folder: Path, tmp_path: Path) -> None:
    """In a real browser the link opens the page, leaves no key in the address, and a typed question is answered."""
    with run_server(folder) as served:
        link = served.links["owner"]
        key = link.partition("#")[2]
        async with open_tab(tmp_path) as browser:
            await browser.open(link)
            await browser.wait_for_text("18 articles")
            await browser.type(f"{QUESTION}\r")
            await browser.wait_for_text("Many Europeans", "[1]")
            assert await browser.evaluate("location.href") == served.address
            assert key not in str(await browser.evaluate("document.referrer + document.cookie + name"))
            picture = tmp_path / "page.png"
            await browser.save_screenshot(picture)
            assert picture.stat().st_size > 10_000
            own = served.address.split("//")[1].rstrip("/")
            assert not [
                url
                for url in browser.requested_urls
                if key in url or (own not in url and not url.startswith(("data:", "blob:")))
            ]
            assert not [
                line for line in browser.console_messages if "WebGL" not in line
            ]  # the operating system decides this
            history = await browser.send_command("Page.getNavigationHistory")
            assert key not in str(history)
            await browser.open(link)  # in another tab, after it was used
            await browser.wait_until_shown("was used already")
