"""Builds that are killed before or halfway through each change to the index folder, or at a random time; and builds
during which the disk becomes full or fails."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from tests.torture.forge import BuildForker, BuildOrder, BuildOutcome
from tests.torture.points import FaultKind
from tests.torture.scene import Scene
from tests.torture.tally import Tally

KILLED_STATUS = -9

NO_SPACE_MESSAGES = ("make room there", "free some disk space", "its disk has room")


def make_order(scene: Scene, fault: FaultKind = "none", at: int = -1, **options: float) -> BuildOrder:
    """A build of this scene with a fault."""
    return BuildOrder(str(scene.index), str(scene.articles), scene.rebuilds, fault, at, **options)  # type: ignore[arg-type]


def run_normal_build(scene: Scene, forge: BuildForker) -> BuildOutcome:
    """A build of this scene without a fault, for its points and its duration."""
    scene.reset()
    outcome = forge.run_order(make_order(scene))
    assert outcome.status == 0, outcome
    return outcome


def kill_at_points(
    scene: Scene, forge: BuildForker, points: Iterable[tuple[FaultKind, int]], names: Sequence[str]
) -> Tally:
    """Kill a build at each of these points, and check the library."""
    tally = Tally()
    for fault, at in points:
        scene.reset()
        outcome = forge.run_order(make_order(scene, fault, at))
        tally.add_count("kills made at a write")
        about = f"{scene.change}, {fault} at {at} ({names[at] if at < len(names) else 'past the end'})"
        judge_outcome(scene, outcome, about, tally, "survived", (KILLED_STATUS,))
    return tally


def kill_at_random(scene: Scene, forge: BuildForker, count: int, seconds: float, rng: random.Random) -> Tally:
    """Kill `count` builds from outside, each at a random time within `seconds`."""
    tally = Tally()
    for _ in range(count):
        scene.reset()
        delay = rng.uniform(0, seconds)
        outcome = forge.run_order(make_order(scene, kill_after=delay))
        tally.add_count("kills made at a random moment")
        judge_outcome(
            scene, outcome, f"{scene.change}, killed after {delay:.4f} s", tally, "survived", (KILLED_STATUS, 0)
        )
    return tally


def fail_writes_at_points(
    scene: Scene, forge: BuildForker, points: Iterable[tuple[FaultKind, int]], names: Sequence[str]
) -> Tally:
    """Let every write from each of these points on fail: the build must end without damage and name the remedy."""
    tally = Tally()
    for fault, at in points:
        scene.reset()
        outcome = forge.run_order(make_order(scene, fault, at))
        tally.add_count(f"disk {fault} at a write")
        about = f"{scene.change}, disk {fault} from {at} ({names[at] if at < len(names) else 'past the end'})"
        expected_texts = NO_SPACE_MESSAGES if fault == "full" else ("check the disk",)
        check_message(outcome, about, tally, expected_texts)
        judge_outcome(scene, outcome, about, tally, "survived", (0, 1))
    return tally


def check_message(outcome: BuildOutcome, about: str, tally: Tally, expected_texts: Sequence[str]) -> None:
    """The error of a failed build must be one line that contains one of these texts."""
    if outcome.stderr:
        tally.problems.append(f"{about}: {outcome.error} was not handled: {outcome.stderr.splitlines()[-3:]}")
    elif outcome.status > 0 and not any(words in outcome.message for words in expected_texts):
        tally.problems.append(f"{about}: the message names no remedy: {outcome.error}: {outcome.message!r}")


def judge_outcome(
    scene: Scene, outcome: BuildOutcome, about: str, tally: Tally, good: str, statuses: Sequence[int]
) -> None:
    """Check the exit status and the library after a build; count it as `good` if there is no problem."""
    if outcome.status not in statuses:
        tally.problems.append(f"{about}: ended with {outcome.status} {outcome.error} {outcome.message}")
    scene.check_after_fault(outcome.kept, outcome.published, about)
    if scene.problems:
        tally.problems += scene.problems
        scene.problems.clear()
    else:
        tally.add_count(good)
