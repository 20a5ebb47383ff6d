"""Caches the vectors of the packaged model: the campaign builds the same small library thousands of times."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from assistant.config.schema import RankingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import Vectors

NO_RANKER = RankingSettings(model="none")
"""The ranker is the same for every state of an index, and loading it takes longer than a short build."""


class VectorCache:
    """An embedder with a cache. `load` loads the model when a text is not in the cache."""

    runs_on = "memory"

    def __init__(self, embedder: Embedder | None = None, load: Callable[[], Embedder] | None = None) -> None:
        self._embedder = embedder
        self._load = load
        self.dimension = embedder.dimension if embedder else 0
        self.max_tokens = embedder.max_tokens if embedder else 0
        self.special_tokens = embedder.special_tokens if embedder else 0
        self._counts: dict[str, int] = {}
        self._vectors: dict[str, Vectors] = {}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        for text in texts:
            if text not in self._counts:
                (self._counts[text],) = self._load_model().count_tokens([text])
        return [self._counts[text] for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self._vectors:  # one at a time: the last digits depend on the batch
                (self._vectors[text],) = self._load_model().embed([text])
        return np.array([self._vectors[text] for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def _load_model(self) -> Embedder:
        if self._embedder is None and self._load is not None:
            self._embedder = self._load()
        if self._embedder is None:
            raise RuntimeError("a text is not in the cache: it did not occur when the campaign was prepared")
        return self._embedder

    def save(self, folder: Path) -> None:
        """Save the cache in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        data = {
            "shape": [self.dimension, self.max_tokens, self.special_tokens],
            "counts": self._counts,
            "texts": list(self._vectors),
        }
        (folder / "memo.json").write_text(json.dumps(data), encoding="utf-8")
        np.save(folder / "memo.npy", self.embed(list(self._vectors)), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, load: Callable[[], Embedder] | None = None) -> Self:
        """Read what `save` wrote. Without `load`, other texts are an error."""
        memo = cls(load=load)
        data = json.loads((folder / "memo.json").read_text(encoding="utf-8"))
        memo.dimension, memo.max_tokens, memo.special_tokens = data["shape"]
        memo._counts = data["counts"]
        vectors = np.load(folder / "memo.npy", allow_pickle=False)
        memo._vectors = dict(zip(data["texts"], vectors, strict=True))
        return memo
