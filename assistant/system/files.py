"""Files that others can change at any time: opened once as what they should be, and written in one step.

After a crash or power failure, a written file has its old or its new content."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER_FLAGS = getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0) | _NO_LINK
_CAN_OPEN_BELOW = os.open in os.supports_dir_fd


def open_regular_file(path: str, root: str | None = None) -> BinaryIO:
    """Open a file to read, and make sure by the handle that it is a regular file: a pipe would wait for ever.

    With `root`, a folder that the path begins with, no part of the path below it may be a link; else links are
    followed. Raises OSError.
    """
    try:
        handle = _open_below(root, path) if root is not None else os.open(path, _READ_FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
            raise _make_replaced_error(path) from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _make_replaced_error(path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _open_below(root: str, path: str) -> int:
    """Open a file without following a link below `root`, also if a folder is replaced by one meanwhile."""
    *folders, name = path[len(root) :].strip(os.sep).split(os.sep)  # noqa: PTH206
    if not _CAN_OPEN_BELOW:
        return os.open(path, _READ_FLAGS | _NO_LINK)
    folder = os.open(root, _FOLDER_FLAGS & ~_NO_LINK)
    try:
        for inner in folders:
            outer, folder = folder, os.open(inner, _FOLDER_FLAGS, dir_fd=folder)
            os.close(outer)
        return os.open(name, _READ_FLAGS | _NO_LINK, dir_fd=folder)
    finally:
        os.close(folder)


def _make_replaced_error(path: str) -> OSError:
    return OSError(errno.EINVAL, "a link, pipe or device is in its place", path)


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


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Create a folder and those that it is in, so that a power failure does not take them with what is written there.

    `mode` are the permissions of `folder` itself, as far as the umask allows. Folders that exist stay as they are.
    Raises OSError.
    """
    missing = []
    for place in (folder, *folder.parents):
        if place.exists():
            break
        missing.append(place)
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for place in reversed(missing):
        sync_folder(place.parent)


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
