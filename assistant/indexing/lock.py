"""One build at a time: the lock of an index folder, and who holds it.

The lock is the operating system's and goes with its process, so that a dead process holds nothing. The note
beside it is for people."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import LibraryLocked
from assistant.system.files import write_durably
from assistant.system.os_errors import translate_folder_errors

LOCK_FILE = "build.lock"
OWNER_FILE = "build.owner"


@contextlib.contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of this folder, which is made where it is missing.

    Raises LibraryLocked, naming the holder, when another build has it, and LibraryError when it cannot be made.
    """
    from filelock import FileLock, Timeout

    with translate_folder_errors(folder, "; or name another with --index"):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK_FILE, blocking=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryLocked(
                f"{folder}: another build is writing here{describe_holder(folder)}; wait for it, or stop it"
            ) from error
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with contextlib.suppress(OSError):  # only for the message above
            write_durably(
                folder / OWNER_FILE, json.dumps({"pid": os.getpid(), "host": _get_host_name(), "since": since}).encode()
            )
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / OWNER_FILE).unlink()
        lock.release()


def describe_holder(folder: Path) -> str:
    """Which process holds the lock and since when, in words; nothing where that is not known."""
    for _ in range(5):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
            pid, since, host = int(about["pid"]), str(about["since"]), about.get("host", _get_host_name())
            if host != _get_host_name():
                return f" (process {pid} on {host}, since {since})"
            if _is_process_alive(pid):
                return f" (process {pid}, since {since})"
        time.sleep(0.02)  # the note is a dead process's: the living one is about to write its own
    return ""


def _is_process_alive(pid: int) -> bool:
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
