"""The FAISS index: derived from the stored vectors, of a kind that depends on their number.

The inner product of unit vectors, by which it is searched, is their cosine. Up to 100,000 vectors are stored in half
precision, and each is compared: the search is exact. More vectors are stored with one byte per dimension (8-bit scalar
quantisation), which halves memory and reading. Beyond 300,000 they are divided into lists (IVF), and only the lists
around the question are searched. Both give candidates, whose cosines are then computed from the stored vectors. Large
files are mapped into memory, not read.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.store.remedies import REPAIR_HINT
from assistant.system.files import compute_file_sha256, open_durably
from assistant.system.os_errors import describe_read_error

PassageNumbers = npt.NDArray[np.int64]
IndexKind = Literal["exact", "scanned", "listed"]

EXACT_UP_TO, SCANNED_UP_TO = 100_000, 300_000
SHRINK_LIMIT = 0.5  # below this share of the number where its kind begins, an index is rebuilt as a smaller kind
GROWTH_LIMIT = 4.0  # a listed index that grew this many times is rebuilt: its lists have become long
TRAINING_SAMPLE_SIZE = 100_000  # vectors
LISTS_FACTOR = 2.0  # times the square root of the number of vectors is the number of lists
PROBED_SHARE = 0.4  # share of the lists that is searched: finds 0.99 of the ten nearest, also in small libraries
CANDIDATE_MARGIN = 100  # additional candidates if the cosines of the index are approximate
MIN_MAPPED_BYTES = 64 << 20  # larger files are mapped
_WRITE_BLOCK = 1 << 20


class VectorSource(Protocol):
    """The vectors that an index is built from."""

    dimension: int

    def __len__(self) -> int: ...

    def iter_blocks(self) -> Iterator[tuple[PassageNumbers, Vectors]]:
        """All passage numbers and vectors, in blocks: shapes (n,) and (n, dimension)."""

    def sample(self, limit: int) -> Vectors:
        """At most `limit` vectors, evenly spread over all of them, shape (n, dimension)."""


def choose_kind(count: int) -> IndexKind:
    """The kind of index for this number of vectors."""
    return "exact" if count <= EXACT_UP_TO else "scanned" if count <= SCANNED_UP_TO else "listed"


class VectorIndex:
    """Unit vectors by passage number."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.kind = _detect_kind(index)

    @classmethod
    def build(cls, stored: VectorSource, kind: IndexKind | None = None) -> VectorIndex:
        """Build an index of all stored vectors, of the kind for their number unless one is given."""
        import faiss

        kind = kind or choose_kind(len(stored))
        dimension, quantizer = stored.dimension, faiss.ScalarQuantizer
        index: Any
        if kind == "listed":
            lists = max(1, round(LISTS_FACTOR * math.sqrt(len(stored))))
            index = faiss.IndexIVFScalarQuantizer(
                faiss.IndexFlatIP(dimension), dimension, lists, quantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            index.cp.niter = 10
            index.cp.seed = 1
            index.cp.min_points_per_centroid = 1  # otherwise FAISS prints warnings
        else:
            precision = quantizer.QT_fp16 if kind == "exact" else quantizer.QT_8bit
            # Only IDMap2 can return the vector of a number.
            by_number = faiss.IndexIDMap2 if kind == "exact" else faiss.IndexIDMap
            index = by_number(faiss.IndexScalarQuantizer(dimension, precision, faiss.METRIC_INNER_PRODUCT))
        if kind != "exact":
            sample = stored.sample(TRAINING_SAMPLE_SIZE)
            if len(sample):
                index.train(sample)
        built = cls(index)
        for ids, vectors in stored.iter_blocks():
            built.add(ids, vectors)
        return built

    def save(self, path: Path) -> str:
        """Write the file durably, and return its SHA-256. Raises OSError."""
        import faiss

        digest = hashlib.sha256()
        failures: list[OSError] = []
        with open_durably(path) as file:

            def write(piece: bytes) -> int:
                digest.update(piece)
                try:
                    file.write(piece)
                except OSError as error:
                    failures.append(error)
                    return 0
                return len(piece)

            # Not through FAISS's own buffer: that is flushed in a destructor, where an error would be lost.
            writer: Any = faiss  # the stubs do not have PyCallbackIOWriter
            try:
                faiss.write_index(self._index, writer.PyCallbackIOWriter(write, _WRITE_BLOCK))
            except RuntimeError:
                if not failures:
                    raise
            if failures:
                raise failures[0]
        return digest.hexdigest()

    @classmethod
    def load(cls, path: Path, sha256: str, dimension: int, *, writable: bool = False) -> VectorIndex:
        """Open a file that `save` wrote. It is read into memory if it is small or `writable`, else mapped.

        Raises LibraryDamaged if the file cannot be read or has another SHA-256, or if it is no index that `build` makes
        of vectors of this dimension.
        """
        import faiss

        try:
            is_small = path.stat().st_size < MIN_MAPPED_BYTES
            data = path.read_bytes() if is_small else b""
            actual_sha256 = hashlib.sha256(data).hexdigest() if is_small else compute_file_sha256(path)
        except OSError as error:
            raise LibraryDamaged(f"{path}: {describe_read_error(error)}") from error
        if actual_sha256 != sha256:
            raise LibraryDamaged(f"{path}: not the file that the index names")
        try:
            if is_small:
                index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
            elif writable:
                index = faiss.read_index(str(path))
            else:
                index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
                if isinstance(index, faiss.IndexIVF):  # for its lists FAISS has another flag
                    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
            if not _is_own_index(index, dimension):
                raise LibraryDamaged(f"{path}: not an index of these vectors")
            loaded = cls(index)
            numbers = loaded.passage_numbers()
            if len(numbers) != len(loaded) or len(np.unique(numbers)) != len(numbers) or np.any(numbers < 0):
                raise LibraryDamaged(f"{path}: its passage numbers are not those of a library")
        except (RuntimeError, TypeError, ValueError, AttributeError, AssertionError, MemoryError) as error:
            lines = str(error).splitlines() or [type(error).__name__]
            raise LibraryDamaged(f"{path}: cannot be read: {lines[-1]}") from error
        return loaded

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def highest_number(self) -> int:
        """The highest passage number in the index; 0 if it is empty."""
        return int(self.passage_numbers().max(initial=0))

    @property
    def is_exact(self) -> bool:
        """Whether `search` gives the cosines of the stored vectors, and misses none."""
        return self.kind == "exact"

    def is_suited_to(self, count: int) -> bool:
        """Whether this kind of index still suits this number of vectors, so that it need not be rebuilt."""
        if choose_kind(count) == self.kind:
            return self.kind != "listed" or count <= GROWTH_LIMIT * (self._index.nlist / LISTS_FACTOR) ** 2
        begins = {"exact": 0, "scanned": EXACT_UP_TO, "listed": SCANNED_UP_TO}[self.kind]
        return SHRINK_LIMIT * begins <= count <= begins

    # -------------------------------------------------------------------------------------- changing

    def passage_numbers(self) -> PassageNumbers:
        """The numbers of all passages in the index, in any order, shape (n,)."""
        import faiss

        if self.kind != "listed":
            numbers: PassageNumbers = faiss.vector_to_array(self._index.id_map)
            return numbers
        lists = self._index.invlists
        parts = [
            faiss.rev_swig_ptr(lists.get_ids(number), lists.list_size(number)).copy()
            for number in range(self._index.nlist)
            if lists.list_size(number)
        ]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    def add(self, ids: PassageNumbers, vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), with passage numbers that are new to the index, shape (n,)."""
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.ascontiguousarray(ids))

    def remove(self, ids: PassageNumbers) -> None:
        """Remove the vectors of these passages, shape (n,)."""
        import faiss

        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids)))

    # ------------------------------------------------------------------------------------- searching

    def search(
        self, vector: Vectors, k: int, among: Sequence[int] | PassageNumbers | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest passage numbers with their cosine, nearest first; of the passages `among` if given.

        Unless the index is exact, cosines and choice are approximate: ask for CANDIDATE_MARGIN more.
        """
        import faiss

        k = min(k, len(self))
        if not k:
            return []
        chosen: dict[str, Any] = {}
        if among is not None:
            bits = _pack_bitmap(among)  # FAISS reads this array, so it must exist until the search ends
            select: Any = faiss.IDSelectorBitmap  # the stubs do not have this signature
            chosen["sel"] = select(bits)
        make: Any = faiss.SearchParameters  # the stubs do not have its keywords
        if self.kind == "listed":
            # A filter can leave few passages, in any list: all lists are searched.
            lists = self._index.nlist
            chosen["nprobe"] = lists if among is not None else math.ceil(PROBED_SHARE * lists)
            make = faiss.SearchParametersIVF
        parameters = make(**chosen) if chosen else None
        scores, ids = self._index.search(vector.reshape(1, -1).astype(np.float32), k, params=parameters)
        # A vector that is not a number is near to nothing, so it is missing in the result.
        is_complete = self.kind == "listed" or among is not None or bool((ids >= 0).all())
        if not is_complete or not np.isfinite(scores[ids >= 0]).all():
            raise LibraryDamaged(f"the FAISS file has vectors that are not numbers; {REPAIR_HINT}")
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,). Only for an exact index."""
        stored = (self.vector(number) for number in numbers)
        return [None if other is None else float(other @ vector) for other in stored]

    def vector(self, number: int) -> Vectors | None:
        """The stored vector of a passage, shape (dimension,); None if there is none, or the index is not exact."""
        if not self.is_exact:
            return None
        try:
            vector: Vectors = self._index.reconstruct(int(number))
        except RuntimeError:
            return None
        return vector

    def has_vectors(self, vectors: Mapping[int, Vectors]) -> bool:
        """Whether the index has these vectors for these passages; only whether it has any, if it is not exact."""
        if not self.is_exact:
            return bool(np.isin(np.fromiter(vectors, dtype=np.int64), self.passage_numbers()).all())
        return all((found := self.vector(n)) is not None and np.array_equal(found, v) for n, v in vectors.items())


def _detect_kind(index: Any) -> IndexKind:
    import faiss

    if isinstance(index, faiss.IndexIVF):
        return "listed"
    inside: Any = faiss.downcast_index(index.index)
    # Files of earlier versions are in single precision.
    is_exact = isinstance(inside, faiss.IndexFlat) or inside.sq.qtype == faiss.ScalarQuantizer.QT_fp16
    return "exact" if is_exact else "scanned"


def _is_own_index(index: Any, dimension: int) -> bool:
    """Whether FAISS has read one of the kinds of index that `VectorIndex.build` makes, or made in earlier versions."""
    import faiss

    if index.d != dimension or index.metric_type != faiss.METRIC_INNER_PRODUCT or not index.is_trained:
        return False
    if isinstance(index, faiss.IndexIVF):
        return isinstance(index, faiss.IndexIVFScalarQuantizer) and 0 < index.nlist <= max(1, index.ntotal) * 4
    if not isinstance(index, faiss.IndexIDMap | faiss.IndexIDMap2):
        return False
    inside = faiss.downcast_index(index.index)
    is_known = isinstance(inside, faiss.IndexFlat | faiss.IndexScalarQuantizer)
    return is_known and inside.d == dimension and inside.ntotal == index.ntotal and index.id_map.size() == index.ntotal


def _pack_bitmap(among: Sequence[int] | PassageNumbers) -> npt.NDArray[np.uint8]:
    numbers = np.asarray(among, dtype=np.int64)
    flags = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    flags[numbers] = True
    return np.packbits(flags, bitorder="little")
