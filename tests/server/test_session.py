"""One page: what it sends reaches its interface within limits, and what is malformed ends nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import pytest
from textual_serve.download_manager import DownloadManager

from assistant.server.session import MAX_CELLS, MAX_FRAME_BYTES, MIN_CELLS, Launch, TerminalSession, clamp_cells
from tests.support.browser import open_session
from tests.support.web_server import run_stand_in

MALFORMED = (
    "{",
    "[]",
    "3",
    "null",
    '["resize", 3]',
    '["resize", {"width": 1e400, "height": null}]',
    '["stdin"]',
    '["stdin", 3]',
    '["stdin", "\\ud800"]',
    '["unknown", "x"]',
    "[" * 30_000,
    "[" * 100_000 + "]" * 100_000,
    '{"a":' * 30_000,
    '["stdin", ' + "[" * 30_000,
    "9" * 100_000,
    '["resize", {"width": ' + "9" * 100_000 + ', "height": 3}]',
)


@pytest.mark.parametrize(
    ("given", "cells"),
    [("120", 120), (None, 80), ("x", 80), (-5, MIN_CELLS), (10**30, MAX_CELLS), (float("inf"), 80), ([], 80)],
)
def test_cells_are_clamped(given: object, cells: int) -> None:
    """Every size that a page can send becomes one that a terminal can have."""
    assert clamp_cells(given, 80) == cells


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: frame[:20])
async def test_malformed_message_ends_nothing(tmp_path: Path, frame: str) -> None:
    """After a malformed message, also one of nested brackets, the page goes on."""
    async with (
        run_stand_in(tmp_path) as served,
        served.visit("owner") as client,
        open_session(client, served.address) as page,
    ):
        await page.send(frame)
        await page.press("after it")
        await page.wait_for_text("after it")


async def test_page_that_ends_while_its_interface_ends_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interface that does not end is killed and waited for, also if whoever ends it is not waited for."""
    session = TerminalSession(
        "", write_bytes=_ignore, write_str=_ignore, close=_ignore, download_manager=DownloadManager()
    )
    session.launch = Launch((sys.executable, "-c", "import time; time.sleep(600)"))
    monkeypatch.setattr("assistant.server.session.SHUTDOWN_SECONDS", 600)
    process = await session._open_app_process()
    ending = asyncio.create_task(session.stop())
    await asyncio.sleep(0.05)
    assert not ending.done()
    ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ending
    assert process.returncode not in (None, 0)


async def _ignore(*_anything: object) -> None:
    """What the page would be sent."""


async def test_oversized_message_ends_its_page_only(tmp_path: Path) -> None:
    """What is longer than any question ends the page that sent it; other pages go on."""
    async with (
        run_stand_in(tmp_path) as served,
        served.visit("owner") as client,
        open_session(client, served.address) as page,
        client.ws_connect(f"{served.address}ws") as socket,
    ):
        await socket.send_str(json.dumps(["stdin", "x" * MAX_FRAME_BYTES]))
        async for message in socket:
            assert message.type is aiohttp.WSMsgType.BINARY
        assert socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        await page.press("still here")
        await page.wait_for_text("still here")


async def test_reader_learns_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's interface runs in a folder of their own and for readers; its data folder has no name to show."""
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    async with run_stand_in(tmp_path, "anna") as served:
        async with served.visit("anna") as client, open_session(client, served.address) as page:
            await page.wait_for_text("--for-reader in", "with .")
        async with served.visit("owner") as client, open_session(client, served.address) as page:
            await page.wait_for_text(" in ", "with /")
            assert "--for-reader" not in page.text
    (library,) = (tmp_path / "data" / "readers").iterdir()
    assert [path.name for path in library.iterdir()] == ["anna"]


async def test_models_of_a_page_keep_few_kernels() -> None:
    """Each page has its models; what they keep is limited."""
    session = TerminalSession(
        "", write_bytes=_ignore, write_str=_ignore, close=_ignore, download_manager=DownloadManager()
    )
    session.launch = Launch((sys.executable, "-c", "import os; print(os.environ['ONEDNN_PRIMITIVE_CACHE_CAPACITY'])"))
    process = await session._open_app_process()
    output, _ = await process.communicate()
    assert int(output) == 32
