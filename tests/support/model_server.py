"""An OpenAI-compatible server that answers by a script: real HTTP on loopback, one thread for each request."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answering = Callable[[dict[str, Any]], str]
"""What a model says to a request: the body of the request to the whole output."""


@dataclass
class Script:
    """How the server behaves. `says` is the output, or a function of the request.

    `status` other than 200 is sent at once, with `message` and `headers`. `dies_after` pieces the connection is cut;
    `raw` is sent instead of a stream, with `headers`. `delay` seconds pass before each piece. `endless` repeats the
    output until the client goes.
    """

    says: str | Answering = ""
    status: int = 200
    message: str = "scripted"
    headers: Mapping[str, str] = field(default_factory=dict)
    dies_after: int | None = None
    raw: str | None = None
    delay: float = 0.0
    endless: bool = False
    refuses_schema: bool = False
    models: Sequence[dict[str, Any]] = ({"id": "tiny"},)
    context: int | None = None
    has_usage: bool = True
    finish: str = "stop"


@dataclass
class ModelServer:
    """A running server: its address, its script, and what it was asked. `gone` is set when a client left early."""

    base_url: str
    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    pieces_sent: int = 0


class _Handler(BaseHTTPRequestHandler):
    """Answers requests by the script of a server, which a subclass names."""

    protocol_version = "HTTP/1.1"
    model_server: ModelServer

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""

    def do_GET(self) -> None:
        script = self.model_server.script
        match self.path:
            case "/v1/models":
                self._send(200, {"object": "list", "data": list(script.models)})
            case "/props" if script.context:
                self._send(200, {"default_generation_settings": {"n_ctx": script.context}})
            case _:
                self._send(404, {"error": {"message": "not here"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model_server.requests.append(body)
        self.model_server.keys.append(self.headers.get("Authorization"))
        script = self.model_server.script
        if script.refuses_schema and "response_format" in body:
            self._send(400, {"error": {"message": "response_format is not supported"}})
        elif script.status != 200:
            self._send(script.status, {"error": {"message": script.message}}, script.headers)
        elif script.raw is not None:
            self._send_raw(script, script.raw.encode())
        else:
            self._stream(script, body)

    def _send(self, status: int, content: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _send_raw(self, script: Script, data: bytes) -> None:
        self.send_response(200)
        for name, value in script.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(data)
            while script.endless:
                self.wfile.write(data)
        except OSError:
            self.model_server.gone.set()

    def _stream(self, script: Script, body: dict[str, Any]) -> None:
        said = script.says if isinstance(script.says, str) else script.says(body)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        pieces = [said[at : at + 6] for at in range(0, len(said), 6)]
        try:
            while True:
                for number, piece in enumerate(pieces):
                    if script.dies_after is not None and number >= script.dies_after:
                        self.connection.close()
                        return
                    self._wait(script.delay)
                    self._event({"choices": [{"index": 0, "delta": {"content": piece}}]})
                    self.model_server.pieces_sent += 1
                if not script.endless:
                    break
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": script.finish}]})
            usage = {"prompt_tokens": 100, "completion_tokens": len(pieces), "total_tokens": 100 + len(pieces)}
            if script.has_usage:
                self._event({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.model_server.gone.set()

    def _wait(self, seconds: float) -> None:
        """Wait as a slow model does, and notice a client that goes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.01)
            self.connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                if self.connection.recv(1) == b"":
                    raise BrokenPipeError
            self.connection.setblocking(True)
        self.connection.setblocking(True)

    def _event(self, content: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tiny", **content}
        self.wfile.write(b"data: " + json.dumps(whole).encode() + b"\n\n")
        self.wfile.flush()


@contextlib.contextmanager
def run_model_server(script: Script | None = None) -> Iterator[ModelServer]:
    """A server with this script on a free port of this machine."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server = Handler.model_server = ModelServer(f"http://127.0.0.1:{http.server_address[1]}/v1", script or Script())
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
