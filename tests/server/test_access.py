"""Access control of the web page: tokens, cookies, host names and origins, without a server."""

from __future__ import annotations

import pytest

from assistant.errors import AssistantError
from assistant.server.access import create_access_policy, is_local
from assistant.server.web_terminal import MAX_CELLS, WebTerminalServer

TOKEN = "a-token-of-the-owner"


def test_local_server_needs_no_token() -> None:
    """On the loopback address everybody may enter who names this machine."""
    policy = create_access_policy("127.0.0.1", None)
    assert policy.token is None
    assert policy.admits_cookie(None)
    assert policy.expects_host("localhost:8000")
    assert not policy.expects_host("rebound.example:8000")


def test_open_server_needs_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """On every address a token is required; the cookie proves it, and any host name is allowed."""
    policy = create_access_policy("0.0.0.0", None)
    assert policy.token is not None
    assert len(policy.token) >= 24
    monkeypatch.setenv("ASSISTANT_TOKEN", TOKEN)
    policy = create_access_policy("0.0.0.0", None)
    assert policy.matches_token(TOKEN)
    assert not policy.matches_token(TOKEN + "x")
    assert policy.admits_cookie(policy.cookie_value)
    assert not policy.admits_cookie(TOKEN)
    assert policy.expects_host("any.example")


def test_short_token_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is too short is an error."""
    monkeypatch.setenv("ASSISTANT_TOKEN", "short")
    with pytest.raises(AssistantError, match="too short"):
        create_access_policy("127.0.0.1", None)


def test_origin_must_be_own() -> None:
    """Pages of other sites may not connect; programs without an origin may."""
    policy = create_access_policy("127.0.0.1", "https://news.example")
    assert policy.is_own_origin(None, "localhost:1")
    assert policy.is_own_origin("https://news.example", "127.0.0.1:1")
    assert not policy.is_own_origin("https://evil.example", "127.0.0.1:1")
    with pytest.raises(AssistantError, match="public-url"):
        create_access_policy("127.0.0.1", "news.example/path")


def test_local_addresses() -> None:
    """Only loopback addresses are local; an unknown one is an error."""
    assert is_local("127.0.0.1")
    assert is_local("::1")
    assert not is_local("0.0.0.0")
    assert not is_local("")
    with pytest.raises(AssistantError, match="no such address"):
        is_local("no such host.invalid")


def test_server_makes_routes() -> None:
    """The application serves the page and the connection of the interface."""
    server = WebTerminalServer(["true"], create_access_policy("127.0.0.1", None), "cookie")
    paths = {resource.canonical for resource in server.create_application().router.resources()}
    assert "/" in paths
    assert MAX_CELLS == 1000
