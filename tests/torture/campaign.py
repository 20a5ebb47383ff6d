"""The jobs of the campaign. Each has libraries of its own, so that jobs can run at the same time."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import load_embedder
from assistant.embedding.model_files import ModelFiles, locate_model
from tests.torture.crowd import NOBODY_UID, can_change_user, check_concurrent_builds, check_orphaned_lock
from tests.torture.damage import check_damages, crafted_damages, known_damages, prepare_unchanging_scene, random_damages
from tests.torture.forge import BuildForker
from tests.torture.inputs import check_bad_inputs
from tests.torture.kills import fail_writes_at_points, kill_at_points, kill_at_random, run_normal_build
from tests.torture.memo import VectorCache
from tests.torture.points import FaultKind
from tests.torture.power.actions import ACTIONS
from tests.torture.power.failures import check_actions, check_build
from tests.torture.power.recording import explain_missing_recorder
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
CRAFTED_PARTS = 8  # some 500 libraries, of which each takes two seconds to examine, repair and examine again


@contextmanager
def prepared_scene(change: Change, model: ModelFiles, memo: VectorCache) -> Iterator[tuple[Scene, BuildForker]]:
    """A prepared scene and a forker that has its vectors."""
    root = Path(tempfile.mkdtemp(prefix="torture-"))
    root.chmod(0o755)  # readers of another user need access
    try:
        scene = Scene(change, root / change, model, memo)
        scene.prepare()
        memo.save(root / "memo")
        with BuildForker(root / "memo", model) as forge:
            yield scene, forge
    finally:
        shutil.rmtree(root, ignore_errors=True)


def write_kill_job(
    change: Change, faults: tuple[FaultKind, ...], every: int, sample: int
) -> Callable[[Scene, BuildForker], Tally]:
    """Kill builds at every `every`th write of the publishing step and at `sample` earlier writes."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        normal = run_normal_build(scene, forge)
        rng = random.Random(SEED)
        before = sorted(rng.sample(range(normal.publishing_from), min(sample, normal.publishing_from)))
        tally = Tally()
        for fault in faults:
            moments = [(fault, at) for at in (*before, *range(normal.publishing_from, len(normal.points), every))]
            tally.merge(
                (kill_at_points if fault in ("kill", "torn") else fail_writes_at_points)(
                    scene, forge, moments, normal.points
                )
            )
        return tally

    return job


