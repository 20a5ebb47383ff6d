"""The libraries below, by themselves: sentence-transformers on passages, FAISS on vectors, with nothing around them.

Run by the suite: python -m tests.bench.bare encode PASSAGES.json
                  python -m tests.bench.bare search COUNT
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np

from tests.bench.measuring import Figures, hand_over, middle, peak, resident

SAMPLE = 1024  # passages to encode, as many as the program's own embedder is measured with
DIMENSION = 384
QUERIES, NEAREST = 100, 100
BLOCK = 50_000  # vectors made at a time


def encode(passages: Path) -> Figures:
    """sentence-transformers as its page shows it."""
    from sentence_transformers import SentenceTransformer

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model

    model = SentenceTransformer(str(locate_model(EmbeddingSettings()).folder))
    texts = json.loads(passages.read_text(encoding="utf-8"))[:SAMPLE]
    model.encode(texts[:64])
    started = time.perf_counter()
    model.encode(texts)
    return {"encode.per_s": len(texts) / (time.perf_counter() - started)}


def search(count: int) -> Figures:
    """Exact search among so many unit vectors; their values are made up, which exact search does not mind."""
    import faiss

    chance = np.random.default_rng(0)
    index = faiss.IndexFlatIP(DIMENSION)
    for first in range(0, count, BLOCK):
        index.add(_unit(chance, min(BLOCK, count - first)))
    times = []
    for query in _unit(chance, QUERIES):
        started = time.perf_counter()
        index.search(query.reshape(1, -1), NEAREST)
        times.append((time.perf_counter() - started) * 1000)
    return {
        "faiss.p50_ms": middle(times),
        "faiss.p95_ms": middle(times, 0.95),
        "faiss.memory_mb": resident(),
        "faiss.peak_mb": peak(),
    }


def _unit(chance: np.random.Generator, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = chance.standard_normal((count, DIMENSION), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def main() -> None:
    part, subject = sys.argv[1:3]
    hand_over(encode(Path(subject)) if part == "encode" else search(int(subject)))


if __name__ == "__main__":
    main()
