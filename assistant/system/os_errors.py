"""Errors of the operating system in words, with the remedy."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import LibraryError

HANDLES_NEEDED = 16  # files that a build or a question can have open at the same time

TOO_MANY_FILES = "too many files are open; close other programs, or raise the limit: ulimit -n"

_CAUSES = {
    errno.ENOSPC: "the disk is full; make room there",
    errno.EDQUOT: "your quota of this disk is used up; make room there",
    errno.EFBIG: "the disk does not accept files of this size; make room there",
    errno.EIO: "the disk cannot be read or written; check the disk",
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
}


def describe_os_error(error: OSError) -> str:
    """What the system says about an error: "Permission denied"."""
    return error.strerror or str(error) or type(error).__name__


def describe_read_error(error: OSError) -> str:
    """The end of a message about a file: "cannot be read: Permission denied"."""
    return f"cannot be read: {describe_os_error(error)}"


def describe_write_error(error: OSError) -> str:
    """The end of a message about a file: "cannot be written: Permission denied"."""
    return f"cannot be written: {describe_os_error(error)}"


def is_out_of_handles(error: OSError) -> bool:
    """Whether a file could not be opened because too many files are open."""
    return error.errno in (errno.EMFILE, errno.ENFILE)


@contextlib.contextmanager
def translate_folder_errors(folder: Path, remedy: str = "") -> Iterator[None]:
    """Turn OSError into LibraryError, which names the file, or else the folder, and the remedy."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else folder
        cause = _CAUSES.get(error.errno or 0)
        if cause is None:
            cause = f"{describe_write_error(error)}; check the folder's permissions{remedy}"
        raise LibraryError(f"{place}: {cause}") from error


def find_obstruction(database: Path) -> str | None:
    """What is no file where SQLite needs one of a database, and the remedy; None if nothing is in the way."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path = database.with_name(database.name + suffix)
        with contextlib.suppress(OSError):
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "no file"
                return f"{path.name} is {kind}, where SQLite needs a file: rename or remove it"
    return None


def find_write_obstacle(folder: Path) -> str | None:
    """Why the folder cannot be written now, and the remedy, found by writing a small file; None if there is no cause.

    SQLite reports a full disk, a broken disk and a shortage of file handles alike; the system tells them apart.
    """
    scratch = folder / f".probe.{os.getpid()}.tmp"
    try:
        _open_spare_handles()
        try:
            with scratch.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        return _CAUSES.get(error.errno or 0)
    return None


def _open_spare_handles() -> None:
    """Open and close as many files as SQLite may need at once. Raises OSError if there are not enough handles left.

    The probe file alone needs one handle. It can succeed directly after SQLite failed, because SQLite opens up to
    four files and closes them when one fails.
    """
    handles: list[int] = []
    try:
        while len(handles) < HANDLES_NEEDED:
            handles.append(os.open(os.devnull, os.O_RDONLY))
    finally:
        for handle in handles:
            os.close(handle)
