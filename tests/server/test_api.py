"""`assistant serve --api`: questions over HTTP, by several processes over one published library."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.reader import UNAVAILABLE
from assistant.server import api
from assistant.server.access import OWNER, Visitor, create_access_control, hash_secret
from assistant.server.api import MAX_HISTORY, QUESTIONS_AT_ONCE, ApiServer, make_token, read_tokens
from assistant.server.limits import RateLimit
from assistant.server.running import build_address
from tests.support.browser import TIMEOUT_SECONDS
from tests.support.sampling import in_campaign

OWN, READER = "owner-token-of-24-letters", "reader-token-of-24-letters"
TOKENS = {hash_secret(OWN): OWNER, hash_secret(READER): Visitor("reader", "anna")}
QUESTION = "What did Ushakov say about Europe?"
FERRY = "# Ferries stop\n\n“The ferries stop for a week,” said Mayor Ada Roe on Monday."
BRIDGE = "# Bridge opens\n\n“The bridge took nine years,” said engineer Tom Lund on Friday. He hopes for visitors."


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in ("timings", "id")}


@contextlib.asynccontextmanager
async def connect(server: ApiServer) -> AsyncIterator[aiohttp.ClientSession]:
    running = TestServer(server.create_application())
    async with running, aiohttp.ClientSession(base_url=str(running.make_url("/"))) as client:
        yield client


@pytest.fixture
async def served(seeds: Assistant) -> AsyncIterator[tuple[ApiServer, aiohttp.ClientSession]]:
    """A server in this process over the seeds, and a client that has no token of its own."""
    server = ApiServer(seeds, create_access_control("127.0.0.1", None), TOKENS)
    async with connect(server) as client:
        yield server, client


async def ask(client: aiohttp.ClientSession, body: object, token: str = OWN) -> tuple[int, dict[str, Any]]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with client.post("v1/ask", data=data, headers={"Authorization": f"Bearer {token}"}) as response:
        assert response.content_type == "application/json"
        answer = await response.json()
        assert isinstance(answer, dict)
        return response.status, answer


@pytest.mark.parametrize("token", [OWN, READER])
async def test_answer_is_that_of_a_batch(
    served: tuple[ApiServer, aiohttp.ClientSession], seeds: Assistant, token: str
) -> None:
    """The body is a line of a batch, the answer a line of its output; the history comes with the question."""
    status, answer = await ask(served[1], {"id": 7, "question": QUESTION}, token)
    assert (status, answer["id"]) == (200, 7)
    assert without_times(answer) == without_times(json.loads(json.dumps(seeds.ask(QUESTION).to_dict())))
    follow_up = "What did he say about Ukraine?"
    status, answer = await ask(served[1], {"question": follow_up, "history": [QUESTION]}, token)
    assert "Ushakov" in answer["standalone_question"]
    assert str(seeds.config.index) not in json.dumps(answer)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "delimiter|property name"),
        (b"\xff\xff", "decode"),
        (b"[" * 60_000, "nested too deeply"),
        ([1], "not an object with a `question`"),
        ({"question": QUESTION, "as_of": "soon"}, "`as_of` is not a date"),
        ({"question": QUESTION, "history": ["a"] * (MAX_HISTORY + 1)}, f"more than {MAX_HISTORY} questions"),
    ],
)
async def test_what_is_no_question_is_refused(
    served: tuple[ApiServer, aiohttp.ClientSession], body: object, words: str
) -> None:
    """Each error is an object with its kind and what to do."""
    status, answer = await ask(served[1], body)
    assert (status, answer["error"]["type"]) == (400, "invalid_request")
    assert re.search(words, answer["error"]["message"]), answer


@pytest.mark.parametrize(("token", "status"), [(OWN, 400), ("guessed" * 4, 401)])
async def test_body_that_cannot_be_unpacked_is_refused(
    served: tuple[ApiServer, aiohttp.ClientSession], token: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it reaches the terminal of the server."""
    headers = {"Authorization": f"Bearer {token}", "Content-Encoding": "gzip"}
    async with served[1].post("v1/ask", data=b"abc", headers=headers) as response:
        assert response.status == status
    assert capfd.readouterr().err == ""


