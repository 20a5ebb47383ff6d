"""Repairs a library: damaged parts are made again from intact ones, in the order in which they depend on each other.

Nothing is deleted that cannot be made again: a database that SQLite cannot read is renamed, its vectors are saved."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from assistant.config.schema import Config
from assistant.doctor.checks import examine_library
from assistant.doctor.database_repair import rebuild_sqlite_indexes, repair_database
from assistant.doctor.findings import Diagnosis, abbreviate_list
from assistant.doctor.salvage import rename_damaged_database, salvage_vectors
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.model_files import locate_model
from assistant.errors import LibraryDamaged
from assistant.indexing.build import build_library
from assistant.indexing.lock import build_lock
from assistant.records.build import BuildReport
from assistant.store.library import DATABASE
from assistant.store.sqlite import create_empty_log, database_errors
from assistant.system.os_errors import translate_folder_errors
from assistant.system.permissions import close_places
from assistant.system.tables import connect_to_write
from assistant.text.formatting import count_noun

MAX_ROUNDS = 3  # of examination and repair: damage that was hidden by other damage is found in the next round


def repair_library(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None = None) -> Iterator[str]:
    """Repair what `diagnosis` found, and what comes to light only then. Yields a line for each step.

    `load` gives the embedding model, if it is needed. Raises LibraryLocked while a build is running, and the errors of
    a build if the repair takes one.
    """
    for _ in range(MAX_ROUNDS):
        try:
            yield from _repair_once(config, diagnosis, load)
        except LibraryDamaged:
            if diagnosis.database_broken:
                raise
            diagnosis = Diagnosis(database_broken=True)  # only the repair has come upon it
            continue
        diagnosis = Diagnosis()
        for _ in examine_library(config, diagnosis):
            pass
        if not diagnosis.needs_repair:
            return


def _repair_once(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None) -> Iterator[str]:
    folder = config.index
    path = folder / DATABASE
    with build_lock(folder, is_private=config.index_is_private), database_errors(path), translate_folder_errors(folder):
        if diagnosis.open_places:
            close_places(diagnosis.open_places, is_private=config.index_is_private)
            yield f"closed {abbreviate_list([place.name for place in diagnosis.open_places])} to others"
        for leftover in diagnosis.leftovers:
            leftover.unlink(missing_ok=True)
            yield f"removed {leftover.name}"
        if diagnosis.database_broken:
            if rebuild_sqlite_indexes(path):
                yield "rebuilt the indexes of the database"
                return  # the next round examines the tables
            yield f"saved {count_noun(salvage_vectors(folder, path), 'vector')} from the damaged database"
            yield f"renamed the damaged database to {rename_damaged_database(path)}"
        elif diagnosis.needs_database_repair:
            with contextlib.closing(connect_to_write(path, timeout=10, isolation_level=None)) as database:
                yield from repair_database(database, folder, diagnosis)
            create_empty_log(path)
    if diagnosis.database_broken or diagnosis.needs_build:
        yield _run_build(config, load, rebuild=diagnosis.database_broken)


def _run_build(config: Config, load: Callable[[], Embedder] | None, *, rebuild: bool) -> str:
    """Build, and describe what it did."""
    model = locate_model(config.embedding)
    *_, report = build_library(config, model, load or (lambda: load_embedder(model, config.embedding)), rebuild=rebuild)
    assert isinstance(report, BuildReport)
    changes = f"{report.added} added, {report.changed} changed, {report.removed} removed"
    embedded = f"{count_noun(report.embedded, 'passage')} embedded"
    return f"updated the index: {count_noun(report.articles, 'article')}, {changes}, {embedded}"
