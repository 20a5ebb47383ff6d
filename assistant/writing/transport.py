"""HTTP to the servers of models: responses of bounded size, and connections that another thread can shut down."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import httpx


class ResponseRefused(Exception):
    """A response is longer than any that is asked for, or packed, so that little of it could grow into much."""


class Connections:
    """The connections of a client. `shut_down` ends what waits for them, also while a response arrives."""

    def __init__(self) -> None:
        self.is_shut_down = threading.Event()
        self._sockets: list[socket.socket] = []

    def watch(self, request: httpx.Request) -> None:
        """Remember the connection of a request; a hook of the client."""

        def note_stream(event: str, info: dict[str, Any]) -> None:
            if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
                opened = info["return_value"].get_extra_info("socket")
                if opened is not None:
                    self._sockets.append(opened)
                    if self.is_shut_down.is_set():
                        self.shut_down()

        request.extensions["trace"] = note_stream

    def shut_down(self) -> None:
        """End all connections, and those that are opened later."""
        self.is_shut_down.set()
        for opened in self._sockets:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


def open_client(
    connections: Connections,
    timeout: httpx.Timeout | float,
    max_bytes: int,
    *,
    uses_proxies: bool,
    headers: Mapping[str, str] | None = None,
) -> httpx.Client:
    """A client that follows no redirects, as a key is for one server. Close it after use.

    A response of more than `max_bytes`, or a packed one, ends in ResponseRefused when it is read.
    """

    def bound(response: httpx.Response) -> None:
        is_packed = response.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity")
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream, -1 if is_packed else max_bytes)

    return httpx.Client(
        timeout=timeout,
        trust_env=uses_proxies,
        headers={"Accept-Encoding": "identity", **(headers or {})},
        event_hooks={"request": [connections.watch], "response": [bound]},
        follow_redirects=False,
    )


class _BoundedStream(httpx.SyncByteStream):
    """The bytes of a response up to a number of them; of a packed one, none."""

    def __init__(self, stream: httpx.SyncByteStream, max_bytes: int) -> None:
        self._stream = stream
        self._left = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        if self._left < 0:
            raise ResponseRefused("sent packed data, which was not asked for")
        for block in self._stream:
            self._left -= len(block)
            if self._left < 0:
                raise ResponseRefused("did not stop writing")
            yield block

    def close(self) -> None:
        self._stream.close()
