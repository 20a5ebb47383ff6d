"""Vectors for the passages that a build takes in, made by a thread of its own while articles are still being read.

They are kept aside as they are made, so that a build that was stopped has lost nothing that took time."""

from __future__ import annotations

import queue
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryError
from assistant.indexing.staging import EncodedVector, Staging
from assistant.records.build import ProgressUpdate
from assistant.store.codecs import encode_vector

WINDOW_SIZE = 1024  # passages handed over together, of which alike lengths are embedded together
BATCH_SIZE = 256  # embedded between two looks at whether to go on, and two commits aside: what a kill can cost
_OUT_OF_MEMORY = re.compile(r"bad.?alloc|out of memory|not enough memory|cannot allocate", re.IGNORECASE)

EmbeddingTask = tuple[bytes, str]
"""The key of a vector that is to be made, and what the embedder reads for it."""


class EmbeddingWorker:
    """Follows the passages of one connection (see `storing.FRESH`); all but the embedding is done by who calls."""

    def __init__(self, database: sqlite3.Connection, folder: Path, embedder: Callable[[], Embedder]) -> None:
        self.embedded_count = 0
        self._database = database
        self._folder = folder
        self._get_embedder = embedder
        self._staging: Staging | None = None
        self._unstaged: list[EncodedVector] = []  # made, but not yet committed aside
        self._last_sent = 0  # up to this number passages were handed over, or have their vector
        self._last_inserted = 0  # the number of the last passage that came in
        self._pending_keys: set[bytes] = set()
        self._thread = _EmbeddingThread()

    def step(self, newest: int | None = None) -> None:
        """Take what has been made and hand over what has come in, without waiting.

        `newest` is the number of the last passage that came in; None where none came in since.
        """
        self._last_inserted = newest or self._last_inserted
        self._collect_results(wait=False)
        while self._last_inserted - self._last_sent >= WINDOW_SIZE and len(self._pending_keys) < WINDOW_SIZE:
            rows = self._database.execute(
                "SELECT number, key, text FROM temp.fresh WHERE number > ? ORDER BY number LIMIT ?",
                (self._last_sent, WINDOW_SIZE),
            ).fetchall()
            self._last_sent = rows[-1][0] if rows else self._last_inserted
            self._submit_passages([(key, text) for _, key, text in rows])

    def finish(self) -> Iterator[ProgressUpdate]:
        """Make what is missing still, and wait for it. Raises MemoryError, ModelError, and LibraryError."""
        database = self._database
        database.execute(
            "CREATE TEMP TABLE pending AS SELECT min(number) AS number, key FROM temp.fresh"
            " WHERE key NOT IN (SELECT key FROM vector) GROUP BY key ORDER BY number"
        )
        marks = ",".join("?" * len(self._pending_keys))  # one pass over all that is pending, not one for each
        database.execute(f"DELETE FROM pending WHERE key IN ({marks})", [*self._pending_keys])
        for rows in _iter_windows(database, "SELECT key FROM pending"):
            self._reuse_staged([key for (key,) in rows])
        database.execute("DELETE FROM pending WHERE key IN (SELECT key FROM vector)")
        (pending,) = database.execute("SELECT count(*) FROM pending").fetchone()
        total = self.embedded_count + len(self._pending_keys) + pending
        if total:
            yield ProgressUpdate("embedding", self.embedded_count, total)
        query = "SELECT fresh.key, fresh.text FROM pending JOIN temp.fresh AS fresh USING (number)"
        for rows in _iter_windows(database, query):
            self._submit_passages(rows)
            while len(self._pending_keys) >= WINDOW_SIZE:
                self._collect_results(wait=True)
                yield ProgressUpdate("embedding", self.embedded_count, total)
        while self._pending_keys:
            self._collect_results(wait=True)
            yield ProgressUpdate("embedding", self.embedded_count, total)
        self._stage_vectors()

    def close(self) -> None:
        """End the embedding, and keep what was made of it."""
        for made in self._thread.stop():
            if not isinstance(made, BaseException):
                self._unstaged += made
        try:
            self._stage_vectors()
        finally:
            if self._staging is not None:
                self._staging.close()

    def _submit_passages(self, rows: Sequence[EmbeddingTask]) -> None:
        wanted = dict(reversed(rows))  # of equal ones, the first
        marks = ",".join("?" * len(wanted))
        there = self._database.execute(f"SELECT key FROM vector WHERE key IN ({marks})", [*wanted])
        for (key,) in there.fetchall():
            del wanted[key]
        for key in self._reuse_staged([*wanted]):
            del wanted[key]
        fresh = [(key, text) for key, text in wanted.items() if key not in self._pending_keys]
        if fresh:
            self._pending_keys.update(key for key, _ in fresh)
            self._thread.submit(self._get_embedder(), fresh)

    def _reuse_staged(self, keys: Sequence[bytes]) -> list[bytes]:
        """Use what an earlier build has left; the keys of it."""
        if self._staging is None:
            self._staging = Staging(self._folder)
        kept = self._staging.load_vectors(keys)
        self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", kept)
        return [key for key, _ in kept]

    def _collect_results(self, *, wait: bool) -> None:
        for made in (self._thread.wait_for_result(),) if wait else self._thread.take_results():
            if isinstance(made, BaseException):
                raise made
            self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", made)
            self._pending_keys.difference_update(key for key, _ in made)
            self.embedded_count += len(made)
            self._unstaged += made
        if len(self._unstaged) >= BATCH_SIZE:
            self._stage_vectors()

    def _stage_vectors(self) -> None:
        if self._unstaged and self._staging is not None:
            self._staging.save_vectors(self._unstaged)
        self._unstaged = []


