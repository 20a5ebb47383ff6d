"""Builds without enough disk space, permission, file handles or memory. Each must end with one line that names the file
and the remedy, or succeed; readers must still see the old library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.torture.crowd import NOBODY_UID
from tests.torture.forge import BuildForker, BuildOrder
from tests.torture.kills import NO_SPACE_MESSAGES, check_message, judge_outcome, make_order
from tests.torture.scene import NO_LIBRARY, OUTDATED_LIBRARY, Scene
from tests.torture.tally import Tally

NO_HANDLES_MESSAGES = ("too many files are open; close other programs, or raise the limit: ulimit -n",)
NO_MEMORY_MESSAGES = (
    "not enough memory to build; close other programs, or lower embedding.batch_size",
    "close other programs",
)
PERMISSION_MESSAGES = ("check the folder's permissions",)


def check_shortages(
    scene: Scene, forge: BuildForker, orders: Iterable[tuple[str, BuildOrder, tuple[str, ...]]]
) -> Tally:
    """Run each of these builds and check the library."""
    tally = Tally()
    for name, order, expected_texts in orders:
        scene.reset()
        outcome = forge.run_order(order)
        about = f"{scene.change}, {name}"
        tally.add_count(f"builds with {name.rsplit(': ', 1)[0]}")
        check_message(outcome, about, tally, expected_texts)
        judge_outcome(scene, outcome, about, tally, "survived", (0, 1, -25, -6) if "bytes" in name else (0, 1))
    return tally


def handle_shortages(scene: Scene, count: int) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """Builds that may open 0 to `count` - 1 further files."""
    for handles in range(count):
        yield f"few file handles: {handles}", replace(make_order(scene), handles=handles), NO_HANDLES_MESSAGES


def memory_shortages(scene: Scene, steps: Iterable[int]) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """Builds whose embedder runs out of memory, then builds whose address space may grow by only `steps` bytes."""
    for window in range(4):
        yield (
            f"an embedder that runs out of memory: window {window}",
            replace(make_order(scene), memory_fails_at=window),
            NO_MEMORY_MESSAGES,
        )
    for size in steps:
        yield f"little memory: {size} bytes", replace(make_order(scene), memory=size), NO_MEMORY_MESSAGES


def file_size_limits(scene: Scene, sizes: Iterable[int]) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """Builds in which no file may exceed each of these sizes in bytes; a write beyond it kills the process."""
    for size in sizes:
        yield f"a limit on file sizes: {size} bytes", replace(make_order(scene), file_size=size), NO_SPACE_MESSAGES


def check_reading_with_few_handles(scene: Scene, forge: BuildForker, count: int) -> Tally:
    """Readings with few file handles: the right answer, or one line that names the remedy."""
    tally = Tally()
    for handles in range(count):
        scene.reset()
        outcome = forge.run_order(replace(make_order(scene), handles=handles, only_read=True))
        tally.add_count("readings with few file handles")
        about = f"reading with {handles} handles"
        check_message(outcome, about, tally, NO_HANDLES_MESSAGES)
        if outcome.read and set(outcome.read) != {scene.before}:
            tally.problems.append(f"{about}: differs from the state before")
    return tally


# ------------------------------------------------------------------------- mounted disks, for root


@contextmanager
def mount_small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A tmpfs of this size at `folder`."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a file system at `folder`."""
    try:
        with mount_small_disk(folder, 64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_full_disk(scene: Scene, forge: BuildForker, steps: Iterable[int]) -> Tally:
    """Builds on a small file system on which `steps` kilobytes are free."""
    tally = Tally()
    shutil.rmtree(scene.index, ignore_errors=True)
    with mount_small_disk(scene.index, 8_000):
        for free in steps:
            _delete_files(scene.index)
            shutil.copytree(scene.root / "template", scene.index, dirs_exist_ok=True)
            ballast = scene.index / "ballast.txt"
            space = os.statvfs(scene.index)
            ballast.write_bytes(bytes(max(0, space.f_bavail * space.f_bsize - free * 1024)))
            outcome = forge.run_order(make_order(scene))
            about = f"{scene.change}, {free} KB free on a mounted disk"
            tally.add_count("builds on a nearly full disk")
            check_message(outcome, about, tally, NO_SPACE_MESSAGES)
            try:
                snapshot = scene.hash_library()
            except Exception as error:
                snapshot = f"{type(error).__name__}: {error}"
            tally.add_count("readings on a full disk")
            if snapshot not in (scene.before, scene.after):
                tally.problems.append(f"{about}: read {snapshot}")
            ballast.unlink()
            judge_outcome(scene, outcome, about, tally, "survived", (0, 1))
    return tally


def check_read_only_disk(scene: Scene, forge: BuildForker) -> Tally:
    """Builds on a read-only file system, and as a user without write permission."""
    tally = Tally()
    shutil.rmtree(scene.index, ignore_errors=True)
    with mount_small_disk(scene.index, 8_000):
        shutil.copytree(scene.root / "template", scene.index, dirs_exist_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", scene.index], check=True)
        _check_refused(scene, forge, make_order(scene), f"{scene.change}, read-only disk", tally)
    scene.reset()
    _check_refused(
        scene, forge, replace(make_order(scene), uid=NOBODY_UID), f"{scene.change}, another user's folder", tally
    )
    return tally


def _check_refused(scene: Scene, forge: BuildForker, order: BuildOrder, about: str, tally: Tally) -> None:
    before = sorted(path.name for path in scene.index.iterdir())
    outcome = forge.run_order(order)
    tally.add_count("builds without write access")
    check_message(outcome, about, tally, PERMISSION_MESSAGES)
    reading = forge.run_order(replace(order, only_read=True))
    tally.add_count("readings without write access")
    if outcome.status != 1 or set(reading.read) != {scene.before}:
        tally.problems.append(f"{about}: {outcome.status} {outcome.message}; read {reading.read} {reading.message}")
    if (
        scene.before not in (NO_LIBRARY, OUTDATED_LIBRARY)
        and sorted(path.name for path in scene.index.iterdir()) != before
    ):
        tally.problems.append(f"{about}: the folder was changed")


def _delete_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
