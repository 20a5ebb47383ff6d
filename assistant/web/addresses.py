"""Addresses on the web: which may be fetched at all, and which are the same page."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, urlencode

import httpx

from assistant.errors import WebError

MAX_ADDRESS_LENGTH = 2000
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)  # parameters that choose no page
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")
# Which Python takes for public, in some of its versions. The third is where Azure's machines ask for their secrets.
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20")))
_ON_HOST = re.compile(r"https?://", re.IGNORECASE)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_web_address(text: str) -> bool:
    """Whether a text is meant as an address on the web, and not as a path."""
    return _ON_HOST.match(text) is not None


def parse_address(text: str, base: str | None = None) -> str:
    """An address in its usual form, without its fragment; relative ones start at `base`. Raises WebError.

    The host may still be a forbidden one: that is checked when it is connected to.
    """
    text = text.strip()
    shown = text if len(text) <= 200 else text[:199] + "…"
    if len(text) > MAX_ADDRESS_LENGTH:
        raise WebError(f"{shown}: the address is longer than {MAX_ADDRESS_LENGTH:,} characters")
    if _CONTROL.search(text):
        raise WebError(f"{shown}: not an address: it contains spaces, backslashes or control characters")
    try:
        url = httpx.URL(base).join(text) if base else httpx.URL(text)
        url = url.copy_with(fragment=None)
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise WebError(f"{shown}: not a valid address; copy it from the browser") from error
    if url.scheme not in ("http", "https"):
        raise WebError(f"{shown}: only http and https addresses are fetched")
    if url.userinfo:
        raise WebError(f"{shown}: an address with a user name or password is not fetched; leave out what is before @")
    if not host.strip("."):
        raise WebError(f"{shown}: the address has no host; copy it from the browser")
    if port is not None and not 0 < port < 65_536:
        raise WebError(f"{shown}: there is no port {port}")
    return str(url.copy_with(host=host.rstrip(".")))


def get_host(address: str) -> str:
    """The host name of an address from `parse_address`, in lower case ASCII."""
    return httpx.URL(address).raw_host.decode("ascii").strip("[]").rstrip(".")


def make_key(address: str) -> str:
    """The same text for addresses of the same page: without scheme, `www.`, and parameters that only track readers.

    Raises WebError.
    """
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise WebError(f"{address[:200]}: not a valid address; remove it") from error
    pairs = parse_qsl(url.query.decode("ascii", "replace"), keep_blank_values=True)
    kept = urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
    port = f":{url.port}" if url.port else ""
    host = get_host(address).removeprefix("www.")
    return f"{host}{port}{url.raw_path.decode('ascii').partition('?')[0].rstrip('/')}{f'?{kept}' if kept else ''}"


def is_public(address: Address) -> bool:
    """Whether an IP address is one of the public internet, also where it stands for an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _find_inner(address)
        if inner is not None:
            return is_public(inner)
        if address.scope_id is not None or address in _SITE_LOCAL or address.teredo is not None:
            return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _find_inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or (address in _IPV4_COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
