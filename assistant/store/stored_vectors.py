"""The vectors in a library's database. The FAISS file is built from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.store.codecs import decode_vector
from assistant.store.faiss_index import PassageNumbers
from assistant.store.remedies import REPAIR_HINT
from assistant.store.sqlite import QUERY_BATCH_SIZE, make_placeholders

BLOCK_SIZE = 10_000  # vectors in memory at a time


class StoredVectors:
    """The vectors in a library's database. Each is checked against its checksum when it is read.

    All methods raise LibraryDamaged if a vector is missing or damaged, and the errors of SQLite.
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
        """The passage numbers and vectors of every `step`th passage, in blocks: shapes (n,) and (n, dimension)."""
        numbers = self.passage_numbers()[::step]
        for first in range(0, len(numbers), BLOCK_SIZE):
            yield self.load_vectors(numbers[first : first + BLOCK_SIZE].tolist())

    def sample(self, limit: int) -> Vectors:
        """At most `limit` vectors, evenly spread over all of them, shape (n, dimension)."""
        step = max(1, -(-len(self) // limit))
        blocks = [vectors for _, vectors in self.iter_blocks(step)]
        return np.concatenate(blocks) if blocks else np.empty((0, self.dimension), dtype=np.float32)

    def load_vectors(self, numbers: Sequence[int]) -> tuple[PassageNumbers, Vectors]:
        """Numbers and vectors of those of these passages that exist: shapes (n,) and (n, dimension)."""
        ids: list[int] = []
        vectors = np.empty((len(numbers), self.dimension), dtype=np.float32)
        for first in range(0, len(numbers), QUERY_BATCH_SIZE):
            some = numbers[first : first + QUERY_BATCH_SIZE]
            rows = self._connection.execute(
                "SELECT passage.number, passage.vector_key, vector.data FROM passage"
                " LEFT JOIN vector ON vector.key = passage.vector_key"
                f" WHERE passage.number IN ({make_placeholders(some)})",
                some,
            )
            for number, key, data in rows:
                vector = decode_vector(key, data, self.dimension) if isinstance(key, bytes) else None
                if vector is None:
                    raise LibraryDamaged(f"the stored vector of passage {number} is missing or damaged; {REPAIR_HINT}")
                vectors[len(ids)] = vector
                ids.append(number)
        return np.asarray(ids, dtype=np.int64), vectors[: len(ids)]