async def test_body_that_does_not_come_is_refused(
    served: tuple[ApiServer, aiohttp.ClientSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request whose body stalls does not stay open."""
    monkeypatch.setattr(api, "BODY_SECONDS", 0.2)

    async def stall() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(30)

    async with served[1].post("v1/ask", data=stall(), headers={"Authorization": f"Bearer {OWN}"}) as response:
        assert (response.status, (await response.json())["error"]["type"]) == (408, "invalid_request")


async def test_stopping_tells_those_who_wait(
    served: tuple[ApiServer, aiohttp.ClientSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions whose turn has not come get an answer of their own."""
    server, client = served
    release, begun = threading.Event(), threading.Semaphore(0)

    def answer(*_: object) -> dict[str, Any]:
        begun.release()
        release.wait(TIMEOUT_SECONDS)
        return {}

    monkeypatch.setattr(server, "_answer", answer)
    waiting = [asyncio.create_task(ask(client, {"question": QUESTION})) for _ in range(QUESTIONS_AT_ONCE + 1)]
    for _ in range(QUESTIONS_AT_ONCE):
        await asyncio.to_thread(begun.acquire)
    while server.waiting.total() < len(waiting):
        await asyncio.sleep(0.01)
    await server._stop(web.Application())
    release.set()
    found = sorted([status for status, _ in await asyncio.gather(*waiting)])
    assert found == [200] * QUESTIONS_AT_ONCE + [503]


async def test_earlier_questions_count(served: tuple[ApiServer, aiohttp.ClientSession]) -> None:
    """The history of a question is asked too, and counts for the limit."""
    server, client = served
    server.questions[OWNER] = RateLimit(0.001, 4)
    body = {"question": " ", "history": ["a", "b", "c", "d"]}
    assert [(await ask(client, body))[0] for _ in range(2)] == [200, 429]


async def test_empty_question_is_answered_by_a_refusal(served: tuple[ApiServer, aiohttp.ClientSession]) -> None:
    """As in a batch."""
    status, answer = await ask(served[1], {"question": "  "})
    assert (status, answer["abstained"]) == (200, True)


async def test_only_with_a_token(served: tuple[ApiServer, aiohttp.ClientSession]) -> None:
    """Strangers get 401, and 429 if they guess; whoever has a token is not disturbed by that. Health needs none."""
    server, client = served
    server.wrong_tokens = RateLimit(0.001, 2)
    statuses = [(await ask(client, {"question": QUESTION}, "guessed" * 4))[0] for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert (await ask(client, {"question": " "}))[0] == 200
    async with client.post("v1/ask", data=b"{}") as response:
        assert (response.status, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    async with client.get("v1/health") as response:
        assert (response.status, await response.json()) == (200, {"ok": True})
    async with client.get("v1/health", headers={"Host": "evil.example"}) as response:
        assert (response.status, (await response.json())["error"]["type"]) == (403, "forbidden")


async def test_limits(served: tuple[ApiServer, aiohttp.ClientSession], monkeypatch: pytest.MonkeyPatch) -> None:
    """A long body, another path, too many questions of one visitor and of all have each their status."""
    server, client = served
    assert (await ask(client, b" " * (api.MAX_REQUEST_BYTES + 1)))[0] == 413
    async with client.get("v1/ask", headers={"Authorization": f"Bearer {OWN}"}) as response:
        assert (response.status, (await response.json())["error"]["type"]) == (405, "invalid_request")
    async with client.get("nothing") as response:
        assert response.status == 404
    monkeypatch.setattr(api, "MAX_WAITING", 0)
    status, answer = await ask(client, {"question": QUESTION})
    assert (status, answer["error"]["type"]) == (503, "overloaded")
    server.questions[OWNER] = RateLimit(0.001, 0)
    assert (await ask(client, {"question": QUESTION}))[0] == 429
    assert (await ask(client, {"question": QUESTION}, READER))[0] == 503


async def test_room_is_left_for_others(
    served: tuple[ApiServer, aiohttp.ClientSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has as many questions waiting as one visitor may waits; somebody else is answered."""
    _, client = served
    monkeypatch.setattr(api, "MAX_WAITING_OF_ONE", 0)
    status, answer = await ask(client, {"question": QUESTION}, READER)
    assert (status, answer["error"]["type"]) == (503, "overloaded")
    monkeypatch.undo()
    server, _ = served
    server.waiting[Visitor("reader", "anna")] = api.MAX_WAITING_OF_ONE
    assert (await ask(client, {"question": QUESTION}, READER))[0] == 503
    assert (await ask(client, {"question": QUESTION}))[0] == 200


async def test_library_cannot_be_used(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The owner learns the reason, readers and strangers only that there is one."""
    assistant = Assistant(Config(articles=(tmp_path,), index=tmp_path / "none"))
    server = ApiServer(assistant, create_access_control("127.0.0.1", None), TOKENS)
    async with connect(server) as client:
        status, answer = await ask(client, {"question": QUESTION})
        assert (status, answer["error"]["type"]) == (503, "LibraryMissing")
        assert "assistant build" in answer["error"]["message"]
        status, answer = await ask(client, {"question": QUESTION}, READER)
        assert (status, answer["error"]["message"]) == (503, UNAVAILABLE)
        async with client.get("v1/health") as response:
            assert response.status == 503
            assert str(tmp_path) not in await response.text()
    assert str(tmp_path) in capfd.readouterr().err


async def test_fault_of_the_program_is_an_error(
    served: tuple[ApiServer, aiohttp.ClientSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback and no text of an exception is sent."""
    monkeypatch.setattr(ApiServer, "_answer", lambda *_: 1 / 0)
    status, answer = await ask(served[1], {"question": QUESTION})
    assert (status, answer["error"]["type"]) == (500, "internal")
    assert "division" not in json.dumps(answer)


def test_tokens_of_a_file(tmp_path: Path) -> None:
    """Names and tokens; a line that is not one is named."""
    path = tmp_path / "tokens"
    path.write_text(f"# desk\nowner {OWN}\n\nanna {READER}  # since May\n")
    assert read_tokens(path) == TOKENS
    token, known = make_token()
    assert known == {hash_secret(token): OWNER}
    for text, words in {
        "anna short": "line 1: not a name",
        f"Anna {OWN}": "line 1: not a name",
        f"anna {OWN}\nben {OWN}": "line 2: this token is that of another line",
        "": "has no token",
    }.items():
        path.write_text(text)
        with pytest.raises(AssistantError, match=words):
            read_tokens(path)
    with pytest.raises(AssistantError, match="No such file"):
        read_tokens(tmp_path / "none")


def test_public_address_is_told() -> None:
    """Behind a proxy, programs use its address."""
    access = create_access_control("127.0.0.1", "https://desk.example")
    assert build_address(access, "127.0.0.1", 8000) == "https://desk.example"
    assert build_address(create_access_control("127.0.0.1", None), "127.0.0.1", 8000) == "http://127.0.0.1:8000"


# ------------------------------------------------------------------------------------ several processes


@contextlib.contextmanager
def run_api(folder: Path, tokens: Path) -> Iterator[str]:
    """Run `assistant serve --api` with the settings of a folder; yields its address."""
    command = [sys.executable, "-m", "assistant", "serve", "--api", "--port", "0", "--tokens", str(tokens)]
    with subprocess.Popen([*command, "--config", str(folder)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("News assistant answers at http://"), line
            yield line.split()[-1]
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(TIMEOUT_SECONDS) in (0, 130)


def post(address: str, body: object) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {READER}"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        answer = json.load(response)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", *in_campaign("s3")])
def test_two_processes_follow_a_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Two servers with index folders of their own answer alike, and both from a new publication at once."""
    pytest.importorskip("lance", reason="the extra lance is not installed")
    monkeypatch.setitem(os.environ, "ASSISTANT_DATA", str(tmp_path / "data"))
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "ferry.md").write_text(FERRY, encoding="utf-8")
    tokens = tmp_path / "tokens"
    tokens.write_text(f"anna {READER}\n")
    store = "s3://wire/library" if place == "s3" else str(tmp_path / "tables")
    with contextlib.ExitStack() as stack:
        if place == "s3":
            pytest.importorskip("moto.server", reason="moto is not installed")
            from tests.support.object_storage import serve_bucket  # needs moto

            for name, value in stack.enter_context(serve_bucket("wire")).items():
                monkeypatch.setenv(name, value)
        builder = Assistant(Config(articles=(articles,), index=tmp_path / "index", store=store))
        builder.build()
        addresses = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            (folder / "config.yaml").write_text(f"articles: {articles}\nindex: {folder / 'index'}\nstore: {store}\n")
            addresses.append(stack.enter_context(run_api(folder, tokens)))
        asked = {"question": "What did the mayor say about the ferries?"}
        first, second = (post(address, asked) for address in addresses)
        assert not first["abstained"]
        assert without_times(first) == without_times(second)
        about_bridge = {"question": "What did he say about the bridge?", "history": ["What did Tom Lund say?"]}
        assert all(post(address, about_bridge)["abstained"] for address in addresses)
        (articles / "bridge.md").write_text(BRIDGE, encoding="utf-8")
        builder.build()
        first, second = (post(address, about_bridge) for address in addresses)
        assert "nine years" in json.dumps(first["citations"])
        assert without_times(first) == without_times(second)
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(urllib.request.Request(addresses[0], b"{}"))


@pytest.mark.parametrize("option", [["--pages", "2"], ["--no-browser"]])
def test_options_of_pages_are_refused(tmp_path: Path, option: list[str]) -> None:
    """They would have no effect."""
    (tmp_path / "config.yaml").write_text("articles: .\n")
    result = CliRunner().invoke(app, ["serve", "--api", *option, "--config", str(tmp_path)])
    assert result.exit_code == 1
    assert str(result.exception) == f"{option[0]}: works without --api only; no page is opened"


@pytest.mark.skipif(os.name != "posix", reason="files have no such permissions")
def test_tokens_that_others_can_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The server starts all the same: the file may lie in a folder that is closed to others."""
    path = tmp_path / "tokens"
    path.write_text(f"owner {OWN}\n")
    for mode, told in (
        (0o600, ""),
        (0o640, "note: .*tokens: others on this machine can read the tokens; chmod 600 .*"),
    ):
        path.chmod(mode)
        read_tokens(path)
        assert re.fullmatch(told, capsys.readouterr().err.strip())
