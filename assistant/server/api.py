"""Answers questions over HTTP: one JSON object in, one out, for programs. Nothing is kept from one request to the next.

So any number of such servers can stand over one library behind a load balancer. Who asks is told by a token; the
earlier questions of a conversation come with each question."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import stat
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from assistant.answers.events import answer_batch_question
from assistant.engine import Assistant
from assistant.errors import AssistantError, LibraryError
from assistant.presentation.json_schema import answer_to_json
from assistant.questions.batch import BatchQuestion, parse_batch_line
from assistant.reader import ReaderAssistant
from assistant.server.access import OWNER, READER_NAME, AccessControl, Visitor, hash_secret
from assistant.server.limits import RateLimit
from assistant.server.running import build_address, open_listener, run_application
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error
from assistant.text.sanitize import sanitize_line

MAX_REQUEST_BYTES = 64 * 1024
BODY_SECONDS = 30.0  # in which a body has to arrive
MAX_HISTORY = 10  # earlier questions, each of which is asked again
MIN_TOKEN = 24  # characters
QUESTIONS_AT_ONCE, MAX_WAITING = 2, 30  # more at once would only slow each other down
MAX_WAITING_OF_ONE = 20  # of one visitor, so that one who asks much leaves room for the others
QUESTIONS_PER_SECOND, QUESTIONS_BURST = 5.0, 50.0  # of one visitor
RETRY = {"Retry-After": "10"}  # seconds
WRONG_TOKENS_PER_SECOND, WRONG_TOKENS_BURST = 0.5, 50.0  # of all visitors together

Tokens = Mapping[bytes, Visitor]
"""Who has which token, by the hash of the token."""


def read_tokens(path: Path) -> Tokens:
    """The tokens of a file: on each line a name ("owner", or a reader's) and a token, # begins a comment.

    Raises AssistantError with the line if one is not valid, or the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = describe_read_error(error) if isinstance(error, OSError) else "not UTF-8 text"
        raise AssistantError(f"{path}: {reason} (named by --tokens)") from error
    tokens: dict[bytes, Visitor] = {}
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2 or not READER_NAME.fullmatch(words[0]) or len(words[1]) < MIN_TOKEN:
            raise AssistantError(
                f"{path}, line {number}: not a name of small letters and a token of at least {MIN_TOKEN} characters"
            )
        name, token = words
        if hash_secret(token) in tokens:
            raise AssistantError(f"{path}, line {number}: this token is that of another line; each needs its own")
        tokens[hash_secret(token)] = OWNER if name == OWNER.name else Visitor("reader", name)
    if not tokens:
        raise AssistantError(f"{path}: has no token; write a name and a token on each line")
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        note = f"note: {path}: others on this machine can read the tokens; chmod 600 keeps them from it"
        sys.stderr.write(sanitize_line(note) + "\n")
    return tokens


def make_token() -> tuple[str, Tokens]:
    """A new token for the owner, and the tokens of a server that has no other."""
    token = secrets.token_urlsafe(32)
    return token, {hash_secret(token): OWNER}


class Refusal(Exception):
    """A request that is not answered: the HTTP status, the kind of error for programs, and the reason."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.kind = status, kind

    def respond(self) -> web.Response:
        """The response, an object with `error`."""
        body = {"error": {"type": self.kind, "message": str(self)}}
        headers = {401: {"WWW-Authenticate": "Bearer"}, 429: RETRY, 503: RETRY}
        return web.json_response(body, status=self.status, headers=headers.get(self.status))


@dataclass
class ApiServer:
    """Answers the questions of those who have a token: the owner's by `assistant`, others' by `ReaderAssistant`."""

    assistant: Assistant
    access: AccessControl
    tokens: Tokens
    questions: defaultdict[Visitor, RateLimit] = field(
        default_factory=lambda: defaultdict(lambda: RateLimit(QUESTIONS_PER_SECOND, QUESTIONS_BURST))
    )
    wrong_tokens: RateLimit = field(default_factory=lambda: RateLimit(WRONG_TOKENS_PER_SECOND, WRONG_TOKENS_BURST))
    waiting: Counter[Visitor] = field(default_factory=Counter)
    is_stopping: bool = False

    def create_application(self) -> web.Application:
        """Create the web application."""
        application = web.Application(middlewares=[self._check], client_max_size=MAX_REQUEST_BYTES)
        application.add_routes([web.get("/v1/health", self._tell_health), web.post("/v1/ask", self._ask)])
        application.on_shutdown.append(self._stop)
        self._threads = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="question")
        return application

    async def _stop(self, _application: web.Application) -> None:
        self.is_stopping = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    @web.middleware
    async def _check(self, request: web.Request, handler: Callable[..., Any]) -> web.StreamResponse:
        """Let in whoever may ask, and turn every error into JSON."""
        try:
            if not self.access.expects_host(request.host):
                raise Refusal(403, "forbidden", "this host name is not allowed; add it with --public-url")
            response: web.StreamResponse = await handler(request)
        except Refusal as refusal:
            response = refusal.respond()
        except web.RequestPayloadError as error:
            response = Refusal(400, "invalid_request", f"the body cannot be read: {error}").respond()
        except web.HTTPException as error:  # no such path, another method, too long a body
            response = Refusal(error.status, "invalid_request", error.reason).respond()
        except Exception as error:
            sys.stderr.write(sanitize_line(f"error: {type(error).__name__}: {error}") + "\n")
            response = Refusal(500, "internal", "the question failed; the terminal of the server shows why").respond()
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _find_visitor(self, request: web.Request) -> Visitor:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        visitor = self.tokens.get(hash_secret(token.strip())) if scheme.lower() == "bearer" else None
        if visitor is not None:
            return visitor
        if token and not self.wrong_tokens.allows():
            raise Refusal(429, "too_many_requests", "too many wrong tokens; wait")
        raise Refusal(401, "unauthorized", "send a token: Authorization: Bearer TOKEN")

    async def _tell_health(self, _request: web.Request) -> web.Response:
        """For a load balancer, without a token: whether questions are answered here."""
        try:
            await asyncio.to_thread(self._read_generation)
        except LibraryError as error:
            raise self._unavailable(OWNER, error, shown="the library cannot be used now") from error
        return web.json_response({"ok": True})

    def _read_generation(self) -> str:
        with self.assistant.open_library() as library:
            return library.generation

    async def _ask(self, request: web.Request) -> web.Response:
        visitor = self._find_visitor(request)
        if not self.questions[visitor].allows():
            raise Refusal(429, "too_many_requests", f"at most {QUESTIONS_PER_SECOND:g} questions a second; wait")
        try:
            body = await asyncio.wait_for(request.read(), BODY_SECONDS)
            question = parse_batch_line(parse_json(body))
        except TimeoutError as error:
            raise Refusal(408, "invalid_request", f"the body did not arrive within {BODY_SECONDS:g} s") from error
        except ValueError as error:
            raise Refusal(400, "invalid_request", str(error) or "the body is not JSON") from error
        if len(question.history) > MAX_HISTORY:
            raise Refusal(
                400, "invalid_request", f"`history` has more than {MAX_HISTORY} questions; send the last ones"
            )
        self.questions[visitor].take(len(question.history))  # they are asked too
        try:
            record = await self._run(visitor, lambda: self._answer(visitor, question))
        except AssistantError as error:
            raise self._unavailable(visitor, error) from error
        return web.Response(text=json.dumps(record), content_type="application/json")

    def _answer(self, visitor: Visitor, question: BatchQuestion) -> dict[str, Any]:
        asked = self.assistant if visitor.is_owner else ReaderAssistant(self.assistant)
        return answer_to_json(answer_batch_question(asked.ask, question), question.id)

    async def _run(self, visitor: Visitor, action: Callable[[], Any]) -> Any:
        """Run an action in a thread. Refuses if too many wait already."""
        if self.waiting.total() >= MAX_WAITING:
            raise Refusal(503, "overloaded", "too many questions are waiting; ask another server, or again later")
        if self.waiting[visitor] >= MAX_WAITING_OF_ONE:
            raise Refusal(503, "overloaded", f"{MAX_WAITING_OF_ONE} questions of yours are waiting; ask again later")
        self.waiting[visitor] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, action)
        except asyncio.CancelledError:
            if not self.is_stopping:  # the client has gone
                raise
            raise Refusal(503, "stopping", "the server stops; ask another one, or again later") from None
        finally:
            self.waiting[visitor] -= 1

    def _unavailable(self, visitor: Visitor, error: AssistantError, shown: str | None = None) -> Refusal:
        """The refusal for an error; readers learn only that there was one, the owner's terminal the reason."""
        if visitor.is_owner:
            sys.stderr.write(sanitize_line(f"error: {type(error).__name__}: {error}") + "\n")
        return Refusal(503, type(error).__name__, shown or str(error))


def serve_api(
    assistant: Assistant,
    access: AccessControl,
    tokens: Tokens,
    host: str,
    port: int,
    announce: Callable[[str], None],
) -> None:
    """Answer questions until Ctrl+C or SIGTERM; `announce` is called with the address when requests are accepted.

    Port 0 chooses a free port. Raises AssistantError if the address cannot be used.
    """
    with open_listener(host, port) as listener:
        address = build_address(access, host, listener.getsockname()[1])
        application = ApiServer(assistant, access, tokens).create_application()
        asyncio.run(run_application(application, listener, lambda: announce(f"{address}/v1/ask")))
