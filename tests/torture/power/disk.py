"""A disk whose power can fail at any time: what may be on it of changes that were not yet synced.

A file and its names are synced apart: `fsync` of a file makes its content durable, `fsync` of a folder the names in it.
Until then, any sectors of what was written may be on the disk, and any of the names, each change of a name whole."""

from __future__ import annotations

import copy
import hashlib
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.torture.power.recording import Operation

SECTOR = 512  # bytes that reach the disk whole
Loss = Literal["all lost", "names only", "names and sizes", "data only", "names in order", "anything", "nothing lost"]
FIXED_LOSSES: tuple[Loss, ...] = ("all lost", "names only", "names and sizes", "data only", "nothing lost")
RANDOM_LOSSES: tuple[Loss, ...] = ("names in order", "anything")


@dataclass(slots=True)
class _File:
    content: bytes = b""  # on the disk
    pending: list[Operation] = field(default_factory=list)  # writes and truncations since


@dataclass(slots=True)
class _Folder:
    names: dict[str, int] = field(default_factory=dict)  # on the disk: the object of each name
    seen: dict[str, int] = field(default_factory=dict)  # as programs see them


@dataclass(frozen=True, slots=True)
class _NameChange:
    """Assignments of names in folders, made together: (folder, name, object or None)."""

    parts: tuple[tuple[int, str, int | None], ...]

    def is_synced_by(self, folder: int) -> bool:
        return self.parts[-1][0] == folder


@dataclass(frozen=True, slots=True)
class DiskState:
    """What a disk shows after a failure: the content of each file by its path below the root, and the folders."""

    files: dict[str, bytes]
    folders: frozenset[str]

    @property
    def digest(self) -> str:
        """Equal for states in which everything but the shared memory of SQLite is equal."""
        hashed = hashlib.sha256(repr(sorted(self.folders)).encode())
        for path, content in sorted(self.files.items()):
            if not path.endswith("-shm"):
                hashed.update(f"\n{path} {len(content)} ".encode() + hashlib.sha256(content).digest())
        return hashed.hexdigest()

    def write(self, root: Path) -> None:
        """Make `root` this state."""
        for entry in root.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for folder in sorted(self.folders):
            (root / folder).mkdir(exist_ok=True)
        for path, content in self.files.items():
            (root / path).write_bytes(content)


class Disk:
    """The files and folders below `root`, as they are now and as they would be after a failure."""

    def __init__(self, root: Path) -> None:
        """Begins with what is below `root`, all of it on the disk."""
        self._root = str(root)
        self._objects: list[_File | _Folder] = []
        self._object_of_inode: dict[int, int] = {}
        self._changes: list[_NameChange] = []
        self._top = self._load(root)

    def _add(self, item: _File | _Folder) -> int:
        self._objects.append(item)
        return len(self._objects) - 1

    def _load(self, folder: Path) -> int:
        names: dict[str, int] = {}
        for entry in os.scandir(folder):
            if entry.is_dir():
                names[entry.name] = self._load(Path(entry.path))
            else:
                names[entry.name] = number = self._add(_File(Path(entry.path).read_bytes()))
                self._object_of_inode[entry.stat().st_ino] = number
        return self._add(_Folder(names, dict(names)))

    def copy(self) -> Disk:
        """The same disk, to change apart."""
        return copy.deepcopy(self)

    # ------------------------------------------------------------------------------------------ changes

    def apply(self, operation: Operation) -> None:
        """Note one operation of a program."""
        kind = operation.kind
        if kind in "WT":
            if kind == "T" and operation.inode not in self._object_of_inode:
                return
            item = self._objects[self._object_of_inode[operation.inode]]
            assert isinstance(item, _File)
            item.pending.append(operation)
        elif kind == "C":
            self._object_of_inode[operation.inode] = number = self._add(_File())
            self._change_names((operation.path, number))
        elif kind == "M":
            self._change_names((operation.path, self._add(_Folder())))
        elif kind in "UD":
            self._change_names((operation.path, None))
        elif kind == "L":
            self._change_names((operation.other, self._find(operation.path)))
        elif kind == "R":
            renamed = self._find(operation.path)
            if renamed is None:
                raise ValueError(f"{operation.path}: renamed from another folder than the recorded ones")
            self._change_names((operation.path, None), (operation.other, renamed))
        elif kind == "S":
            self._sync(operation)

    def _change_names(self, *changes: tuple[str, int | None]) -> None:
        parts = []
        for path, number in changes:
            parent, name = path.rsplit("/", 1)
            folder = self._find(parent)
            assert folder is not None, path
            seen = self._objects[folder]
            assert isinstance(seen, _Folder)
            if number is None:
                seen.seen.pop(name, None)
            else:
                seen.seen[name] = number
            parts.append((folder, name, number))
        self._changes.append(_NameChange(tuple(parts)))

    def _find(self, path: str) -> int | None:
        """The object at a path as programs see it."""
        number: int | None = self._top
        for name in path[len(self._root) :].strip("/").split("/"):
            if name:
                folder = self._objects[number] if number is not None else None
                number = folder.seen.get(name) if isinstance(folder, _Folder) else None
        return number

    def _sync(self, operation: Operation) -> None:
        folder = self._find(operation.path)
        if folder is None or isinstance(self._objects[folder], _File):  # a file may have lost its name, or have another
            item = self._objects[self._object_of_inode[operation.inode]]
            assert isinstance(item, _File)
            item.content = _apply_all(item.content, item.pending)
            item.pending.clear()
            return
        remaining = []
        for change in self._changes:
            if change.is_synced_by(folder):
                _assign(self._objects, change)
            else:
                remaining.append(change)
        self._changes = remaining

    # ------------------------------------------------------------------------------------------- states

    def show(self, loss: Loss, rng: random.Random) -> DiskState:
        """What the disk may show if the power fails now."""
        choose_content: Callable[[_File], bytes]
        changes: Sequence[_NameChange] = self._changes
        if loss == "all lost":
            changes, choose_content = (), lambda file: file.content
        elif loss == "names only":
            choose_content = lambda file: file.content  # noqa: E731
        elif loss == "names and sizes":
            choose_content = lambda file: _apply_all(file.content, file.pending, lambda: False)  # noqa: E731
        elif loss == "data only":
            changes, choose_content = (), lambda file: _apply_all(file.content, file.pending)
        elif loss == "nothing lost":
            choose_content = lambda file: _apply_all(file.content, file.pending)  # noqa: E731
        else:
            if loss == "names in order":
                changes = self._changes[: rng.randint(0, len(self._changes))]
            else:
                changes = [change for change in self._changes if rng.random() < 0.5]
            share = rng.choice((0.1, 0.5, 0.9))
            choose_content = lambda file: _tear(file, rng, share)  # noqa: E731
        return self._build(changes, choose_content)

    def _build(self, changes: Sequence[_NameChange], choose_content: Callable[[_File], bytes]) -> DiskState:
        names = {n: dict(item.names) for n, item in enumerate(self._objects) if isinstance(item, _Folder)}
        for change in changes:
            for folder, name, number in change.parts:
                if number is None:
                    names[folder].pop(name, None)
                else:
                    names[folder][name] = number
        files: dict[str, bytes] = {}
        folders: set[str] = set()
        contents: dict[int, bytes] = {}

        def walk(folder: int, prefix: str) -> None:
            for name, number in names[folder].items():
                item = self._objects[number]
                if isinstance(item, _Folder):
                    folders.add(prefix + name)
                    walk(number, f"{prefix}{name}/")
                else:
                    if number not in contents:
                        contents[number] = choose_content(item)
                    files[prefix + name] = contents[number]

        walk(self._top, "")
        return DiskState(files, frozenset(folders))


