"""Builds that meet: two at once, and readers who ask all the while, whether they may write in the folder or not."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from assistant.store.library import DATABASE
from tests.torture.forge import Forge
from tests.torture.kills import order
from tests.torture.scene import Scene, is_either
from tests.torture.tally import Tally

NOBODY = 65534


AGAIN = "a build has changed it while it was read; ask again"


def crowd(
    scene: Scene, forge: Forge, readers: int, uid: int | None = None, pause: float = 0.3, log: bool = True
) -> Tally:
    """One build, a rival, and readers: one builds, the other is told who does, and the readers see before or after.

    Without the `log` that builds leave, readers who may not write may also be told to ask again.
    """
    tally = Tally()
    scene.reset()
    for name in () if log else ("-wal", "-shm"):
        (scene.index / f"{DATABASE}{name}").unlink(missing_ok=True)
    busy = replace(order(scene), readers=readers, readers_uid=uid, rival=scene.new_passages > 0, pause=pause)
    outcome = forge.make(busy)
    about = f"{scene.change}, {readers} readers{' who may not write' if uid is not None else ''}"
    if outcome.status:
        tally.wrong.append(f"{about}: the build ended with {outcome.status} {outcome.message} {outcome.stderr}")
    if busy.rival:
        tally.count("rival builds refused")
        expected = rf"another build is writing here \(process {outcome.pid}, since 20\d\d-.*\); wait for it, or stop it"
        if not re.search(expected, outcome.rival):
            tally.wrong.append(f"{about}: the rival of process {outcome.pid} was told {outcome.rival!r}")
    for found, times in outcome.read.items():
        if not log and AGAIN in found:
            tally.count("readers told to ask again", times)
            continue
        tally.count("readers' answers checked", times)
        if not is_either(found, scene.before, scene.after):
            tally.wrong.append(f"{about}: {times} times {found}")
    if scene.after not in outcome.read or scene.before not in outcome.read:
        tally.wrong.append(f"{about}: not both of before and after were seen")
    tally.count("readings that began and ended while a build went on", outcome.meanwhile)
    if busy.rival and outcome.meanwhile < readers:
        tally.wrong.append(f"{about}: {outcome.meanwhile} readings while the build took {outcome.seconds:.1f} s")
    scene.judge(outcome.kept, outcome.published, about)
    tally.wrong += scene.wrong
    scene.wrong.clear()
    return tally


def orphaned_lock(scene: Scene, forge: Forge) -> Tally:
    """A build is killed while it holds the lock, and the next takes it over at once."""
    tally = Tally()
    scene.reset()
    outcome = forge.make(replace(order(scene), pause=5.0, kill_after=0.4))
    if outcome.status != -9 or not (scene.index / "build.owner").exists():
        tally.wrong.append(f"{scene.change}: no lock was left behind")
    scene.judge(outcome.kept, outcome.published, f"{scene.change}, lock of a dead process")
    tally.count("locks of dead processes taken over", not scene.wrong)
    tally.wrong += scene.wrong
    scene.wrong.clear()
    return tally


def may_become_another() -> bool:
    """Whether this process may start others as another user."""
    return os.getuid() == 0
