"""Runs a program under the recorder, and reads what it recorded: each change to some folders, in order."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("recorder.c")
_HEAD = struct.Struct("@c3xIIIQqQ")


@dataclass(frozen=True, slots=True)
class Operation:
    """One change. `kind`: C create, W write, T truncate, R rename, L link, U unlink, M make a folder, D remove one,
    S sync, X mark. `offset` is in bytes; of a truncation it is the length."""

    kind: str
    path: str
    other: str
    inode: int
    offset: int
    data: bytes

    def __str__(self) -> str:
        return f"{self.kind} {Path(self.path).name} {Path(self.other).name if self.other else ''}".rstrip()


def select(operations: Iterable[Operation], root: Path) -> list[Operation]:
    """The operations below a folder."""
    return [operation for operation in operations if Path(operation.path).is_relative_to(root)]


def explain_missing_recorder() -> str | None:
    """Why nothing can be recorded here; None if it can be."""
    if sys.platform != "linux":
        return "power failures are recorded on Linux only"
    return None if _find_compiler() else "the recorder of power failures needs a C compiler (cc)"


def _find_compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def compile_recorder(folder: Path) -> Path:
    """Compile the recorder into `folder`. Raises CalledProcessError."""
    library = folder / "recorder.so"
    compiler = _find_compiler()
    assert compiler is not None
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl", "-lpthread"],
        check=True,
        capture_output=True,
    )
    return library


def record(
    command: Sequence[str],
    roots: Sequence[Path],
    library: Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> list[Operation]:
    """Run a command, and return what it changed below `roots`. Raises RuntimeError if it fails."""
    log.unlink(missing_ok=True)
    variables = os.environ | (environment or {}) | make_variables(roots, library, log)
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return list(read_log(log))


def make_variables(roots: Sequence[Path], library: Path, log: Path) -> dict[str, str]:
    """The environment of a process that is recorded."""
    return {
        "LD_PRELOAD": str(library),
        "POWER_LOG": str(log),
        "POWER_ROOTS": "".join(f"{root}:" for root in roots),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def read_log(log: Path) -> Iterator[Operation]:
    """The operations of a log."""
    data = log.read_bytes()
    at = 0
    while at < len(data):
        kind, first, second, _, inode, offset, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        path, other = data[at : at + first], data[at + first : at + first + second]
        at += first + second
        yield Operation(kind.decode(), os.fsdecode(path), os.fsdecode(other), inode, offset, data[at : at + length])
        at += length