def _assign(objects: Sequence[_File | _Folder], change: _NameChange) -> None:
    for folder, name, number in change.parts:
        item = objects[folder]
        assert isinstance(item, _Folder)
        if number is None:
            item.names.pop(name, None)
        else:
            item.names[name] = number


def _apply_all(content: bytes, operations: Sequence[Operation], keeps: Callable[[], bool] = lambda: True) -> bytes:
    """The content after these operations. Each sector of what is written is kept if `keeps` says so, else it stays as
    it was; beyond the old end it is then zero."""
    result = bytearray(content)
    for operation in operations:
        if operation.kind == "T":
            del result[operation.offset :]
            result.extend(bytes(operation.offset - len(result)))
            continue
        begin, end = operation.offset, operation.offset + len(operation.data)
        if len(result) < end:
            result.extend(bytes(end - len(result)))
        at = begin
        while at < end:
            until = min(end, (at // SECTOR + 1) * SECTOR)
            if keeps():
                result[at:until] = operation.data[at - begin : until - begin]
            at = until
    return bytes(result)


def _tear(file: _File, rng: random.Random, share: float) -> bytes:
    """Some of what was written, `share` of its sectors on average; writes after a random one not at all."""
    last = len(file.pending) if rng.random() < 0.5 else rng.randint(0, len(file.pending))
    return _apply_all(file.content, file.pending[:last], lambda: rng.random() < share)


def list_states(
    disk: Disk, operations: Sequence[Operation], seed: int, tries: int, every: int = 1
) -> Iterator[tuple[str, int, DiskState]]:
    """The states that a failure may leave, each once: (description, marks that were passed, state).

    Before and after every `every`th sync and change of a name, and at `tries` random losses of each kind there.
    """
    rng = random.Random(seed)
    known: set[tuple[str, int]] = set()
    passed = important = 0
    for at, operation in enumerate([*operations, None]):
        following = operation is not None and operation.kind in "WT"
        is_important = not following or (at > 0 and operations[at - 1].kind not in "WT")
        important += is_important
        if operation is None or (is_important and important % every == 0):
            losses = [*FIXED_LOSSES, *(RANDOM_LOSSES * tries)]
            for loss in losses:
                state = disk.show(loss, rng)
                key = state.digest, passed
                if key not in known:
                    known.add(key)
                    yield f"power failed before {at} ({operation or 'the end'}), {loss}", passed, state
        if operation is not None:
            passed += operation.kind == "X"
            disk.apply(operation)
