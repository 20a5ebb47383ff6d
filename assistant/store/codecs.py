"""Vectors and spans as bytes, checksummed."""

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
    """A vector's bytes as they are stored: with a checksum, which its key is part of."""
    return vector + zlib.crc32(vector, zlib.crc32(key)).to_bytes(4, "little")


def strip_checksum(key: bytes, data: bytes) -> bytes | None:
    """The bytes that were `add_checksum`; None where they are not what they were."""
    vector = data[:-4]
    return vector if add_checksum(key, vector) == data else None


def encode_vector(key: bytes, vector: Vectors) -> bytes:
    """One vector, shape (dimension,), as the library stores it under this key: float16, with a checksum."""
    return add_checksum(key, vector.astype("<f2").tobytes())


def decode_vector(key: bytes, data: object, dimension: int) -> Vectors | None:
    """The vector that was `encode_vector`; None where the data is not what it was."""
    if not isinstance(data, bytes) or len(data) != 2 * dimension + 4:
        return None
    vector = strip_checksum(key, data)
    return None if vector is None else np.frombuffer(vector, dtype="<f2").astype(np.float32)


def encode_spans(spans: Iterable[Span]) -> bytes:
    """Spans as they are stored: little-endian 64-bit start, end, start, end, …"""
    return np.asarray(list(spans), dtype="<i8").tobytes()


def decode_spans(data: bytes) -> list[Span]:
    """The inverse of `encode_spans`. Raises LibraryDamaged for what is none."""
    if not isinstance(data, bytes) or len(data) % 16:
        raise LibraryDamaged(f"the sentences of an article are damaged; {REPAIR_HINT}")
    flat = array("q", np.frombuffer(data, dtype="<i8").tolist())
    return list(zip(flat[::2], flat[1::2], strict=True))
