"""Tests of addresses: their forms, which are the same page, which are public."""

from __future__ import annotations

import ipaddress

import pytest

from assistant.errors import WebError
from assistant.web.addresses import get_host, is_public, is_web_address, make_key, parse_address

PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 192.0.0.1 192.0.2.1 192.168.1.1
168.63.129.16 192.0.0.8 192.0.0.192 192.88.99.1 198.18.0.1 203.0.113.9 224.0.0.1 239.1.2.3 240.0.0.1 255.255.255.255
::ffff:0:7f00:1 64:ff9b:1::7f00:1 100::1 3fff::1 2002:c0a8:101:: ::ffff:168.63.129.16
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1::1 2002:a00:1::
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""".split()
PUBLIC = "1.1.1.1 93.184.216.34 2606:4700:4700::1111 ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "text",
    [
        "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)",
        "data:text/html,hi", "gopher://example.org",
        "http://", "http:///a", "https://user:word@example.org/", "http://example.org@127.0.0.1/",
        "http://exa mple.org",
        "http://example.org\\@127.0.0.1/", "http://example.org:0/", "http://example.org:99999/", "http://[::1",
        "http://example.org/\r\nHost: other", "http://example.org/" + "a" * 3000, "http://./",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(WebError):
        parse_address(text)


def test_addresses_take_their_usual_form() -> None:
    assert parse_address(" HTTPS://Example.ORG./a?b=1#c ") == "https://example.org/a?b=1"
    assert parse_address("../b", "https://example.org/x/y/z") == "https://example.org/x/b"
    assert parse_address("//other.example/p", "https://example.org/") == "https://other.example/p"
    assert get_host(parse_address("https://bücher.example/")) == "xn--bcher-kva.example"
    assert get_host("http://[::1]:80/") == "::1"
    assert is_web_address("HTTP://x")
    assert not is_web_address("articles/http.txt")


def test_the_same_page_has_one_key() -> None:
    same = [
        "https://www.example.org/a/", "http://example.org/a", "https://example.org/a?utm_source=rss&utm_medium=x",
        "https://example.org/a#part",
    ]  # fmt: skip
    assert len({make_key(parse_address(address)) for address in same}) == 1
    other = [
        "https://example.org/a",
        "https://example.org/b",
        "https://example.org/a?id=1",
        "https://example.org/a?id=2",
    ]
    assert len({make_key(address) for address in other}) == 4
