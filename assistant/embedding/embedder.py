"""From texts to vectors: the interface of a model, and the choice of its runtime.

sentence-transformers names and defines the model; OpenVINO runs it if it supports all modules of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import ModelFiles, Vectors, can_run_on_openvino, locate_model
from assistant.embedding.openvino_backend import OpenVinoEmbedder
from assistant.embedding.torch_backend import TorchEmbedder, is_cuda_available
from assistant.errors import ModelError

__all__ = [
    "Embedder",
    "ModelFiles",
    "TorchEmbedder",
    "Vectors",
    "embed_truncated",
    "explain_backend",
    "load_embedder",
    "locate_model",
]

_OPENVINO_LIMITS = "OpenVINO supports BERT models with mean pooling only"


class Embedder(Protocol):
    """A model, ready to embed. Can be used from several threads."""

    dimension: int
    max_tokens: int  # of one input, special tokens included
    special_tokens: int  # tokens that the model adds to every input
    runs_on: str  # runtime and precision: "OpenVINO, bf16"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without special tokens and without a limit."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension). Raises ModelError for a text over `max_tokens`."""


def embed_truncated(texts: Sequence[str], embedder: Embedder) -> Vectors:
    """Unit vectors of texts, shape (len(texts), dimension); a text that is too long is cut off at the end."""
    limit = embedder.max_tokens - embedder.special_tokens
    truncated = []
    for text, tokens in zip(texts, embedder.count_tokens(texts), strict=True):
        while tokens > limit:
            text = text[: max(1, len(text) * limit // (tokens + 1))]
            (tokens,) = embedder.count_tokens([text])
        truncated.append(text)
    return embedder.embed(truncated)


def load_embedder(model: ModelFiles, settings: EmbeddingSettings) -> Embedder:
    """The model, ready to embed, on the configured backend. Raises ModelError, naming the folder or the setting."""
    if choose_backend(model, settings) == "openvino":
        return OpenVinoEmbedder(model, settings.batch_size, settings.precision)
    return TorchEmbedder(model, settings.batch_size)


def choose_backend(
    model: ModelFiles, settings: EmbeddingSettings, cuda: Callable[[], bool] = is_cuda_available
) -> Literal["openvino", "torch"]:
    """The runtime of the model; `cuda` returns whether torch can use a graphics card. Raises ModelError."""
    is_supported = can_run_on_openvino(model.folder)
    if settings.backend == "openvino" and not is_supported:
        raise ModelError(
            f"{model.folder}: embedding.backend openvino: {_OPENVINO_LIMITS}; use auto or torch for this model"
        )
    by_openvino = settings.precision in ("bf16", "int8")  # torch embeds in the precision of the weights
    if by_openvino and (settings.backend == "torch" or not is_supported):
        why = "" if settings.backend == "torch" else f" ({_OPENVINO_LIMITS})"
        raise ModelError(
            f"{model.folder}: embedding.precision {settings.precision} needs OpenVINO, but torch runs this model{why}; "
            "set embedding.precision to auto"
        )
    if settings.backend == "torch" or not is_supported:
        return "torch"
    if settings.backend == "auto" and not by_openvino and cuda():
        return "torch"
    return "openvino"


def explain_backend(model: ModelFiles, settings: EmbeddingSettings) -> str | None:
    """A note for the user if `auto` selected torch because OpenVINO does not support the model; else None."""
    if settings.backend == "auto" and not can_run_on_openvino(model.folder):
        return f"{_OPENVINO_LIMITS}; torch runs this model, which takes longer to start and to embed"
    return None
