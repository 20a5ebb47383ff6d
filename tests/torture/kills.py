"""Builds that are killed: at every change they make to the index folder, before it and halfway through it, and from
outside at any moment. And builds from whose n-th change on the disk is full, or broken."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from tests.torture.forge import BuildForker, BuildOrder, BuildOutcome
from tests.torture.points import FaultKind
from tests.torture.scene import Scene
from tests.torture.tally import Tally

KILLED_STATUS = -9

NO_SPACE_MESSAGES = ("make room there", "free some disk space", "its disk has room")


def make_order(scene: Scene, harm: FaultKind = "none", at: int = -1, **more: float) -> BuildOrder:
    """A build of this scene, to be harmed."""
    return BuildOrder(str(scene.index), str(scene.articles), scene.rebuilds, harm, at, **more)  # type: ignore[arg-type]


def run_unharmed_build(scene: Scene, forge: BuildForker) -> BuildOutcome:
    """The same build with nothing done to it: its points and its time."""
    scene.reset()
    outcome = forge.run_order(make_order(scene))
    assert outcome.status == 0, outcome
    return outcome


def kill_at_points(
    scene: Scene, forge: BuildForker, moments: Iterable[tuple[FaultKind, int]], names: Sequence[str]
) -> Tally:
    """Kill a build at each of these points, and judge what is left."""
    tally = Tally()
    for harm, at in moments:
        scene.reset()
        outcome = forge.run_order(make_order(scene, harm, at))
        tally.add_count("kills made at a write")
        about = f"{scene.change}, {harm} at {at} ({names[at] if at < len(names) else 'past the end'})"
        judge_outcome(scene, outcome, about, tally, "survived", (KILLED_STATUS,))
    return tally


def kill_at_random(scene: Scene, forge: BuildForker, count: int, seconds: float, chance: random.Random) -> Tally:
    """Kill a build so many times from outside, at any moment of the `seconds` that it takes."""
    tally = Tally()
    for _ in range(count):
        scene.reset()
        moment = chance.uniform(0, seconds)
        outcome = forge.run_order(make_order(scene, kill_after=moment))
        tally.add_count("kills made at a random moment")
        judge_outcome(
            scene, outcome, f"{scene.change}, killed after {moment:.4f} s", tally, "survived", (KILLED_STATUS, 0)
        )
    return tally


def fail_writes_at_points(
    scene: Scene, forge: BuildForker, moments: Iterable[tuple[FaultKind, int]], names: Sequence[str]
) -> Tally:
    """From each of these points on every write fails: the build ends with a word that helps, or without harm."""
    tally = Tally()
    for harm, at in moments:
        scene.reset()
        outcome = forge.run_order(make_order(scene, harm, at))
        tally.add_count(f"disk {harm} at a write")
        about = f"{scene.change}, disk {harm} from {at} ({names[at] if at < len(names) else 'past the end'})"
        helpful = NO_SPACE_MESSAGES if harm == "full" else ("check the disk",)
        check_message(outcome, about, tally, helpful)
        judge_outcome(scene, outcome, about, tally, "survived", (0, 1))
    return tally


def check_message(outcome: BuildOutcome, about: str, tally: Tally, helpful: Sequence[str]) -> None:
    """A build that failed says so in one line that holds one of these pieces."""
    if outcome.stderr:
        tally.problems.append(f"{about}: {outcome.error} got out: {outcome.stderr.splitlines()[-3:]}")
    elif outcome.status > 0 and not any(words in outcome.message for words in helpful):
        tally.problems.append(f"{about}: says {outcome.error}: {outcome.message!r}")


def judge_outcome(
    scene: Scene, outcome: BuildOutcome, about: str, tally: Tally, good: str, statuses: Sequence[int]
) -> None:
    """Count as `good` a build that ended with one of these and did no harm."""
    if outcome.status not in statuses:
        tally.problems.append(f"{about}: ended with {outcome.status} {outcome.error} {outcome.message}")
    scene.check_after_fault(outcome.kept, outcome.published, about)
    if scene.problems:
        tally.problems += scene.problems
        scene.problems.clear()
    else:
        tally.add_count(good)
