"""Clients for `assistant serve`: a WebSocket client, and Chromium driven over the DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pyte

TIMEOUT_SECONDS = 120.0  # only a test that fails takes so long, even on a busy machine
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
KEYS = {"\r": ("Enter", 13), "\x1b": ("Escape", 27)}


class ScreenEmulator:
    """A terminal screen, drawn from the bytes that the interface sends."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        self._stream.feed(data)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)


class WebSession:
    """One session of the interface over its WebSocket, without a browser.

    What comes is read at once, as a browser does: a server closes connections that leave its pings unanswered.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, emulator: ScreenEmulator) -> None:
        self._socket = socket
        self._emulator = emulator
        self._drawn = asyncio.Event()
        self._messages: asyncio.Queue[Any] = asyncio.Queue()
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        """Draw the output of the interface and keep the JSON messages of the server, until the connection closes."""
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self._emulator.feed(message.data)
                self._drawn.set()
            else:
                self._messages.put_nowait(message.json())

    async def press(self, keys: str) -> None:
        await self._socket.send_json(["stdin", keys])

    async def wait_for_text(self, *words: str, without: Collection[str] = ()) -> None:
        """Wait until all of `words` are on the screen, and none of `without`."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                while not all(word in self.text for word in words) or any(word in self.text for word in without):
                    self._drawn.clear()
                    await self._wait_for(self._drawn.wait())
        except TimeoutError:
            raise AssertionError(f"not on the screen: {words}, without {without}\n{self.text}") from None

    async def _wait_for(self, coming: Coroutine[Any, Any, Any]) -> Any:
        """The result of waiting for what comes over the connection. Fails when the connection is closed before."""
        waiting = asyncio.ensure_future(coming)
        try:
            await asyncio.wait((waiting, self._reading), return_when=asyncio.FIRST_COMPLETED)
            assert waiting.done(), f"the connection was closed\n{self.text}"
            return waiting.result()
        finally:
            waiting.cancel()

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return self._emulator.text

    async def send(self, frame: str) -> None:
        """Send a frame as it is."""
        await self._socket.send_str(frame)

    async def receive_message(self) -> Any:
        """The next JSON message from the server."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await self._wait_for(self._messages.get())

    def stop_reading(self) -> None:
        """Read no more, so that the connection can be closed from this side."""
        self._reading.cancel()

    async def wait_until_closed(self) -> None:
        """Wait until the server closes the connection."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await self._reading


@asynccontextmanager
async def open_session(client: aiohttp.ClientSession, address: str) -> AsyncIterator[WebSession]:
    """Open a session of the interface at `address`, for example `http://127.0.0.1:8000/`."""
    async with client.ws_connect(f"{address}ws?width=100&height=30") as socket:
        session = WebSession(socket, ScreenEmulator(100, 30))
        try:
            yield session
        finally:
            session.stop_reading()


class BrowserTab:
    """A tab of Chromium. `requested_urls` are the addresses it has loaded, `console_messages` its console output."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.requested_urls: list[str] = []
        self.console_messages: list[str] = []
        self.emulator: ScreenEmulator | None = None
        self._socket = socket
        self._numbers = itertools.count(1)
        self._session: str | None = None

    async def open(self, address: str) -> None:
        """Show the page at `address`."""
        target = (await self.send_command("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self.send_command("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Network", "Page", "Runtime", "Log"):
            await self.send_command(f"{domain}.enable")
        await self.send_command("Page.navigate", url=address)

    async def type(self, text: str) -> None:
        """Press the keys of `text`; "\\r" is Enter."""
        for character in text:
            name, code = KEYS.get(character, (character, 0))
            key = {"key": name, "text": character, "windowsVirtualKeyCode": code}
            await self.send_command("Input.dispatchKeyEvent", type="keyDown", **key)
            await self.send_command("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.send_command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        done = await self.send_command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return done["result"].get("value")

    async def save_screenshot(self, path: Path) -> None:
        """Save a screenshot of the tab as PNG."""
        screenshot = await self.send_command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(screenshot["data"]))

    async def wait_for_text(self, *words: str) -> None:
        """Wait until the interface shows all of `words`."""
        await self.wait_until(
            lambda: self.emulator is not None and all(word in self.emulator.text for word in words), str(words)
        )

    async def wait_until_shown(self, words: str) -> None:
        """Wait until the page, not the terminal in it, shows these words."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while words not in str(await self.evaluate("document.body && document.body.innerText")):
                await asyncio.sleep(0.1)

    async def wait_until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until `condition` is true; fails with the console output and the screen."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                while not condition():
                    self._handle_event(json.loads(await self._socket.receive_str()))
        except TimeoutError:
            shown = self.emulator.text if self.emulator else "nothing drawn"
            raise AssertionError(f"timed out waiting for {what}\n{self.console_messages}\n{shown}") from None

    async def send_command(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session and not method.startswith("Target."):
            message["sessionId"] = self._session
        await self._socket.send_json(message)
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while True:
                answer = json.loads(await self._socket.receive_str())
                if answer.get("id") == number:
                    assert "error" not in answer, answer
                    return answer["result"]
                self._handle_event(answer)

    def _handle_event(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requested_urls.append(parameters["request"]["url"])
            case "Network.webSocketCreated":
                self.requested_urls.append(parameters["url"])
                size = parse_qs(urlsplit(parameters["url"]).query)
                self.emulator = ScreenEmulator(int(size["width"][0]), int(size["height"][0]))
            case "Network.webSocketFrameSent" if self.emulator:
                match json.loads(parameters["response"]["payloadData"]):
                    case ["resize", {"width": columns, "height": rows}]:
                        self.emulator.resize(columns, rows)
            case "Network.webSocketFrameReceived" if self.emulator and parameters["response"]["opcode"] == 2:
                self.emulator.feed(base64.b64decode(parameters["response"]["payloadData"]))
            case "Log.entryAdded":
                self.console_messages.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
            case "Runtime.exceptionThrown":
                self.console_messages.append(json.dumps(parameters["exceptionDetails"])[:500])


@asynccontextmanager
async def open_tab(folder: Path, width: int = 1280, height: int = 800) -> AsyncIterator[BrowserTab]:
    """A tab of a new, headless Chromium that keeps its files in `folder`."""
    assert CHROMIUM
    command = [CHROMIUM, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", f"--window-size={width},{height}"]
    command += ["--disable-gpu", "--disable-3d-apis"]  # drawn by the processor, WebGL takes most of the time
    if os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium has no sandbox for root
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            for line in process.stderr:
                if address := re.search(r"ws://\S+", line):
                    break
            else:
                raise AssertionError("Chromium did not start")
            async with aiohttp.ClientSession() as client, client.ws_connect(address[0], max_msg_size=0) as socket:
                opened = BrowserTab(socket)
                yield opened
                with suppress(Exception):
                    await opened.send_command("Browser.close")
        finally:
            process.terminate()
