"""A library that is published in Lance tables, opened for reading at the versions that its publication names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Self

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.store.faiss_index import PassageNumbers
from assistant.store.generation_cache import GenerationCache, GenerationValues
from assistant.store.lance.connection import LanceConnection
from assistant.store.lance.tables import (
    Publication,
    lance_errors,
    open_published,
    require_lance,
    require_publication,
)
from assistant.store.lance.words import LanceWordQueries
from assistant.store.library import check_published
from assistant.store.protocol import PassageFilter
from assistant.store.queries.snapshot import LibrarySnapshot
from assistant.store.remedies import PUBLISH_HINT
from assistant.store.sqlite import DamagedRowError

_MARGIN = 50  # more vectors that Lance proposes, whose cosines are then computed as those of the other store are


class LanceVectorQueries(LanceWordQueries):
    """Passages by meaning. See `store.queries.vectors.VectorQueries`."""

    def warm_up(self) -> None:
        """Nothing to load: Lance reads what a search needs."""

    def search_vectors(
        self, vector: Vectors, limit: int, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their cosine to `vector`, shape (dimension,), nearest first."""
        rows = self.scan(
            "passage",
            ["number", "vector"],
            nearest={"column": "vector", "q": vector.astype(np.float16), "k": limit + _MARGIN, "metric": "dot"},
            filter=None if where is None else self.render_filter(where),
            prefilter=True,
            disable_scoring_autoprojection=True,
        )
        ids, vectors = self._read_vectors(rows)
        found = [(number, float(each @ vector)) for number, each in zip(ids.tolist(), vectors, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,); None if there is no such passage."""
        ids, vectors = self.load_vectors(numbers)
        known = {number: float(each @ vector) for number, each in zip(ids.tolist(), vectors, strict=True)}
        return [known.get(number) for number in numbers]

    def load_vectors(self, numbers: Sequence[int]) -> tuple[PassageNumbers, Vectors]:
        """The vectors of those of these passages that exist: their numbers, and rows of shape (n, dimension)."""
        wanted = f"number IN ({', '.join(map(str, numbers))})" if numbers else "false"
        return self._read_vectors(self.scan("passage", ["number", "vector"], filter=wanted))

    def _read_vectors(self, rows: Sequence[Mapping[str, Any]]) -> tuple[PassageNumbers, Vectors]:
        """The numbers and vectors of rows. Raises LibraryDamaged if they are not what a build writes."""
        dimension = int(self.manifest["dimension"])
        ids = np.asarray([row["number"] for row in rows], dtype=np.int64)
        with self._connection.reading():
            vectors = np.asarray([row["vector"] for row in rows], dtype=np.float32)
            if (rows and vectors.shape != (len(rows), dimension)) or not np.isfinite(vectors).all():
                raise DamagedRowError("a vector is not one of the model")
        return ids, vectors.reshape(len(rows), dimension)


class LanceLibrary(LanceVectorQueries, LibrarySnapshot):
    """One consistent snapshot of a published library."""

    def __init__(self, connection: LanceConnection, values: GenerationValues, publication: Publication) -> None:
        super().__init__(PurePosixPath(connection.uri), connection, values, publication.manifest)
        self.stem_count = publication.stems

    @classmethod
    def open(cls, uri: str, cache: GenerationCache | None = None) -> Self:
        """Open what is published at an address, a folder or `s3://…`. `cache` keeps values between snapshots.

        Raises ConfigError without the packages, LibraryMissing, LibraryMismatch for another format, LibraryDamaged, and
        LibraryError.
        """
        require_lance()
        publication = require_publication(uri)
        check_published(uri, publication.manifest, PUBLISH_HINT)
        values = (cache or GenerationCache()).values_for(publication.manifest["generation"])

        with lance_errors(uri):
            connection = LanceConnection(uri, values.get("tables", lambda: open_published(uri, publication)))
        return cls(connection, values, publication)

    @property
    def location(self) -> str:
        """The address of the tables."""
        return self._connection.uri

    def size_in_bytes(self) -> int:
        """The size of the files of the published tables."""
        with self._connection.reading():
            files = [table.all_files().read_all() for table in self._connection.tables.values()]
        return sum(size for each in files for size in each["size_bytes"].to_pylist())
