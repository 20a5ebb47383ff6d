"""What can be saved of a database that SQLite cannot read any more: its vectors, which took time to make.

A stored vector is sealed with its key, so that one can be told from anything else wherever it lies in the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.doctor.findings import DAMAGED_PREFIX
from assistant.indexing.staging import EncodedVector, Staging
from assistant.store.codecs import strip_checksum

BATCH_SIZE = 256
KEY_BYTES = 32  # bytes of a key
READ_BYTES = 1 << 24  # bytes of a file looked at together
MAX_RECORD_BYTES = 1 << 17  # bytes of a record, more than any vector has
# How SQLite's record of a vector begins: the size of its head, a blob of 32 bytes, a blob of so many.
_RECORD = re.compile(rb"[\x04\x05]\x4c([\x80-\xff]{1,2}[\x00-\x7f])", re.DOTALL)


def salvage_vectors(folder: Path, path: Path) -> int:
    """Keep aside, as a build under way would, what vectors are whole in a damaged database; how many."""
    saved: set[bytes] = set()
    staging = Staging(folder)
    try:
        for part in (path, path.with_name(path.name + "-wal")):
            batch: list[EncodedVector] = []
            for key, data in find_vectors(part):
                saved.add(key)
                batch.append((key, data))
                if len(batch) == BATCH_SIZE:
                    staging.save_vectors(batch)
                    batch.clear()
            staging.save_vectors(batch)
    finally:
        staging.close()
    return len(saved)


def find_vectors(path: Path) -> Iterator[EncodedVector]:
    """The stored vectors that lie whole in a file, whatever else it holds; nothing where there is no file."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        rest = b""
        while piece := file.read(READ_BYTES):
            held = rest + piece
            last = len(piece) < READ_BYTES
            for match in _RECORD.finditer(held):
                start = match.end()
                end = start + KEY_BYTES + (_decode_varint(match[1]) - 12) // 2
                key, data = held[start : start + KEY_BYTES], held[start + KEY_BYTES : end]
                if len(held) >= end and strip_checksum(key, data) is not None:
                    yield key, data
            rest = b"" if last else held[-MAX_RECORD_BYTES:]


def _decode_varint(digits: bytes) -> int:
    """A number as SQLite writes it, seven bits a byte."""
    number = 0
    for digit in digits:
        number = number << 7 | digit & 0x7F
    return number


def rename_damaged_database(path: Path) -> str:
    """Give a damaged database another name, with its log; returns it."""
    name = f"{DAMAGED_PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.sqlite3"
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(name + suffix))
    return name
