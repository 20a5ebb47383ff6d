"""The recall of each kind of vector index: its share of the ten nearest passages of an exact search.

    python -m tests.bench.recall INDEX QUESTIONS.jsonl …

INDEX is the folder of a library; the questions ("question" in each line) are embedded as they would be asked. Besides
the library's own index, the kinds for larger libraries are made of the same vectors, to see them on what was really
embedded.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import load_embedder
from assistant.embedding.model_files import Vectors, locate_model
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import SqliteLibrary
from assistant.store.stored_vectors import StoredVectors

QUESTION_COUNT = 400  # questions, spread over those given
NEIGHBOR_COUNT = 10


def read_questions(files: Sequence[Path]) -> list[str]:
    """Questions from these files, evenly spread, cut to the limit of the model."""
    every = [json.loads(line)["question"][:400] for file in files for line in file.open(encoding="utf-8")]
    return every[:: max(1, len(every) // QUESTION_COUNT)]


def find_nearest_exactly(stored: StoredVectors, asked: Vectors) -> list[set[int]]:
    """The nearest passages to each question, by exact search."""
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    for ids, vectors in stored.iter_blocks():
        cosines = vectors @ asked.T
        for column, found in enumerate(best):
            rows = np.argsort(-cosines[:, column])[:NEIGHBOR_COUNT]
            found += zip(cosines[rows, column].tolist(), ids[rows].tolist(), strict=True)
            found.sort(reverse=True)
            del found[NEIGHBOR_COUNT:]
    return [{number for _, number in found} for found in best]


def index_kinds(library: SqliteLibrary, stored: StoredVectors) -> Iterator[tuple[str, VectorIndex]]:
    """The index of the library, and the other kinds of index."""
    own = library.vector_index()
    yield f"{own.kind} (its own)", own
    if own.kind != "listed":
        for kind in ("scanned", "listed"):
            if kind != own.kind:
                yield kind, VectorIndex.build(stored, "listed" if kind == "listed" else "scanned")


def main() -> None:
    settings = EmbeddingSettings()
    embedder = load_embedder(locate_model(settings), settings)
    asked = embedder.embed(read_questions([Path(name) for name in sys.argv[2:]]))
    with SqliteLibrary.open(Path(sys.argv[1])) as library:
        stored = library.stored_vectors()
        right = find_nearest_exactly(stored, asked)
        print(f"{len(stored):,} passages, {len(asked)} questions, {embedder.runs_on}")
        print(f"{'index':20}{'recall@10':>10}{'median ms':>11}{'p95 ms':>9}")
        for name, index in index_kinds(library, stored):
            found, took = 0, []
            for vector, wanted in zip(asked, right, strict=True):
                begun = time.perf_counter()
                near = library.search_index(index, vector, 100)
                took.append(1000 * (time.perf_counter() - begun))
                found += len(wanted & {number for number, _ in near[:NEIGHBOR_COUNT]})
            share = found / sum(map(len, right))
            p95 = statistics.quantiles(took, n=20)[-1]
            print(f"{name:20}{share:10.4f}{statistics.median(took):11.1f}{p95:9.1f}")


if __name__ == "__main__":
    main()
