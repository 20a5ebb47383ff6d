"""One page: its process of the interface, and the messages between the two.

The protocol is that of textual-serve. This module subclasses its `AppService` and uses private members of it, which is
why pyproject.toml limits its version to below 1.2.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from assistant.server.limits import RateLimit, limit_kernels
from assistant.system.json import parse_json
from assistant.system.user_data import DATA_VARIABLE

DRIVER = "assistant.tui.web_driver:ServedDriver"
SHUTDOWN_SECONDS = 5.0  # seconds for an interface to end by itself
MIN_CELLS, MAX_CELLS = 10, 1000  # most columns or rows of a terminal
MAX_FRAME_BYTES = 256 * 1024  # a longer message ends the page; what is pasted is one message
# A message weighs 1, and 1 more for each thousand bytes. What is above the limit waits, and the browser with it.
WEIGHT_PER_SECOND, WEIGHT_AT_ONCE = 100.0, 300.0


@dataclass(frozen=True)
class Launch:
    """How an interface is started: the command, and for a reader the folder of their own data."""

    arguments: Sequence[str]
    data_folder: Path | None = None


class TerminalSession(AppService):
    """One interface in its own process and process group, started without a shell."""

    launch = Launch(())

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        environment["TEXTUAL_DRIVER"] = DRIVER
        limit_kernels(environment)
        if "PYTHONPATH" in environment:
            environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, _split_paths(environment["PYTHONPATH"])))
        folder = self.launch.data_folder
        if folder is not None:
            environment[DATA_VARIABLE] = "."  # so that no message to a reader names a folder of this machine
        # Its own process group: Ctrl+C in the terminal reaches only the server, which ends the interface.
        self._process = process = await asyncio.create_subprocess_exec(
            *self.launch.arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Forward what the interface draws until it ends; then tell the page."""
        await super().run()
        with contextlib.suppress(ConnectionError, RuntimeError):
            await self.remote_close()

    async def stop(self) -> None:
        """Ask the interface to end; kill it if it does not respond, or if its page ends meanwhile."""
        last = asyncio.get_running_loop().call_later(SHUTDOWN_SECONDS, self._kill)
        try:
            await super().stop()  # until end of output
            await self._wait_for_end()
        except asyncio.CancelledError:
            self._kill()
            await self._wait_for_end()  # a process that nobody waits for stays among those of the system
            raise
        finally:
            last.cancel()

    async def _wait_for_end(self) -> None:
        if self._process is not None:
            await self._process.wait()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:  # Windows
                self._process.kill()


async def run_session(
    page: web.WebSocketResponse, launch: Launch, downloads: DownloadManager, size: tuple[object, object]
) -> None:
    """Run an interface in a page until one of them ends; `size` is what the page says of its columns and rows."""
    session = TerminalSession(
        "",
        write_bytes=page.send_bytes,
        write_str=page.send_str,
        close=lambda: close_page(page),
        download_manager=downloads,
    )
    session.launch = launch
    rate = RateLimit(WEIGHT_PER_SECOND, WEIGHT_AT_ONCE)
    try:
        await session.start(clamp_cells(size[0], 80), clamp_cells(size[1], 24))
        async for message in page:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                break  # a frame that breaks the protocol
            await rate.wait(1 + len(message.data) / 1000)
            if message.type is WSMsgType.TEXT:
                with contextlib.suppress(ValueError):  # not of our page; NestingError is one
                    await _forward_message(parse_json(message.data), page, session)
    finally:
        await session.stop()


async def close_page(page: web.WebSocketResponse) -> None:
    """Close the connection of a page, if it is open."""
    with contextlib.suppress(ConnectionError):
        await page.close()


async def _forward_message(message: Any, page: web.WebSocketResponse, session: TerminalSession) -> None:
    match message:
        case ["stdin", str(keys)]:
            await session.send_bytes(keys.encode("utf-8", "replace"))
        case ["resize", {"width": width, "height": height}]:
            await session.set_terminal_size(clamp_cells(width, 80), clamp_cells(height, 24))
        case ["ping", str(sent)]:
            await page.send_json(["pong", sent])
        case ["blur", *_]:
            await session.blur()
        case ["focus", *_]:
            await session.focus()


def clamp_cells(given: Any, otherwise: int) -> int:
    """A number of columns or rows that a terminal can have; `otherwise` for what is no number."""
    try:
        return max(MIN_CELLS, min(MAX_CELLS, int(given)))
    except (TypeError, ValueError, OverflowError):  # OverflowError: JSON can contain infinity
        return otherwise


def _split_paths(paths: str) -> list[str]:
    return [path for path in paths.split(os.pathsep) if path]
