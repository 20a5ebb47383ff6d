"""The FAISS side of the index: derived from the stored vectors, of the kind that fits their number, searched by inner
product, which is their cosine.

Up to 100,000 vectors stand there as they are stored, in half precision, and every one is looked at: the search is
exact. Beyond, a dimension is a byte, half the room and the reading; beyond 300,000 only the lists of vectors around
the question are looked at. What these two find is near enough to name the candidates, whose cosines are then taken
from the stored vectors. Files of a size are mapped, not read, into memory.
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
from assistant.system.files import compute_file_sha256, open_durably
from assistant.system.os_errors import describe_read_error

PassageNumbers = npt.NDArray[np.int64]
IndexKind = Literal["exact", "scanned", "listed"]

EXACT_UP_TO, SCANNED_UP_TO = 100_000, 300_000
SHRINK_LIMIT = 0.5  # an index that holds less than this share of where its kind begins is made anew as a smaller kind
GROWTH_LIMIT = 4.0  # a listed index that grew this many times is made anew: its lists have become long
TRAINING_SAMPLE_SIZE = 100_000  # vectors that lists are found from
LISTS_FACTOR = 2.0  # of them, times the square root of the number of vectors
PROBED_SHARE = 0.4  # share of the lists looked at: so many find 0.99 of the ten nearest in small collections too
CANDIDATE_MARGIN = 100  # candidates beyond those asked for, where cosines are only near
MIN_MAPPED_BYTES = 64 << 20  # bytes of a file from which on it is mapped
_WRITE_BLOCK = 1 << 20


class VectorSource(Protocol):
    """The vectors that an index is made from."""

    dimension: int

    def __len__(self) -> int: ...

    def iter_blocks(self) -> Iterator[tuple[PassageNumbers, Vectors]]:
        """All of them by passage number, some thousands at a time: shapes (n,) and (n, dimension)."""

    def sample(self, limit: int) -> Vectors:
        """At most so many of them, from all over the collection, shape (n, dimension)."""


def choose_kind(count: int) -> IndexKind:
    """What kind of index so many vectors get."""
    return "exact" if count <= EXACT_UP_TO else "scanned" if count <= SCANNED_UP_TO else "listed"


class VectorIndex:
    """Unit vectors by passage number."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.kind = _detect_kind(index)

    @classmethod
    def build(cls, stored: VectorSource, kind: IndexKind | None = None) -> VectorIndex:
        """From all that is stored, which may be nothing; of the kind that fits their number unless one is given."""
        import faiss

        kind = kind or choose_kind(len(stored))
        dimension, quantiser = stored.dimension, faiss.ScalarQuantizer
        index: Any
        if kind == "listed":
            lists = max(1, round(LISTS_FACTOR * math.sqrt(len(stored))))
            index = faiss.IndexIVFScalarQuantizer(
                faiss.IndexFlatIP(dimension), dimension, lists, quantiser.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            index.cp.niter = 10
            index.cp.seed = 1
            index.cp.min_points_per_centroid = 1  # else it warns on standard error
        else:
            of = quantiser.QT_fp16 if kind == "exact" else quantiser.QT_8bit
            by_number = faiss.IndexIDMap2 if kind == "exact" else faiss.IndexIDMap  # the first finds a number's vector
            index = by_number(faiss.IndexScalarQuantizer(dimension, of, faiss.METRIC_INNER_PRODUCT))
        if kind != "exact":
            sample = stored.sample(TRAINING_SAMPLE_SIZE)
            if len(sample):
                index.train(sample)
        built = cls(index)
        for ids, vectors in stored.iter_blocks():
            built.add(ids, vectors)
        return built

    def save(self, path: Path) -> str:
        """Write the whole file, durably, and return its SHA-256. Raises OSError."""
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

            # Not behind FAISS's own buffer: that writes its rest when it is deleted, where no error can be told.
            writer: Any = faiss  # their stubs do not know what takes a function of Python
            try:
                faiss.write_index(self._index, writer.PyCallbackIOWriter(write, _WRITE_BLOCK))
            except RuntimeError:
                if not failures:
                    raise
            if failures:
                raise failures[0]
        return digest.hexdigest()

    @classmethod
    def load(cls, path: Path, sha256: str, *, writable: bool = False) -> VectorIndex:
        """Read a file that `save` wrote, into memory where it is small or `to_change` it.

        Raises LibraryDamaged unless its bytes have this SHA-256.
        """
        import faiss

        try:
            small = path.stat().st_size < MIN_MAPPED_BYTES
            data = path.read_bytes() if small else b""
            whole = (hashlib.sha256(data).hexdigest() if small else compute_file_sha256(path)) == sha256
        except OSError as error:
            raise LibraryDamaged(f"{path}: {describe_read_error(error)}") from error
        if not whole:
            raise LibraryDamaged(f"{path}: not the file that the index names")
        if small:
            return cls(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))
        try:
            if writable:
                return cls(faiss.read_index(str(path)))
            mapped = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            if isinstance(mapped, faiss.IndexIVF):  # its lists are mapped another way
                mapped = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise LibraryDamaged(f"{path}: cannot be read: {str(error).splitlines()[-1]}") from error
        return cls(mapped)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._index.d)

    @property
    def is_exact(self) -> bool:
        """Whether the cosines of `search` are those of the stored vectors, and none is overlooked."""
        return self.kind == "exact"

    def is_suited_to(self, count: int) -> bool:
        """Whether this is still the kind of index for so many vectors, so that it need not be made anew."""
        if choose_kind(count) == self.kind:
            return self.kind != "listed" or count <= GROWTH_LIMIT * (self._index.nlist / LISTS_FACTOR) ** 2
        begins = {"exact": 0, "scanned": EXACT_UP_TO, "listed": SCANNED_UP_TO}[self.kind]
        return SHRINK_LIMIT * begins <= count <= begins

    # -------------------------------------------------------------------------------------- changing

    def passage_numbers(self) -> PassageNumbers:
        """The passage numbers that it holds, in no order."""
        import faiss

        if self.kind != "listed":
            numbers: PassageNumbers = faiss.vector_to_array(self._index.id_map)
            return numbers
        lists = self._index.invlists
        found = [
            faiss.rev_swig_ptr(lists.get_ids(one), lists.list_size(one)).copy()
            for one in range(self._index.nlist)
            if lists.list_size(one)
        ]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def add(self, ids: PassageNumbers, vectors: Vectors) -> None:
        """Take in vectors, shape (n, dimension), under passage numbers that it does not hold, shape (n,)."""
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.ascontiguousarray(ids))

    def remove(self, ids: PassageNumbers) -> None:
        """Drop the vectors of these passages, shape (n,)."""
        import faiss

        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids)))

    # ------------------------------------------------------------------------------------- searching

    def search(
        self, vector: Vectors, k: int, among: Sequence[int] | PassageNumbers | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest passage numbers with their cosine, nearest first; only from `among` where given.

        Unless the index is `exact`, the cosines are near, and so is the choice: ask for `CANDIDATE_MARGIN` more.
        """
        import faiss

        k = min(k, len(self))
        if not k:
            return []
        chosen: dict[str, Any] = {}
        if among is not None:
            bits = _pack_bitmap(among)  # FAISS looks into this array, which must live as long as the search
            select: Any = faiss.IDSelectorBitmap  # their stubs know neither this use of it
            chosen["sel"] = select(bits)
        make: Any = faiss.SearchParameters  # nor these keywords
        if self.kind == "listed":
            # Of a choice of passages none may be overlooked: it can be a small one.
            lists = self._index.nlist
            chosen["nprobe"] = lists if among is not None else math.ceil(PROBED_SHARE * lists)
            make = faiss.SearchParametersIVF
        parameters = make(**chosen) if chosen else None
        scores, ids = self._index.search(vector.reshape(1, -1).astype(np.float32), k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,), where the index is `exact`."""
        found = (self.vector(number) for number in numbers)
        return [None if one is None else float(one @ vector) for one in found]

    def vector(self, number: int) -> Vectors | None:
        """The vector of one passage, shape (dimension,), as it is stored; None where the index does not have that."""
        if not self.is_exact:
            return None
        try:
            vector: Vectors = self._index.reconstruct(int(number))
        except RuntimeError:
            return None
        return vector

    def has_vectors(self, vectors: Mapping[int, Vectors]) -> bool:
        """Whether these passages have these vectors here; where it is not `exact`, whether they have any."""
        if not self.is_exact:
            return bool(np.isin(np.fromiter(vectors, dtype=np.int64), self.passage_numbers()).all())
        return all((found := self.vector(n)) is not None and np.array_equal(found, v) for n, v in vectors.items())


def _detect_kind(index: Any) -> IndexKind:
    import faiss

    if isinstance(index, faiss.IndexIVF):
        return "listed"
    inside: Any = faiss.downcast_index(index.index)
    # Files of earlier versions hold single precision.
    whole = isinstance(inside, faiss.IndexFlat) or inside.sq.qtype == faiss.ScalarQuantizer.QT_fp16
    return "exact" if whole else "scanned"


def _pack_bitmap(among: Sequence[int] | PassageNumbers) -> npt.NDArray[np.uint8]:
    numbers = np.asarray(among, dtype=np.int64)
    flags = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    flags[numbers] = True
    return np.packbits(flags, bitorder="little")
