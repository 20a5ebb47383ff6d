"""Serves the interface as a web page: one process per open page (`session`), for those whom `access` lets in."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import textual_serve
from aiohttp import web
from textual_serve.download_manager import DownloadManager

from assistant.server.access import OWNER, AccessControl, Visitor
from assistant.server.browser import Browser, open_link
from assistant.server.limits import PageSlots, RateLimit
from assistant.server.running import build_address, open_listener, run_application, watch_terminal
from assistant.server.session import MAX_FRAME_BYTES, Launch, close_page, run_session
from assistant.system.user_data import user_data_folder

PAGE_FOLDER = Path(__file__).parent / "page"
STATIC_FOLDER = Path(textual_serve.__file__).parent / "static"
PUBLIC_PATHS = frozenset({"/enter", "/page/enter.js"})  # what visitors without a cookie may load
MAX_REQUEST_BYTES = 4096  # of the body: the form with the key
WRONG_KEYS_PER_SECOND, WRONG_KEYS_AT_ONCE = 0.2, 20  # of all visitors together; a key cannot be guessed anyway
OPENINGS_PER_SECOND, OPENINGS_AT_ONCE = 0.2, 10  # pages of one visitor; each starts a process
SPENT_LINK_TEXT = (
    "This link was used already, or a newer one has replaced it. The owner of the library gets new links by pressing "
    "Enter in the terminal in which `assistant serve` runs."
)
TOO_OFTEN_TEXT = "Too many tries; wait a minute."
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {sockets}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Interface:
    """The interface that is served: `arguments` start it on the library whose index is in `index`."""

    arguments: Sequence[str]
    index: Path

    def prepare_launch(self, visitor: Visitor) -> Launch:
        """How it is started for a visitor. A reader has a folder of their own for each library; it is created."""
        if visitor.is_owner:
            return Launch(self.arguments)
        library = hashlib.sha256(os.fsencode(self.index.resolve())).hexdigest()[:16]
        folder = user_data_folder().absolute()
        for part in ("readers", library, visitor.name):
            folder /= part
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Launch((*self.arguments, "--for-reader"), folder)


@dataclass
class WebTerminalServer:
    """The server: what it serves and to whom; `cookie` is its cookie's name."""

    interface: Interface
    access: AccessControl
    cookie: str
    slots: PageSlots = field(default_factory=PageSlots)
    open_pages: dict[web.WebSocketResponse, str | None] = field(default_factory=dict)  # with the cookie of each
    wrong_keys: RateLimit = field(default_factory=lambda: RateLimit(WRONG_KEYS_PER_SECOND, WRONG_KEYS_AT_ONCE))
    openings: defaultdict[Visitor, RateLimit] = field(
        default_factory=lambda: defaultdict(lambda: RateLimit(OPENINGS_PER_SECOND, OPENINGS_AT_ONCE))
    )
    # Of each visitor, so that nobody fetches what another one exports.
    downloads: defaultdict[Visitor, DownloadManager] = field(default_factory=lambda: defaultdict(DownloadManager))

    def create_application(self) -> web.Application:
        """Create the web application."""
        application = web.Application(middlewares=[self._check_access], client_max_size=MAX_REQUEST_BYTES)
        application.add_routes(
            [
                web.get("/", self._serve_index),
                web.get("/enter", self._serve_entrance),
                web.post("/enter", self._let_in),
                web.post("/leave", self._let_out),
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
        if not self.access.expects_host(request.host):
            raise web.HTTPForbidden(text="This host name is not allowed; add it with `assistant serve --public-url`.")
        if not self.access.is_own_origin(request.headers.get("Origin"), request.host):
            raise web.HTTPForbidden(text="Not for other pages.")
        if self._find_visitor(request) is None and request.path not in PUBLIC_PATHS:
            entrance = await self._serve_entrance(request)
            entrance.set_status(401)
            return entrance
        response: web.StreamResponse = await handler(request)
        return response

    def _find_visitor(self, request: web.Request) -> Visitor | None:
        return self.access.find_visitor(request.cookies.get(self.cookie))

    def _require_visitor(self, request: web.Request) -> Visitor:
        """The visitor of a request that `_check_access` has let through."""
        visitor = self._find_visitor(request)
        if visitor is None:  # they left in the meantime
            raise web.HTTPUnauthorized
        return visitor

    async def _add_security_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        hosts = {request.host} if re.fullmatch(r"[\w.:\[\]-]+", request.host) else set()
        if self.access.origin:
            hosts.add(self.access.origin.partition("://")[2])
        sockets = " ".join(f"ws://{host} wss://{host}" for host in sorted(hosts))
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(sockets=sockets)
        # Not "no-referrer": with it a browser sends the form with the key as from an unknown origin.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"

    # ------------------------------------------------------------------------------------ coming and going

    async def _serve_entrance(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(text=(PAGE_FOLDER / "enter.html").read_text(encoding="utf-8"), content_type="text/html")

    async def _let_in(self, request: web.Request) -> NoReturn:
        """Exchange the key of a link for a cookie. The key comes in the body: it is in no address and in no log."""
        try:
            key = (await request.post()).get("key")
        except (ValueError, LookupError):  # a form that is malformed, or in an encoding that does not exist
            key = None
        cookie = self.access.redeem_key(key) if isinstance(key, str) else None
        if cookie is None:
            if not self.wrong_keys.allows():
                raise web.HTTPTooManyRequests(text=TOO_OFTEN_TEXT)
            raise web.HTTPForbidden(text=SPENT_LINK_TEXT)
        entered = web.HTTPSeeOther("/")
        secure = bool(self.access.origin and self.access.origin.startswith("https:"))
        entered.set_cookie(self.cookie, cookie, httponly=True, samesite="Strict", secure=secure, path="/")
        raise entered

    async def _let_out(self, request: web.Request) -> NoReturn:
        cookie = request.cookies.get(self.cookie)
        self.access.forget_cookie(cookie)
        pages = [page for page, opened_with in self.open_pages.items() if opened_with == cookie]
        await asyncio.gather(*map(close_page, pages))  # in other tabs of this browser, or of who has copied the cookie
        left = web.HTTPSeeOther("/enter")
        left.del_cookie(self.cookie, path="/")
        raise left

    # ---------------------------------------------------------------------------------------------- pages

    async def _serve_index(self, request: web.Request) -> web.StreamResponse:
        obstacle = self.slots.find_obstacle(self._require_visitor(request))
        if obstacle is not None:
            raise web.HTTPServiceUnavailable(text=obstacle)
        return web.FileResponse(PAGE_FOLDER / "index.html")

    async def _serve_session(self, request: web.Request) -> web.StreamResponse:
        visitor = self._require_visitor(request)
        if not self.openings[visitor].allows():
            raise web.HTTPTooManyRequests(text=TOO_OFTEN_TEXT)
        if not self.slots.take(visitor):
            raise web.HTTPServiceUnavailable(text=self.slots.find_obstacle(visitor))
        try:
            launch = self.interface.prepare_launch(visitor)
            page = web.WebSocketResponse(heartbeat=15, max_msg_size=MAX_FRAME_BYTES)
            await page.prepare(request)
            self.open_pages[page] = request.cookies.get(self.cookie)
            try:
                size = (request.query.get("width"), request.query.get("height"))
                await run_session(page, launch, self.downloads[visitor], size)
            finally:
                self.open_pages.pop(page, None)
        finally:
            self.slots.give_back(visitor)  # only now has its process ended
        return page

    async def _serve_download(self, request: web.Request) -> web.StreamResponse:
        key, downloads = request.match_info["key"], self.downloads[self._require_visitor(request)]
        try:
            wanted = await downloads.get_download_metadata(key)
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
        async for chunk in downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _close_pages(self, _application: web.Application) -> None:
        await asyncio.gather(*(close_page(page) for page in list(self.open_pages)))


Announce = Callable[[str, Mapping[Visitor, str]], None]
"""Tells the owner the address of the server, and for each visitor a link that works once."""


def serve(
    interface: Interface,
    access: AccessControl,
    host: str,
    port: int,
    announce: Announce,
    *,
    pages: int,
    browser: Browser | None = None,
) -> None:
    """Serve the interface until Ctrl+C or SIGTERM, in at most `pages` pages; `announce` is called when it is open.

    It is called again with new links when Enter is pressed in the terminal. The owner's first link is opened in
    `browser`. Port 0 chooses a free port. Raises AssistantError if the address cannot be used.
    """
    with open_listener(host, port) as listener:
        bound: int = listener.getsockname()[1]
        cookie = f"assistant-{bound}"  # cookies do not distinguish ports
        site = WebTerminalServer(interface, access, cookie, PageSlots(pages))
        base = build_address(access, host, bound)

        def announce_links() -> str:
            keys = access.renew_links()
            announce(f"{base}/", {visitor: f"{base}/enter#{key}" for visitor, key in keys.items()})
            return keys[OWNER]

        def on_open() -> Coroutine[Any, Any, None] | None:
            key = announce_links()
            watch_terminal(announce_links)
            if browser is None:
                return None
            return open_link(f"{base}/enter#{key}", browser, lambda: not access.is_unused(key))

        asyncio.run(run_application(site.create_application(), listener, on_open))
