"""The process of a server: its address, its signals, and what its owner sees in the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web
from aiohttp.http import HttpProcessingError

from assistant.errors import AssistantError
from assistant.server.access import AccessControl, find_reachable_name
from assistant.server.session import SHUTDOWN_SECONDS
from assistant.text.sanitize import sanitize_line, sanitize_text


class _StderrWriter(io.TextIOBase):
    """Sends to stderr what a server prints, as textual-serve does when an interface fails."""

    def write(self, text: str) -> int:
        sys.stderr.write(sanitize_text(text))
        sys.stderr.flush()
        return len(text)


class _LineHandler(logging.Handler):
    """Prints what libraries log: one line each, without a traceback, and nothing about requests that are not HTTP."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError | web.RequestPayloadError | ConnectionError):
            return  # the fault of whoever sent it; it must not fill the owner's terminal
        reason = f": {type(error).__name__}: {error}" if error else ""
        sys.stderr.write(sanitize_line(f"{record.levelname.lower()}: {record.getMessage()}{reason}") + "\n")


async def run_application(
    application: web.Application, listener: socket.socket, on_open: Callable[[], Coroutine[Any, Any, None] | None]
) -> None:
    """Serve until Ctrl+C or SIGTERM. `on_open` is called when requests are accepted; what it returns is run beside."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, over.set)
        except NotImplementedError:  # Windows: the handler runs in the main thread, outside the loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(over.set))
    logging.basicConfig(handlers=[_LineHandler()], level=logging.WARNING, force=True)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2 * SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        opening = on_open()
        task = opening and asyncio.create_task(opening)
        with contextlib.redirect_stdout(_StderrWriter()):
            await over.wait()
        if task:
            task.cancel()
    finally:
        await runner.cleanup()


def watch_terminal(on_enter: Callable[[], object]) -> None:
    """Call `on_enter` for each line that is typed in the terminal, if this process has one."""
    if not (sys.stdin and sys.stdin.isatty()):
        return
    # In the background, reading the terminal then fails instead of stopping the server.
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    terminal = sys.stdin.fileno()
    loop = asyncio.get_running_loop()

    def read_line() -> None:
        try:
            is_open = bool(os.read(terminal, 1024))
        except OSError:
            is_open = False
        if is_open:
            with contextlib.redirect_stdout(sys.__stdout__):
                on_enter()
        else:
            loop.remove_reader(terminal)

    loop.add_reader(terminal, read_line)


def open_listener(host: str, port: int) -> socket.socket:
    """Open a socket at the first address of `host`; "localhost" has two, one is enough."""
    try:
        *_, address = socket.getaddrinfo(host or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        family = socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET
        return socket.create_server(address, family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(f"cannot serve at {host}, port {port}: {reason}; choose another with --port") from error


def build_address(access: AccessControl, host: str, port: int) -> str:
    """What others enter to reach a server: its public address if it has one."""
    if access.origin:
        return access.origin
    name = find_reachable_name(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"
