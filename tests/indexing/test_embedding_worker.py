"""Embedding of inserted passages, with an embedder that computes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.config.schema import ReadingSettings
from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryError
from assistant.indexing import embedding_worker
from assistant.indexing.embedding_worker import EmbeddingWorker
from assistant.indexing.staging import Staging
from assistant.indexing.workers.local import LocalWorkers
from assistant.indexing.writer import TEMP_TABLES
from assistant.records.build import ProgressUpdate
from assistant.store.codecs import decode_vector, encode_vector


class LengthEmbedder:
    """Gives each text the vector of its length; fails if it is told to."""

    dimension, max_tokens, special_tokens, runs_on = 2, 100, 2, "nothing"

    def __init__(self, failure: Exception | None = None, value: float = 1.0) -> None:
        self.texts: list[str] = []
        self._failure = failure
        self._value = value

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._failure is not None:
            raise self._failure
        self.texts += texts
        return np.array([[len(text), self._value] for text in texts], dtype=np.float32)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("CREATE TABLE vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        connection.executescript(TEMP_TABLES)
        yield connection


def insert_passages(database: sqlite3.Connection, texts: dict[bytes, str]) -> int:
    database.executemany("INSERT INTO temp.fresh (key, text) VALUES (?, ?)", texts.items())
    return len(texts)


def stored_vectors(database: sqlite3.Connection) -> dict[bytes, list[float]]:
    vectors = {key: decode_vector(key, data, 2) for key, data in database.execute("SELECT key, data FROM vector")}
    return {key: [] if vector is None else vector.tolist() for key, vector in vectors.items()}


def test_missing_vectors_computed_once(
    database: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors are computed for new keys only, whether they are in the database, staged, or repeated."""
    monkeypatch.setattr(embedding_worker, "WINDOW_SIZE", 2)
    database.execute("INSERT INTO vector VALUES (?, ?)", (b"old", encode_vector(b"old", np.zeros(2, dtype=np.float32))))
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors([(b"staged", encode_vector(b"staged", np.zeros(2, dtype=np.float32)))])
    embedder = LengthEmbedder()
    with closing(EmbeddingWorker(database, tmp_path, LocalWorkers(ReadingSettings(), lambda: embedder))) as worker:
        texts = {b"old": "x", b"staged": "x", b"a": "one", b"b": "three", b"c": "eleven"}
        worker.step(insert_passages(database, texts))
        insert_passages(database, {b"a": "one"})
        updates = list(worker.finish())
        assert worker.embedded_count == 3
    assert sorted(embedder.texts) == ["eleven", "one", "three"]
    assert stored_vectors(database) == {
        b"old": [0, 0], b"staged": [0, 0], b"a": [3, 1], b"b": [5, 1], b"c": [6, 1]
    }  # fmt: skip
    assert updates[-1] == ProgressUpdate("embedding", 3, 3)


def test_vectors_staged_when_stopped(database: sqlite3.Connection, tmp_path: Path) -> None:
    """What was computed is staged for the next build."""
    with closing(EmbeddingWorker(database, tmp_path, LocalWorkers(ReadingSettings(), LengthEmbedder))) as worker:
        insert_passages(database, {b"a": "one"})
        list(worker.finish())
    with closing(Staging(tmp_path)) as staging:
        assert [key for key, _ in staging.load_vectors([b"a"])] == [b"a"]


@pytest.mark.parametrize(
    ("embedder", "error"),
    [
        (LengthEmbedder(RuntimeError("std::bad_alloc")), MemoryError),
        (LengthEmbedder(RuntimeError("a shape is wrong")), RuntimeError),
        (LengthEmbedder(value=float("nan")), LibraryError),
    ],
)
def test_error_raised_in_calling_thread(
    database: sqlite3.Connection, tmp_path: Path, embedder: LengthEmbedder, error: type[Exception]
) -> None:
    """An error of the embedder ends the build, and nothing of the batch is stored."""
    with closing(EmbeddingWorker(database, tmp_path, LocalWorkers(ReadingSettings(), lambda: embedder))) as worker:
        insert_passages(database, {b"a": "one"})
        with pytest.raises(error):
            list(worker.finish())
    assert stored_vectors(database) == {}
