"""Whatever the disk shows after a power failure: what was told to be done is there, and nothing is half there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.system.files import make_folder
from tests.torture.power.disk import Disk
from tests.torture.power.failures import check_actions
from tests.torture.power.recording import Operation, explain_missing_recorder

needs_recorder = pytest.mark.skipif(explain_missing_recorder() is not None, reason=str(explain_missing_recorder()))


@needs_recorder
def test_actions_survive_power_failures() -> None:
    """Conversations, settings, added pages and other files, at a part of the points at which the power can fail."""
    tally = check_actions(tries=1, every=8)
    assert not tally.problems, str(tally)
    assert tally.counts["power failures during an action"] >= 50


def test_disk_shows_only_what_was_synced(tmp_path: Path) -> None:
    """A file without its sync is empty, a name without the sync of its folder is lost, and a rename is whole."""
    (tmp_path / "old.txt").write_bytes(b"old")
    disk = Disk(tmp_path)
    rng = random.Random(1)
    new, old = f"{tmp_path}/.new.tmp", f"{tmp_path}/old.txt"

    def apply(kind: str, path: str, other: str = "", data: bytes = b"") -> None:
        disk.apply(Operation(kind, path, other, 1 if path == new else 0, 0, data))

    apply("C", new)
    apply("W", new, data=b"new" * 1_000)
    apply("R", new, old)
    assert disk.show("all lost", rng).files == {"old.txt": b"old"}
    assert disk.show("names only", rng).files == {"old.txt": b""}
    assert disk.show("names and sizes", rng).files == {"old.txt": bytes(3_000)}
    assert disk.show("data only", rng).files == {"old.txt": b"old"}
    assert disk.show("nothing lost", rng).files == {"old.txt": b"new" * 1_000}
    apply("S", str(tmp_path))
    assert disk.show("all lost", rng).files == {"old.txt": b""}


def test_torn_write_is_whole_in_each_sector(tmp_path: Path) -> None:
    """Of a write that was not synced, any sectors may be there."""
    (tmp_path / "a").write_bytes(bytes(2_048))
    disk = Disk(tmp_path)
    disk.apply(Operation("W", f"{tmp_path}/a", "", (tmp_path / "a").stat().st_ino, 0, b"x" * 2_048))
    rng = random.Random(2)
    seen = {disk.show("anything", rng).files["a"] for _ in range(50)}
    sectors = {content[at : at + 512] for content in seen for at in range(0, 2_048, 512)}
    assert len(seen) > 5
    assert sectors == {bytes(512), b"x" * 512}


def test_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    """Folders that are missing are made; only the last has the permissions that are asked for."""
    make_folder(tmp_path / "a" / "b", 0o700)
    make_folder(tmp_path / "a" / "b", 0o755)
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a").stat().st_mode & 0o077 != 0
