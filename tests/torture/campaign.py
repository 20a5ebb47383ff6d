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
from tests.torture.crowd import NOBODY_UID, can_change_user, check_concurrent_builds, check_orphaned_lock
from tests.torture.damage import check_damages, known_damages, prepare_unchanging_scene, random_damages
from tests.torture.forge import BuildForker
from tests.torture.inputs import check_bad_inputs
from tests.torture.kills import fail_writes_at_points, kill_at_points, kill_at_random, run_unharmed_build
from tests.torture.memo import VectorCache
from tests.torture.points import FaultKind
from tests.torture.scene import CHANGES, Change, Scene
from tests.torture.tally import Tally
from tests.torture.want import (
    can_mount,
    check_full_disk,
    check_read_only_disk,
    check_reading_with_few_handles,
    check_shortages,
    file_size_limits,
    handle_shortages,
    memory_shortages,
)

SEED = 20_251_026


@contextmanager
def prepared_scene(change: Change, model: ModelFiles, memo: VectorCache) -> Iterator[tuple[Scene, BuildForker]]:
    """A scene that is prepared, and a forge that knows its vectors."""
    root = Path(tempfile.mkdtemp(prefix="torture-"))
    root.chmod(0o755)  # another user reads there
    try:
        scene = Scene(change, root / change, model, memo)
        scene.prepare()
        memo.save(root / "memo")
        with BuildForker(root / "memo", model) as forge:
            yield scene, forge
    finally:
        shutil.rmtree(root, ignore_errors=True)


def write_kill_job(
    change: Change, harms: tuple[FaultKind, ...], every: int, sample: int
) -> Callable[[Scene, BuildForker], Tally]:
    """Kill at each `every`th write of the publishing step, and at a sample of those before it."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        whole = run_unharmed_build(scene, forge)
        chance = random.Random(SEED)
        before = sorted(chance.sample(range(whole.publishing_from), min(sample, whole.publishing_from)))
        tally = Tally()
        for harm in harms:
            moments = [(harm, at) for at in (*before, *range(whole.publishing_from, len(whole.points), every))]
            tally.merge(
                (kill_at_points if harm in ("kill", "torn") else fail_writes_at_points)(
                    scene, forge, moments, whole.points
                )
            )
        return tally

    return job


def random_kill_job(count: int) -> Callable[[Scene, BuildForker], Tally]:
    """Kill at any moment."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        seconds = max(run_unharmed_build(scene, forge).seconds for _ in range(3))
        return kill_at_random(scene, forge, count, seconds, random.Random(SEED))

    return job


def concurrency_job(rounds: int) -> Callable[[Scene, BuildForker], Tally]:
    """Ten readers, two builds, a dead process's lock."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        tally = Tally()
        for _ in range(rounds):
            tally.merge(check_concurrent_builds(scene, forge, 10))
            if can_change_user():
                tally.merge(check_concurrent_builds(scene, forge, 10, NOBODY_UID))
                tally.merge(check_concurrent_builds(scene, forge, 10, NOBODY_UID, log=False))
        if scene.new_passages:
            tally.merge(check_orphaned_lock(scene, forge))
        return tally

    return job


def shortage_job(scene: Scene, forge: BuildForker) -> Tally:
    """All that a build can lack."""
    tally = Tally()
    tally.merge(check_shortages(scene, forge, handle_shortages(scene, 14)))
    tally.merge(check_reading_with_few_handles(scene, forge, 12))
    tally.merge(check_shortages(scene, forge, memory_shortages(scene, range(0, 60_000_000, 4_000_000))))
    tally.merge(check_shortages(scene, forge, file_size_limits(scene, range(1_000, 500_000, 25_000))))
    if can_mount(scene.root / "disk"):
        tally.merge(check_full_disk(scene, forge, range(0, 3_000, 150)))
        tally.merge(check_read_only_disk(scene, forge))
    return tally


def damage_job(flips: int, seed: int) -> Callable[[Scene, BuildForker], Tally]:
    """The damages that are known by name, for `flips` 0, or as many at random places."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        prepare_unchanging_scene(scene)
        return check_damages(
            scene, random_damages(scene, flips, random.Random(seed)) if flips else known_damages(scene)
        )

    return job


def bad_inputs_job(every: int) -> Callable[[Scene, BuildForker], Tally]:
    """Files made to do harm, each in a library of its own."""

    def job(_scene: Scene, _forge: BuildForker) -> Tally:
        return check_bad_inputs(every)

    return job


def list_jobs(scale: float) -> list[tuple[str, Change, Callable[[Scene, BuildForker], Tally]]]:
    """All of the campaign, the longest first; `scale` 1 visits every write of the publishing step."""
    every = max(1, round(1 / scale))

    def times(number: int) -> int:
        return max(1, round(number * scale))

    listed: list[tuple[str, Change, Callable[[Scene, BuildForker], Tally]]] = []
    for change in reversed(CHANGES):
        listed.append((f"{change}: killed at writes", change, write_kill_job(change, ("kill",), every, times(60))))
        listed.append((f"{change}: killed in writes", change, write_kill_job(change, ("torn",), 3 * every, times(20))))
        listed.append((f"{change}: no disk", change, write_kill_job(change, ("full", "broken"), 12 * every, times(20))))
        listed.append((f"{change}: killed at random", change, random_kill_job(times(75))))
        listed.append((f"{change}: crowd", change, concurrency_job(times(2))))
    listed += [
        ("sync: lacks", "sync", shortage_job),
        ("rebuild: lacks", "rebuild", shortage_job),
        ("known damages", "sync", damage_job(0, SEED)),
        ("bad inputs", "sync", bad_inputs_job(min(4, every))),
        ("random damages", "sync", damage_job(times(75), SEED)),
        ("more random damages", "sync", damage_job(times(75), SEED + 1)),
    ]
    return listed


def compute_vectors(folder: Path) -> None:
    """Compute all vectors that the campaign needs, once, and keep them in a folder."""
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = VectorCache(load_embedder(model, settings))
    for change in CHANGES:
        with prepared_scene(change, model, memo):
            pass
    memo.save(folder)


def run_job(number: int, scale: float, prepared: Path) -> Tally:
    """One job of `list_jobs`, in this process, with what was prepared."""
    name, change, job = list_jobs(scale)[number]
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = VectorCache.load(prepared, lambda: load_embedder(model, settings))
    with prepared_scene(change, model, memo) as (scene, forge):
        tally = job(scene, forge)
    tally.problems = [f"[{name}] {one}" for one in tally.problems]
    return tally
