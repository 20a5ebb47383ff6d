"""Concurrency: a build, a second build and readers at the same time, with and without write permission."""

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
    scene: Scene, forge: BuildForker, readers: int, uid: int | None = None, log: bool = True
) -> Tally:
    """Run a build, a second build and readers: the second must be refused, readers must see the state before or after.

    Without the write-ahead `log`, readers without write permission may also be asked to try again.
    """
    tally = Tally()
    scene.reset()
    for name in () if log else ("-wal", "-shm"):
        (scene.index / f"{DATABASE}{name}").unlink(missing_ok=True)
    embeds = scene.new_passages > 0
    order = replace(make_order(scene), readers=readers, readers_uid=uid, rival=embeds, held=embeds)
    outcome = forge.run_order(order)
    about = f"{scene.change}, {readers} readers{' without write permission' if uid is not None else ''}"
    if outcome.status:
        tally.problems.append(f"{about}: the build ended with {outcome.status} {outcome.message} {outcome.stderr}")
    if order.rival:
        tally.add_count("second builds refused")
        expected = rf"another build is writing here \(process {outcome.pid}, since 20\d\d-.*\); wait for it, or stop it"
        if not re.search(expected, outcome.rival):
            tally.problems.append(f"{about}: the second build next to process {outcome.pid} reported {outcome.rival!r}")
    for snapshot, times in outcome.read.items():
        if not log and ASK_AGAIN_MESSAGE in snapshot:
            tally.add_count("readers asked to try again", times)
            continue
        tally.add_count("answers of readers checked", times)
        if not matches_before_or_after(snapshot, scene.before, scene.after):
            tally.problems.append(f"{about}: {times} readings were neither before nor after: {snapshot}")
    if scene.after not in outcome.read or scene.before not in outcome.read:
        tally.problems.append(f"{about}: readers did not see both the state before and the state after")
    tally.add_count("readings during a build", outcome.meanwhile)
    if order.rival and outcome.meanwhile < readers:
        tally.problems.append(f"{about}: {outcome.meanwhile} readings during a build of {outcome.seconds:.1f} s")
    scene.check_after_fault(outcome.kept, outcome.published, about)
    tally.problems += scene.problems
    scene.problems.clear()
    return tally


def check_orphaned_lock(scene: Scene, forge: BuildForker) -> Tally:
    """Kill a build that holds the lock; the next build must take the lock over at once."""
    tally = Tally()
    scene.reset()
    outcome = forge.run_order(replace(make_order(scene), held=True, kill_after=0.0))
    if outcome.status != -9 or not (scene.index / "build.owner").exists():
        tally.problems.append(f"{scene.change}: the killed build left no lock file")
    scene.check_after_fault(outcome.kept, outcome.published, f"{scene.change}, lock of a dead process")
    tally.add_count("locks of dead processes taken over", not scene.problems)
    tally.problems += scene.problems
    scene.problems.clear()
    return tally


def can_change_user() -> bool:
    """Whether this process may start processes of another user."""
    return os.getuid() == 0
