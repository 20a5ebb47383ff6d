"""Connections that reach public addresses only: each address is checked after its name is resolved, and connected to
as it was checked, so that a name which changes its mind leads nowhere else."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

import httpcore

from assistant.errors import WebError
from assistant.system.threads import start_thread
from assistant.web.addresses import is_public

RESOLVE_SECONDS = 10.0
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0  # without any byte

Resolver = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises OSError, also if the name servers do not answer in time."""
    results: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def work() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            results.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            results.put(error if isinstance(error, OSError) else OSError(str(error)))

    start_thread(threading.Thread(target=work, daemon=True))  # getaddrinfo has no time limit of its own
    try:
        result = results.get(timeout=RESOLVE_SECONDS)
    except queue.Empty:
        raise OSError("the name servers do not answer") from None
    if isinstance(result, OSError):
        raise result
    return result


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses, and to hosts that are allowed by name; ends whatever takes until the deadline."""

    def __init__(self, allowed_hosts: Collection[str], resolver: Resolver = resolve) -> None:
        """`resolver` gives the IP addresses of a host."""
        self._allowed = frozenset(host.lower().rstrip(".") for host in allowed_hosts)
        self._resolve = resolver
        self._plain = httpcore.SyncBackend()
        self.deadline = float("inf")  # of the clock time.monotonic

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the limits here are shorter
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises WebError if any of them is not public."""
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"the host is not known ({error.strerror or error})") from error
        if host.lower().rstrip(".") not in self._allowed:
            for address in addresses:
                if not is_public(ipaddress.ip_address(address)):
                    raise WebError(
                        f"{host} is {address}, an address of this machine or its network, which is not fetched; "
                        "to allow it, add the host to web.allow_hosts in config.yaml"
                    )
        failure: Exception = httpcore.ConnectError("the host has no address")
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(
                    address, port, self.limit(CONNECT_SECONDS), local_address, socket_options
                )
                return _GuardedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never done. Raises WebError."""
        raise WebError(f"{path}: not an address on the web")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._plain.sleep(seconds)

    def limit(self, seconds: float) -> float:
        """The time that a step may take, in seconds. Raises httpcore.ReadTimeout if none is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is used up")
        return min(seconds, left)


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline of its backend, however slowly bytes arrive."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._backend.limit(READ_SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._backend.limit(READ_SECONDS))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.limit(CONNECT_SECONDS))
        return _GuardedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