EmbeddingResult = list[EncodedVector] | BaseException
"""A chunk of vectors, or what went wrong with one."""


class _EmbeddingThread:
    """The thread that embeds what is put, chunk by chunk, until it is stopped."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[tuple[Embedder, list[EmbeddingTask]] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[EmbeddingResult] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def submit(self, embedder: Embedder, rows: list[EmbeddingTask]) -> None:
        """Have these embedded."""
        self._tasks.put((embedder, rows))
        if self._thread is None:
            # A daemon, so that a build that nobody closes does not keep the program from ending.
            thread = threading.Thread(target=self._run, name="embed passages", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                raise MemoryError from error  # there is no room for its stack
            self._thread = thread

    def wait_for_result(self) -> EmbeddingResult:
        """What is made next, waited for."""
        return self._results.get()

    def take_results(self) -> Iterator[EmbeddingResult]:
        """What has been made by now."""
        while not self._results.empty():
            yield self._results.get()

    def stop(self) -> Iterator[EmbeddingResult]:
        """End it after the chunk under way; what was made and not yet taken."""
        self._stopped.set()
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()
        return self.take_results()

    def _run(self) -> None:
        while (work := self._tasks.get()) is not None:
            embedder, rows = work
            rows.sort(key=lambda row: len(row[1]))
            for first in range(0, len(rows), BATCH_SIZE):
                if self._stopped.is_set():
                    return
                try:
                    self._results.put(_embed_batch(rows[first : first + BATCH_SIZE], embedder))
                except BaseException as error:
                    self._results.put(error)  # raised where it is waited for
                    return


def _embed_batch(rows: Sequence[EmbeddingTask], embedder: Embedder) -> list[EncodedVector]:
    try:
        vectors: Vectors = embedder.embed([text for _, text in rows])
    except RuntimeError as error:
        if _OUT_OF_MEMORY.search(str(error)):  # as what runs the model puts it
            raise MemoryError from error
        raise
    if not np.isfinite(vectors).all():
        raise LibraryError("the embedding model returned values that are not numbers; nothing was stored")
    return [(key, encode_vector(key, vector)) for (key, _), vector in zip(rows, vectors, strict=True)]


def _iter_windows(database: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    """The rows of a query on the pending passages, some at a time, so that others can be asked between."""
    first, last = database.execute("SELECT min(rowid), max(rowid) FROM pending").fetchone()
    if first is not None:
        for start in range(first, last + 1, WINDOW_SIZE):
            rows = database.execute(f"{query} WHERE pending.rowid BETWEEN ? AND ?", (start, start + WINDOW_SIZE - 1))
            if found := rows.fetchall():
                yield found
