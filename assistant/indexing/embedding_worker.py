"""Embeds the passages that a build inserts, in a thread of its own, while articles are still being read.

Finished vectors are staged, so that a build that is stopped loses none of them."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.indexing.staging import EncodedVector, Staging
from assistant.indexing.workers.local import EmbeddingTask, Workers
from assistant.records.build import ProgressUpdate
from assistant.system.threads import start_thread

WINDOW_SIZE = 1024  # passages submitted together; those of similar length are embedded together
MAX_KEYS = 10_000  # in one query


class EmbeddingWorker:
    """Embeds the passages in the table temp.fresh of one connection, which is used by the calling thread only."""

    def __init__(self, database: sqlite3.Connection, folder: Path, workers: Workers) -> None:
        self.embedded_count = 0
        self._database = database
        self._folder = folder
        self._max_pending = WINDOW_SIZE * workers.scale
        self._staging: Staging | None = None
        self._unstaged: list[EncodedVector] = []  # finished, but not staged yet
        self._last_sent = 0  # passages up to this number are submitted, or have a vector
        self._last_inserted = 0  # the number of the last inserted passage
        self._pending_keys: set[bytes] = set()
        self._thread = _EmbeddingThread(workers.embed, self._max_pending)

    def step(self, newest: int | None = None) -> None:
        """Collect finished vectors and submit inserted passages, without waiting.

        `newest` is the number of the last inserted passage; None if there is no new one.
        """
        self._last_inserted = newest or self._last_inserted
        self._collect_results(wait=False)
        while self._last_inserted - self._last_sent >= WINDOW_SIZE and len(self._pending_keys) < self._max_pending:
            rows = self._database.execute(
                "SELECT number, key, text FROM temp.fresh WHERE number > ? ORDER BY number LIMIT ?",
                (self._last_sent, WINDOW_SIZE),
            ).fetchall()
            self._last_sent = rows[-1][0] if rows else self._last_inserted
            self._submit_passages([(key, text) for _, key, text in rows])

    def finish(self) -> Iterator[ProgressUpdate]:
        """Compute all missing vectors. Raises MemoryError, ModelError, and LibraryError."""
        database = self._database
        database.execute(
            "CREATE TEMP TABLE pending AS SELECT min(number) AS number, key FROM temp.fresh"
            " WHERE key NOT IN (SELECT key FROM vector) GROUP BY key ORDER BY number"
        )
        sent = [*self._pending_keys]
        for first in range(0, len(sent), MAX_KEYS):  # each query scans the table
            keys = sent[first : first + MAX_KEYS]
            database.execute(f"DELETE FROM pending WHERE key IN ({','.join('?' * len(keys))})", keys)
        for rows in _iter_windows(database, "SELECT key FROM pending"):
            self._reuse_staged([key for (key,) in rows])
        database.execute("DELETE FROM pending WHERE key IN (SELECT key FROM vector)")
        (pending,) = database.execute("SELECT count(*) FROM pending").fetchone()
        total = self.embedded_count + len(self._pending_keys) + pending
        self._stage_vectors()
        if total:
            yield ProgressUpdate("embedding", self.embedded_count, total)
        query = "SELECT fresh.key, fresh.text FROM pending JOIN temp.fresh AS fresh USING (number)"
        for rows in _iter_windows(database, query):
            self._submit_passages(rows)
            while len(self._pending_keys) >= self._max_pending:
                self._collect_results(wait=True)
                yield ProgressUpdate("embedding", self.embedded_count, total)
        while self._pending_keys:
            self._collect_results(wait=True)
            yield ProgressUpdate("embedding", self.embedded_count, total)
        self._stage_vectors()

    def close(self) -> None:
        """Stop embedding, and stage the vectors that are finished."""
        for result in self._thread.stop():
            if not isinstance(result, BaseException):
                self._unstaged += result
        try:
            self._stage_vectors()
        finally:
            if self._staging is not None:
                self._staging.close()

    def _submit_passages(self, rows: Sequence[EmbeddingTask]) -> None:
        wanted = dict(reversed(rows))  # of equal keys, the first
        marks = ",".join("?" * len(wanted))
        stored = self._database.execute(f"SELECT key FROM vector WHERE key IN ({marks})", [*wanted])
        for (key,) in stored.fetchall():
            del wanted[key]
        for key in self._reuse_staged([*wanted]):
            del wanted[key]
        fresh = [(key, text) for key, text in wanted.items() if key not in self._pending_keys]
        if fresh:
            self._pending_keys.update(key for key, _ in fresh)
            self._thread.submit(fresh)

    def _reuse_staged(self, keys: Sequence[bytes]) -> list[bytes]:
        """Store the vectors with these keys that an earlier build has staged. Return their keys."""
        if self._staging is None:
            self._staging = Staging(self._folder)
        staged = self._staging.load_vectors(keys)
        self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", staged)
        return [key for key, _ in staged]

    def _collect_results(self, *, wait: bool) -> None:
        for result in (self._thread.wait_for_result(),) if wait else self._thread.take_results():
            if isinstance(result, BaseException):
                raise result
            self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", result)
            self._pending_keys.difference_update(key for key, _ in result)
            self.embedded_count += len(result)
            self._unstaged += result
        self._stage_vectors()  # before their number is reported

    def _stage_vectors(self) -> None:
        if self._unstaged and self._staging is not None:
            self._staging.save_vectors(self._unstaged)
        self._unstaged = []


EmbeddingResult = list[EncodedVector] | BaseException
"""A batch of vectors, or the error that ended the thread."""


class _EmbeddingThread:
    """The thread that embeds what is submitted, batch by batch, until it is stopped.

    `embed` is given what waits, up to `most` texts at once.
    """

    def __init__(self, embed: Callable[[list[EmbeddingTask]], Iterator[list[EncodedVector]]], most: int) -> None:
        self._embed, self._most = embed, most
        self._tasks: queue.SimpleQueue[list[EmbeddingTask] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[EmbeddingResult] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def submit(self, rows: list[EmbeddingTask]) -> None:
        """Embed these texts after those submitted before."""
        self._tasks.put(rows)
        if self._thread is None:
            # A daemon thread, so that a build that is never closed does not keep the program from ending.
            thread = threading.Thread(target=self._run, name="embed passages", daemon=True)
            start_thread(thread)
            self._thread = thread

    def wait_for_result(self) -> EmbeddingResult:
        """Wait for the next result."""
        return self._results.get()

    def take_results(self) -> Iterator[EmbeddingResult]:
        """The results that are available now."""
        while not self._results.empty():
            yield self._results.get()

    def stop(self) -> Iterator[EmbeddingResult]:
        """Stop after the current batch. Yield the results that were not collected."""
        self._stopped.set()
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()
        return self.take_results()

    def _run(self) -> None:
        while (rows := self._tasks.get()) is not None and not self._stopped.is_set():
            try:
                for result in self._embed(self._take_more(rows)):
                    self._results.put(result)
                    if self._stopped.is_set():
                        return
            except BaseException as error:
                self._results.put(error)  # raised in the calling thread
                return

    def _take_more(self, rows: list[EmbeddingTask]) -> list[EmbeddingTask]:
        """These rows, and more that wait."""
        while len(rows) < self._most and not self._tasks.empty():
            more = self._tasks.get()
            if more is None:
                self._tasks.put(None)
                break
            rows += more
        return rows


def _iter_windows(database: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    """The rows of a query on the table of pending passages, in windows, so that other queries can run in between."""
    first, last = database.execute("SELECT min(rowid), max(rowid) FROM pending").fetchone()
    if first is not None:
        for start in range(first, last + 1, WINDOW_SIZE):
            rows = database.execute(f"{query} WHERE pending.rowid BETWEEN ? AND ?", (start, start + WINDOW_SIZE - 1))
            if window := rows.fetchall():
                yield window
