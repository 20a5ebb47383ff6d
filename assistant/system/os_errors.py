"""The system's errors as ours, with a remedy."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import LibraryError

HANDLES_NEEDED = 16  # as many may a build or a question need at once


_TOO_MANY = "too many files are open; close other programs, or raise the limit: ulimit -n"


_CAUSES = {
    errno.ENOSPC: "the disk is full; make room there",
    errno.EDQUOT: "your quota of this disk is used up; make room there",
    errno.EFBIG: "the disk does not take files of this size; make room there",
    errno.EIO: "the disk does not take or give the data; check the disk",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
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
    """Whether a file could not be opened because too many are open."""
    return error.errno in (errno.EMFILE, errno.ENFILE)


@contextlib.contextmanager
def translate_folder_errors(folder: Path, remedy: str = "") -> Iterator[None]:
    """The system's errors as ours, naming the file, or else this folder, and what to do."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else folder
        cause = _CAUSES.get(error.errno or 0)
        if cause is None:
            cause = f"cannot be written: {error.strerror or error}; check the folder's permissions{remedy}"
        raise LibraryError(f"{place}: {cause}") from error


def find_write_obstacle(folder: Path) -> str | None:
    """Why nothing can be written into this folder now, and what to do, where the system says so; found by trying."""
    scratch = folder / f".probe.{os.getpid()}.tmp"
    handles: list[int] = []
    try:
        try:
            while len(handles) < HANDLES_NEEDED:
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
