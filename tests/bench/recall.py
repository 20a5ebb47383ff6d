"""Measures the recall of the ten nearest passages for each kind of vector index, against exact search.

    python -m tests.bench.recall INDEX QUESTIONS.jsonl …

INDEX is the folder of a library; the "question" of each line is embedded like a question of a user. The index kinds
of larger libraries are built from the vectors of the same library.
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

QUESTION_COUNT = 400  # number of questions, evenly sampled
NEIGHBOR_COUNT = 10


def read_questions(files: Sequence[Path]) -> list[str]:
    """Questions from these files, evenly sampled and cut to 400 characters."""
    all_questions = [json.loads(line)["question"][:400] for file in files for line in file.open(encoding="utf-8")]
    return all_questions[:: max(1, len(all_questions) // QUESTION_COUNT)]


def find_nearest_exactly(stored: StoredVectors, questions: Vectors) -> list[set[int]]:
    """The nearest passages of each question, by exact search."""
    best: list[list[tuple[float, int]]] = [[] for _ in questions]
    for ids, vectors in stored.iter_blocks():
        cosines = vectors @ questions.T
        for column, hits in enumerate(best):
            rows = np.argsort(-cosines[:, column])[:NEIGHBOR_COUNT]
            hits += zip(cosines[rows, column].tolist(), ids[rows].tolist(), strict=True)
            hits.sort(reverse=True)
            del hits[NEIGHBOR_COUNT:]
    return [{number for _, number in hits} for hits in best]


def index_kinds(library: SqliteLibrary, stored: StoredVectors) -> Iterator[tuple[str, VectorIndex]]:
    """The library's own index, then the other kinds."""
    own = library.vector_index()
    yield f"{own.kind} (its own)", own
    if own.kind != "listed":
        for kind in ("scanned", "listed"):
            if kind != own.kind:
                yield kind, VectorIndex.build(stored, "listed" if kind == "listed" else "scanned")


def main() -> None:
    settings = EmbeddingSettings()
    embedder = load_embedder(locate_model(settings), settings)
    questions = embedder.embed(read_questions([Path(name) for name in sys.argv[2:]]))
    with SqliteLibrary.open(Path(sys.argv[1])) as library:
        stored = library.stored_vectors()
        nearest = find_nearest_exactly(stored, questions)
        print(f"{len(stored):,} passages, {len(questions)} questions, {embedder.runs_on}")
        print(f"{'index':20}{'recall@10':>10}{'median ms':>11}{'p95 ms':>9}")
        for name, index in index_kinds(library, stored):
            hits, milliseconds = 0, []
            for vector, expected in zip(questions, nearest, strict=True):
                started = time.perf_counter()
                near = library.search_index(index, vector, 100)
                milliseconds.append(1000 * (time.perf_counter() - started))
                hits += len(expected & {number for number, _ in near[:NEIGHBOR_COUNT]})
            recall = hits / sum(map(len, nearest))
            p95 = statistics.quantiles(milliseconds, n=20)[-1]
            print(f"{name:20}{recall:10.4f}{statistics.median(milliseconds):11.1f}{p95:9.1f}")


if __name__ == "__main__":
    main()
