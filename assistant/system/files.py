"""Atomic and durable writing of files: after a crash or power failure, a file has its old or its new content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def compute_file_sha256(path: Path) -> str:
    """The hash of the content of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Replace the file by `data` in one step. Raises OSError; the old file is then unchanged.

    `mode` are the permissions of the new file, as far as the umask allows.
    """
    with open_durably(path, mode) as file:
        file.write(data)


@contextlib.contextmanager
def open_durably(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write, which replaces `path` in one step when the block ends.

    Raises OSError. After any error in the block, the old file is unchanged. The new file is written under a name that
    nobody can foresee, and never through a link.
    """
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with os.fdopen(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def create_private_file(path: Path) -> None:
    """Create an empty file that only its user can read, unless there is one.

    The file appears when it is complete and closed. If it were opened at its final name, another thread could open it
    as a database meanwhile, and closing it here would drop that thread's locks: POSIX locks belong to the process.
    """
    if path.exists():
        return
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    finally:
        new.unlink()


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
