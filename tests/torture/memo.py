"""The packaged model's vectors, each computed once: the campaign builds the same small library thousands of times."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import Vectors


class VectorCache:
    """An embedder that remembers; `load` gives the model behind it once something new is asked."""

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
            if text not in self._vectors:  # one at a time: company changes the last digits
                (self._vectors[text],) = self._load_model().embed([text])
        return np.array([self._vectors[text] for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def _load_model(self) -> Embedder:
        if self._embedder is None and self._load is not None:
            self._embedder = self._load()
        if self._embedder is None:
            raise RuntimeError("a text that was not seen when the campaign was prepared")
        return self._embedder

    def save(self, folder: Path) -> None:
        """Write down all that is known."""
        folder.mkdir(parents=True, exist_ok=True)
        about = {
            "shape": [self.dimension, self.max_tokens, self.special_tokens],
            "counts": self._counts,
            "texts": list(self._vectors),
        }
        (folder / "memo.json").write_text(json.dumps(about), encoding="utf-8")
        np.save(folder / "memo.npy", self.embed(list(self._vectors)), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, load: Callable[[], Embedder] | None = None) -> Self:
        """What `save` wrote; without `load`, it knows nothing else."""
        memo = cls(load=load)
        about = json.loads((folder / "memo.json").read_text(encoding="utf-8"))
        memo.dimension, memo.max_tokens, memo.special_tokens = about["shape"]
        memo._counts = about["counts"]
        vectors = np.load(folder / "memo.npy", allow_pickle=False)
        memo._vectors = dict(zip(about["texts"], vectors, strict=True))
        return memo
