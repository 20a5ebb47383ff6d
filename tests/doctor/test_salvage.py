"""Vectors found in the bytes of a database, wherever they are."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.doctor import salvage
from assistant.doctor.salvage import decode_varint, find_vectors, rename_damaged_database, salvage_vectors
from assistant.indexing.staging import EncodedVector, Staging
from assistant.store.codecs import add_checksum


def make_vectors(count: int, size: int = 768) -> list[EncodedVector]:
    keys = [hashlib.sha256(bytes([number])).digest() for number in range(count)]
    return [(key, add_checksum(key, hashlib.shake_128(key).digest(size))) for key in keys]


def write_database(path: Path, vectors: list[EncodedVector]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE TABLE vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        database.executemany("INSERT INTO vector VALUES (?, ?)", vectors)


@pytest.mark.parametrize(("digits", "number"), [(b"\x05", 5), (b"\x81\x00", 128), (b"\x8c\x14", 1556)])
def test_varint_decoded(digits: bytes, number: int) -> None:
    """Seven bits of each byte count."""
    assert decode_varint(digits) == number


@pytest.mark.parametrize("block", [1 << 24, 5000])
def test_vectors_found_in_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Vectors are found in a database, also if their records cross the end of a block that is read."""
    monkeypatch.setattr(salvage, "READ_BYTES", block)
    vectors = make_vectors(40)
    write_database(tmp_path / "x.sqlite3", vectors)
    assert set(find_vectors(tmp_path / "x.sqlite3")) == set(vectors)


def test_damaged_vector_not_found(tmp_path: Path) -> None:
    """A vector with a flipped bit is not taken, and its neighbours are."""
    path = tmp_path / "x.sqlite3"
    vectors = make_vectors(3)
    write_database(path, vectors)
    data = bytearray(path.read_bytes())
    at = data.index(vectors[1][1])
    data[at + 100] ^= 1
    path.write_bytes(data)
    assert set(find_vectors(path)) == {vectors[0], vectors[2]}


def test_missing_file_has_no_vectors(tmp_path: Path) -> None:
    """Without a file there are no vectors."""
    assert list(find_vectors(tmp_path / "none")) == []


def test_salvaged_vectors_staged(tmp_path: Path) -> None:
    """Salvaged vectors are where the next build looks for them."""
    vectors = make_vectors(5)
    write_database(tmp_path / "x.sqlite3", vectors)
    assert salvage_vectors(tmp_path, tmp_path / "x.sqlite3") == 5
    with closing(Staging(tmp_path)) as staging:
        assert set(staging.load_vectors([key for key, _ in vectors])) == set(vectors)


def test_database_renamed_with_log(tmp_path: Path) -> None:
    """The log keeps the name of its database."""
    path = tmp_path / "library.sqlite3"
    for suffix in ("", "-wal"):
        path.with_name(path.name + suffix).write_bytes(b"x")
    name = rename_damaged_database(path)
    assert name.startswith("damaged-")
    assert sorted(one.name for one in tmp_path.iterdir()) == [name, f"{name}-wal"]
