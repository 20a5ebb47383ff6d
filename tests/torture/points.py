"""Counts every change that a process makes to the index folder, and injects a fault at one of them.

An audit hook and `os.fsync` see the changes that Python makes; the table of system calls in SQLite's Unix VFS shows
those of SQLite. A point is counted before the change is made.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

FaultKind = Literal["none", "kill", "torn", "full", "broken"]
"""The fault at a point: none, SIGKILL before the change, SIGKILL after half of the change, or from then on every write
fails with ENOSPC (full) or EIO (broken)."""

_ERRNO = {"full": errno.ENOSPC, "broken": errno.EIO}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(slots=True)
class FaultInjector:
    """Counts the changes below `folder`; the fault occurs at number `at`, from 0."""

    folder: Path
    fault: FaultKind = "none"
    at: int = -1
    reached_points: list[str] = field(default_factory=list)
    _callbacks: list[Any] = field(default_factory=list)  # keeps alive what C code points to

    def install_hooks(self) -> None:
        """Install the hooks; they cannot be removed."""
        sys.addaudithook(self._audit_hook)
        setattr(os, "fsync", self._wrap_fsync(os.fsync))  # noqa: B010 - mypy rejects the assignment
        self._hook_sqlite()

    # --------------------------------------------------------------------------------------- the points

    def _count_point(self, what: str, path: str, tear: Callable[[], object] | None = None, frees: bool = False) -> bool:
        """Count a point; True if the change must fail. `tear` makes half of it; `frees`: it needs no disk space."""
        number = len(self.reached_points)
        self.reached_points.append(f"{what} {Path(path).name}")
        if number == self.at and self.fault in ("kill", "torn"):
            if self.fault == "torn" and tear is not None:
                tear()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.fault in _ERRNO and number >= self.at and not (frees and self.fault == "full")

    def _path_in_folder(self, path: object) -> str | None:
        if isinstance(path, int):
            try:
                path = Path(f"/proc/self/fd/{path}").readlink()
            except OSError:
                return None
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str | Path):
            return None
        path = os.path.abspath(path)  # noqa: PTH100
        return path if path.startswith(str(self.folder)) else None

    # ------------------------------------------------------------------------------------------- Python

    def _audit_hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not flags & _WRITES:
                return
        elif event in ("os.rename", "os.remove", "os.mkdir", "os.truncate"):
            path = arguments[0]
        else:
            return
        place = self._path_in_folder(path)
        if place is not None and self._count_point(event, place, frees=event == "os.remove"):
            number = _ERRNO[self.fault]
            raise OSError(number, os.strerror(number), place)

    def _wrap_fsync(self, real: Callable[[Any], None]) -> Callable[[Any], None]:
        def fsync(handle: Any) -> None:
            place = self._path_in_folder(handle)
            if place is not None:
                size = os.fstat(handle).st_size
                writable = not Path(place).is_dir()
                if self._count_point("fsync", place, (lambda: os.ftruncate(handle, size // 2)) if writable else None):
                    number = _ERRNO[self.fault]
                    raise OSError(number, os.strerror(number), place)
            real(handle)

        return fsync

    # ------------------------------------------------------------------------------------------- SQLite

    def _hook_sqlite(self) -> None:
        vfs = _unix_vfs()
        for name, kind, frees in (
            ("pwrite64", _PWRITE, False),
            ("pwrite", _PWRITE, False),
            ("ftruncate", _TRUNCATE, True),
            ("unlink", _UNLINK, True),
            ("open", _OPEN, False),
        ):
            address = vfs.contents.xGetSystemCall(vfs, name.encode())
            if address:
                hooked = kind(self._wrap_sqlite_call(name, kind(address), frees))
                self._callbacks.append(hooked)
                vfs.contents.xSetSystemCall(vfs, name.encode(), ctypes.cast(hooked, ctypes.c_void_p))

    def _wrap_sqlite_call(self, name: str, real: Callable[..., int], frees: bool) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            place = self._path_in_folder(arguments[0])
            if place is not None and (name != "open" or arguments[1] & os.O_CREAT):
                half = (lambda: real(*arguments[:2], arguments[2] // 2, arguments[3])) if "pwrite" in name else None
                if self._count_point(f"sqlite {name}", place, half, frees):
                    ctypes.set_errno(_ERRNO[self.fault])
                    return -1
            return real(*arguments)

        return call


_PWRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
_UNLINK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)


class _Vfs(ctypes.Structure):
    pass


_Vfs._fields_ = [
    ("iVersion", ctypes.c_int),
    ("szOsFile", ctypes.c_int),
    ("mxPathname", ctypes.c_int),
    ("pNext", ctypes.c_void_p),
    ("zName", ctypes.c_char_p),
    ("pAppData", ctypes.c_void_p),
    *((f"method{number}", ctypes.c_void_p) for number in range(13)),
    ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Vfs), ctypes.c_char_p, ctypes.c_void_p)),
    ("xGetSystemCall", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_Vfs), ctypes.c_char_p)),
    ("xNextSystemCall", ctypes.c_void_p),
]


def _unix_vfs() -> Any:
    find = ctypes.CDLL("libsqlite3.so.0").sqlite3_vfs_find
    find.restype = ctypes.POINTER(_Vfs)
    find.argtypes = [ctypes.c_char_p]
    return find(b"unix")


def can_hook_sqlite() -> bool:
    """Whether SQLite is a shared library on this system, so that its system calls can be replaced."""
    try:
        return sys.platform == "linux" and bool(_unix_vfs())
    except (OSError, ValueError):
        return False
