"""The client against a scripted server: its output, its cost, and every way in which a server fails."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any

import pytest

from assistant.config.schema import WriterSettings
from assistant.errors import WriterError
from assistant.writing import context
from assistant.writing.client import Message, WriterClient, describe_server, is_local
from assistant.writing.context import MAX_BYTES, find_models
from tests.support.model_server import ModelServer, Script, run_model_server
from tests.support.waiting import PATIENCE

PIECE = 'data: {"choices": [{"index": 0, "delta": {"content": "The bridge"}}]}\n\n'
MESSAGES = (Message("system", "Pick."), Message("user", "Which?"))


def settings_for(server: ModelServer, **others: Any) -> WriterSettings:
    """The settings for a scripted server."""
    return WriterSettings(model="tiny", base_url=server.base_url, **others)


def test_output_arrives_in_pieces_with_its_cost() -> None:
    """The pieces make the output, and the server counts the tokens."""
    with run_model_server(Script(says="The bridge is closed. [1]")) as server:
        client = WriterClient(settings_for(server, temperature=0.5))
        pieces = [piece for piece in client.stream(MESSAGES) if piece]
    assert "".join(pieces) == "The bridge is closed. [1]"
    assert len(pieces) > 1
    assert client.usage is not None
    assert (client.usage.prompt_tokens, client.usage.completion_tokens) == (100, len(pieces))
    assert not client.usage.is_estimated
    assert server.requests[0]["messages"][1] == {"role": "user", "content": "Which?"}
    assert server.requests[0]["max_tokens"] == 512


def test_tokens_are_estimated_where_the_server_does_not_count() -> None:
    """A server without a count is no failure."""
    with run_model_server(Script(says="Closed.", has_usage=False)) as server:
        client = WriterClient(settings_for(server))
        assert "".join(client.stream(MESSAGES)) == "Closed."
    assert client.usage is not None
    assert client.usage.is_estimated


@pytest.mark.parametrize(
    ("script", "others", "reason"),
    [
        (Script(status=401), {}, "refuses the key (401)"),
        (Script(status=403), {}, "refuses the key (403)"),
        (Script(status=404), {}, "does not exist there (404)"),
        (Script(status=429), {}, "too many requests (429)"),
        (Script(status=429, headers={"Retry-After": "30"}), {}, "(429); try again in 30 seconds"),
        (Script(status=429, headers={"Retry-After": "Wed, 21 Oct 2026"}), {}, "(429); try again later"),
        (Script(status=500, message="out of memory"), {}, "failed (500): out of memory"),
        (Script(status=400, message="the request exceeds the available context size"), {}, "more than it can read"),
        (Script(says=""), {}, "sent an empty answer"),
        (Script(raw="<html>proxy login</html>"), {}, "sent an empty answer"),
        (Script(raw="data: {rubbish\n\n"), {}, "sent what cannot be read"),
        (Script(raw=f'{PIECE}data: {{"choices": [{{"delta"\n\n'), {}, "sent what cannot be read"),
        (Script(raw=PIECE), {}, "broke off"),
        (Script(raw='data: {"choices": []}\n\ndata: [DONE]\n\n'), {}, "sent an empty answer"),
        (Script(says="The bridge is closed.", dies_after=2), {}, "broke off"),
        (Script(says="very ", endless=True), {"max_output_tokens": 16}, "did not stop writing"),
        (Script(raw="data: " + "x" * 100_000, endless=True), {"max_output_tokens": 16}, "did not stop writing"),
        (Script(status=500, message="x" * 2_000_000), {"max_output_tokens": 16}, "did not stop writing"),
        (Script(raw="x", headers={"Content-Encoding": "gzip"}), {}, "sent packed data"),
        (Script(says="late", delay=PATIENCE), {"first_token_seconds": 1}, "sent nothing for 1 seconds"),
        (Script(says="late " * 50, delay=0.2), {"timeout_seconds": 1}, "was not ready after 1 seconds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_failures_are_one_line(script: Script, others: dict[str, Any], reason: str) -> None:
    """Each failure is told in one line that names the model and its server."""
    with run_model_server(script) as server:
        with pytest.raises(WriterError) as caught:
            list(WriterClient(settings_for(server, **others)).stream(MESSAGES))
        assert reason in str(caught.value)
        assert f"the model tiny at {server.base_url}" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_missing_server() -> None:
    """Where nothing listens, the message says what to do."""
    with run_model_server() as server:
        settings = settings_for(server)
    with pytest.raises(WriterError, match="cannot be reached; is its server running"):
        list(WriterClient(settings).stream(MESSAGES))


def test_cancelling_ends_the_request() -> None:
    """Whoever closes the iterator while the model is writing, or before, ends the request at the server."""
    for wanted in (1, 0):
        with run_model_server(Script(says="word " * 2000, delay=0.05)) as server:
            stream = WriterClient(settings_for(server)).stream(MESSAGES)
            while sum(1 for piece in [next(stream)] if piece) < wanted or not server.requests:
                pass
            stream.close()
            assert server.gone.wait(PATIENCE)
            assert server.pieces_sent < 1000


def test_the_key_is_sent_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is read from the environment, and a server that repeats it does not get it onto the screen."""
    monkeypatch.setenv("WRITER_KEY", "sk-12345")
    script = Script(status=401, message="wrong key sk-12345")
    with run_model_server(script) as server, pytest.raises(WriterError) as caught:
        list(WriterClient(settings_for(server, api_key_env="WRITER_KEY")).stream(MESSAGES))
    assert server.keys == ["Bearer sk-12345"]
    assert "sk-12345" not in str(caught.value)
    assert "$WRITER_KEY" in str(caught.value)


def test_where_a_server_is() -> None:
    """Only addresses of this machine are local."""
    assert is_local("http://127.0.0.1:8080/v1")
    assert is_local("http://[::1]/v1")
    assert is_local("http://localhost:1/v1")
    assert not is_local("http://192.168.1.2/v1")
    assert describe_server("https://api.example.org/v1") == "api.example.org"
    assert describe_server("http://localhost/v1") == "this machine"


def test_list_of_models_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a long list, nor answers before the answer for as long as one listens, keep who asks."""
    with run_model_server(Script(models=({"id": "x" * MAX_BYTES},))) as server:
        assert find_models((("long", server.base_url),)) == []
    monkeypatch.setattr(context, "SECONDS", 0.5)
    accepted: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)  # on a busy machine, the time can be over before one has connected

        def send_hints() -> None:
            with suppress(OSError), listener.accept()[0] as connection:
                accepted.append(connection)
                while True:
                    connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n")

        sender = threading.Thread(target=send_hints, daemon=True)
        sender.start()
        assert find_models((("talkative", f"http://127.0.0.1:{listener.getsockname()[1]}/v1"),)) == []
        for connection in accepted:  # the system may take a minute to tell who sends that nobody listens any more
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        sender.join(10)
        assert not sender.is_alive()
