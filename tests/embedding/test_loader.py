"""The model that is loaded at its first use, with tiny stand-ins for the files and the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.loader import ModelLoader, PreloadedModelLoader
from assistant.embedding.model_files import ModelFiles, Vectors
from assistant.errors import ModelError


class TinyEmbedder:
    """Embeds every text as the same vector."""

    dimension = 2
    max_tokens = 8
    special_tokens = 2
    runs_on = "nothing, exact"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.tile(np.array([1, 0], dtype=np.float32), (len(texts), 1))


def test_files_located_once(tmp_path: Path) -> None:
    """The weights are hashed at the first use only."""
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"one")
    loader = ModelLoader(EmbeddingSettings(model=str(tmp_path)))
    first = loader.files()
    weights.write_bytes(b"two")
    assert loader.files() is first
    assert loader.runs_on is None


def test_missing_model_is_error_at_first_use(tmp_path: Path) -> None:
    """A model without weights is no error when loading starts, but at each use."""
    loader = ModelLoader(EmbeddingSettings(model=str(tmp_path), backend="torch")).start()
    for use in (loader.files, loader.embedder, loader.explain_backend):
        with pytest.raises(ModelError, match=r"no \.safetensors weights"):
            use()


def test_process_has_one_model() -> None:
    """Two loaders of the same weights and settings give one model, also when both begin at once; of others, another."""
    first, second = (ModelLoader(EmbeddingSettings()).start() for _ in range(2))
    assert first.embedder() is second.embedder()
    other = ModelLoader(EmbeddingSettings(batch_size=1))
    assert other.embedder() is not first.embedder()


def test_preloaded_model_is_given() -> None:
    """A preloaded model and its files are those that were given."""
    files, embedder = ModelFiles("tiny", Path("none"), "0" * 64), TinyEmbedder()
    loader = PreloadedModelLoader(EmbeddingSettings(), files, embedder)
    assert loader.files() is files
    assert loader.embedder() is embedder
    assert loader.runs_on == "nothing, exact"
