"""Checks of the database file, its settings, and its full-text index."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from assistant.doctor.examination import Examination
from assistant.doctor.findings import FIX_COMMAND, abbreviate_list
from assistant.doctor.queries import check_integrity, verify_full_text
from assistant.errors import LibraryDamaged, LibraryMismatch, LibraryMissing, LibraryOutdated
from assistant.records.checks import Finding
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.manifest import expected_manifest, find_manifest_mismatches
from assistant.store.remedies import REBUILD_HINT
from assistant.store.sqlite import create_empty_log, is_damage
from assistant.system.tables import TableError, connect_to_write


def check_database(examination: Examination) -> Iterator[Finding]:
    """There is a database that SQLite can read. Opens it for the checks that follow.

    Raises the errors of `SqliteLibrary.open`.
    """
    examination.opened = library = SqliteLibrary.open(examination.folder)
    examination.vectors_file = library.manifest["vectors_file"]
    problems = check_integrity(library)
    if problems:
        examination.diagnosis.database_broken = True
        examination.close()
        message = f"SQLite reports damage: {abbreviate_list(problems, 2)}"
        yield Finding("database", "error", message, f"{FIX_COMMAND} saves the intact part")
        return
    yield Finding("database", "ok", f"passes SQLite's integrity check, format {library.manifest['format']}")


def describe_failure(error: Exception, examination: Examination) -> Finding:
    """The finding for an error that a check of the library has met."""
    diagnosis = examination.diagnosis
    message, remedy = _split_remedy(str(error))
    if isinstance(error, LibraryMissing):
        diagnosis.database_missing = examination.folder.is_dir()
        if any(examination.folder.glob("vectors-*.faiss")):
            message += "; only the FAISS file of an earlier index is left"
    elif isinstance(error, LibraryMismatch):
        diagnosis.format_outdated = isinstance(error, LibraryOutdated)
    elif isinstance(error, LibraryDamaged):
        diagnosis.database_broken = True
    elif isinstance(error, (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)):
        diagnosis.database_broken = True
        message = f"contains values that no build writes ({type(error).__name__}: {error})"
        remedy = f"{FIX_COMMAND} reads all files again"
    return Finding("database", "error", message, remedy)


def _split_remedy(message: str) -> tuple[str, str]:
    """An error message without the remedy after its last semicolon, and the remedy."""
    problem, _, remedy = message.rpartition("; ")
    return (problem, remedy) if problem else (message, "")


def check_settings(examination: Examination) -> Iterator[Finding]:
    """The library was built with the configured model and passage settings."""
    assert examination.model is not None
    expected = expected_manifest(examination.config, examination.model)
    mismatches = find_manifest_mismatches(examination.library.manifest, expected)
    if mismatches:
        yield Finding("settings", "error", f"built with {'; '.join(mismatches)}", REBUILD_HINT)
    else:
        yield Finding("settings", "ok", "built with the configured model and passages")


def check_derivation_version(examination: Examination) -> Iterator[Finding]:
    """Statements and duplicates were derived by this version of the program."""
    if not examination.is_derivation_current:
        yield Finding("statements", "note", "derived by another version; the next build derives them again")


def check_full_text(examination: Examination) -> Iterator[Finding]:
    """The full-text index agrees with the text. SQLite checks this only for a writer."""
    if examination.is_building:
        yield Finding("full text", "note", "not checked while a build is running")
        return
    path = examination.folder / DATABASE
    try:
        database = connect_to_write(path, timeout=1, isolation_level=None)
    except TableError as error:
        yield Finding("full text", "error", f"not checked: {error}", REBUILD_HINT)
        return
    with contextlib.closing(database):
        try:
            verify_full_text(database)
            yield Finding("full text", "ok", "agrees with the text")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                yield Finding("full text", "note", f"not checked, because that needs write access: {error}")
            else:
                examination.diagnosis.full_text_damaged = True
                is_readable = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT
                message = "does not agree with the text" if is_readable else f"cannot be read: {error}"
                yield Finding("full text", "error", message, f"{FIX_COMMAND} rebuilds it")
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")
    create_empty_log(path)
