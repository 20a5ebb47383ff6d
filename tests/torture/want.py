"""Builds that lack something: room on the disk, the right to write, file handles, memory. Each ends with one line that
names the file and the remedy, or without harm; meanwhile the old library is served."""

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
    """Make each of these builds, which lacks something, and judge what is left."""
    tally = Tally()
    for name, wanting, helpful in orders:
        scene.reset()
        outcome = forge.run_order(wanting)
        about = f"{scene.change}, {name}"
        tally.add_count(f"builds with {name.rsplit(': ', 1)[0]}")
        check_message(outcome, about, tally, helpful)
        judge_outcome(scene, outcome, about, tally, "survived", (0, 1, -25, -6) if "bytes" in name else (0, 1))
    return tally


def handle_shortages(scene: Scene, most: int) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """From no further file that may be open to as many as a build needs."""
    for handles in range(most):
        yield f"few file handles: {handles}", replace(make_order(scene), handles=handles), NO_HANDLES_MESSAGES


def memory_shortages(scene: Scene, steps: Iterable[int]) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """An embedder that runs out at a window; then a process that may have so much more and nothing beyond."""
    for window in range(4):
        yield (
            f"an embedder that runs out of memory: window {window}",
            replace(make_order(scene), memory_fails_at=window),
            NO_MEMORY_MESSAGES,
        )
    for size in steps:
        yield f"little memory: {size} bytes", replace(make_order(scene), memory=size), NO_MEMORY_MESSAGES


def file_size_limits(scene: Scene, sizes: Iterable[int]) -> Iterator[tuple[str, BuildOrder, tuple[str, ...]]]:
    """No file may grow beyond so many bytes; the write that would, is torn and kills."""
    for size in sizes:
        yield f"a write torn by a kill: {size} bytes", replace(make_order(scene), file_size=size), NO_SPACE_MESSAGES


def check_reading_with_few_handles(scene: Scene, forge: BuildForker, most: int) -> Tally:
    """Asking with few handles: the right answer, or the line that says what is lacking."""
    tally = Tally()
    for handles in range(most):
        scene.reset()
        outcome = forge.run_order(replace(make_order(scene), handles=handles, only_read=True))
        tally.add_count("readings with few file handles")
        about = f"reading with {handles} handles"
        check_message(outcome, about, tally, NO_HANDLES_MESSAGES)
        if outcome.read and set(outcome.read) != {scene.before}:
            tally.problems.append(f"{about}: not as before")
    return tally


# ------------------------------------------------------------------------- a disk of its own, for root


@contextmanager
def mount_small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A file system in memory of this size at `folder`."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a disk there."""
    try:
        with mount_small_disk(folder, 64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_full_disk(scene: Scene, forge: BuildForker, steps: Iterable[int]) -> Tally:
    """The index lies on a small disk, of which a ballast leaves so many kilobytes free."""
    tally = Tally()
    shutil.rmtree(scene.index, ignore_errors=True)
    with mount_small_disk(scene.index, 8_000):
        for free in steps:
            _delete_files(scene.index)
            shutil.copytree(scene.root / "template", scene.index, dirs_exist_ok=True)
            ballast = scene.index / "ballast.txt"
            left = os.statvfs(scene.index)
            ballast.write_bytes(bytes(max(0, left.f_bavail * left.f_bsize - free * 1024)))
            outcome = forge.run_order(make_order(scene))
            about = f"{scene.change}, {free} KB free on a real disk"
            tally.add_count("builds on a disk with little room")
            check_message(outcome, about, tally, NO_SPACE_MESSAGES)
            try:
                found = scene.hash_library()
            except Exception as error:
                found = f"{type(error).__name__}: {error}"
            tally.add_count("readings on a full disk")
            if found not in (scene.before, scene.after):
                tally.problems.append(f"{about}: read {found}")
            ballast.unlink()
            judge_outcome(scene, outcome, about, tally, "survived", (0, 1))
    return tally


def check_read_only_disk(scene: Scene, forge: BuildForker) -> Tally:
    """On a disk that was mounted for reading only, and as a user who may only read."""
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


def _check_refused(scene: Scene, forge: BuildForker, wanting: BuildOrder, about: str, tally: Tally) -> None:
    before = sorted(path.name for path in scene.index.iterdir())
    outcome = forge.run_order(wanting)
    tally.add_count("builds where nothing can be written")
    check_message(outcome, about, tally, PERMISSION_MESSAGES)
    reading = forge.run_order(replace(wanting, only_read=True))
    tally.add_count("readings where nothing can be written")
    if outcome.status != 1 or set(reading.read) != {scene.before}:
        tally.problems.append(f"{about}: {outcome.status} {outcome.message}; read {reading.read} {reading.message}")
    if (
        scene.before not in (NO_LIBRARY, OUTDATED_LIBRARY)
        and sorted(path.name for path in scene.index.iterdir()) != before
    ):
        tally.problems.append(f"{about}: something was written")


def _delete_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
