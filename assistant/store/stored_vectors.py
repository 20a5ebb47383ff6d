"""The vectors in a library's database: the truth that the FAISS file is made from, and that cosines are taken from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.store.codecs import decode_vector
from assistant.store.faiss_index import PassageNumbers
from assistant.store.remedies import REPAIR_HINT

QUERY_BATCH_SIZE, BLOCK_SIZE = 500, 10_000  # rows asked for by number together; vectors held at a time


class StoredVectors:
    """The vectors in a library's database, each checked against its checksum as it is read.

    Whatever reads them raises LibraryDamaged where one is missing or is not what was stored, and what SQLite raises.
    """

    def __init__(self, connection: sqlite3.Connection, dimension: int) -> None:
        self._connection = connection
        self.dimension = dimension

    def __len__(self) -> int:
        (count,) = self._connection.execute("SELECT count(*) FROM passage").fetchone()
        return int(count)

    def passage_numbers(self) -> PassageNumbers:
        """The numbers of all passages, ascending, shape (n,)."""
        rows = self._connection.execute("SELECT number FROM passage ORDER BY number")
        return np.fromiter((number for (number,) in rows), dtype=np.int64)

    def iter_blocks(self, step: int = 1) -> Iterator[tuple[PassageNumbers, Vectors]]:
        """All vectors by passage number, or those of every `step`th: shapes (n,) and (n, dimension)."""
        numbers = self.passage_numbers()[::step]
        for first in range(0, len(numbers), BLOCK_SIZE):
            yield self.load_vectors(numbers[first : first + BLOCK_SIZE].tolist())

    def sample(self, limit: int) -> Vectors:
        """At most so many of them, from all over the collection, shape (n, dimension)."""
        step = max(1, -(-len(self) // limit))
        found = [vectors for _, vectors in self.iter_blocks(step)]
        return np.concatenate(found) if found else np.empty((0, self.dimension), dtype=np.float32)

    def load_vectors(self, numbers: Sequence[int]) -> tuple[PassageNumbers, Vectors]:
        """The vectors of those of these passages that there are."""
        ids: list[int] = []
        vectors = np.empty((len(numbers), self.dimension), dtype=np.float32)
        for first in range(0, len(numbers), QUERY_BATCH_SIZE):
            some = numbers[first : first + QUERY_BATCH_SIZE]
            rows = self._connection.execute(
                "SELECT passage.number, passage.vector_key, vector.data FROM passage"
                " LEFT JOIN vector ON vector.key = passage.vector_key"
                f" WHERE passage.number IN ({','.join('?' * len(some))})",
                some,
            )
            for number, key, data in rows:
                vector = decode_vector(key, data, self.dimension) if isinstance(key, bytes) else None
                if vector is None:
                    raise LibraryDamaged(f"the stored vector of passage {number} is missing or damaged; {REPAIR_HINT}")
                vectors[len(ids)] = vector
                ids.append(number)
        return np.asarray(ids, dtype=np.int64), vectors[: len(ids)]
