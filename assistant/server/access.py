"""Access control of `assistant serve`: a token, and the host names that requests may use."""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import AssistantError

TOKEN_VARIABLE = "ASSISTANT_TOKEN"
MIN_TOKEN_LENGTH = 16  # characters
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class AccessPolicy:
    """The access rules of one server. If `token` is None, everybody who can reach the server may use it.

    Without a token, requests must name one of the hosts in `names` (without port): this stops pages of other sites
    whose name resolves to this machine (DNS rebinding). `origin` is the public address behind a proxy.
    """

    token: str | None
    host_names: frozenset[str]
    origin: str | None = None
    cookie_value: str = field(
        default_factory=lambda: secrets.token_urlsafe(32), repr=False
    )  # value of the cookie, new at every start

    def matches_token(self, token: str) -> bool:
        """Whether `token` is correct; compares in constant time."""
        return self.token is not None and _compare_secrets(token, self.token)

    def admits_cookie(self, cookie: str | None) -> bool:
        """Whether a visitor with this cookie has access."""
        return self.token is None or (cookie is not None and _compare_secrets(cookie, self.cookie_value))

    def expects_host(self, host: str) -> bool:
        """Whether a request may name this host, `name` or `name:port`. With a token, every name is allowed."""
        return self.token is not None or _parse_host_name(host) in self.host_names

    def is_own_origin(self, origin: str | None, host: str) -> bool:
        """Whether a connection comes from a page of this server. Programs send no origin and may connect."""
        return origin is None or origin == self.origin or urlsplit(origin).netloc.lower() == host.lower()


def create_access_policy(host: str, public_url: str | None, *, wanted: bool = False) -> AccessPolicy:
    """Create the rules for a server on `host`: with a token if other machines can reach it, or if one is `wanted`.

    The token is $ASSISTANT_TOKEN, else a new one. Raises AssistantError for an invalid `host` or `public_url`, or a
    token that is too short.
    """
    origin = _parse_origin(public_url) if public_url else None
    names = LOCAL_NAMES | {host.lower()} | ({_parse_host_name(urlsplit(origin).netloc)} if origin else set())
    given = os.environ.get(TOKEN_VARIABLE)
    if given is not None and len(given) < MIN_TOKEN_LENGTH:
        raise AssistantError(f"${TOKEN_VARIABLE} is too short; use at least {MIN_TOKEN_LENGTH} characters")
    if given is None and (wanted or not is_local(host)):
        given = secrets.token_urlsafe(24)
    return AccessPolicy(given, frozenset(names), origin)


def is_local(host: str) -> bool:
    """Whether only this machine can reach a server on `host`. Raises AssistantError for a host that does not exist."""
    if not host:
        return False  # all addresses
    try:
        resolved = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AssistantError(
            f"--host {host}: no such address; use 127.0.0.1 for this machine only, 0.0.0.0 for all"
        ) from error
    return all(ipaddress.ip_address(str(address[0]).split("%")[0]).is_loopback for *_, address in resolved)


def _parse_origin(url: str) -> str:
    """Parse an address without a path, such as `https://news.example`."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise AssistantError(f"--public-url {url}: give scheme, host and, if needed, port, as in https://news.example")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _parse_host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _compare_secrets(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(errors="replace"), right.encode(errors="replace"))
