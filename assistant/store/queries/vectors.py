"""Search by vector: in the FAISS index where it is exact, with cosines from the stored vectors where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.store.faiss_index import CANDIDATE_MARGIN, PassageNumbers, VectorIndex, choose_kind
from assistant.store.protocol import PassageFilter
from assistant.store.queries.passages import FilterQueries
from assistant.store.sqlite import database_errors
from assistant.store.stored_vectors import StoredVectors


class VectorQueries(FilterQueries):
    """Passages by meaning. The FAISS index is loaded once for each published state."""

    @property
    def dimension(self) -> int:
        """The length of each stored vector."""
        return int(self.manifest["dimension"])

    def warm_up(self) -> None:
        """Load the FAISS index."""
        self.vector_index()

    def search_vectors(
        self, vector: Vectors, limit: int, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their cosine to `vector`, shape (dimension,), nearest first."""
        among = None
        if where is not None:
            numbers = self.resolve_filter(where)
            among = np.fromiter(numbers, dtype=np.int64, count=len(numbers))
        return self.search_index(self.vector_index(), vector, limit, among)

    def search_index(
        self, index: VectorIndex, vector: Vectors, limit: int, among: PassageNumbers | None = None
    ) -> list[tuple[int, float]]:
        """As `search_vectors`, in an index of these vectors of any kind; `among` are the passages to choose from."""
        if index.is_exact:
            return index.search(vector, limit, among)
        near = [number for number, _ in index.search(vector, limit + CANDIDATE_MARGIN, among)]
        cosines = zip(near, self._stored_cosines(vector, near), strict=True)
        found = [(number, cosine) for number, cosine in cosines if cosine is not None]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,); None if there is no such passage.

        Raises LibraryDamaged if a stored vector is missing or damaged.
        """
        index = self.vector_index()
        return index.cosines(vector, numbers) if index.is_exact else self._stored_cosines(vector, numbers)

    def load_vectors(self, numbers: Sequence[int]) -> tuple[PassageNumbers, Vectors]:
        """The stored vectors of those of these passages that exist: their numbers, and rows of shape (n, dimension)."""
        with self._reading_stored_vectors() as stored:
            return stored.load_vectors(numbers)

    def _stored_cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        ids, vectors = self.load_vectors(numbers)
        known = dict(zip(ids.tolist(), (vectors @ vector).tolist(), strict=True))
        return [known.get(number) for number in numbers]

    def vector_index(self) -> VectorIndex:
        """The FAISS index of this snapshot; built from the stored vectors if its file is missing or damaged."""
        index: VectorIndex = self.compute_once("vector index", self._load_vector_index)
        return index

    def _load_vector_index(self) -> VectorIndex:
        path = self._path.with_name(self.manifest["vectors_file"])
        try:
            index = VectorIndex.load(path, self.manifest["vectors_sha256"], self.dimension)
            count, highest = self.select_first("SELECT count(*), coalesce(max(number), 0) FROM passage")
            if len(index) == count and index.highest_number() <= highest:
                return index
            raise LibraryDamaged(f"{path}: not of these passages")
        except LibraryDamaged:
            with self._reading_stored_vectors() as stored:
                # Training the lists of a "listed" index takes longer than it would save in a few questions.
                return VectorIndex.build(stored, "scanned" if choose_kind(len(stored)) == "listed" else None)

    def stored_vectors(self) -> StoredVectors:
        """The vectors in the database. Reading them raises the errors of SQLite."""
        return StoredVectors(self._connection.connection, self.dimension)

    @contextmanager
    def _reading_stored_vectors(self) -> Iterator[StoredVectors]:
        """The vectors in the database, with the errors of this program."""
        with database_errors(self._path), self._connection.fail_if_changed():
            yield self.stored_vectors()
