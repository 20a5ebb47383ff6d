"""Vectors and spans as the bytes that are stored. Vectors have a checksum."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.records.article import Span
from assistant.store.remedies import REPAIR_HINT


def add_checksum(key: bytes, vector: bytes) -> bytes:
    """The bytes of a vector with a checksum of them and of the key that they are stored under."""
    return vector + zlib.crc32(vector, zlib.crc32(key)).to_bytes(4, "little")


def strip_checksum(key: bytes, data: bytes) -> bytes | None:
    """The inverse of `add_checksum`; None if the bytes are damaged or belong to another key."""
    vector = data[:-4]
    return vector if add_checksum(key, vector) == data else None


def encode_vector(key: bytes, vector: Vectors) -> bytes:
    """The stored form of a vector, shape (dimension,): float16, with a checksum."""
    return add_checksum(key, vector.astype("<f2").tobytes())


def decode_vector(key: bytes, data: object, dimension: int) -> Vectors | None:
    """The inverse of `encode_vector`, as float32, shape (dimension,); None if the data is damaged."""
    if not isinstance(data, bytes) or len(data) != 2 * dimension + 4:
        return None
    stored = strip_checksum(key, data)
    if stored is None:
        return None
    vector = np.frombuffer(stored, dtype="<f2").astype(np.float32)
    return vector if np.isfinite(vector).all() else None


def encode_spans(spans: Iterable[Span]) -> bytes:
    """The stored form of spans: start, end, start, end, … as little-endian 64-bit integers."""
    return np.asarray(list(spans), dtype="<i8").tobytes()


def decode_spans(data: bytes) -> list[Span]:
    """The inverse of `encode_spans`. Raises LibraryDamaged if the data cannot be that."""
    if not isinstance(data, bytes) or len(data) % 16:
        raise LibraryDamaged(f"the sentences of an article are damaged; {REPAIR_HINT}")
    offsets = np.frombuffer(data, dtype="<i8")
    if len(offsets) and (offsets[0] < 0 or np.any(offsets[1:] < offsets[:-1])):
        raise LibraryDamaged(f"the sentences of an article are damaged; {REPAIR_HINT}")
    flat = array("q", offsets.tolist())
    return list(zip(flat[::2], flat[1::2], strict=True))
