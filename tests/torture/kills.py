"""Builds that are killed: at every change they make to the index folder, before it and halfway through it, and from
outside at any moment. And builds from whose n-th change on the disk is full, or broken."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from tests.torture.forge import Forge, Order, Outcome
from tests.torture.points import Harm
from tests.torture.scene import Scene
from tests.torture.tally import Tally

KILLED = -9


def order(scene: Scene, harm: Harm = "none", at: int = -1, **more: float) -> Order:
    """A build of this scene, to be harmed."""
    return Order(str(scene.index), str(scene.articles), scene.rebuilds, harm, at, **more)  # type: ignore[arg-type]


def unharmed(scene: Scene, forge: Forge) -> Outcome:
    """The same build with nothing done to it: its points and its time."""
    scene.reset()
    outcome = forge.make(order(scene))
    assert outcome.status == 0, outcome
    return outcome


def kill_at(scene: Scene, forge: Forge, moments: Iterable[tuple[Harm, int]], names: Sequence[str]) -> Tally:
    """Kill a build at each of these points, and judge what is left."""
    tally = Tally()
    for harm, at in moments:
        scene.reset()
        outcome = forge.make(order(scene, harm, at))
        tally.count("kills made at a write")
        about = f"{scene.change}, {harm} at {at} ({names[at] if at < len(names) else 'past the end'})"
        judge(scene, outcome, about, tally, "survived", (KILLED,))
    return tally


def kill_at_random(scene: Scene, forge: Forge, count: int, seconds: float, chance: random.Random) -> Tally:
    """Kill a build so many times from outside, at any moment of the `seconds` that it takes."""
    tally = Tally()
    for _ in range(count):
        scene.reset()
        moment = chance.uniform(0, seconds)
        outcome = forge.make(order(scene, kill_after=moment))
        tally.count("kills made at a random moment")
        judge(scene, outcome, f"{scene.change}, killed after {moment:.4f} s", tally, "survived", (KILLED, 0))
    return tally


def starve_at(scene: Scene, forge: Forge, moments: Iterable[tuple[Harm, int]], names: Sequence[str]) -> Tally:
    """From each of these points on every write fails: the build ends with a word that helps, or without harm."""
    tally = Tally()
    for harm, at in moments:
        scene.reset()
        outcome = forge.make(order(scene, harm, at))
        tally.count(f"disk {harm} at a write")
        about = f"{scene.change}, disk {harm} from {at} ({names[at] if at < len(names) else 'past the end'})"
        helpful = ("make room there", "its disk has room") if harm == "full" else ("check the disk",)
        check_message(outcome, about, tally, helpful)
        judge(scene, outcome, about, tally, "survived", (0, 1))
    return tally


def check_message(outcome: Outcome, about: str, tally: Tally, helpful: Sequence[str]) -> None:
    """A build that failed says so in one line that holds one of these pieces."""
    if outcome.stderr:
        tally.wrong.append(f"{about}: {outcome.error} got out: {outcome.stderr.splitlines()[-3:]}")
    elif outcome.status > 0 and not any(words in outcome.message for words in helpful):
        tally.wrong.append(f"{about}: says {outcome.error}: {outcome.message!r}")


def judge(scene: Scene, outcome: Outcome, about: str, tally: Tally, good: str, statuses: Sequence[int]) -> None:
    """Count as `good` a build that ended with one of these and did no harm."""
    if outcome.status not in statuses:
        tally.wrong.append(f"{about}: ended with {outcome.status} {outcome.error} {outcome.message}")
    scene.judge(outcome.kept, outcome.published, about)
    if scene.wrong:
        tally.wrong += scene.wrong
        scene.wrong.clear()
    else:
        tally.count(good)
