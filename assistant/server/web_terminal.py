"""Serves the interface as a web page: one process of the interface per open page.

The page's script and the protocol are those of textual-serve; access control is in `access`. This module subclasses its
`AppService` and uses private members of it, which is why pyproject.toml limits its version to below 1.2.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from assistant.errors import AssistantError
from assistant.server.access import TOKEN_VARIABLE, AccessPolicy
from assistant.text.sanitize import sanitize_text

PAGE_FOLDER = Path(__file__).parent / "page"
STATIC_FOLDER = Path(textual_serve.__file__).parent / "static"
DRIVER = "assistant.tui.web_driver:ServedDriver"
UNAUTHORIZED_TEXT = "Open this page with the address that `assistant serve` printed, including the token."
# Removes the token from the address bar. A redirect would not work: a same-site cookie is not sent on a navigation that
# starts at another site, such as a mail page with the link.
ENTRY_PAGE = """<!DOCTYPE html>
<title>News assistant</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=/">
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SHUTDOWN_SECONDS = 5.0  # seconds for an interface to end by itself
MIN_CELLS, MAX_CELLS = 10, 1000  # most columns or rows of a terminal


class TerminalSession(AppService):
    """One interface in its own process and process group, started without a shell."""

    arguments: Sequence[str] = ()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        environment.pop(TOKEN_VARIABLE, None)
        environment["TEXTUAL_DRIVER"] = DRIVER
        # Its own process group: Ctrl+C in the terminal reaches only the server, which ends the interface.
        self._process = process = await asyncio.create_subprocess_exec(
            *self.arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment, start_new_session=True
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Forward what the interface draws until it ends; then tell the page."""
        await super().run()
        with contextlib.suppress(ConnectionError, RuntimeError):
            await self.remote_close()

    async def stop(self) -> None:
        """Ask the interface to end; kill it if it does not respond."""
        last = asyncio.get_running_loop().call_later(SHUTDOWN_SECONDS, self._kill)
        await super().stop()  # until end of output
        if self._process is not None:
            await self._process.wait()
        last.cancel()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)


@dataclass
class WebTerminalServer:
    """The server: `arguments` start an interface, the access policy says for whom, `cookie` is its cookie's name."""

    arguments: Sequence[str]
    access_policy: AccessPolicy
    cookie: str
    open_pages: set[web.WebSocketResponse] = field(default_factory=set)
    downloads: DownloadManager = field(default_factory=DownloadManager)

    def create_application(self) -> web.Application:
        """Create the web application."""
        application = web.Application(middlewares=[self._check_access])
        application.add_routes(
            [
                web.get("/", self._serve_index),
                web.get("/ws", self._serve_session),
                web.get("/download/{key}", self._serve_download),
                web.static("/page", PAGE_FOLDER),
                web.static("/static", STATIC_FOLDER),
            ]
        )
        application.on_response_prepare.append(self._add_security_headers)
        application.on_shutdown.append(self._close_pages)
        return application

    @web.middleware
    async def _check_access(self, request: web.Request, handler: Callable[..., Any]) -> web.StreamResponse:
        rules = self.access_policy
        if not rules.expects_host(request.host):
            raise web.HTTPForbidden(text="This host name is not allowed; add it with `assistant serve --public-url`.")
        if not rules.is_own_origin(request.headers.get("Origin"), request.host):
            raise web.HTTPForbidden(text="Not for other pages.")
        if rules.matches_token(request.query.get("token", "")):
            entered = web.Response(text=ENTRY_PAGE, content_type="text/html")
            secure = bool(rules.origin and rules.origin.startswith("https:"))
            entered.set_cookie(self.cookie, rules.cookie_value, httponly=True, samesite="Strict", secure=secure)
            return entered
        if not rules.admits_cookie(request.cookies.get(self.cookie)):
            raise web.HTTPUnauthorized(text=UNAUTHORIZED_TEXT)
        response: web.StreamResponse = await handler(request)
        return response

    async def _add_security_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        hosts = {request.host} if re.fullmatch(r"[\w.:\[\]-]+", request.host) else set()
        if self.access_policy.origin:
            hosts.add(self.access_policy.origin.partition("://")[2])
        sockets = " ".join(f"ws://{host} wss://{host}" for host in sorted(hosts))
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(sockets=sockets)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"

    async def _serve_index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE_FOLDER / "index.html")

    async def _serve_session(self, request: web.Request) -> web.StreamResponse:
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        session = TerminalSession(
            "",
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=lambda: _close_page(page),
            download_manager=self.downloads,
        )
        session.arguments = self.arguments
        self.open_pages.add(page)
        try:
            await session.start(
                _clamp_cells(request.query.get("width"), 80), _clamp_cells(request.query.get("height"), 24)
            )
            async for message in page:
                if message.type is WSMsgType.TEXT:
                    with contextlib.suppress(
                        ValueError, LookupError, TypeError, AttributeError
                    ):  # not one of our sessions
                        await _forward_message(message.json(), page, session)
        finally:
            self.open_pages.discard(page)
            await session.stop()
        return page

    async def _serve_download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        try:
            wanted = await self.downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text="This file is not available, or no longer available.") from None
        response = web.StreamResponse()
        response.content_type = wanted.mime_type or "application/octet-stream"
        if wanted.encoding:
            response.charset = wanted.encoding
        name = re.sub(r"[^\w.-]+", "-", wanted.file_name, flags=re.ASCII)
        # Never displayed inline: a delivered file would be a page of this server.
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        await response.prepare(request)
        async for chunk in self.downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _close_pages(self, _application: web.Application) -> None:
        await asyncio.gather(*(_close_page(page) for page in list(self.open_pages)))


