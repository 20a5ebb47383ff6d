"""Saves the stored vectors of a database that SQLite cannot read: they took time to compute.

A vector is stored with a checksum that its key is part of, so it can be recognised anywhere in the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.doctor.findings import DAMAGED_PREFIX
from assistant.indexing.staging import EncodedVector, Staging
from assistant.store.codecs import strip_checksum

BATCH_SIZE = 256  # vectors written together
KEY_BYTES = 32  # a key is a SHA-256
READ_BYTES = 1 << 24
MAX_RECORD_BYTES = 1 << 17  # larger than the record of any vector

# How SQLite's record of a vector begins. The header: its own size (4 or 5 bytes), then the type of each column as a
# varint: 0x4c is a blob of 32 bytes, the key; the next is the type of the vector. The columns follow the header.
_RECORD_HEADER = re.compile(rb"[\x04\x05]\x4c([\x80-\xff]{1,2}[\x00-\x7f])", re.DOTALL)


def salvage_vectors(folder: Path, path: Path) -> int:
    """Save the intact vectors of a damaged database for the next build, and return their number."""
    keys: set[bytes] = set()
    staging = Staging(folder)
    try:
        for part in (path, path.with_name(path.name + "-wal")):
            batch: list[EncodedVector] = []
            for key, data in find_vectors(part):
                keys.add(key)
                batch.append((key, data))
                if len(batch) == BATCH_SIZE:
                    staging.save_vectors(batch)
                    batch.clear()
            staging.save_vectors(batch)
    finally:
        staging.close()
    return len(keys)


def find_vectors(path: Path) -> Iterator[EncodedVector]:
    """The intact stored vectors in a file, whatever else it contains; nothing if there is no file."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        tail = b""
        while block := file.read(READ_BYTES):
            window = tail + block
            yield from _find_vectors_in(window)
            is_last = len(block) < READ_BYTES
            # A record that crosses the end of the window is complete in the next one.
            tail = b"" if is_last else window[-MAX_RECORD_BYTES:]


def _find_vectors_in(window: bytes) -> Iterator[EncodedVector]:
    for header in _RECORD_HEADER.finditer(window):
        key_end = header.end() + KEY_BYTES
        data_end = key_end + _blob_size(decode_varint(header[1]))
        key, data = window[header.end() : key_end], window[key_end:data_end]
        if data_end <= len(window) and strip_checksum(key, data) is not None:
            yield key, data


def _blob_size(serial_type: int) -> int:
    """The size in bytes of a blob column, from its type in a record header."""
    return (serial_type - 12) // 2


def decode_varint(digits: bytes) -> int:
    """A number as SQLite writes it, seven bits in each byte, most significant first."""
    number = 0
    for digit in digits:
        number = number << 7 | digit & 0x7F
    return number


def rename_damaged_database(path: Path) -> str:
    """Rename a damaged database, its log and its journal, and return the new name."""
    name = f"{DAMAGED_PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.sqlite3"
    for suffix in ("-wal", "-shm", "-journal", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(name + suffix))
    return name
