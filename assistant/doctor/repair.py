"""Mending a library: from what is whole, in the order in which one thing is made from another.

Nothing is thrown away that cannot be made again: a database that SQLite cannot read is put aside under another
name, its vectors saved first."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.config.schema import Config
from assistant.doctor.checks import examine
from assistant.doctor.findings import Diagnosis
from assistant.doctor.salvage import put_aside, save_vectors
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.model_files import locate_model
from assistant.errors import LibraryError
from assistant.indexing.build import build
from assistant.indexing.changes import LOST
from assistant.indexing.enrichment import derive
from assistant.indexing.lock import build_lock
from assistant.indexing.publish import publish, read_manifest, tidy
from assistant.records.build import BuildReport
from assistant.store.codecs import packed
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import DATABASE
from assistant.store.sqlite import database_errors, leave_log
from assistant.system.os_errors import folder_errors
from assistant.text.formatting import counted

UNKNOWN = b"cut again"  # a key that no vector has: the build cuts an article anew of which a passage has none
_CUT_NONE = (
    "INSERT INTO passage (article, ordinal, start, end, vector_key) SELECT number, 0, 0, 1, ?2 FROM article"
    " WHERE number = ?1 AND number NOT IN (SELECT article FROM passage)"
)
_READ_AGAIN = "UPDATE file SET size = ?, mtime_ns = 0, seen_ns = 0, sha256 = '', notices = '[]' WHERE path = ?"
ROUNDS = 3  # of examining and mending: enough for what hides behind something else


def mend(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None = None) -> Iterator[str]:
    """Mend what `diagnosis` found, telling each step. `load` gives the model, where it is needed.

    What comes to light only then is mended too. Raises LibraryLocked while a build is going on, and what a build
    raises where it takes one.
    """
    for _ in range(ROUNDS):
        yield from _mend_once(config, diagnosis, load)
        diagnosis = Diagnosis()
        for _ in examine(config, diagnosis):
            pass
        if not diagnosis.needs_mending:
            return


def _mend_once(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None) -> Iterator[str]:
    folder = config.index
    path = folder / DATABASE
    with build_lock(folder), database_errors(path), folder_errors(folder):
        for leftover in diagnosis.leftovers:
            leftover.unlink(missing_ok=True)
            yield f"removed {leftover.name}"
        if diagnosis.database_broken and _indexes_made_anew(path):
            yield "made the indexes of the database anew"
            return  # now the rest can be looked at
        if diagnosis.database_broken:
            yield f"saved {counted(save_vectors(folder, path), 'vector')} from the damaged database"
            yield f"put it aside as {put_aside(path)}"
        elif diagnosis.needs_writing:
            yield from _mend_database(folder, path, diagnosis)
            leave_log(path)
    if diagnosis.database_broken or diagnosis.needs_reading:
        yield from _build(config, load, rebuild=diagnosis.database_broken)


def _build(config: Config, load: Callable[[], Embedder] | None, rebuild: bool) -> Iterator[str]:
    model = locate_model(config.embedding)
    *_, report = build(config, model, load or (lambda: load_embedder(model, config.embedding)), rebuild=rebuild)
    assert isinstance(report, BuildReport)
    yield (
        f"brought the index up to date: {counted(report.articles, 'article')}, {report.added} added, {report.changed} "
        f"changed, {report.removed} removed, {counted(report.embedded, 'passage')} embedded"
    )


# -------------------------------------------------------------------- a database that SQLite can read


def _mend_database(folder: Path, path: Path, diagnosis: Diagnosis) -> Iterator[str]:
    """In one transaction; what needs files or the model is only marked, for the build that follows."""
    with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN IMMEDIATE")
        done: list[str] = []
        if diagnosis.lost_vectors:
            done.append(_mend_vectors(database, folder, diagnosis))
        if diagnosis.needs_reading:
            _spare_given(database, path)
        for number in diagnosis.altered:
            database.execute("UPDATE article SET record_sha256 = '' WHERE number = ?", (number,))
        for number in diagnosis.miscut:
            database.execute(_CUT_NONE, (number, UNKNOWN))
            database.execute("UPDATE passage SET vector_key = ? WHERE article = ?", (UNKNOWN, number))
        database.execute("DELETE FROM passage WHERE article NOT IN (SELECT number FROM article)")
        for file in {*diagnosis.altered.values(), *diagnosis.files}:
            database.execute(_READ_AGAIN, (LOST, file))
        if diagnosis.words or diagnosis.altered or diagnosis.miscut:
            database.execute("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
            done.append("made the full-text index anew")
        if diagnosis.needs_reading:  # the build that follows publishes, and finds what can be found then
            if diagnosis.derived:
                database.execute("INSERT OR REPLACE INTO manifest VALUES ('deriving', 'to be made anew')")
            database.execute("COMMIT")
            yield from done
            return
        if diagnosis.derived:
            for _ in derive(database, again=True):
                pass
            done.append("found statements and stories anew")
        tidy(folder, keep=publish(database, folder, {"dimension": read_manifest(database)["dimension"]}))
        yield from (*done, "made the FAISS file from the stored vectors")


def _spare_given(database: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryError where a build of files alone would drop articles that never came from a file."""
    query = "SELECT count(*) FROM article WHERE file NOT IN (SELECT path FROM file)"
    (given,) = database.execute(query).fetchone()
    if given:
        raise LibraryError(
            f"{path}: mending this takes a build, which would drop {counted(given, 'article')} that came from no file; "
            "build again with what gave them"
        )


def _mend_vectors(database: sqlite3.Connection, folder: Path, diagnosis: Diagnosis) -> str:
    """Take lost vectors from the FAISS file where it is whole; the build makes the others again."""
    manifest = read_manifest(database)
    index = None
    if not diagnosis.vectors_file:
        index = VectorIndex.load(folder / manifest["vectors_file"], manifest["vectors_sha256"])
    lost = len(diagnosis.lost_vectors)
    for key in list(diagnosis.lost_vectors):
        users = database.execute("SELECT number, article FROM passage WHERE vector_key = ?", (key,)).fetchall()
        trusted = [number for number, article in users if article not in diagnosis.miscut]
        vector = index.vector(trusted[0]) if index is not None and trusted else None
        database.execute("DELETE FROM vector WHERE key = ?", (key,))
        if vector is not None:
            database.execute("INSERT INTO vector VALUES (?, ?)", (key, packed(key, vector)))
            diagnosis.lost_vectors.discard(key)
    return f"took {counted(lost - len(diagnosis.lost_vectors), 'vector')} from the FAISS file, of {lost} that were lost"


def _indexes_made_anew(path: Path) -> bool:
    """Whether all that was wrong was in indexes, which are made from the tables."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
            problems = database.execute("PRAGMA integrity_check").fetchall()
            if problems == [("ok",)] or not all("index" in line for (line,) in problems):
                return False
            database.execute("REINDEX")
            return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False
