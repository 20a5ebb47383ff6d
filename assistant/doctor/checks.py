"""The examination of a library: its folder, its database, its settings, and then its contents."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.config.schema import Config
from assistant.doctor.content_checks import FIX, check_articles, check_derived, check_files, check_vectors
from assistant.doctor.findings import DAMAGED, Diagnosis, Finding, named
from assistant.embedding.model_files import ModelFiles, locate_model
from assistant.errors import LibraryDamaged, LibraryError, LibraryMismatch, ModelError, NoLibrary
from assistant.indexing.enrichment import DERIVING
from assistant.indexing.lock import LOCK, OWNER
from assistant.indexing.publish import leftovers
from assistant.indexing.staging import ASIDE
from assistant.store.library import DATABASE, Library
from assistant.store.manifest import expected_manifest, manifest_faults
from assistant.store.remedies import REMEDY
from assistant.store.schema import MIGRATABLE
from assistant.store.sqlite import leave_log
from assistant.system.os_errors import cause_of_refusal
from assistant.text.formatting import counted

SPARE = 50_000_000  # bytes that a build should find free beside what it makes
SHOWN = 100  # findings of SQLite's own check to ask for

Check = Callable[[Library, Diagnosis], Iterator[Finding]]
CONTENTS: tuple[Check, ...] = (check_articles, check_vectors, check_derived, check_files)


def examine(config: Config, diagnosis: Diagnosis, *, building: bool = False) -> Iterator[Finding]:
    """Look at everything; each Finding as it is made, and all of them, with what to mend, in `diagnosis`.

    `building`: a build is going on in the folder, so that nothing can be said of files that are on their way.
    Nothing is changed.
    """
    folder = config.index
    yield from _check_space(folder, diagnosis)
    model = None
    try:
        model = locate_model(config.embedding)
        yield diagnosis.add("model", "ok", f"{model.name}, weights {model.weights[:12]}…")
    except ModelError as error:
        yield diagnosis.add("model", "fault", str(error))
    keep = ""
    try:
        with Library.open(folder) as library:
            keep = library.manifest["vectors_file"]
            yield from _check_library(library, config, model, diagnosis, building)
    except NoLibrary as error:
        diagnosis.missing = folder.is_dir()
        lost = "; of an earlier one only its FAISS file is left" if any(folder.glob("vectors-*.faiss")) else ""
        told, remedy = _split(str(error))
        yield diagnosis.add("database", "fault", told + lost, remedy)
    except LibraryMismatch as error:
        diagnosis.outdated = any(f"format {number}," in str(error) for number in MIGRATABLE)
        yield diagnosis.add("database", "fault", *_split(str(error)))
    except LibraryDamaged as error:
        diagnosis.database_broken = True
        yield diagnosis.add("database", "fault", *_split(str(error)))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        diagnosis.database_broken = True
        kind = type(error).__name__
        yield diagnosis.add(
            "database", "fault", f"holds what no build writes ({kind}: {error})", f"{FIX} reads all anew"
        )
    except LibraryError as error:
        yield diagnosis.add("database", "fault", *_split(str(error)))
    with contextlib.suppress(OSError):
        yield from _check_folder(folder, keep, diagnosis, building)


def _split(message: str) -> tuple[str, str]:
    told, _, remedy = message.rpartition("; ")
    return (told, remedy) if told else (message, "")


def _check_library(
    library: Library, config: Config, model: ModelFiles | None, diagnosis: Diagnosis, building: bool
) -> Iterator[Finding]:
    problems = [line for (line,) in library.rows(f"PRAGMA integrity_check({SHOWN})")]
    if problems != ["ok"]:
        diagnosis.database_broken = True
        yield diagnosis.add(
            "database", "fault", f"SQLite finds it damaged: {named(problems, 2)}", f"{FIX} saves what is whole"
        )
        return
    yield diagnosis.add("database", "ok", f"intact by SQLite's own check, format {library.manifest['format']}")
    if model is not None:
        faults = manifest_faults(library.manifest, expected_manifest(config, model))
        if faults:
            yield diagnosis.add("settings", "fault", f"built with {'; '.join(faults)}", REMEDY)
        else:
            yield diagnosis.add("settings", "ok", "built with the configured model and passages")
    if library.manifest.get("deriving") != str(DERIVING):
        yield diagnosis.add("statements", "note", "found by another version; the next build finds them anew")
    contents = CONTENTS
    if library.manifest.get("deriving") != str(DERIVING):
        contents = tuple(check for check in CONTENTS if check is not check_derived)
    for check in contents:
        yield from check(library, diagnosis)
    yield from _check_words(library.folder, diagnosis, building)


def _check_words(folder: Path, diagnosis: Diagnosis, building: bool) -> Iterator[Finding]:
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
                diagnosis.words = True
                yield diagnosis.add("full text", "fault", "does not agree with the text", f"{FIX} makes it anew")
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")
    leave_log(path)


def _check_space(folder: Path, diagnosis: Diagnosis) -> Iterator[Finding]:
    if not folder.is_dir():
        yield diagnosis.add("folder", "fault", f"{folder}: no such folder", "run: assistant build")
        return
    needed = SPARE + 2 * sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    free = shutil.disk_usage(folder).free
    cause = cause_of_refusal(folder)
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
    found = leftovers(folder, keep) if keep or diagnosis.missing else []
    unfinished = [path for path in found if path.name.startswith(ASIDE)]
    diagnosis.leftovers = [path for path in found if path not in unfinished]
    if (folder / OWNER).exists():
        diagnosis.leftovers.append(folder / OWNER)
    if unfinished:
        yield diagnosis.add("unfinished build", "note", "a build was stopped; the next one takes up what it embedded")
    if diagnosis.leftovers:
        names = named([path.name for path in diagnosis.leftovers])
        size = sum(path.stat().st_size for path in diagnosis.leftovers)
        yield diagnosis.add("leftovers", "note", f"{names}, of no use, {size:,} bytes", f"{FIX} removes them")
    ours = {DATABASE + suffix for suffix in ("", "-wal", "-shm", "-journal")} | {LOCK, OWNER, keep, "README.md"}
    strange = sorted(
        path.name for path in folder.iterdir() if path not in found and path.name not in ours and path.name[0] != "."
    )
    kept = [name for name in strange if name.startswith(DAMAGED)]
    if kept:
        yield diagnosis.add("leftovers", "note", f"{named(kept)}: put aside as damaged; delete what you do not need")
    strange = [name for name in strange if name not in kept and not (not keep and name.startswith("vectors-"))]
    if strange:
        yield diagnosis.add(
            "strangers", "note", f"{counted(len(strange), 'file')} not of this program: {named(strange)}"
        )
