"""Power failures at every point of an action or a build, and the check of each state that the disk may show then."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from tests.torture.kills import make_order
from tests.torture.memo import VectorCache
from tests.torture.power.actions import ACTIONS, Action, find_root, make_mark
from tests.torture.power.disk import Disk, DiskState, list_states
from tests.torture.power.recording import Operation, compile_recorder, record, select
from tests.torture.scene import NO_LIBRARY, OUTDATED_LIBRARY, Scene
from tests.torture.tally import Tally

SEED = 20_251_027
SHOWN_PROBLEMS = 6  # of one action or build


@contextmanager
def _recorder() -> Iterator[tuple[Path, Path]]:
    """The compiled recorder and a place for its log."""
    with tempfile.TemporaryDirectory(prefix="power-") as folder:
        yield compile_recorder(Path(folder)), Path(folder) / "log"


def check_actions(actions: Sequence[Action] = ACTIONS, tries: int = 2, every: int = 1) -> Tally:
    """Let the power fail during each of these actions. `tries`: random losses at each point; `every`: share of them."""
    tally = Tally()
    with _recorder() as (recorder, log), tempfile.TemporaryDirectory(prefix="power-") as place:
        folder = Path(place)
        roots = [find_root(folder, action) for action in actions]
        disks = []
        for action, root in zip(actions, roots, strict=True):
            root.mkdir()
            action.prepare(root)
            disks.append(Disk(root))
        command = [sys.executable, "-m", "tests.torture.power.actions", place, *(action.name for action in actions)]
        recorded = record(command, roots, recorder, log)
        for action, root, disk in zip(actions, roots, disks, strict=True):
            operations = select(recorded, root)
            _check_recording(root, Disk(root), disk, operations, tally)
            _check_action_states(action, root, disk, operations, tally, tries, every)
    return tally


def _check_recording(root: Path, actual: Disk, disk: Disk, operations: Sequence[Operation], tally: Tally) -> None:
    """What was recorded must lead to what is there; otherwise the recorder has missed something."""
    replay = disk.copy()
    for operation in operations:
        replay.apply(operation)
    rng = random.Random(SEED)
    if replay.show("nothing lost", rng).digest != actual.show("nothing lost", rng).digest:
        tally.problems.append(f"{root.name}: what was recorded is not what was written")


def _check_action_states(
    action: Action, root: Path, disk: Disk, operations: Sequence[Operation], tally: Tally, tries: int, every: int
) -> None:
    problems: list[str] = []
    for about, passed, state in list_states(disk, operations, SEED, tries, every):
        tally.add_count("power failures during an action")
        state.write(root)
        try:
            faults = list(action.check(root, passed))
        except Exception as error:
            faults = [f"{type(error).__name__}: {error}"]
        problems += [f"{action.name}, {about}, {passed} done: {fault}" for fault in faults]
        if not faults:
            tally.add_count("survived")
    _report(problems, tally)


def _report(problems: Sequence[str], tally: Tally) -> None:
    tally.problems += problems[:SHOWN_PROBLEMS]
    if len(problems) > SHOWN_PROBLEMS:
        tally.problems.append(f"{problems[0].partition(',')[0]}: and {len(problems) - SHOWN_PROBLEMS} more")


# ------------------------------------------------------------------------------------------ builds


def check_build(scene: Scene, tries: int = 1, every: int = 1, doctor_every: int = 5) -> Tally:
    """Let the power fail during the build of a scene. The doctor examines every `doctor_every`th state."""
    tally = Tally()
    scene.reset()
    with _recorder() as (recorder, log):
        memo = log.with_name("memo")
        scene.memo.save(memo)
        disk = Disk(scene.root / "index")
        order = json.dumps(asdict(make_order(scene)))
        command = [sys.executable, "-m", "tests.torture.power.failures", str(memo), scene.model.name]
        single = {"OMP_NUM_THREADS": "1"}
        operations = record([*command, scene.model.sha256, order], [scene.index], recorder, log, single)
        _check_recording(scene.index, Disk(scene.index), disk, operations, tally)
        problems: list[str] = []
        for number, (about, passed, state) in enumerate(list_states(disk, operations, SEED, tries, every)):
            tally.add_count("power failures during a build")
            where = f"{scene.change}, {about}"
            _check_build_state(scene, state, where, published=bool(passed), tally=tally)
            if number % doctor_every == 0 and not scene.problems:
                _check_doctor(scene, state, where, tally)
            if not scene.problems:
                tally.add_count("survived")
            problems += scene.problems
            scene.problems.clear()
    _report(problems, tally)
    return tally


def _check_build_state(scene: Scene, state: DiskState, about: str, *, published: bool, tally: Tally) -> None:
    state.write(scene.index)
    scene.check_after_fault(0, published, about)


def _check_doctor(scene: Scene, state: DiskState, about: str, tally: Tally) -> None:
    """The doctor finds a library that the power failed for healthy, or mends it."""
    if scene.before in (NO_LIBRARY, OUTDATED_LIBRARY):
        return
    state.write(scene.index)
    tally.add_count("libraries examined after a power failure")
    diagnosis = Diagnosis()
    list(examine_library(scene.config, diagnosis))
    if diagnosis.needs_repair:
        list(repair_library(scene.config, diagnosis, lambda: scene.memo))
        tally.add_count("mended by the doctor")
        diagnosis = Diagnosis()
        list(examine_library(scene.config, diagnosis))
    for finding in diagnosis.errors:
        scene.problems.append(f"{about}: the doctor finds: {finding.message}")


def _build(memo: Path, name: str, sha256: str, order: str) -> None:
    """In a process of its own: the build that is recorded."""
    from assistant.config.schema import Config
    from assistant.embedding.model_files import ModelFiles
    from assistant.indexing.build import build_library
    from tests.torture.memo import NO_RANKER

    given = json.loads(order)
    cache = VectorCache.load(memo)
    config = Config(articles=(Path(given["articles"]),), index=Path(given["index"]), ranking=NO_RANKER)
    for _ in build_library(config, ModelFiles(name, Path(), sha256), lambda: cache, rebuild=given["rebuild"]):
        pass
    make_mark(config.index)()


if __name__ == "__main__":
    _build(Path(sys.argv[1]), *sys.argv[2:])
