"""Texts are embedded once as long as they are among the last ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.embedding.embedder import Embedder, Vectors, embed_truncated
from assistant.embedding.recent_vectors import RecentVectors


class CountingEmbedder:
    """A real model that notes what it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens
        self.special_tokens, self.runs_on = embedder.special_tokens, embedder.runs_on
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._embedder.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return self._embedder.embed(texts)


def test_each_text_embedded_once(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    vectors = RecentVectors(counting)
    first = vectors.embed(["The quay is closed.", "The price rose.", "The quay is closed."])
    again = vectors.embed(["The price rose.", "The ferry sails."])
    assert counting.embedded == ["The quay is closed.", "The price rose.", "The ferry sails."]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(first[1], again[0])
    expected = embed_truncated(["The quay is closed.", "The price rose."], embedder)
    np.testing.assert_allclose(np.stack(first[:2]), expected, atol=1e-5)
    assert vectors.embed([]) == []


def test_oldest_text_is_forgotten_first(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    vectors = RecentVectors(counting, limit=2)
    vectors.embed(["one", "two"])
    vectors.embed(["one"])  # used again: "two" is now the oldest
    vectors.embed(["three"])
    counting.embedded.clear()
    assert len(vectors.embed(["one", "three", "two", "four"])) == 4, "more texts than are remembered are all embedded"
    assert counting.embedded == ["two", "four"]