def random_kill_job(count: int) -> Callable[[Scene, BuildForker], Tally]:
    """Kill `count` builds at random times."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        seconds = max(run_normal_build(scene, forge).seconds for _ in range(3))
        return kill_at_random(scene, forge, count, seconds, random.Random(SEED))

    return job


def concurrency_job(rounds: int) -> Callable[[Scene, BuildForker], Tally]:
    """Ten readers and two builds at once; then a lock file of a dead process."""

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
    """Builds and readings that lack file handles, memory, disk space or permission."""
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
    """Damage libraries at `flips` random places, or with each known damage if `flips` is 0."""

    def job(scene: Scene, forge: BuildForker) -> Tally:
        prepare_unchanging_scene(scene)
        return check_damages(
            scene, random_damages(scene, flips, random.Random(seed)) if flips else known_damages(scene)
        )

    return job


def crafted_damage_job(part: int, every: int) -> Callable[[Scene, BuildForker], Tally]:
    """Alter libraries as somebody can who knows their format, in one of CRAFTED_PARTS parts."""

    def job(scene: Scene, _forge: BuildForker) -> Tally:
        prepare_unchanging_scene(scene)
        return check_damages(scene, crafted_damages(scene, part, CRAFTED_PARTS * every))

    return job


def power_job(tries: int, every: int) -> Callable[[Scene, BuildForker], Tally]:
    """Let the power fail during a build."""

    def job(scene: Scene, _forge: BuildForker) -> Tally:
        return check_build(scene, tries, every)

    return _unless_impossible(job)


def power_actions_job(tries: int, every: int) -> Callable[[Scene, BuildForker], Tally]:
    """Let the power fail while conversations, settings, added pages and other files are written."""

    def job(_scene: Scene, _forge: BuildForker) -> Tally:
        return check_actions(ACTIONS, tries, every)

    return _unless_impossible(job)


def tables_job(every: int, storage: str) -> Callable[[Scene, BuildForker], Tally]:
    """Kill builds while they publish into Lance tables, in a folder or in object storage."""

    def job(scene: Scene, _forge: BuildForker) -> Tally:
        from tests.torture.tables import check_publishing, check_publishing_to_bucket  # their packages are an extra

        return (check_publishing if storage == "folder" else check_publishing_to_bucket)(scene, every)

    if find_spec("lance") is None:
        return lambda _scene, _forge: Tally({"jobs left out: the extra lance is not installed": 1})
    return _unless_impossible(job)


def _unless_impossible(job: Callable[[Scene, BuildForker], Tally]) -> Callable[[Scene, BuildForker], Tally]:
    """A job that needs the recorder, or one that says in its counts why it did nothing."""
    reason = explain_missing_recorder()
    return job if reason is None else lambda _scene, _forge: Tally({f"jobs left out: {reason}": 1})


def bad_inputs_job(every: int) -> Callable[[Scene, BuildForker], Tally]:
    """Build from malformed files, each in a library of its own."""

    def job(_scene: Scene, _forge: BuildForker) -> Tally:
        return check_bad_inputs(every)

    return job


def list_jobs(scale: float) -> list[tuple[str, Change, Callable[[Scene, BuildForker], Tally]]]:
    """All jobs of the campaign, the longest first: (name, change, job). `scale` 1 tests every write of publishing."""
    every = max(1, round(1 / scale))

    def times(number: int) -> int:
        return max(1, round(number * scale))

    jobs: list[tuple[str, Change, Callable[[Scene, BuildForker], Tally]]] = []
    for change in reversed(CHANGES):
        jobs.append((f"{change}: killed before writes", change, write_kill_job(change, ("kill",), every, times(60))))
        jobs.append(
            (
                f"{change}: killed halfway through writes",
                change,
                write_kill_job(change, ("torn",), 3 * every, times(20)),
            )
        )
        jobs.append(
            (
                f"{change}: disk full or broken",
                change,
                write_kill_job(change, ("full", "broken"), 12 * every, times(20)),
            )
        )
        jobs.append((f"{change}: killed at random times", change, random_kill_job(times(75))))
        jobs.append((f"{change}: concurrent builds and readers", change, concurrency_job(times(2))))
        jobs.append((f"{change}: power failures", change, power_job(times(2), every)))
    jobs += [
        ("sync: tables, killed while they are published", "sync", tables_job(every, "folder")),
        ("first: tables, killed while they are published", "first", tables_job(3 * every, "folder")),
        ("sync: tables in object storage, killed while they are published", "sync", tables_job(3 * every, "bucket")),
        ("sync: shortages", "sync", shortage_job),
        ("rebuild: shortages", "rebuild", shortage_job),
        ("actions: power failures", "sync", power_actions_job(times(4), every)),
        ("known damages", "sync", damage_job(0, SEED)),
        *(
            (f"crafted damages, part {part + 1} of {CRAFTED_PARTS}", "sync", crafted_damage_job(part, every))
            for part in range(CRAFTED_PARTS)
        ),
        ("bad inputs", "sync", bad_inputs_job(min(4, every))),
        ("random damages", "sync", damage_job(times(75), SEED)),
        ("more random damages", "sync", damage_job(times(75), SEED + 1)),
    ]
    return jobs


def compute_vectors(folder: Path) -> None:
    """Compute all vectors of the campaign once and save them in `folder`."""
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = VectorCache(load_embedder(model, settings))
    for change in CHANGES:
        with prepared_scene(change, model, memo):
            pass
    memo.save(folder)


def run_job(number: int, scale: float, vectors_folder: Path) -> Tally:
    """Run one job of `list_jobs` in this process, with the saved vectors."""
    name, change, job = list_jobs(scale)[number]
    settings = EmbeddingSettings()
    model = locate_model(settings)
    memo = VectorCache.load(vectors_folder, lambda: load_embedder(model, settings))
    with prepared_scene(change, model, memo) as (scene, forge):
        tally = job(scene, forge)
    tally.problems = [f"[{name}] {problem}" for problem in tally.problems]
    return tally
