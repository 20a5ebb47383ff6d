"""Who may use the page that `assistant serve` gives: a token, and the names under which it may be reached."""

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
    """The rules of one server. `token` None: whoever reaches it comes in, as on one's own machine.

    `names` are the hosts, without port, that a request may name where there is no token: a page elsewhere that has
    its own name lead to this machine (DNS rebinding) does not name one of them. `origin` is where a proxy serves it.
    """

    token: str | None
    host_names: frozenset[str]
    origin: str | None = None
    cookie_value: str = field(
        default_factory=lambda: secrets.token_urlsafe(32), repr=False
    )  # the cookie, new at every start

    def matches_token(self, token: str) -> bool:
        """Whether `token` is the right one; takes the same time however wrong it is."""
        return self.token is not None and _compare_secrets(token, self.token)

    def admits_cookie(self, cookie: str | None) -> bool:
        """Whether a visitor with this cookie may come in."""
        return self.token is None or (cookie is not None and _compare_secrets(cookie, self.cookie_value))

    def expects_host(self, host: str) -> bool:
        """Whether a request may name this host, `name` or `name:port`. A token makes up for any name."""
        return self.token is not None or _parse_host_name(host) in self.host_names

    def is_own_origin(self, origin: str | None, host: str) -> bool:
        """Whether a connection comes from a page of this server; programs, which name no origin, may connect too."""
        return origin is None or origin == self.origin or urlsplit(origin).netloc.lower() == host.lower()


def create_access_policy(host: str, public_url: str | None, *, wanted: bool = False) -> AccessPolicy:
    """The rules for a server on `host`: a token unless only this machine can reach it, or where one is `wanted`.

    The token is $ASSISTANT_TOKEN, else a new one. Raises AssistantError where `host` or `public_url` means nothing, or
    the token is too short to be one.
    """
    origin = _parse_origin(public_url) if public_url else None
    names = LOCAL_NAMES | {host.lower()} | ({_parse_host_name(urlsplit(origin).netloc)} if origin else set())
    given = os.environ.get(TOKEN_VARIABLE)
    if given is not None and len(given) < MIN_TOKEN_LENGTH:
        raise AssistantError(f"${TOKEN_VARIABLE} is too short; give {MIN_TOKEN_LENGTH} or more characters")
    if given is None and (wanted or not is_local(host)):
        given = secrets.token_urlsafe(24)
    return AccessPolicy(given, frozenset(names), origin)


def is_local(host: str) -> bool:
    """Whether only this machine can reach a server on `host`. Raises AssistantError for a host that does not exist."""
    if not host:
        return False  # all addresses
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AssistantError(f"--host {host}: no such address; 127.0.0.1 is this machine alone, 0.0.0.0 all") from error
    return all(ipaddress.ip_address(str(address[0]).split("%")[0]).is_loopback for *_, address in found)


def _parse_origin(url: str) -> str:
    """`https://news.example` of an address without a path."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise AssistantError(
            f"--public-url {url}: give scheme, name and where need be port, as in https://news.example"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _parse_host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _compare_secrets(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
