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
from assistant.indexing.staging import Staging, Stored
from assistant.records.build import Progress
from assistant.store.codecs import packed

WINDOW = 1024  # passages handed over together, of which alike lengths are embedded together
CHUNK = 256  # embedded between two looks at whether to go on, and two commits aside: what a kill can cost
_OUT_OF_MEMORY = re.compile(r"bad.?alloc|out of memory|not enough memory|cannot allocate", re.IGNORECASE)

Unembedded = tuple[bytes, str]
"""The key of a vector that is to be made, and what the embedder reads for it."""


class Vectorising:
    """Follows the passages of one connection (see `storing.FRESH`); all but the embedding is done by who calls."""

    def __init__(self, database: sqlite3.Connection, folder: Path, embedder: Callable[[], Embedder]) -> None:
        self.embedded = 0
        self._database = database
        self._folder = folder
        self._embedder = embedder
        self._staging: Staging | None = None
        self._aside: list[Stored] = []  # made, but not yet committed aside
        self._sent = 0  # up to this number passages were handed over, or have their vector
        self._newest = 0  # the number of the last passage that came in
        self._under_way: set[bytes] = set()
        self._thread = _Embedding()

    def step(self, newest: int | None = None) -> None:
        """Take what has been made and hand over what has come in, without waiting.

        `newest` is the number of the last passage that came in; None where none came in since.
        """
        self._newest = newest or self._newest
        self._take(wait=False)
        while self._newest - self._sent >= WINDOW and len(self._under_way) < WINDOW:
            rows = self._database.execute(
                "SELECT number, key, text FROM temp.fresh WHERE number > ? ORDER BY number LIMIT ?",
                (self._sent, WINDOW),
            ).fetchall()
            self._sent = rows[-1][0] if rows else self._newest
            self._send([(key, text) for _, key, text in rows])

    def finish(self) -> Iterator[Progress]:
        """Make what is missing still, and wait for it. Raises MemoryError, ModelError, and LibraryError."""
        database = self._database
        database.execute(
            "CREATE TEMP TABLE pending AS SELECT min(number) AS number, key FROM temp.fresh"
            " WHERE key NOT IN (SELECT key FROM vector) GROUP BY key ORDER BY number"
        )
        marks = ",".join("?" * len(self._under_way))  # one pass over all that is pending, not one for each
        database.execute(f"DELETE FROM pending WHERE key IN ({marks})", [*self._under_way])
        for rows in _windows(database, "SELECT key FROM pending"):
            self._take_kept([key for (key,) in rows])
        database.execute("DELETE FROM pending WHERE key IN (SELECT key FROM vector)")
        (pending,) = database.execute("SELECT count(*) FROM pending").fetchone()
        total = self.embedded + len(self._under_way) + pending
        if total:
            yield Progress("embedding", self.embedded, total)
        query = "SELECT fresh.key, fresh.text FROM pending JOIN temp.fresh AS fresh USING (number)"
        for rows in _windows(database, query):
            self._send(rows)
            while len(self._under_way) >= WINDOW:
                self._take(wait=True)
                yield Progress("embedding", self.embedded, total)
        while self._under_way:
            self._take(wait=True)
            yield Progress("embedding", self.embedded, total)
        self._put_aside()

    def close(self) -> None:
        """End the embedding, and keep what was made of it."""
        for made in self._thread.stop():
            if not isinstance(made, BaseException):
                self._aside += made
        try:
            self._put_aside()
        finally:
            if self._staging is not None:
                self._staging.close()

    def _send(self, rows: Sequence[Unembedded]) -> None:
        wanted = dict(reversed(rows))  # of equal ones, the first
        marks = ",".join("?" * len(wanted))
        there = self._database.execute(f"SELECT key FROM vector WHERE key IN ({marks})", [*wanted])
        for (key,) in there.fetchall():
            del wanted[key]
        for key in self._take_kept([*wanted]):
            del wanted[key]
        fresh = [(key, text) for key, text in wanted.items() if key not in self._under_way]
        if fresh:
            self._under_way.update(key for key, _ in fresh)
            self._thread.put(self._embedder(), fresh)

    def _take_kept(self, keys: Sequence[bytes]) -> list[bytes]:
        """Use what an earlier build has left; the keys of it."""
        if self._staging is None:
            self._staging = Staging(self._folder)
        kept = self._staging.kept(keys)
        self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", kept)
        return [key for key, _ in kept]

    def _take(self, *, wait: bool) -> None:
        for made in (self._thread.next(),) if wait else self._thread.made():
            if isinstance(made, BaseException):
                raise made
            self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", made)
            self._under_way.difference_update(key for key, _ in made)
            self.embedded += len(made)
            self._aside += made
        if len(self._aside) >= CHUNK:
            self._put_aside()

    def _put_aside(self) -> None:
        if self._aside and self._staging is not None:
            self._staging.keep(self._aside)
        self._aside = []


Made = list[Stored] | BaseException
"""A chunk of vectors, or what went wrong with one."""


class _Embedding:
    """The thread that embeds what is put, chunk by chunk, until it is stopped."""

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[tuple[Embedder, list[Unembedded]] | None] = queue.SimpleQueue()
        self._made: queue.SimpleQueue[Made] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def put(self, embedder: Embedder, rows: list[Unembedded]) -> None:
        """Have these embedded."""
        self._work.put((embedder, rows))
        if self._thread is None:
            # A daemon, so that a build that nobody closes does not keep the program from ending.
            thread = threading.Thread(target=self._run, name="embed passages", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                raise MemoryError from error  # there is no room for its stack
            self._thread = thread

    def next(self) -> Made:
        """What is made next, waited for."""
        return self._made.get()

    def made(self) -> Iterator[Made]:
        """What has been made by now."""
        while not self._made.empty():
            yield self._made.get()

    def stop(self) -> Iterator[Made]:
        """End it after the chunk under way; what was made and not yet taken."""
        self._stopped.set()
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
        return self.made()

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            embedder, rows = work
            rows.sort(key=lambda row: len(row[1]))
            for first in range(0, len(rows), CHUNK):
                if self._stopped.is_set():
                    return
                try:
                    self._made.put(_embedded(rows[first : first + CHUNK], embedder))
                except BaseException as error:
                    self._made.put(error)  # raised where it is waited for
                    return


def _embedded(rows: Sequence[Unembedded], embedder: Embedder) -> list[Stored]:
    try:
        vectors: Vectors = embedder.embed([text for _, text in rows])
    except RuntimeError as error:
        if _OUT_OF_MEMORY.search(str(error)):  # as what runs the model puts it
            raise MemoryError from error
        raise
    if not np.isfinite(vectors).all():
        raise LibraryError("the embedding model returned values that are not numbers; nothing was stored")
    return [(key, packed(key, vector)) for (key, _), vector in zip(rows, vectors, strict=True)]


def _windows(database: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    """The rows of a query on the pending passages, some at a time, so that others can be asked between."""
    first, last = database.execute("SELECT min(rowid), max(rowid) FROM pending").fetchone()
    if first is not None:
        for start in range(first, last + 1, WINDOW):
            rows = database.execute(f"{query} WHERE pending.rowid BETWEEN ? AND ?", (start, start + WINDOW - 1))
            if found := rows.fetchall():
                yield found
