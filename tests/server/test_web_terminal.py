"""Tests of the interface in a web page: a real server, valid and hostile clients, and a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import stat
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from assistant.config.load import load_config
from assistant.engine import Assistant
from assistant.server.browser import write_page
from tests.conftest import SEEDS
from tests.support.browser import CHROMIUM, WebSession, open_session, open_tab
from tests.support.terminals import Terminal
from tests.support.web_server import Served, redeem_link, run_server

QUESTION = "what did Ushakov say about Europe?"
UP = "\x1b[A"
F2, F4, F5, CTRL_Q, CTRL_R, ESCAPE = "\x1bOQ", "\x1bOS", "\x1b[15~", "\x11", "\x12", "\x1b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seeds: Assistant) -> Path:
    """A folder with special characters in its name, with settings and a library over seeds/ and a folder `new`."""
    folder = tmp_path_factory.mktemp("it's $HOME; a `page`")
    (folder / "new").mkdir()
    (folder / "config.yaml").write_text(f"articles: [{SEEDS}, new]\nindex: index\n", encoding="utf-8")
    shutil.copytree(seeds.config.index, folder / "index")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """A server for this machine, with three readers."""
    with run_server(folder, "--reader", "anna", "--reader", "ben", "--reader", "ben-in-chromium") as served:
        yield served


async def test_owner_and_reader_in_their_pages(served: Served, folder: Path) -> None:
    """The owner has answers and settings in the page; a reader has answers and exports, and changes nothing.

    The reader sees nobody's conversations and no folder, and goes on when the owner builds meanwhile.
    """
    async with served.visit("owner") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press("what did Ushakov say about zebras?\r")
        await page.wait_for_text("zebras", "[1]")
        await page.press(F5)
        await page.wait_for_text("Answers: least score", "config.yaml")
        await page.press(CTRL_Q)
        await page.wait_until_closed()
    before = {path: path.read_bytes() for path in (folder / "config.yaml", *(folder / "index").iterdir())}
    async with served.visit("anna") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press(F2)
        await page.wait_for_text("No conversation is saved yet")
        await page.press(ESCAPE)
        await page.wait_for_text("Ask a question", without=["No conversation is saved yet"])
        for key in (F5, F4, CTRL_R):
            await page.press(key)  # no other screen opens: what is typed next goes to the question box
        await page.press(f"{QUESTION}\r")
        await page.wait_for_text("Many Europeans", "[1]")
        await check_export(served, client, page)
        await page.press(F2)
        await page.wait_for_text("Conversations · 1", QUESTION, "1 question")
        assert str(folder) not in page.text
        assert str(SEEDS) not in page.text
        await check_other_reader(served)
        assert before == {path: path.read_bytes() for path in before}
        await page.press(ESCAPE)
        await page.wait_for_text("Ask a question", without=["Conversations · 1"])
        for rebuild, name in ((False, "Ilse Quarrington"), (True, "Tove Ashdown")):
            text = f"“The new weir holds,” {name} said on Monday. The river was calm.\n"
            (folder / "new" / f"{name}.txt").write_text(text, encoding="utf-8")
            owner = Assistant(load_config(folder / "config.yaml"))
            await asyncio.to_thread(owner.build, rebuild=rebuild)  # the page is read meanwhile
            await page.press(f"what did {name} say?\r")
            await page.wait_for_text(f"what did {name} say?", "The new weir holds")
    kept = [path for path in (folder / "data" / "readers").rglob("*") if path.name == "conversations.sqlite3"]
    assert [path.parent.name for path in kept] == ["anna"]
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700


async def check_other_reader(served: Served) -> None:
    """Another reader, whose page is open at the same time, sees no conversation and no question of the first."""
    async with served.visit("ben") as client, open_session(client, served.address) as page:
        await page.wait_for_text("18 articles")
        await page.press(UP)  # recalls an earlier question of one's own; what is typed then stands alone
        await page.press("my own words")
        await page.wait_for_text("my own words", without=[QUESTION])
        await page.press(F2)
        await page.wait_for_text("No conversation is saved yet", without=[QUESTION])
        await page.press(CTRL_Q)
        await page.wait_until_closed()


async def check_export(served: Served, client: aiohttp.ClientSession, page: WebSession) -> None:
    """A reader's export is sent to their browser; nobody else can fetch it, and they only once."""
    await page.press("\x13")
    await page.wait_for_text("Export", ".md")
    await page.press("\x13")
    kind, key = await page.receive_message()
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
    # The dialog tells it and then closes: what is pressed before it has closed goes to the dialog.
    await page.wait_for_text("Sent to the browser", without=["Ctrl+S saves"])


