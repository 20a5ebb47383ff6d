"""The campaign in jobs that do not meet, so that they can run beside each other, each with its own libraries."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import load_embedder
from assistant.embedding.model_files import ModelFiles, locate_model
from tests.torture.crowd import NOBODY, crowd, may_become_another, orphaned_lock
from tests.torture.damage import damage, known_damages, random_damages, still_scene
from tests.torture.forge import Forge
from tests.torture.inputs import bad_inputs
from tests.torture.kills import kill_at, kill_at_random, starve_at, unharmed
from tests.torture.memo import Memo
from tests.torture.points import Harm
from tests.torture.scene import CHANGES, Change, Scene
from tests.torture.tally import Tally
from tests.torture.want import (
    can_mount,
    full_disk,
    lack,
    read_only,
    read_with_few_handles,
    wanting_handles,
    wanting_memory,
    wanting_size,
)

SEED = 20_251_026


@contextmanager
def workshop(change: Change, model: ModelFiles, memo: Memo) -> Iterator[tuple[Scene, Forge]]:
    """A scene that is prepared, and a forge that knows its vectors."""
    root = Path(tempfile.mkdtemp(prefix="torture-"))
    root.chmod(0o755)  # another user reads there
    try:
        scene = Scene(change, root / change, model, memo)
        scene.prepare()
        memo.save(root / "memo")
        with Forge(root / "memo", model) as forge:
            yield scene, forge
    finally:
        shutil.rmtree(root, ignore_errors=True)


def writes_job(change: Change, harms: tuple[Harm, ...], every: int, sample: int) -> Callable[[Scene, Forge], Tally]:
    """Kill at each `every`th write of the publishing step, and at a sample of those before it."""

    def job(scene: Scene, forge: Forge) -> Tally:
        whole = unharmed(scene, forge)
        chance = random.Random(SEED)
        before = sorted(chance.sample(range(whole.publishing_from), min(sample, whole.publishing_from)))
        tally = Tally()
        for harm in harms:
            moments = [(harm, at) for at in (*before, *range(whole.publishing_from, len(whole.points), every))]
            tally.add((kill_at if harm in ("kill", "torn") else starve_at)(scene, forge, moments, whole.points))
        return tally

    return job


def random_job(count: int) -> Callable[[Scene, Forge], Tally]:
    """Kill at any moment."""

    def job(scene: Scene, forge: Forge) -> Tally:
        seconds = max(unharmed(scene, forge).seconds for _ in range(3))
        return kill_at_random(scene, forge, count, seconds, random.Random(SEED))

    return job


def crowd_job(rounds: int) -> Callable[[Scene, Forge], Tally]:
    """Ten readers, two builds, a dead process's lock."""

    def job(scene: Scene, forge: Forge) -> Tally:
        tally = Tally()
        for _ in range(rounds):
            tally.add(crowd(scene, forge, 10))
            if may_become_another():
                tally.add(crowd(scene, forge, 10, NOBODY))
                tally.add(crowd(scene, forge, 10, NOBODY, log=False))
        if scene.new_passages:
            tally.add(orphaned_lock(scene, forge))
        return tally

    return job


def want_job(scene: Scene, forge: Forge) -> Tally:
    """All that a build can lack."""
    tally = Tally()
    tally.add(lack(scene, forge, wanting_handles(scene, 14)))
    tally.add(read_with_few_handles(scene, forge, 12))
    tally.add(lack(scene, forge, wanting_memory(scene, range(0, 60_000_000, 4_000_000))))
    tally.add(lack(scene, forge, wanting_size(scene, range(1_000, 500_000, 25_000))))
    if can_mount(scene.root / "disk"):
        tally.add(full_disk(scene, forge, range(0, 3_000, 150)))
        tally.add(read_only(scene, forge))
    return tally


def damage_job(flips: int, seed: int) -> Callable[[Scene, Forge], Tally]:
    """The damages that are known by name, for `flips` 0, or as many at random places."""

    def job(scene: Scene, forge: Forge) -> Tally:
        still_scene(scene)
        return damage(scene, random_damages(scene, flips, random.Random(seed)) if flips else known_damages(scene))

    return job


def inputs_job(every: int) -> Callable[[Scene, Forge], Tally]:
    """Files made to do harm, each in a library of its own."""

    def job(_scene: Scene, _forge: Forge) -> Tally:
        return bad_inputs(every)

    return job


def jobs(scale: float) -> list[tuple[str, Change, Callable[[Scene, Forge], Tally]]]:
    """All of the campaign, the longest first; `scale` 1 visits every write of the publishing step."""
    every = max(1, round(1 / scale))

    def times(number: int) -> int:
        return max(1, round(number * scale))

    listed: list[tuple[str, Change, Callable[[Scene, Forge], Tally]]] = []
    for change in reversed(CHANGES):
        listed.append((f"{change}: killed at writes", change, writes_job(change, ("kill",), every, times(60))))
        listed.append((f"{change}: killed in writes", change, writes_job(change, ("torn",), 3 * every, times(20))))
        listed.append((f"{change}: no disk", change, writes_job(change, ("full", "broken"), 12 * every, times(20))))
        listed.append((f"{change}: killed at random", change, random_job(times(75))))
        listed.append((f"{change}: crowd", change, crowd_job(times(2))))
    listed += [
        ("sync: lacks", "sync", want_job),
        ("rebuild: lacks", "rebuild", want_job),
        ("known damages", "sync", damage_job(0, SEED)),
        ("bad inputs", "sync", inputs_job(min(4, every))),
        ("random damages", "sync", damage_job(times(75), SEED)),
        ("more random damages", "sync", damage_job(times(75), SEED + 1)),
    ]
    return listed


def prepare(folder: Path) -> None:
    """Compute all vectors that the campaign needs, once, and keep them in a folder."""
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = Memo(load_embedder(model, settings))
    for change in CHANGES:
        with workshop(change, model, memo):
            pass
    memo.save(folder)


def run_job(number: int, scale: float, prepared: Path) -> Tally:
    """One job of `jobs`, in this process, with what was prepared."""
    name, change, job = jobs(scale)[number]
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = Memo.load(prepared, lambda: load_embedder(model, settings))
    with workshop(change, model, memo) as (scene, forge):
        tally = job(scene, forge)
    tally.wrong = [f"[{name}] {one}" for one in tally.wrong]
    return tally
