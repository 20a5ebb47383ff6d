"""Coming in and leaving: who gets which answer. The server is real, its interfaces are stand-ins."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.server import web_terminal
from assistant.server.access import create_access_control
from assistant.server.limits import MAX_READER_PAGES
from assistant.server.web_terminal import OPENINGS_AT_ONCE, WRONG_KEYS_AT_ONCE, Interface, serve
from tests.support.browser import open_session
from tests.support.web_server import run_stand_in

OTHERS_PATHS = ("", "ws?width=80&height=24", "download/x", "page/page.js", "static/js/textual.js", "nothing", "leave")


@pytest.fixture(autouse=True)
def _data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("path", OTHERS_PATHS)
async def test_strangers_see_the_entrance_only(tmp_path: Path, path: str) -> None:
    """Whoever has no cookie, also on this machine, gets the page that asks for a link, whatever they ask for."""
    async with run_stand_in(tmp_path) as served, served.visit(None) as client:
        for headers in ({}, {"Cookie": "assistant-test=guessed"}, {"Authorization": "Bearer guessed"}):
            async with client.get(served.address + path, headers=headers) as answer:
                assert answer.status == 401
                assert "A link works once" in await answer.text()


@pytest.mark.parametrize("path", ["", "?token=anything", "ws?width=80&height=24", "static/js/textual.js"])
async def test_public_server_works_as_local_one(tmp_path: Path, path: str) -> None:
    """A server that others can reach lets in nobody without a link either, and visitors as the local one does."""
    async with run_stand_in(tmp_path, access=create_access_control("0.0.0.0", None)) as served:
        async with served.visit(None) as client, client.get(served.address + path) as refused:
            assert refused.status == 401
        async with served.visit("owner") as client, client.get(served.address) as page:
            assert page.status == 200


def test_port_in_use_is_an_error(tmp_path: Path) -> None:
    """A port that is in use is reported with the remedy, before anything is announced."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        announced: list[str] = []
        with pytest.raises(AssistantError, match=rf"cannot serve at 127.0.0.1, port {port}: .*; choose another"):
            serve(
                Interface((), tmp_path),
                create_access_control("127.0.0.1", None),
                "127.0.0.1",
                port,
                lambda address, _links: announced.append(address),
                pages=1,
            )
        assert announced == []


async def test_link_gives_cookie_and_leaves_no_trace(tmp_path: Path) -> None:
    """The key comes in the body of a form, is exchanged for a cookie that no script reads, and leads to "/"."""
    async with run_stand_in(tmp_path) as served, served.visit(None) as client:
        entrance, _, key = served.links["owner"].partition("#")
        async with client.get(f"{entrance}?key={key}") as page:
            assert page.status == 200  # a key in the address does nothing
            assert "Set-Cookie" not in page.headers
        async with client.post(entrance, data={"key": key}, allow_redirects=False) as entered:
            assert entered.status == 303
            assert entered.headers["Location"] == "/"
            cookie = entered.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            assert key not in str(entered.headers)
        async with client.get(served.address) as page:
            assert page.status == 200
            assert "https://" not in await page.text()
            policy = page.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert page.headers["Cache-Control"] == "no-store"
        async with client.post(entrance, data={"key": key}, allow_redirects=False) as again:
            assert again.status == 403
            assert "was used already" in await again.text()


async def test_cookie_is_secure_behind_tls(tmp_path: Path) -> None:
    """Behind a proxy with TLS the cookie is never sent in the clear."""
    access = create_access_control("127.0.0.1", "https://news.example")
    async with run_stand_in(tmp_path, access=access) as served, served.visit(None) as client:
        entrance, _, key = served.links["owner"].partition("#")
        async with client.post(entrance, data={"key": key}, allow_redirects=False) as entered:
            assert "; Secure" in entered.headers["Set-Cookie"]


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
async def test_other_hosts_and_origins_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    """Requests by another name (DNS rebinding) and from pages of other sites are refused, also with a cookie."""
    async with run_stand_in(tmp_path) as served:
        for name in ("owner", None):
            async with served.visit(name) as client:
                for path in ("", "ws?width=80&height=24", "enter"):
                    async with client.get(served.address + path, headers=headers) as answer:
                        assert answer.status == 403
        async with served.visit("owner") as client:
            async with client.post(f"{served.address}leave", headers=headers) as answer:
                assert answer.status == 403
            async with client.get(served.address) as answer:
                assert answer.status == 200


