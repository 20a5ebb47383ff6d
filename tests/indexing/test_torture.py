"""A short version of the campaign that `make torture` runs, with some faults of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from tests.support.sampling import in_campaign, sampled
from tests.torture.attacks import ATTACKS, TESTS
from tests.torture.campaign import SEED, prepared_scene, tables_job
from tests.torture.crowd import check_concurrent_builds, check_orphaned_lock
from tests.torture.damage import check_damages, prepare_unchanging_scene, random_damages
from tests.torture.forge import BuildForker
from tests.torture.inputs import check_bad_inputs
from tests.torture.kills import fail_writes_at_points, kill_at_points, kill_at_random, make_order, run_normal_build
from tests.torture.memo import VectorCache
from tests.torture.points import FaultKind, can_hook_sqlite
from tests.torture.power.failures import check_build
from tests.torture.power.recording import explain_missing_recorder
from tests.torture.scene import Scene
from tests.torture.tally import Tally
from tests.torture.want import NO_MEMORY_MESSAGES, check_reading_with_few_handles, check_shortages, handle_shortages

pytestmark = pytest.mark.skipif(not can_hook_sqlite(), reason="needs Linux, and SQLite as a shared library")


@pytest.fixture(scope="module")
def place(model: ModelFiles, embedder: Embedder) -> Iterator[tuple[Scene, BuildForker]]:
    with prepared_scene("sync", model, VectorCache(embedder)) as place:
        yield place


def assert_no_problems(tally: Tally) -> Tally:
    assert not tally.problems, str(tally)
    return tally


def test_killed_build_leaves_old_or_new_state(place: tuple[Scene, BuildForker]) -> None:
    """A build killed at any point leaves the state before or after it."""
    scene, forge = place
    normal = run_normal_build(scene, forge)
    names = normal.points[normal.publishing_from :]
    assert {name.split()[0] for name in names} >= {"open", "fsync", "os.rename", "sqlite", "os.remove"}
    points = [normal.publishing_from // 2, normal.publishing_from + 2]
    ending = [normal.points.index(name) for name in names if name.startswith(("fsync", "os.rename"))]
    points += sampled(ending, 3)
    faults: list[tuple[FaultKind, int]] = [("torn" if number % 2 else "kill", at) for number, at in enumerate(points)]
    faults.append(("torn", len(normal.points) - 30))  # in a checkpoint
    assert_no_problems(kill_at_points(scene, forge, faults, normal.points))
    assert_no_problems(kill_at_random(scene, forge, 1, normal.seconds, random.Random(SEED)))


def test_failed_write_leaves_old_or_new_state(place: tuple[Scene, BuildForker]) -> None:
    """A disk that fails at any write leaves the state before or after the build."""
    scene, forge = place
    normal = run_normal_build(scene, forge)
    half = normal.publishing_from // 2
    assert_no_problems(
        fail_writes_at_points(
            scene, forge, [("full", half), ("broken", half), ("full", len(normal.points) - 40)], normal.points
        )
    )


def test_missing_handles_or_memory_names_remedy(place: tuple[Scene, BuildForker]) -> None:
    """A lack of file handles or memory is reported with its remedy."""
    scene, forge = place
    assert_no_problems(check_shortages(scene, forge, islice(handle_shortages(scene, 9), 1, None, 4)))
    assert_no_problems(check_reading_with_few_handles(scene, forge, 3))
    assert_no_problems(
        check_shortages(
            scene, forge, [("no memory", replace(make_order(scene), memory_fails_at=1), NO_MEMORY_MESSAGES)]
        )
    )


def test_concurrent_builds_one_wins(place: tuple[Scene, BuildForker]) -> None:
    """Of two concurrent builds one builds, and readers see the state before or after."""
    scene, forge = place
    tally = assert_no_problems(check_concurrent_builds(scene, forge, 3))
    assert tally.counts["second builds refused"] == 1
    assert tally.counts["readings during a build"] >= 3
    assert_no_problems(check_orphaned_lock(scene, forge))


@pytest.mark.skipif(explain_missing_recorder() is not None, reason=str(explain_missing_recorder()))
def test_power_failure_leaves_old_or_new_state(place: tuple[Scene, BuildForker]) -> None:
    """Whatever the disk shows after a power failure, the library is as before or as after."""
    scene, _ = place
    tally = assert_no_problems(check_build(scene, tries=0, every=60, doctor_every=4))
    assert tally.counts["survived"] == tally.counts["power failures during a build"] >= 2


@pytest.mark.skipif(explain_missing_recorder() is not None, reason=str(explain_missing_recorder()))
@pytest.mark.parametrize("storage", in_campaign("bucket", "folder"))
def test_tables_killed_while_published(place: tuple[Scene, BuildForker], storage: str) -> None:
    """Readers of Lance tables see the state before or after a build that is killed while it publishes them."""
    pytest.importorskip("lance", reason="the extra lance is not installed")
    tally = assert_no_problems(tables_job(50, storage)(*place))
    assert tally.counts["survived"] == tally.counts["kills made at a change of the tables"] >= 2


def test_random_damage_found_and_repaired(place: tuple[Scene, BuildForker]) -> None:
    """Random damage is found and repaired."""
    scene, _ = place
    prepare_unchanging_scene(scene)
    assert_no_problems(check_damages(scene, random_damages(scene, 2, random.Random(SEED))))


def test_bad_files_read_or_named() -> None:
    """Bad files are read or named, and the good file still gives answers."""
    tally = assert_no_problems(check_bad_inputs(every=24))
    assert tally.counts["bad inputs tried"] == 2


def test_attack_list_names_tests() -> None:
    """A renamed file of tests does not drop out of the attack list."""
    assert {"terminal", "files", "models", "index"} < ATTACKS.keys()
    for name in (name for names in ATTACKS.values() for name in names):
        assert "def test_" in (TESTS / name).read_text(encoding="utf-8")
