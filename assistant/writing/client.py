"""Asks a language model through an OpenAI-compatible server, with llama-index's class for such servers.

The output arrives piece by piece. Closing the iterator ends the request: the connection is shut down, so the server
stops too. Nothing is imported, and no connection opened, before the first question."""

from __future__ import annotations

import ipaddress
import json
import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.config.schema import WriterSettings
from assistant.errors import WriterError
from assistant.system.threads import start_thread
from assistant.text.sanitize import shorten_line

HEARTBEAT_SECONDS = 0.1
MAX_CHARACTERS_PER_TOKEN = (
    12  # output that is longer than this for its limit of tokens does not come from a sane server
)
BYTES_PER_TOKEN, MORE_BYTES = 4_096, 1_000_000  # of a response: a token comes in an object of its own
MAX_REASON = 160  # characters of a message of the server
_SCHEMA_WORDS = ("response_format", "json_schema", "schema", "grammar")
_EXTRA = "install it with: pip install 'news-assistant[writer]'"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a model: `role` is "system" or "user"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an output has cost, as the server counts it, else as estimated; times in seconds."""

    prompt_tokens: int
    completion_tokens: int
    first_token: float
    total: float
    is_estimated: bool = False


def describe_server(base_url: str) -> str:
    """Where a server is: "this machine", or its host."""
    return "this machine" if is_local(base_url) else (urlsplit(base_url).hostname or base_url)


def is_local(base_url: str) -> bool:
    """Whether a server is on this machine."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class WriterClient:
    """One request to the model of the settings. `usage` is known when the output is complete."""

    def __init__(self, settings: WriterSettings) -> None:
        self._settings = settings
        self._pieces: queue.Queue[str | Exception | None] = queue.Queue()
        self._shut_down: Callable[[], None] | None = None
        self._is_closed = threading.Event()
        self._begun: float | None = None  # when the request was sent
        self._reported: tuple[int, int] | None = None
        self._finish: str | None = None
        self.usage: Usage | None = None

    def stream(self, messages: Sequence[Message], *, schema: dict[str, Any] | None = None) -> Generator[str]:
        """The output piece by piece; an empty piece at least every 0.1 s, as a point at which to stop.

        `schema` is the JSON schema that the output must follow, where the server can see to that. Raises WriterError,
        with what happened in one line.
        """
        settings = self._settings
        worker = threading.Thread(target=self._read, args=(messages, schema), name="writer", daemon=True)
        first: float | None = None
        characters = 0
        start_thread(worker)
        try:
            while True:
                waited = time.monotonic() - self._begun if self._begun is not None else 0.0
                if first is None and waited > settings.first_token_seconds:
                    raise WriterError(f"{self._where} sent nothing for {settings.first_token_seconds} seconds")
                if waited > settings.timeout_seconds:
                    raise WriterError(f"{self._where} was not ready after {settings.timeout_seconds} seconds")
                try:
                    piece = self._pieces.get(timeout=HEARTBEAT_SECONDS)
                except queue.Empty:
                    yield ""
                    continue
                if isinstance(piece, Exception):
                    raise self._explain(piece) from piece
                if piece is None:
                    break
                if piece:
                    first = first if first is not None else waited
                    characters += len(piece)
                    if characters > settings.max_output_tokens * MAX_CHARACTERS_PER_TOKEN:
                        raise WriterError(f"{self._where} did not stop writing")
                    yield piece
            if not characters:
                raise WriterError(f"{self._where} sent an empty answer")
            if self._finish is None:
                raise WriterError(f"{self._where} broke off")
            self.usage = self._measure(messages, characters, first or 0.0, waited)
        finally:
            self._is_closed.set()
            if self._shut_down is not None:
                self._shut_down()

    @property
    def is_cut(self) -> bool:
        """Whether the output ended because it had reached its limit."""
        return self._finish == "length"

    @property
    def _where(self) -> str:
        return f"the model {shorten_line(self._settings.model, 60)} at {self._settings.base_url}"

    def _measure(self, messages: Sequence[Message], characters: int, first: float, total: float) -> Usage:
        if self._reported is not None:
            return Usage(*self._reported, first, total)
        sent = sum(len(message.text) for message in messages)
        return Usage(estimate_tokens(sent), estimate_tokens(characters), first, total, is_estimated=True)

    # ------------------------------------------------------------------------------------------ the thread

    def _read(self, messages: Sequence[Message], schema: dict[str, Any] | None) -> None:
        """Put each piece of the output into the queue, then None; or the error that ended it."""
        try:
            for piece in self._request(messages, schema):
                if self._is_closed.is_set():
                    return
                self._pieces.put(piece)
            self._pieces.put(None)
        except Exception as error:  # any error of a server or library is shown to the user in one line
            self._pieces.put(error)

    def _request(self, messages: Sequence[Message], schema: dict[str, Any] | None) -> Iterator[str]:
        try:
            import httpx
            from llama_index.core.base.llms.types import ChatMessage
            from llama_index.llms.openai_like import OpenAILike

            from assistant.writing.transport import Connections, open_client
        except ImportError as error:
            raise WriterError(f"a language model needs the extra `writer`: {_EXTRA}") from error

        settings = self._settings
        connections = Connections()
        self._shut_down = connections.shut_down
        if self._is_closed.is_set():  # before there was anything to shut down
            connections.shut_down()
        with open_client(
            connections,
            httpx.Timeout(settings.timeout_seconds, connect=min(10, settings.first_token_seconds)),
            MORE_BYTES + BYTES_PER_TOKEN * settings.max_output_tokens,
            uses_proxies=not is_local(settings.base_url),
        ) as client:
            model = OpenAILike(
                model=settings.model,
                api_base=settings.base_url.rstrip("/"),
                api_key=read_key(settings) or "none",
                is_chat_model=True,
                temperature=settings.temperature,
                max_tokens=settings.max_output_tokens,
                context_window=settings.context_tokens or 4096,
                max_retries=0,
                timeout=settings.timeout_seconds,
                http_client=client,
            )
            options: dict[str, Any] = {"stream_options": {"include_usage": True}}
            if schema is not None:
                named = {"name": "choice", "schema": schema, "strict": True}
                options["response_format"] = {"type": "json_schema", "json_schema": named}
            chat = [ChatMessage(role=message.role, content=message.text) for message in messages]
            self._begun = time.monotonic()
            for response in self._chat(model, chat, options):
                usage = getattr(response.raw, "usage", None)
                choices = getattr(response.raw, "choices", None) or ()
                self._finish = next((each.finish_reason for each in choices if each.finish_reason), self._finish)
                if usage is not None:
                    self._reported = (int(usage.prompt_tokens or 0), int(usage.completion_tokens or 0))
                yield response.delta or ""

    def _chat(self, model: Any, chat: Sequence[Any], options: dict[str, Any]) -> Iterator[Any]:
        """The responses of a model; asked for without the schema where its server knows none."""
        try:
            yield from model.stream_chat(chat, **options)
        except Exception as error:
            said = self._read_reason(error).lower()
            refuses = getattr(error, "status_code", None) in (400, 422) and any(word in said for word in _SCHEMA_WORDS)
            if not refuses or "response_format" not in options:
                raise
            plain = {name: value for name, value in options.items() if name != "response_format"}
            yield from model.stream_chat(chat, **plain)

    # ---------------------------------------------------------------------------------------- explanation

    def _explain(self, error: Exception) -> WriterError:
        """What happened, for the user; never a traceback, and never the key."""
        if isinstance(error, WriterError):
            return error
        status = getattr(error, "status_code", None)
        said = self._read_reason(error)
        if isinstance(status, int):
            headers = getattr(getattr(error, "response", None), "headers", {})
            return WriterError(self._explain_status(status, said, str(headers.get("retry-after") or "")))
        name = type(error).__name__
        if name == "ResponseRefused":
            return WriterError(f"{self._where} {error}")
        if "Timeout" in name:
            return WriterError(f"{self._where} does not answer in time")
        if "Connect" in name:
            return WriterError(f"{self._where} cannot be reached; is its server running? `assistant writers` looks")
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | ValueError | TypeError | KeyError):
            return WriterError(f"{self._where} sent what cannot be read")
        return WriterError(f"{self._where} broke off{f': {said}' if said else ''}")

    def _explain_status(self, status: int, said: str, wait: str) -> str:
        why = f": {said}" if said else ""
        match status:
            case 401 | 403:
                key = self._settings.api_key_env
                remedy = f"check the key in ${key}" if key else "set writer.api_key_env to the variable with the key"
                return f"{self._where} refuses the key ({status}); {remedy}"
            case 404:
                return f"{self._where} does not exist there (404); `assistant writers` lists models"
            case 429:
                when = f"in {wait} seconds" if wait.isdecimal() and len(wait) < 6 else "later"
                return f"{self._where} has had too many requests (429); try again {when}"
            case 400 | 413 | 422 if any(
                word in said.lower() for word in ("context", "too long", "too large", "tokens")
            ):
                return f"{self._where} was given more than it can read; set writer.context_tokens lower{why}"
        return f"{self._where} failed ({status}){why}"

    def _read_reason(self, error: Exception) -> str:
        """The message of a server, on one line and without the key."""
        body = getattr(error, "body", None)
        said = body.get("message") if isinstance(body, dict) else None
        text = said if isinstance(said, str) else str(getattr(error, "message", "") or "")
        key = read_key(self._settings)
        return shorten_line(text.replace(key, "…") if key else text, MAX_REASON)


def read_key(settings: WriterSettings) -> str:
    """The key for the server, from the variable that the settings name; empty if there is none."""
    return os.environ.get(settings.api_key_env, "").strip() if settings.api_key_env else ""


def estimate_tokens(characters: int) -> int:
    """About how many tokens a text of this length has, rather too many: three characters each."""
    return -(-characters // 3)
