"""A short version of the campaign that `make torture` runs: some of every kind of harm, and nothing lost or wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from tests.torture.campaign import SEED, workshop
from tests.torture.crowd import crowd, orphaned_lock
from tests.torture.damage import damage, random_damages, still_scene
from tests.torture.forge import Forge
from tests.torture.inputs import bad_inputs
from tests.torture.kills import kill_at, kill_at_random, order, starve_at, unharmed
from tests.torture.memo import Memo
from tests.torture.points import Harm, hooks_work
from tests.torture.scene import Scene
from tests.torture.tally import Tally
from tests.torture.want import MEMORY, lack, read_with_few_handles, wanting_handles

pytestmark = pytest.mark.skipif(not hooks_work(), reason="needs Linux, and SQLite as a shared library")


@pytest.fixture(scope="module")
def place(model: ModelFiles, embedder: Embedder) -> Iterator[tuple[Scene, Forge]]:
    with workshop("sync", model, Memo(embedder)) as place:
        yield place


def nothing_wrong(tally: Tally) -> Tally:
    assert not tally.wrong, str(tally)
    return tally


def test_a_build_that_is_killed_anywhere_leaves_before_or_after(place: tuple[Scene, Forge]) -> None:
    scene, forge = place
    whole = unharmed(scene, forge)
    names = whole.points[whole.publishing_from :]
    assert {name.split()[0] for name in names} >= {"open", "fsync", "os.rename", "sqlite", "os.remove"}
    spots = [whole.publishing_from // 2, whole.publishing_from + 2]
    spots += [whole.points.index(name) for name in names if name.startswith(("fsync", "os.rename"))]
    harms: list[tuple[Harm, int]] = [("torn" if number % 2 else "kill", at) for number, at in enumerate(spots)]
    harms.append(("torn", len(whole.points) - 30))  # in a checkpoint
    nothing_wrong(kill_at(scene, forge, harms, whole.points))
    nothing_wrong(kill_at_random(scene, forge, 2, whole.seconds, random.Random(SEED)))


def test_a_disk_that_fails_at_any_write_leaves_before_or_after(place: tuple[Scene, Forge]) -> None:
    scene, forge = place
    whole = unharmed(scene, forge)
    half = whole.publishing_from // 2
    nothing_wrong(
        starve_at(scene, forge, [("full", half), ("broken", half), ("full", len(whole.points) - 40)], whole.points)
    )


def test_a_lack_of_handles_or_memory_is_told_with_its_remedy(place: tuple[Scene, Forge]) -> None:
    scene, forge = place
    nothing_wrong(lack(scene, forge, islice(wanting_handles(scene, 9), 1, None, 4)))
    nothing_wrong(read_with_few_handles(scene, forge, 3))
    nothing_wrong(lack(scene, forge, [("no memory", replace(order(scene), memory_fails_at=1), MEMORY)]))


def test_of_two_builds_one_builds_and_readers_see_before_or_after(place: tuple[Scene, Forge]) -> None:
    scene, forge = place
    tally = nothing_wrong(crowd(scene, forge, 3, pause=0.2))
    assert tally.counts["rival builds refused"] == 1
    assert tally.counts["readings that began and ended while a build went on"] >= 3
    nothing_wrong(orphaned_lock(scene, forge))


def test_random_damage_is_found_and_mended(place: tuple[Scene, Forge]) -> None:
    scene, _ = place
    still_scene(scene)
    nothing_wrong(damage(scene, random_damages(scene, 4, random.Random(SEED))))


def test_bad_files_are_read_or_named_and_the_good_one_answers() -> None:
    tally = nothing_wrong(bad_inputs(every=16))
    assert tally.counts["bad inputs tried"] == 3
