"""The lock of an index folder, so that only one build writes into it, and the note that says who has it.

The operating system releases the lock when its process ends. The note only serves the error message."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import LibraryError, LibraryLocked
from assistant.store.library import DATABASE
from assistant.system.files import make_folder
from assistant.system.os_errors import translate_folder_errors
from assistant.system.permissions import make_private_folder, restrict_files

LOCK_FILE = "build.lock"
OWNER_FILE = "build.owner"


@contextlib.contextmanager
def build_lock(folder: Path, *, is_private: bool = False) -> Iterator[None]:
    """Hold the lock of this folder, which is created if it is missing.

    If it is private, other users cannot reach the folder from now on, nor read its files when the lock is released.

    Raises LibraryLocked, naming the process, if another build has the lock, and LibraryError if the folder or the lock
    cannot be created.
    """
    from filelock import FileLock, Timeout

    is_new = not folder.exists()
    with translate_folder_errors(folder, "; or name another with --index"):
        if is_private:
            make_private_folder(folder)
        else:
            make_folder(folder)
        _refuse_links(folder)
        lock = FileLock(folder / LOCK_FILE, blocking=False)
        # The note is written before the lock is taken, so that it is there as soon as the lock is.
        note = _write_note(folder)
        try:
            lock.acquire()
        except BaseException as error:
            _remove(note)
            if isinstance(error, Timeout):
                raise LibraryLocked(
                    f"{folder}: another build is writing here{describe_holder(folder)}; wait for it, or stop it"
                ) from error
            raise
    is_complete = False
    try:
        with contextlib.suppress(OSError):
            note.replace(folder / OWNER_FILE)
        yield
        is_complete = True
    finally:
        _remove(folder / OWNER_FILE)
        if is_private:
            with contextlib.suppress(OSError):  # the folder itself is closed
                restrict_files(folder)
        if is_new and not is_complete:
            _remove_unused(folder)  # while the lock is held: another build may wait for it
        lock.release()


def _refuse_links(folder: Path) -> None:
    """Raise LibraryError for a link in an index folder: a build would write where it leads."""
    for path in folder.iterdir():
        if path.is_symlink():
            raise LibraryError(f"{path}: a link, and a build writes through none; delete it, or link the whole folder")


def _remove_unused(folder: Path) -> None:
    """Remove a folder that a failed build has created, unless there is something in it that the next one can use."""
    with contextlib.suppress(OSError):
        files = list(folder.iterdir())
        if all(file.name == LOCK_FILE or file.name.startswith(f"{DATABASE}") for file in files):
            for file in files:
                file.unlink()
            folder.rmdir()


def _write_note(folder: Path) -> Path:
    """Write who wants the lock, and since when. A note that cannot be written is left out."""
    note = folder / f".{OWNER_FILE}.{os.getpid()}.tmp"
    since = datetime.now(UTC).isoformat(timespec="seconds")
    with contextlib.suppress(OSError):
        note.write_text(json.dumps({"pid": os.getpid(), "host": _get_host_name(), "since": since}), encoding="utf-8")
    return note


def _remove(note: Path) -> None:
    with contextlib.suppress(OSError):
        note.unlink(missing_ok=True)


def describe_holder(folder: Path) -> str:
    """Which process has the lock and since when, for an error message; empty if that is not known."""
    try:
        note = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
        pid, since, host = int(note["pid"]), str(note["since"]), note.get("host", _get_host_name())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    if host != _get_host_name():
        return f" (process {pid} on {host}, since {since})"
    return f" (process {pid}, since {since})" if _is_process_alive(pid) else ""


def _is_process_alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # not known: there, signal 0 is Ctrl+C
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _get_host_name() -> str:
    import platform

    return platform.node()
