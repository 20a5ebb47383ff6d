"""The examination of a library: its folder, its database, its settings, and then its contents."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.config.schema import Config
from assistant.doctor.content_checks import FIX_COMMAND, check_articles, check_derived, check_files, check_vectors
from assistant.doctor.findings import DAMAGED_PREFIX, Diagnosis, Finding, abbreviate_list
from assistant.embedding.model_files import ModelFiles, locate_model
from assistant.errors import LibraryDamaged, LibraryError, LibraryMismatch, LibraryMissing, ModelError
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.indexing.lock import LOCK_FILE, OWNER_FILE
from assistant.indexing.publish import find_leftovers
from assistant.indexing.staging import STAGING_DATABASE
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.manifest import expected_manifest, find_manifest_mismatches
from assistant.store.remedies import REBUILD_HINT
from assistant.store.schema import MIGRATABLE_FORMATS
from assistant.store.sqlite import create_empty_log
from assistant.system.os_errors import find_write_obstacle
from assistant.text.formatting import count_noun

SPARE_BYTES = 50_000_000  # bytes that a build should find free beside what it makes
MAX_INTEGRITY_FINDINGS = 100  # findings of SQLite's own check to ask for

ContentCheck = Callable[[SqliteLibrary, Diagnosis], Iterator[Finding]]
CONTENT_CHECKS: tuple[ContentCheck, ...] = (check_articles, check_vectors, check_derived, check_files)


def examine_library(config: Config, diagnosis: Diagnosis, *, building: bool = False) -> Iterator[Finding]:
    """Look at everything; each Finding as it is made, and all of them, with what to mend, in `diagnosis`.

    `building`: a build is going on in the folder, so that nothing can be said of files that are on their way.
    Nothing is changed.
    """
    folder = config.index
    yield from _check_space(folder, diagnosis)
    model = None
    try:
        model = locate_model(config.embedding)
        yield diagnosis.add("model", "ok", f"{model.name}, weights {model.weights_hash[:12]}…")
    except ModelError as error:
        yield diagnosis.add("model", "fault", str(error))
    keep = ""
    try:
        with SqliteLibrary.open(folder) as library:
            keep = library.manifest["vectors_file"]
            yield from _check_library(library, config, model, diagnosis, building)
    except LibraryMissing as error:
        diagnosis.database_missing = folder.is_dir()
        lost = "; of an earlier one only its FAISS file is left" if any(folder.glob("vectors-*.faiss")) else ""
        told, remedy = _split_remedy(str(error))
        yield diagnosis.add("database", "fault", told + lost, remedy)
    except LibraryMismatch as error:
        diagnosis.format_outdated = any(f"format {number}," in str(error) for number in MIGRATABLE_FORMATS)
        yield diagnosis.add("database", "fault", *_split_remedy(str(error)))
    except LibraryDamaged as error:
        diagnosis.database_broken = True
        yield diagnosis.add("database", "fault", *_split_remedy(str(error)))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        diagnosis.database_broken = True
        kind = type(error).__name__
        yield diagnosis.add(
            "database", "fault", f"holds what no build writes ({kind}: {error})", f"{FIX_COMMAND} reads all anew"
        )
    except LibraryError as error:
        yield diagnosis.add("database", "fault", *_split_remedy(str(error)))
    with contextlib.suppress(OSError):
        yield from _check_folder(folder, keep, diagnosis, building)


def _split_remedy(message: str) -> tuple[str, str]:
    told, _, remedy = message.rpartition("; ")
    return (told, remedy) if told else (message, "")


def _check_library(
    library: SqliteLibrary, config: Config, model: ModelFiles | None, diagnosis: Diagnosis, building: bool
) -> Iterator[Finding]:
    problems = [line for (line,) in library.select(f"PRAGMA integrity_check({MAX_INTEGRITY_FINDINGS})")]
    if problems != ["ok"]:
        diagnosis.database_broken = True
        yield diagnosis.add(
            "database",
            "fault",
            f"SQLite finds it damaged: {abbreviate_list(problems, 2)}",
            f"{FIX_COMMAND} saves what is whole",
        )
        return
    yield diagnosis.add("database", "ok", f"intact by SQLite's own check, format {library.manifest['format']}")
    if model is not None:
        faults = find_manifest_mismatches(library.manifest, expected_manifest(config, model))
        if faults:
            yield diagnosis.add("settings", "fault", f"built with {'; '.join(faults)}", REBUILD_HINT)
        else:
            yield diagnosis.add("settings", "ok", "built with the configured model and passages")
    if library.manifest.get("deriving") != str(DERIVATION_VERSION):
        yield diagnosis.add("statements", "note", "found by another version; the next build finds them anew")
    contents = CONTENT_CHECKS
    if library.manifest.get("deriving") != str(DERIVATION_VERSION):
        contents = tuple(check for check in CONTENT_CHECKS if check is not check_derived)
    for check in contents:
        yield from check(library, diagnosis)
    yield from _check_full_text(library.folder, diagnosis, building)


def _check_full_text(folder: Path, diagnosis: Diagnosis, building: bool) -> Iterator[Finding]:
    if building:
        yield diagnosis.add("full text", "note", "not checked while a build is going on")
        return
    path = folder / DATABASE
    with contextlib.closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
            yield diagnosis.add("full text", "ok", "agrees with the text")
        except sqlite3.DatabaseError as error:
            code = error.sqlite_errorcode & 0xFF
            if code != sqlite3.SQLITE_CORRUPT:
                yield diagnosis.add("full text", "note", f"not checked, which needs writing: {error}")
            else:
                diagnosis.full_text_damaged = True
                yield diagnosis.add(
                    "full text", "fault", "does not agree with the text", f"{FIX_COMMAND} makes it anew"
                )
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")
    create_empty_log(path)


def _check_space(folder: Path, diagnosis: Diagnosis) -> Iterator[Finding]:
    if not folder.is_dir():
        yield diagnosis.add("folder", "fault", f"{folder}: no such folder", "run: assistant build")
        return
    needed = SPARE_BYTES + 2 * sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    free = shutil.disk_usage(folder).free
    cause = find_write_obstacle(folder)
    about = f"{free / 1e9:,.1f} GB free; a rebuild may need {needed / 1e9:,.1f} GB"
    if cause is not None:
        yield diagnosis.add("folder", "fault", f"{folder}: {cause}")
    elif not os.access(folder, os.W_OK):
        yield diagnosis.add(
            "folder", "note", f"{folder} cannot be written: it answers, but cannot be brought up to date"
        )
    elif free < needed:
        yield diagnosis.add("folder", "note", f"little room: {about}", "make room there before the next build")
    else:
        yield diagnosis.add("folder", "ok", f"{folder}: {about}")


def _check_folder(folder: Path, keep: str, diagnosis: Diagnosis, building: bool) -> Iterator[Finding]:
    if building:
        yield diagnosis.add("leftovers", "note", "not looked for while a build is going on")
        return
    found = find_leftovers(folder, keep) if keep or diagnosis.database_missing else []
    unfinished = [path for path in found if path.name.startswith(STAGING_DATABASE)]
    diagnosis.leftovers = [path for path in found if path not in unfinished]
    if (folder / OWNER_FILE).exists():
        diagnosis.leftovers.append(folder / OWNER_FILE)
    if unfinished:
        yield diagnosis.add("unfinished build", "note", "a build was stopped; the next one takes up what it embedded")
    if diagnosis.leftovers:
        names = abbreviate_list([path.name for path in diagnosis.leftovers])
        size = sum(path.stat().st_size for path in diagnosis.leftovers)
        yield diagnosis.add("leftovers", "note", f"{names}, of no use, {size:,} bytes", f"{FIX_COMMAND} removes them")
    ours = {DATABASE + suffix for suffix in ("", "-wal", "-shm", "-journal")} | {
        LOCK_FILE,
        OWNER_FILE,
        keep,
        "README.md",
    }
    strange = sorted(
        path.name for path in folder.iterdir() if path not in found and path.name not in ours and path.name[0] != "."
    )
    kept = [name for name in strange if name.startswith(DAMAGED_PREFIX)]
    if kept:
        yield diagnosis.add(
            "leftovers", "note", f"{abbreviate_list(kept)}: put aside as damaged; delete what you do not need"
        )
    strange = [name for name in strange if name not in kept and not (not keep and name.startswith("vectors-"))]
    if strange:
        yield diagnosis.add(
            "strangers", "note", f"{count_noun(len(strange), 'file')} not of this program: {abbreviate_list(strange)}"
        )