@pytest.fixture
def started_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that is the user's browser: the file that it writes has what it was started with, and the page."""
    found = tmp_path / "started"
    program = tmp_path / "firefox"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\n(echo "$@"; cat "${{last#file://}}") > "{found}.new"\n')
    with program.open("a", encoding="utf-8") as script:
        script.write(f'mv "{found}.new" "{found}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("BROWSER", "firefox")
    monkeypatch.setenv("DISPLAY", ":0")  # without one, only browsers in the terminal are known
    return found


def test_enter_gives_new_links(folder: Path, started_browser: Path) -> None:
    """The owner's browser is started with a file. Enter prints new links; earlier ones that were not used are void."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--config", str(folder), "--reader", "anna"]
    with Terminal(command, columns=200) as terminal:
        find_links = partial(re.findall, r"Works once, for .*?: (http://\S+#[\w-]+)")
        terminal.wait_until(lambda: terminal.text.count("Press Enter") == 1 and find_links(terminal.text), "links")
        terminal.wait_until(started_browser.exists, "the browser")
        key = find_links(terminal.text)[0].partition("#")[2]
        arguments, _, page = started_browser.read_text(encoding="utf-8").partition("\n")
        assert key not in arguments
        assert key in page
        terminal.press("\r")
        terminal.wait_until(lambda: terminal.text.count("Press Enter") == 2, "new links")
        first, _, second, reader = find_links(terminal.text)
        with pytest.raises(AssertionError, match="was used already"):
            redeem_link(first)
        assert redeem_link(second)
        assert redeem_link(reader)
        terminal.process.send_signal(signal.SIGINT)  # the pseudo-terminal sends none
        assert terminal.wait_for_exit() in (0, 130)
    assert not Path(arguments.split("file://")[1]).exists()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page in")
async def test_browser_question_answered(served: Served, tmp_path: Path) -> None:
    """A browser comes by the file of `serve` and the link to the page, and keeps no key; a question is answered."""
    link = served.links.pop("ben-in-chromium")
    key = link.partition("#")[2]
    page = tmp_path / "open.html"
    write_page(page, link)
    async with open_tab(tmp_path / "chromium") as browser:
        await browser.open(page.as_uri())
        await browser.wait_for_text("articles")
        await browser.type(f"{QUESTION}\r")
        await browser.wait_for_text("Many Europeans", "[1]")
        assert await browser.evaluate("location.href") == served.address
        assert key not in str(await browser.evaluate("document.referrer + document.cookie + name"))
        picture = tmp_path / "page.png"
        await browser.save_screenshot(picture)
        assert picture.stat().st_size > 10_000
        own = (served.address.split("//")[1].rstrip("/"), page.as_uri())
        assert not [
            url
            for url in browser.requested_urls
            if key in url or not (any(part in url for part in own) or url.startswith(("data:", "blob:")))
        ]
        assert not [line for line in browser.console_messages if "WebGL" not in line]  # the system decides this
        history = await browser.send_command("Page.getNavigationHistory")
        assert key not in str(history)
        await browser.open(link)  # in another tab, after it was used
        await browser.wait_until_shown("was used already")
