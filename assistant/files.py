"""Where the user's data is, and writing files so that they are there whole or not at all, also after a power cut."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assistant.errors import LibraryError

DATA_VARIABLE = "ASSISTANT_DATA"


def file_sha256(path: Path) -> str:
    """The hash of a file's content. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step. Raises OSError; the old file is then untouched."""
    with written_durably(path) as file:
        file.write(data)


@contextlib.contextmanager
def written_durably(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` in one step, when it is whole. Raises OSError as above."""
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
    """Make renames in a folder durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_database(path: Path) -> None:
    """Remove a SQLite file and what belongs to it, its log first. Raises OSError."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


HANDLES = 16  # as many may a build or a question need at once
_TOO_MANY = "too many files are open; close other programs, or raise the limit: ulimit -n"
_CAUSES = {
    errno.ENOSPC: "the disk is full; make room there",
    errno.EDQUOT: "your quota of this disk is used up; make room there",
    errno.EFBIG: "the disk does not take files of this size; make room there",
    errno.EIO: "the disk does not take or give the data; check the disk",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
}


def no_handles(error: OSError) -> bool:
    """Whether a file could not be opened because too many are open."""
    return error.errno in (errno.EMFILE, errno.ENFILE)


@contextlib.contextmanager
def folder_errors(folder: Path, remedy: str = "") -> Iterator[None]:
    """The system's errors as ours, naming the file, or else this folder, and what to do."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else folder
        cause = _CAUSES.get(error.errno or 0)
        if cause is None:
            cause = f"cannot be written: {error.strerror or error}; check the folder's permissions{remedy}"
        raise LibraryError(f"{place}: {cause}") from error


def cause_of_refusal(folder: Path) -> str | None:
    """Why nothing can be written into this folder now, and what to do, where the system says so; found by trying."""
    scratch = folder / f".probe.{os.getpid()}.tmp"
    handles: list[int] = []
    try:
        try:
            while len(handles) < HANDLES:
                handles.append(os.open(os.devnull, os.O_RDONLY))
            with scratch.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
        finally:
            for handle in handles:
                os.close(handle)
            scratch.unlink(missing_ok=True)
    except OSError as error:
        return _CAUSES.get(error.errno or 0)
    return None


def data_folder() -> Path:
    """Where a person's own data is kept, beside no library: the folder that ASSISTANT_DATA names, else the system's."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs  # costs milliseconds that not every use of this module needs to spend

    return Path(platformdirs.user_data_path("news-assistant", appauthor=False))
