"""The FAISS side of the index: derived from the stored vectors, saved under a checksum, exact search."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.embedding import Vectors
from assistant.errors import LibraryDamaged
from assistant.files import write_durably
from assistant.schema import sealed, unsealed

Ids = npt.NDArray[np.int64]


def packed(key: bytes, vector: Vectors) -> bytes:
    """One vector, shape (dimension,), as the library stores it under this key: float16, with a checksum."""
    return sealed(key, vector.astype("<f2").tobytes())


def unpacked(key: bytes, data: object, dimension: int) -> Vectors | None:
    """The vector that was `packed`; None where the data is not what it was."""
    if not isinstance(data, bytes) or len(data) != 2 * dimension + 4:
        return None
    vector = unsealed(key, data)
    return None if vector is None else np.frombuffer(vector, dtype="<f2").astype(np.float32)


class VectorIndex:
    """Unit vectors by passage number, searched exactly by inner product (which is their cosine)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> VectorIndex:
        """From `ids` of shape (n,) and `vectors` of shape (n, dimension); n may be 0."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        if len(ids):
            index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        return cls(index)

    def save(self, path: Path) -> str:
        """Write the whole file, durably, and return its SHA-256. Raises OSError."""
        import faiss

        data = faiss.serialize_index(self._index).tobytes()
        write_durably(path, data)
        return hashlib.sha256(data).hexdigest()

    @classmethod
    def load(cls, path: Path, sha256: str) -> VectorIndex:
        """Read a file that `save` wrote. Raises LibraryDamaged unless its bytes have this SHA-256."""
        import faiss

        try:
            data = path.read_bytes()
        except OSError as error:
            raise LibraryDamaged(f"{path}: cannot be read: {error.strerror}") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LibraryDamaged(f"{path}: not the file that the index names")
        return cls(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """The cosine of each of these vectors with `vector`, shape (dimension,). Raises KeyError for unknown ids."""
        try:
            return [float(self._index.reconstruct(int(one)) @ vector) for one in ids]
        except RuntimeError as error:
            raise KeyError(f"not among the {len(self)} vectors of this index") from error

    def vector(self, number: int) -> Vectors | None:
        """The vector of one passage, shape (dimension,); None where there is none."""
        try:
            vector: Vectors = self._index.reconstruct(int(number))
        except RuntimeError:
            return None
        return vector

    def holds(self, vectors: Mapping[int, Vectors]) -> bool:
        """Whether these passages have exactly these vectors here."""
        return all((found := self.vector(n)) is not None and np.array_equal(found, v) for n, v in vectors.items())

    def search(self, vector: Vectors, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passage numbers with their cosine, nearest first; only from `among` where given."""
        import faiss

        k = min(k, len(self))
        if not k:
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64))
            make_parameters: Any = faiss.SearchParameters  # its stubs do not know the keyword
            parameters = make_parameters(sel=selector)
        scores, ids = self._index.search(vector.reshape(1, -1).astype(np.float32), k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
