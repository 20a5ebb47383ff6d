"""Vectors and spans as bytes, and damage to these bytes."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import LibraryDamaged
from assistant.store.codecs import (
    add_checksum,
    decode_spans,
    decode_vector,
    encode_spans,
    encode_vector,
    strip_checksum,
)


def test_vector_restored_in_half_precision() -> None:
    """A vector is restored as float32 with the precision of float16."""
    vector = np.array([0.5, -1.25, 0.1], dtype=np.float32)
    data = encode_vector(b"key", vector)
    assert len(data) == 3 * 2 + 4
    restored = decode_vector(b"key", data, 3)
    assert restored is not None
    assert restored.dtype == np.float32
    assert restored.tolist() == [0.5, -1.25, pytest.approx(0.1, abs=1e-4)]


@pytest.mark.parametrize("byte", range(10))
def test_damaged_vector_rejected(byte: int) -> None:
    """A flipped bit in any byte is detected."""
    data = bytearray(encode_vector(b"key", np.ones(3, dtype=np.float32)))
    data[byte] ^= 4
    assert decode_vector(b"key", bytes(data), 3) is None


@pytest.mark.parametrize(("key", "data", "dimension"), [(b"other", None, 3), (b"key", None, 4), (b"key", "text", 3)])
def test_foreign_vector_rejected(key: bytes, data: object, dimension: int) -> None:
    """A vector of another key or dimension, or no bytes at all, is rejected."""
    stored = encode_vector(b"key", np.ones(3, dtype=np.float32)) if data is None else data
    assert decode_vector(key, stored, dimension) is None


def test_checksum_stripped() -> None:
    """The bytes before the checksum are returned if they are intact."""
    assert strip_checksum(b"key", add_checksum(b"key", b"vector")) == b"vector"
    assert strip_checksum(b"key", b"vec") is None


def test_spans_restored() -> None:
    """Spans are little-endian 64-bit integers."""
    assert encode_spans([(0, 1)]) == bytes(8) + b"\x01" + bytes(7)
    assert decode_spans(encode_spans([(0, 5), (6, 1 << 40)])) == [(0, 5), (6, 1 << 40)]
    assert decode_spans(encode_spans([])) == []


@pytest.mark.parametrize("data", [b"123", b"0" * 17])
def test_damaged_spans_named(data: bytes) -> None:
    """Bytes that cannot be spans are reported as damage."""
    with pytest.raises(LibraryDamaged, match="assistant doctor --fix"):
        decode_spans(data)
