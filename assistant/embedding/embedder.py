"""Text into vectors: what the rest of the program knows of a model, and what runs it.

sentence-transformers names and defines the model; OpenVINO runs it where it understands every module."""

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

_OPENVINO_LIMITS = "OpenVINO understands BERT models with mean pooling only"


class Embedder(Protocol):
    """A model, ready to embed; safe to use from several threads."""

    dimension: int
    max_tokens: int  # of one input, special tokens included
    special_tokens: int  # that the model adds to every input
    runs_on: str  # what embeds, and in what precision: "OpenVINO, bf16"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not included, nothing cut off."""

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
    """What will run the model; `cuda` tells whether there is a card that torch can use. Raises ModelError."""
    understood = can_run_on_openvino(model.folder)
    if settings.backend == "openvino" and not understood:
        raise ModelError(
            f"{model.folder}: embedding.backend openvino: {_OPENVINO_LIMITS}; use auto or torch for this one"
        )
    by_openvino = settings.precision in ("bf16", "int8")  # torch embeds in the precision that a model comes in
    if by_openvino and (settings.backend == "torch" or not understood):
        why = "" if settings.backend == "torch" else f" ({_OPENVINO_LIMITS})"
        raise ModelError(
            f"{model.folder}: embedding.precision {settings.precision} is OpenVINO's, and torch runs this model{why}; "
            "set embedding.precision to auto"
        )
    if settings.backend == "torch" or not understood:
        return "torch"
    if settings.backend == "auto" and not by_openvino and cuda():
        return "torch"
    return "openvino"


def explain_backend(model: ModelFiles, settings: EmbeddingSettings) -> str | None:
    """What somebody should know who did not choose what runs the model; known without loading it."""
    if settings.backend == "auto" and not can_run_on_openvino(model.folder):
        return f"{_OPENVINO_LIMITS}; torch runs this one, which takes longer to start and to embed"
    return None
