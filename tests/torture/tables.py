"""Builds that publish into Lance tables, killed after each change to their folder; readers are checked meanwhile.

All tables and the publication are written one after the other, so a reader could mix them. Every reading must be that
of SQLite before or after the build, and a reader that is open from before must still read all of it as it was.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.config.schema import Config
from assistant.indexing.lance.publishing import publish_tables
from assistant.library_access import LibraryAccess
from tests.torture.forge import BuildForker, BuildOrder, BuildOutcome
from tests.torture.kills import KILLED_STATUS, make_order
from tests.torture.power.recording import compile_recorder, make_variables, read_log
from tests.torture.scene import NO_LIBRARY, Scene, hash_contents, hash_library, matches_before_or_after
from tests.torture.tally import Tally

ENDING = 12  # changes before the last one, among which is the publication itself
READERS = 2  # processes that read without a break while a build publishes


def check_publishing(scene: Scene, every: int) -> Tally:
    """Kill builds after every `every`th change of the tables, and let readers read during one that is not killed."""
    tally, tables, published = Tally(), scene.root / "tables", scene.root / "published"
    config = scene.config.model_copy(update={"store": str(tables)})
    scene.reset()
    if scene.before != NO_LIBRARY:
        publish_tables(scene.index, str(published))

    def reset() -> None:
        scene.reset()
        shutil.rmtree(tables, ignore_errors=True)
        if published.exists():
            shutil.copytree(published, tables)

    folder = scene.root / "recorder"
    folder.mkdir(exist_ok=True)
    log = folder / "log"
    with _forker(scene, make_variables([tables], compile_recorder(folder), log)) as forge:
        order = replace(make_order(scene), store=str(tables))
        reset()
        _check_readers(scene, forge.run_order(replace(order, readers=READERS)), tally)
        names = [str(operation) for operation in read_log(log)]
        tally.add_count("changes of the tables by a build", len(names))
        ending = range(max(1, len(names) - ENDING), len(names) + 1, -(-every // ENDING))
        for changes in sorted({*range(1, len(names) + 1, every), *ending}):
            reset()
            about = f"{scene.change}, tables, killed after change {changes} ({names[changes - 1]})"
            _check_kill(scene, config, forge, replace(order, changes=changes), about, tally)
    return tally


def check_publishing_to_bucket(scene: Scene, every: int) -> Tally:
    """The same in object storage: builds are killed before they learn that a request to it has succeeded."""
    from tests.support.object_storage import serve_bucket  # needs moto

    tally = Tally()
    requests: list[str] = []
    kill_at = 0
    forge: BuildForker | None = None

    def on_write(request: str) -> None:
        requests.append(request)
        if forge is not None and len(requests) == kill_at:
            forge.kill_build()

    with serve_bucket("desk", on_write) as access, pytest.MonkeyPatch.context() as patch:
        for name, value in access.items():
            patch.setenv(name, value)
        folder = scene.root / "recorder"
        folder.mkdir(exist_ok=True)
        variables = make_variables([folder / "nothing"], compile_recorder(folder), folder / "log")
        with _forker(scene, variables) as forge:

            def reset(number: int) -> BuildOrder:
                """Publish the state before at a new address."""
                scene.reset()
                store = f"s3://desk/try-{number}"
                publish_tables(scene.index, store)
                requests.clear()
                return replace(make_order(scene), store=store)

            _check_readers(scene, forge.run_order(replace(reset(0), readers=READERS)), tally)
            names = list(requests)
            tally.add_count("requests of a build that change object storage", len(names))
            for kill_at in range(1, len(names) + 1, every):
                order = reset(kill_at)
                config = scene.config.model_copy(update={"store": order.store})
                about = f"{scene.change}, object storage, killed at request {kill_at} ({names[kill_at - 1]})"
                _check_kill(scene, config, forge, order, about, tally)
    return tally


@contextlib.contextmanager
def _forker(scene: Scene, variables: dict[str, str]) -> Iterator[BuildForker]:
    memo = scene.root / "recorder" / "memo"
    scene.memo.save(memo)
    with BuildForker(memo, scene.model, variables) as forge:
        yield forge


def _check_readers(scene: Scene, outcome: BuildOutcome, tally: Tally) -> None:
    """A build that was not killed, and what was read meanwhile."""
    tally.add_count("readings of tables while a build publishes", sum(outcome.read.values()))
    mixed = [each for each in outcome.read if not matches_before_or_after(each, scene.before, scene.after)]
    if outcome.status or mixed or scene.after not in outcome.read:
        tally.problems.append(f"{scene.change}, readers: {outcome.status} {outcome.message} {mixed}")


def _check_kill(scene: Scene, config: Config, forge: BuildForker, order: BuildOrder, about: str, tally: Tally) -> None:
    def read() -> str:
        return hash_library(config, scene.model, scene.memo)

    problems = []
    with contextlib.ExitStack() as stack:
        reader = stack.enter_context(LibraryAccess(config).open_library()) if scene.before != NO_LIBRARY else None
        outcome = forge.run_order(order)
        tally.add_count("kills made at a change of the tables")
        if outcome.status != KILLED_STATUS:
            problems.append(f"ended with {outcome.status} {outcome.message}")
        if (found := read()) not in (scene.before, scene.after):
            problems.append(f"read {found}")
        tally.add_count(f"read as {'before' if found == scene.before else 'after'}")
        outcome = forge.run_order(replace(order, changes=None))
        if outcome.status or (found := read()) != scene.after:
            problems.append(f"the next build: {outcome.status} {outcome.message} {outcome.stderr}; read {found}")
        if reader is not None and hash_contents(reader, scene.memo) != scene.before.partition("|")[0]:
            problems.append("an open reader does not read, after the next build, what it could read before")
    tally.problems += [f"{about}: {problem}" for problem in problems]
    tally.add_count("survived", not problems)
