"""Checks of what surrounds a library: its folder, the disk, the embedding model, and other files."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from assistant.doctor.examination import Examination
from assistant.doctor.findings import DAMAGED_PREFIX, FIX_COMMAND, abbreviate_list
from assistant.embedding.model_files import locate_model
from assistant.errors import ModelError
from assistant.indexing.lock import LOCK_FILE, OWNER_FILE
from assistant.indexing.publish import find_leftovers
from assistant.indexing.staging import STAGING_DATABASE
from assistant.records.checks import Finding
from assistant.store.library import DATABASE
from assistant.system.os_errors import find_write_obstacle
from assistant.system.permissions import find_open_places
from assistant.text.formatting import count_noun

SPARE_BYTES = 50_000_000  # bytes that should be free in addition to twice the size of the index


def check_folder(examination: Examination) -> Iterator[Finding]:
    """The folder exists, can be written, and its disk has room for a rebuild."""
    folder = examination.folder
    if not folder.is_dir():
        yield Finding("folder", "error", f"{folder}: no such folder", "run: assistant build")
        return
    needed = SPARE_BYTES + 2 * sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    free = shutil.disk_usage(folder).free
    space = f"{free / 1e9:,.1f} GB free; a rebuild may need {needed / 1e9:,.1f} GB"
    obstacle = find_write_obstacle(folder)
    if obstacle is not None:
        yield Finding("folder", "error", f"{folder}: {obstacle}")
    elif not os.access(folder, os.W_OK):
        yield Finding("folder", "note", f"{folder} is read-only: questions are answered, but it cannot be updated")
    elif free < needed:
        yield Finding("folder", "note", f"little disk space: {space}", "free some disk space before the next build")
    else:
        yield Finding("folder", "ok", f"{folder}: {space}")


def check_access(examination: Examination) -> Iterator[Finding]:
    """Nobody else reaches the folder and its files but those whom `index_access` lets."""
    if examination.is_building:  # its new files are closed when it ends
        return
    config, diagnosis = examination.config, examination.diagnosis
    with contextlib.suppress(OSError):
        diagnosis.open_places = find_open_places(examination.folder, is_private=config.index_is_private)
    if diagnosis.open_places:
        names = abbreviate_list([path.name for path in diagnosis.open_places])
        who = "others than you can read" if config.index_is_private else "everybody on this machine can change"
        message = f"{who} {names} (index_access: {config.index_access})"
        yield Finding("access", "error", message, f"{FIX_COMMAND} closes what is open")


def check_model(examination: Examination) -> Iterator[Finding]:
    """The configured embedding model is on this machine."""
    try:
        examination.model = model = locate_model(examination.config.embedding)
        yield Finding("model", "ok", f"{model.name}, weights {model.weights_hash[:12]}…")
    except ModelError as error:
        yield Finding("model", "error", str(error))


def check_leftovers(examination: Examination) -> Iterator[Finding]:
    """No files are left of builds that were killed, and no lock note of a dead process."""
    if examination.is_building:
        yield Finding("leftovers", "note", "not checked while a build is running")
        return
    folder, diagnosis = examination.folder, examination.diagnosis
    with contextlib.suppress(OSError):
        leftovers = _find_leftovers(examination)
        unfinished = [path for path in leftovers if path.name.startswith(STAGING_DATABASE)]
        diagnosis.leftovers = [path for path in leftovers if path not in unfinished]
        if (folder / OWNER_FILE).exists():
            diagnosis.leftovers.append(folder / OWNER_FILE)
        if unfinished:
            message = "a build was stopped; the next build reuses the vectors that it computed"
            yield Finding("unfinished build", "note", message)
        if diagnosis.leftovers:
            names = abbreviate_list([path.name for path in diagnosis.leftovers])
            size = sum(path.stat().st_size for path in diagnosis.leftovers)
            yield Finding("leftovers", "note", f"{names}: not used, {size:,} bytes", f"{FIX_COMMAND} removes them")


def check_unknown_files(examination: Examination) -> Iterator[Finding]:
    """The folder contains only files of this program."""
    if examination.is_building:
        return
    with contextlib.suppress(OSError):
        unknown = _list_unknown_files(examination)
        set_aside = [name for name in unknown if name.startswith(DAMAGED_PREFIX)]
        if set_aside:
            message = f"{abbreviate_list(set_aside)}: set aside as damaged; delete what you do not need"
            yield Finding("leftovers", "note", message)
        # Without a readable library it is unknown which vectors file is in use.
        in_doubt = () if examination.vectors_file else ("vectors-",)
        others = [name for name in unknown if name not in set_aside and not name.startswith(in_doubt)]
        if others:
            message = f"{count_noun(len(others), 'file')} not made by this program: {abbreviate_list(others)}"
            yield Finding("unknown files", "note", message)


def _find_leftovers(examination: Examination) -> list[Path]:
    if not (examination.vectors_file or examination.diagnosis.database_missing):
        return []
    return find_leftovers(examination.folder, examination.vectors_file)


def _list_unknown_files(examination: Examination) -> list[str]:
    known = {DATABASE + suffix for suffix in ("", "-wal", "-shm", "-journal")}
    known |= {LOCK_FILE, OWNER_FILE, examination.vectors_file, "README.md"}
    known |= {path.name for path in _find_leftovers(examination)}
    names = (path.name for path in examination.folder.iterdir())
    return sorted(name for name in names if name not in known and not name.startswith("."))
