"""Builds that meet: two at once, and readers who ask all the while, whether they may write in the folder or not."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from assistant.store.library import DATABASE
from tests.torture.forge import BuildForker
from tests.torture.kills import make_order
from tests.torture.scene import Scene, matches_before_or_after
from tests.torture.tally import Tally

NOBODY_UID = 65534


ASK_AGAIN_MESSAGE = "a build has changed it while it was read; ask again"


def check_concurrent_builds(
    scene: Scene, forge: BuildForker, readers: int, uid: int | None = None, pause: float = 0.3, log: bool = True
) -> Tally:
    """One build, a rival, and readers: one builds, the other is told who does, and the readers see before or after.

    Without the `log` that builds leave, readers who may not write may also be told to ask again.
    """
    tally = Tally()
    scene.reset()
    for name in () if log else ("-wal", "-shm"):
        (scene.index / f"{DATABASE}{name}").unlink(missing_ok=True)
    busy = replace(make_order(scene), readers=readers, readers_uid=uid, rival=scene.new_passages > 0, pause=pause)
    outcome = forge.run_order(busy)
    about = f"{scene.change}, {readers} readers{' who may not write' if uid is not None else ''}"
    if outcome.status:
        tally.problems.append(f"{about}: the build ended with {outcome.status} {outcome.message} {outcome.stderr}")
    if busy.rival:
        tally.add_count("rival builds refused")
        expected = rf"another build is writing here \(process {outcome.pid}, since 20\d\d-.*\); wait for it, or stop it"
        if not re.search(expected, outcome.rival):
            tally.problems.append(f"{about}: the rival of process {outcome.pid} was told {outcome.rival!r}")
    for found, times in outcome.read.items():
        if not log and ASK_AGAIN_MESSAGE in found:
            tally.add_count("readers told to ask again", times)
            continue
        tally.add_count("readers' answers checked", times)
        if not matches_before_or_after(found, scene.before, scene.after):
            tally.problems.append(f"{about}: {times} times {found}")
    if scene.after not in outcome.read or scene.before not in outcome.read:
        tally.problems.append(f"{about}: not both of before and after were seen")
    tally.add_count("readings that began and ended while a build went on", outcome.meanwhile)
    if busy.rival and outcome.meanwhile < readers:
        tally.problems.append(f"{about}: {outcome.meanwhile} readings while the build took {outcome.seconds:.1f} s")
    scene.check_after_fault(outcome.kept, outcome.published, about)
    tally.problems += scene.problems
    scene.problems.clear()
    return tally


def check_orphaned_lock(scene: Scene, forge: BuildForker) -> Tally:
    """A build is killed while it holds the lock, and the next takes it over at once."""
    tally = Tally()
    scene.reset()
    outcome = forge.run_order(replace(make_order(scene), pause=5.0, kill_after=0.4))
    if outcome.status != -9 or not (scene.index / "build.owner").exists():
        tally.problems.append(f"{scene.change}: no lock was left behind")
    scene.check_after_fault(outcome.kept, outcome.published, f"{scene.change}, lock of a dead process")
    tally.add_count("locks of dead processes taken over", not scene.problems)
    tally.problems += scene.problems
    scene.problems.clear()
    return tally


def can_change_user() -> bool:
    """Whether this process may start others as another user."""
    return os.getuid() == 0
