"""How much a model can read and write, as its server says, and which servers run on this machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from assistant.config.schema import WriterSettings
from assistant.system.json import parse_json
from assistant.system.threads import start_thread
from assistant.writing.client import is_local, read_key

DEFAULT_CONTEXT = 4_096  # tokens, where the server does not say: Ollama's own default
MIN_CONTEXT = 2_048  # tokens that a question with its sources needs
SECONDS, MAX_BYTES = 1.5, 4_000_000  # for each of the small requests here

KNOWN_SERVERS = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
"""Where the servers listen if nobody has told them otherwise."""

_CANNOT_CHAT = re.compile(r"embed|bge-|minilm|rerank|whisper|clip\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model of a server that runs: `context` in tokens, if the server tells it; `fault` is why it will not do."""

    server: str
    base_url: str
    model: str
    context: int | None = None
    fault: str = ""


def read_context_size(settings: WriterSettings) -> int:
    """The tokens that the model of the settings can read and write; a default where its server does not say."""
    base = settings.base_url.rstrip("/")
    key = read_key(settings)
    root = base.removesuffix("/v1")
    props = _get(f"{root}/props", key)
    size = props.get("default_generation_settings", {}).get("n_ctx") if isinstance(props, Mapping) else None
    if isinstance(size, int) and size > 0:
        return size
    for each in _list_models(base, key):
        if each.get("id") == settings.model:
            return _read_size(each) or DEFAULT_CONTEXT
    return DEFAULT_CONTEXT


def find_models(base_urls: Sequence[tuple[str, str]] = KNOWN_SERVERS) -> list[FoundModel]:
    """The models of the servers that answer at these addresses, in order; empty if none does."""
    with ThreadPoolExecutor(max_workers=len(base_urls)) as pool:
        found = list(pool.map(lambda server: _describe_server(*server), base_urls))
    return [model for models in found for model in models]


def _describe_server(name: str, base_url: str) -> list[FoundModel]:
    models = _list_models(base_url, "")
    props = _get(f"{base_url.removesuffix('/v1')}/props", "") if models else None
    size = props.get("default_generation_settings", {}).get("n_ctx") if isinstance(props, Mapping) else None
    return [_judge(name, base_url, each, size if isinstance(size, int) else _read_size(each)) for each in models]


def _judge(server: str, base_url: str, described: Mapping[str, Any], size: int | None) -> FoundModel:
    model = str(described.get("id") or "")
    fault = ""
    if _CANNOT_CHAT.search(model):
        fault = "it does not write"
    elif size is not None and size < MIN_CONTEXT:
        fault = f"it reads {size:,} tokens; at least {MIN_CONTEXT:,} are needed"
    return FoundModel(server, base_url, model, size, fault)


def _list_models(base_url: str, key: str) -> list[Mapping[str, Any]]:
    listed = _get(f"{base_url}/models", key)
    models = listed.get("data") if isinstance(listed, Mapping) else None
    return [each for each in models if isinstance(each, Mapping)] if isinstance(models, list) else []


def _read_size(described: Mapping[str, Any]) -> int | None:
    """The size that a server tells beside the name of a model; each kind of server has its own word for it."""
    meta = described.get("meta")
    for holder in (described, meta if isinstance(meta, Mapping) else {}):
        for name in ("max_model_len", "loaded_context_length", "n_ctx", "context_length", "max_context_length"):
            size = holder.get(name)
            if isinstance(size, int) and size > 0:
                return size
    return None


def _get(url: str, key: str) -> Any:
    """The JSON at an address of a server; None if there is none."""
    import httpx

    from assistant.writing.transport import Connections, ResponseRefused, open_client

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    connections = Connections()
    last = threading.Timer(SECONDS, connections.shut_down)
    start_thread(last)
    try:
        with open_client(connections, SECONDS, MAX_BYTES, uses_proxies=not is_local(url), headers=headers) as client:
            answer = client.get(url)
        return parse_json(answer.content) if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ResponseRefused, ValueError):
        return None
    finally:
        last.cancel()
