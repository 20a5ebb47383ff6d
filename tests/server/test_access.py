"""Access control of the web page: links, cookies, host names and origins, without a server."""

from __future__ import annotations

import socket

import pytest

from assistant.errors import AssistantError
from assistant.server.access import OWNER, AccessControl, create_access_control, find_reachable_name, is_local
from tests.support.browser import TIMEOUT_SECONDS


def test_link_works_once() -> None:
    """A key gives one cookie; used again, or after new keys were made, it gives none."""
    access = create_access_control("127.0.0.1", None, ["anna"])
    keys = dict(access.renew_links())
    assert [visitor.name for visitor in keys] == ["owner", "anna"]
    cookie = access.redeem_key(keys[OWNER])
    assert cookie is not None
    assert access.find_visitor(cookie) == OWNER
    assert access.redeem_key(keys[OWNER]) is None
    anna = next(visitor for visitor in keys if visitor.name == "anna")
    renewed = access.renew_links()
    assert access.redeem_key(keys[anna]) is None
    reader = access.find_visitor(access.redeem_key(renewed[anna]))
    assert reader is not None
    assert not reader.is_owner
    assert access.find_visitor(cookie) == OWNER  # those who are in stay in


@pytest.mark.parametrize("cookie", [None, "", "owner", "\udcff", "a" * 10_000])
def test_nobody_without_cookie(cookie: str | None) -> None:
    """Without a cookie of this server nobody is let in, also on this machine; a key is no cookie."""
    access = create_access_control("127.0.0.1", None)
    assert access.find_visitor(cookie) is None
    assert access.find_visitor(access.renew_links()[OWNER]) is None
    assert access.redeem_key(cookie or "") is None


def test_leaving_ends_one_cookie() -> None:
    """A cookie that was given back is void; those of other browsers are not."""
    access = AccessControl()
    first, second = (access.redeem_key(access.renew_links()[OWNER]) for _ in range(2))
    access.forget_cookie(first)
    access.forget_cookie(None)
    assert access.find_visitor(first) is None
    assert access.find_visitor(second) == OWNER


def test_secrets_not_in_representation() -> None:
    """Neither keys nor cookies appear where the rules are printed."""
    access = AccessControl()
    key = access.renew_links()[OWNER]
    cookie = access.redeem_key(key)
    assert cookie is not None
    assert key not in repr(access)
    assert cookie not in repr(access)


@pytest.mark.parametrize("name", ["", "Anna", "../x", "a/b", ".", "a" * 33, "anna\n", "é"])
def test_reader_names(name: str) -> None:
    """The name of a reader is also that of a folder, so only plain names are allowed."""
    with pytest.raises(AssistantError, match="--reader"):
        create_access_control("127.0.0.1", None, [name])


def test_reader_given_twice() -> None:
    """Two readers never share a name, and so no conversations."""
    with pytest.raises(AssistantError, match="given twice"):
        create_access_control("127.0.0.1", None, ["anna", "ben", "anna"])


def test_host_names() -> None:
    """A server for this machine expects its names only; one for others cannot know its names."""
    local = create_access_control("127.0.0.1", "https://news.example")
    assert local.expects_host("localhost:8000")
    assert local.expects_host("news.example")
    for other in ("rebound.example:8000", "user@127.0.0.1:8000", "127.0.0.1/x", "127.0.0.1?x", "127.0.0.1#x", ""):
        assert not local.expects_host(other)
    assert create_access_control("0.0.0.0", None).expects_host("any.example")


def test_origin_must_be_own() -> None:
    """Pages of other sites may not connect; programs without an origin may."""
    access = create_access_control("127.0.0.1", "https://news.example")
    assert access.is_own_origin(None, "localhost:1")
    assert access.is_own_origin("https://news.example", "127.0.0.1:1")
    for origin in ("https://evil.example", "null", "http://127.0.0.1:2"):
        assert not access.is_own_origin(origin, "127.0.0.1:1")
    with pytest.raises(AssistantError, match="public-url"):
        create_access_control("127.0.0.1", "news.example/path")


def test_address_to_hand_on() -> None:
    """A server on all addresses names one at which it is reached; a name that was chosen stays."""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        name = find_reachable_name("0.0.0.0")
        assert name not in ("", "0.0.0.0")
        socket.create_connection((name, listener.getsockname()[1]), timeout=TIMEOUT_SECONDS).close()
    assert [find_reachable_name(host) for host in ("", "::")] == [name] * 2
    assert find_reachable_name("news.example") == "news.example"


def test_local_addresses() -> None:
    """Only loopback addresses are local; an unknown one is an error."""
    assert is_local("127.0.0.1")
    assert is_local("::1")
    assert not is_local("0.0.0.0")
    assert not is_local("")
    with pytest.raises(AssistantError, match="no such address"):
        is_local("no such host.invalid")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://a]b", "http://\u2100.example", "null", "//"])
def test_origin_that_is_no_address(origin: str) -> None:
    """It is one of another page, not an error that is told on the terminal of the owner."""
    assert not create_access_control("127.0.0.1", None).is_own_origin(origin, "127.0.0.1:8000")