async def test_wrong_keys_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many wrong keys are refused as such; the right one still works."""
    monkeypatch.setattr(web_terminal, "WRONG_KEYS_PER_SECOND", 0.001)
    async with run_stand_in(tmp_path) as served, served.visit(None) as client:
        entrance, _, key = served.links["owner"].partition("#")
        bodies = [{"key": f"wrong {number}"} for number in range(WRONG_KEYS_AT_ONCE)]
        statuses = []
        for body in [*bodies, {}, {"key": key[:-1]}]:
            async with client.post(entrance, data=body, allow_redirects=False) as answer:
                statuses.append(answer.status)
        assert statuses[:WRONG_KEYS_AT_ONCE] == [403] * WRONG_KEYS_AT_ONCE
        assert statuses[-1] == 429
        async with client.post(entrance, data={"key": "x" * 10_000}) as answer:
            assert answer.status == 413
        async with client.post(entrance, data={"key": key}, allow_redirects=False) as answer:
            assert answer.status == 303


async def test_leaving_makes_cookie_void(tmp_path: Path) -> None:
    """Who has left needs a new link, also with a copy of the cookie."""
    async with run_stand_in(tmp_path) as served:
        async with (
            served.visit("owner") as client,
            client.post(f"{served.address}leave", allow_redirects=False) as answer,
        ):
            assert answer.status == 303
        async with served.visit("owner") as copy, copy.get(served.address) as answer:
            assert answer.status == 401


async def test_leaving_closes_the_pages_of_the_cookie(tmp_path: Path) -> None:
    """A page in another tab of the same browser ends too, and nobody else's."""
    async with (
        run_stand_in(tmp_path, "anna") as served,
        served.visit("owner") as owner,
        served.visit("anna") as reader,
        open_session(owner, served.address) as own,
        open_session(reader, served.address) as other,
    ):
        async with owner.post(f"{served.address}leave", allow_redirects=False) as answer:
            assert answer.status == 303
        await own.wait_until_closed()
        await other.press("still here")
        await other.wait_for_text("still here")


async def test_pages_are_limited(tmp_path: Path) -> None:
    """A reader who opens many pages is told so, and the owner still gets in; a closed page makes room."""
    async with (
        run_stand_in(tmp_path, "anna", "ben", pages=3) as served,
        served.visit("anna") as anna,
        served.visit("ben") as ben,
        served.visit("owner") as owner,
    ):
        async with open_session(anna, served.address) as first, open_session(anna, served.address) as second:
            await first.wait_for_text("--for-reader")
            await second.wait_for_text("--for-reader")
            for client, words in ((anna, f"{MAX_READER_PAGES} pages"), (ben, "All 3 pages")):
                for path in ("", "ws"):
                    async with client.get(served.address + path) as answer:
                        assert answer.status == 503
                        assert words in await answer.text()
            async with open_session(owner, served.address) as page:
                await page.wait_for_text(" in ")
        status = 503
        while status == 503:  # until the processes of the closed pages have ended
            async with ben.get(served.address) as answer:
                status = answer.status
        assert status == 200


async def test_openings_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening and closing pages in a loop starts a limited number of processes."""
    monkeypatch.setattr(web_terminal, "OPENINGS_PER_SECOND", 0.001)
    async with run_stand_in(tmp_path, pages=100) as served, served.visit("owner") as client:
        for _ in range(OPENINGS_AT_ONCE):
            async with client.ws_connect(f"{served.address}ws"):
                pass
        async with client.get(f"{served.address}ws") as answer:
            assert answer.status == 429