async def _close_page(page: web.WebSocketResponse) -> None:
    with contextlib.suppress(ConnectionError):
        await page.close()


async def _forward_message(message: Any, page: web.WebSocketResponse, session: TerminalSession) -> None:
    match message:
        case ["stdin", str(keys)]:
            await session.send_bytes(keys.encode("utf-8", "replace"))
        case ["resize", {"width": width, "height": height}]:
            await session.set_terminal_size(_clamp_cells(width, 80), _clamp_cells(height, 24))
        case ["ping", str(sent)]:
            await page.send_json(["pong", sent])
        case ["blur", *_]:
            await session.blur()
        case ["focus", *_]:
            await session.focus()


def _clamp_cells(given: Any, otherwise: int) -> int:
    try:
        return max(MIN_CELLS, min(MAX_CELLS, int(given)))
    except (TypeError, ValueError, OverflowError):  # OverflowError: JSON can contain infinity
        return otherwise


class _StderrWriter(io.TextIOBase):
    """Sends to stderr what textual-serve prints when an interface fails."""

    def write(self, text: str) -> int:
        sys.stderr.write(sanitize_text(text))
        sys.stderr.flush()
        return len(text)


def serve(
    arguments: Sequence[str], access_policy: AccessPolicy, host: str, port: int, announce: Callable[[str], None]
) -> None:
    """Serve the interface until Ctrl+C or SIGTERM; `arguments` start it, `announce` gets the address when it is open.

    Port 0 chooses a free port. Raises AssistantError if the address cannot be used.
    """
    with _open_listener(host, port) as listener:
        bound: int = listener.getsockname()[1]
        site = WebTerminalServer(arguments, access_policy, f"assistant-{bound}")  # cookies do not distinguish ports
        asyncio.run(_run_server(site, listener, lambda: announce(_build_address(access_policy, host, bound))))


async def _run_server(site: WebTerminalServer, listener: socket.socket, on_open: Callable[[], None]) -> None:
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    runner = web.AppRunner(site.create_application(), access_log=None, shutdown_timeout=2 * SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        on_open()
        with contextlib.redirect_stdout(_StderrWriter()):
            await over.wait()
    finally:
        await runner.cleanup()


def _open_listener(host: str, port: int) -> socket.socket:
    """Open a socket at the first address of `host`; "localhost" has two, one is enough."""
    try:
        *_, address = socket.getaddrinfo(host or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        family = socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET
        return socket.create_server(address, family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(f"cannot serve at {host}, port {port}: {reason}; choose another with --port") from error


def _build_address(access_policy: AccessPolicy, host: str, port: int) -> str:
    if access_policy.origin:
        base = access_policy.origin
    else:
        name = socket.gethostname() if host in ("", "0.0.0.0", "::") else host
        base = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    return f"{base}/?token={quote(access_policy.token)}" if access_policy.token else f"{base}/"
