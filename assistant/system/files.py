"""Atomic and durable writing of files: after a crash or power failure, a file has its old or its new content."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def compute_file_sha256(path: Path) -> str:
    """The hash of the content of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Replace the file by `data` in one step. Raises OSError; the old file is then unchanged."""
    with open_durably(path) as file:
        file.write(data)


@contextlib.contextmanager
def open_durably(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which replaces `path` in one step when the block ends.

    Raises OSError. After any error in the block, the old file is unchanged.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with scratch.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable if the system supports it."""
    with contextlib.suppress(OSError):  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_database(path: Path) -> None:
    """Remove a SQLite file with its log and journal, the log first. Raises OSError."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
