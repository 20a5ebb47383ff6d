"""A server between the program and a model that keeps what the model writes, so that its proof can be repeated.

An output is known by the whole request, but for the word of the fence, which is another one each time. What is known
is sent at once, also where there is no model any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

_NONCE = re.compile(r"sources-[0-9a-f]{16}")
_PIECE = 24  # characters of a known output that are sent at once
_SECONDS = 1800.0  # for an output of a slow machine


class KeptOutputs:
    """The outputs in a file of JSON lines, each with the `key` of its request; new ones are added to it.

    `find_server` names the model's server, and is asked only when an output is not known.
    """

    def __init__(self, file: Path, find_server: Callable[[], str]) -> None:
        self._file, self._find_server = file, find_server
        lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
        self._known = {kept["key"]: kept for kept in map(json.loads, filter(None, lines))}

    def ask(self, request: dict[str, Any]) -> Generator[tuple[str, str | None, dict[str, int] | None]]:
        """The pieces of an output, each with why it ended, and with what it cost, if these are known by then.

        An output that the program did not want to the end is kept as one that was cut off.
        """
        key = make_key(request)
        kept = self._known.get(key)
        if kept is None:
            yield from self._ask_model(key, request)
            return
        for at in range(0, len(kept["output"]), _PIECE):
            yield kept["output"][at : at + _PIECE], None, None
        yield "", kept["finish"], kept["usage"]

    def _ask_model(self, key: str, request: dict[str, Any]) -> Iterator[tuple[str, str | None, dict[str, int] | None]]:
        output, finish, usage = "", "length", None
        try:
            with httpx.stream(
                "POST", f"{self._find_server()}/chat/completions", json=request, timeout=_SECONDS
            ) as response:
                response.raise_for_status()
                for line in response.iter_lines():
                    if not line.startswith("data: {"):
                        continue
                    event = json.loads(line.removeprefix("data: "))
                    usage = event.get("usage") or usage
                    for choice in event.get("choices", ()):
                        piece = choice.get("delta", {}).get("content") or ""
                        output += piece
                        finish = choice.get("finish_reason") or finish
                        if piece:
                            yield piece, None, None
            yield "", finish, usage
        except GeneratorExit:
            self._keep({"key": key, "request": request, "output": output, "finish": finish, "usage": usage})
            raise
        else:
            self._keep({"key": key, "request": request, "output": output, "finish": finish, "usage": usage})

    def _keep(self, kept: dict[str, Any]) -> None:
        self._known[kept["key"]] = kept
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def make_key(request: dict[str, Any]) -> str:
    """What tells a request from others."""
    whole = _NONCE.sub("sources", json.dumps(request, sort_keys=True))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


@contextlib.contextmanager
def keep_outputs(outputs: KeptOutputs) -> Iterator[str]:
    """The address of a server that has these outputs, on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

        def do_GET(self) -> None:
            with contextlib.suppress(OSError):
                self.send_error(404)

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            with contextlib.closing(outputs.ask(request)) as pieces, contextlib.suppress(OSError):
                for piece, finish, usage in pieces:
                    choice = {"index": 0, "delta": {"content": piece}, "finish_reason": finish}
                    self._send({"choices": [choice]})
                    if usage is not None:
                        self._send({"choices": [], "usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, content: dict[str, Any]) -> None:
            event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "kept", **content}
            self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
            self.wfile.flush()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}/v1"
        finally:
            http.shutdown()
            thread.join()
