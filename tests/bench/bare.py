"""The underlying libraries alone: sentence-transformers on passages, FAISS on vectors.

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

from tests.bench.measuring import Measurements, peak_megabytes, percentile, print_result, resident_megabytes

SAMPLE_PASSAGES = 1024  # passages to encode, the same number as for the program's own embedder
DIMENSION = 384
QUERY_COUNT, NEIGHBOR_COUNT = 100, 100
BLOCK_ROWS = 50_000  # vectors generated at a time


def measure_encoding(passages: Path) -> Measurements:
    """Passages per second of sentence-transformers with its default settings."""
    from sentence_transformers import SentenceTransformer

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model

    model = SentenceTransformer(str(locate_model(EmbeddingSettings()).folder))
    texts = json.loads(passages.read_text(encoding="utf-8"))[:SAMPLE_PASSAGES]
    model.encode(texts[:64])
    started = time.perf_counter()
    model.encode(texts)
    return {"encode.per_s": len(texts) / (time.perf_counter() - started)}


def measure_exact_search(count: int) -> Measurements:
    """Exact search among `count` random unit vectors; their values do not change its speed."""
    import faiss

    rng = np.random.default_rng(0)
    index = faiss.IndexFlatIP(DIMENSION)
    for first in range(0, count, BLOCK_ROWS):
        index.add(_random_unit_vectors(rng, min(BLOCK_ROWS, count - first)))
    times = []
    for query in _random_unit_vectors(rng, QUERY_COUNT):
        started = time.perf_counter()
        index.search(query.reshape(1, -1), NEIGHBOR_COUNT)
        times.append((time.perf_counter() - started) * 1000)
    return {
        "faiss.p50_ms": percentile(times),
        "faiss.p95_ms": percentile(times, 0.95),
        "faiss.memory_mb": resident_megabytes(),
        "faiss.peak_mb": peak_megabytes(),
    }


def _random_unit_vectors(rng: np.random.Generator, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = rng.standard_normal((count, DIMENSION), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def main() -> None:
    part, subject = sys.argv[1:3]
    print_result(measure_encoding(Path(subject)) if part == "encode" else measure_exact_search(int(subject)))


if __name__ == "__main__":
    main()
