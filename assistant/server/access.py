"""Access control of `assistant serve`: links that work once, cookies, and the host names that requests may use.

Links and cookies are kept in memory only, and only as hashes.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from assistant.errors import AssistantError

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
ALL_ADDRESSES = frozenset({"", "0.0.0.0", "::"})
ELSEWHERE = ("192.0.2.1", 9)  # an address that nobody has (RFC 5737)
KEY_BYTES = 24  # of the secret in a link
READER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")

Role = Literal["owner", "reader"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who uses the page. The owner may do what the owner can do in the terminal; a reader asks and reads."""

    role: Role
    name: str

    @property
    def is_owner(self) -> bool:
        """Whether this is the owner of the library."""
        return self.role == "owner"


OWNER = Visitor("owner", "owner")


@dataclass
class AccessControl:
    """Who may use one server. A link works once, and gives its browser a cookie that is valid until the server ends.

    `host_names` are the names (without port) that requests may use; None for any. This stops pages of other sites whose
    name resolves to this machine (DNS rebinding). `origin` is the public address behind a proxy.
    """

    visitors: Sequence[Visitor] = (OWNER,)
    host_names: frozenset[str] | None = None
    origin: str | None = None
    _links: dict[bytes, Visitor] = field(default_factory=dict, repr=False)  # by the hash of the key
    _cookies: dict[bytes, Visitor] = field(default_factory=dict, repr=False)  # by the hash of the value

    def renew_links(self) -> Mapping[Visitor, str]:
        """A new key for each visitor. Earlier keys that were not used become void."""
        keys = {visitor: secrets.token_urlsafe(KEY_BYTES) for visitor in self.visitors}
        self._links = {hash_secret(key): visitor for visitor, key in keys.items()}
        return keys

    def redeem_key(self, key: str) -> str | None:
        """Use up a key; returns the value of a new cookie, or None if the key is unknown or was used."""
        visitor = self._links.pop(hash_secret(key.strip()), None)
        if visitor is None:
            return None
        cookie = secrets.token_urlsafe(32)
        self._cookies[hash_secret(cookie)] = visitor
        return cookie

    def is_unused(self, key: str) -> bool:
        """Whether a key is still valid."""
        return hash_secret(key) in self._links

    def find_visitor(self, cookie: str | None) -> Visitor | None:
        """Who has this cookie; None if nobody."""
        return None if cookie is None else self._cookies.get(hash_secret(cookie))

    def forget_cookie(self, cookie: str | None) -> None:
        """Make a cookie void."""
        if cookie is not None:
            self._cookies.pop(hash_secret(cookie), None)

    def expects_host(self, host: str) -> bool:
        """Whether a request may name this host, `name` or `name:port`."""
        return self.host_names is None or _parse_host_name(host) in self.host_names

    def is_own_origin(self, origin: str | None, host: str) -> bool:
        """Whether a request comes from a page of this server. Programs send no origin and may connect."""
        if origin is None or origin == self.origin:
            return True
        try:
            return urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:  # a bracket that is not closed
            return False


def create_access_control(host: str, public_url: str | None, readers: Sequence[str] = ()) -> AccessControl:
    """The rules of a server on `host` for its owner and these readers.

    Raises AssistantError for an invalid `host` or `public_url`, and for a reader's name that is invalid or given twice.
    """
    origin = _parse_origin(public_url) if public_url else None
    names = LOCAL_NAMES | {host.lower()} | ({_parse_host_name(urlsplit(origin).netloc)} if origin else set())
    for number, name in enumerate(readers):
        if not READER_NAME.fullmatch(name):
            raise AssistantError(f"--reader {name}: use up to 32 small letters, digits, - and _, as in anna")
        if name in readers[:number]:
            raise AssistantError(f"--reader {name}: given twice; each reader needs a name of their own")
    visitors = (OWNER, *(Visitor("reader", name) for name in readers))
    return AccessControl(visitors, frozenset(names) if is_local(host) else None, origin)


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


def find_reachable_name(host: str) -> str:
    """What others enter to reach a server on `host`. For all addresses: the one of this machine in its network."""
    if host not in ALL_ADDRESSES:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)  # sends nothing: the system only chooses from which address it would
        except OSError:  # no network
            return socket.gethostname()
        return str(probe.getsockname()[0])


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
    """The name in a header or address; empty if there is more than a name and a port."""
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.netloc != host or "@" in host else parts.hostname or ""
    except ValueError:
        return ""


def hash_secret(secret: str) -> bytes:
    """What is kept of a secret. Looking up hashes takes no time that tells how much of a secret was right."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()
