"""Mending a library: from what is whole, in the order in which one thing is made from another.

Nothing is thrown away that cannot be made again: a database that SQLite cannot read is put aside under another
name, its vectors saved first."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.config.schema import Config
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.salvage import rename_damaged_database, salvage_vectors
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.model_files import locate_model
from assistant.errors import LibraryError
from assistant.indexing.build import build_library
from assistant.indexing.changes import LOST_ID_SIZE
from assistant.indexing.enrichment import derive
from assistant.indexing.lock import build_lock
from assistant.indexing.publish import publish, read_manifest, remove_leftovers
from assistant.records.build import BuildReport
from assistant.store.codecs import encode_vector
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import DATABASE
from assistant.store.sqlite import create_empty_log, database_errors
from assistant.system.os_errors import translate_folder_errors
from assistant.text.formatting import count_noun

INVALID_KEY = b"cut again"  # a key that no vector has: the build cuts an article anew of which a passage has none
_INSERT_INVALID_PASSAGE = (
    "INSERT INTO passage (article, ordinal, start, end, vector_key) SELECT number, 0, 0, 1, ?2 FROM article"
    " WHERE number = ?1 AND number NOT IN (SELECT article FROM passage)"
)
_MARK_FOR_REREADING = "UPDATE file SET size = ?, mtime_ns = 0, seen_ns = 0, sha256 = '', notices = '[]' WHERE path = ?"
MAX_ROUNDS = 3  # of examining and mending: enough for what hides behind something else


def repair_library(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None = None) -> Iterator[str]:
    """Mend what `diagnosis` found, telling each step. `load` gives the model, where it is needed.

    What comes to light only then is mended too. Raises LibraryLocked while a build is going on, and what a build
    raises where it takes one.
    """
    for _ in range(MAX_ROUNDS):
        yield from _repair_once(config, diagnosis, load)
        diagnosis = Diagnosis()
        for _ in examine_library(config, diagnosis):
            pass
        if not diagnosis.needs_repair:
            return


def _repair_once(config: Config, diagnosis: Diagnosis, load: Callable[[], Embedder] | None) -> Iterator[str]:
    folder = config.index
    path = folder / DATABASE
    with build_lock(folder), database_errors(path), translate_folder_errors(folder):
        for leftover in diagnosis.leftovers:
            leftover.unlink(missing_ok=True)
            yield f"removed {leftover.name}"
        if diagnosis.database_broken and _rebuild_sqlite_indexes(path):
            yield "made the indexes of the database anew"
            return  # now the rest can be looked at
        if diagnosis.database_broken:
            yield f"saved {count_noun(salvage_vectors(folder, path), 'vector')} from the damaged database"
            yield f"put it aside as {rename_damaged_database(path)}"
        elif diagnosis.needs_database_repair:
            yield from _repair_database(folder, path, diagnosis)
            create_empty_log(path)
    if diagnosis.database_broken or diagnosis.needs_build:
        yield from _run_build(config, load, rebuild=diagnosis.database_broken)


def _run_build(config: Config, load: Callable[[], Embedder] | None, rebuild: bool) -> Iterator[str]:
    model = locate_model(config.embedding)
    *_, report = build_library(config, model, load or (lambda: load_embedder(model, config.embedding)), rebuild=rebuild)
    assert isinstance(report, BuildReport)
    yield (
        f"brought the index up to date: {count_noun(report.articles, 'article')}, {report.added} added, "
        f"{report.changed} "
        f"changed, {report.removed} removed, {count_noun(report.embedded, 'passage')} embedded"
    )


# -------------------------------------------------------------------- a database that SQLite can read


def _repair_database(folder: Path, path: Path, diagnosis: Diagnosis) -> Iterator[str]:
    """In one transaction; what needs files or the model is only marked, for the build that follows."""
    with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN IMMEDIATE")
        done: list[str] = []
        if diagnosis.lost_vectors:
            done.append(_restore_vectors(database, folder, diagnosis))
        if diagnosis.needs_build:
            _refuse_dropping_articles(database, path)
        for number in diagnosis.altered_articles:
            database.execute("UPDATE article SET record_sha256 = '' WHERE number = ?", (number,))
        for number in diagnosis.badly_chunked_articles:
            database.execute(_INSERT_INVALID_PASSAGE, (number, INVALID_KEY))
            database.execute("UPDATE passage SET vector_key = ? WHERE article = ?", (INVALID_KEY, number))
        database.execute("DELETE FROM passage WHERE article NOT IN (SELECT number FROM article)")
        for file in {*diagnosis.altered_articles.values(), *diagnosis.damaged_file_records}:
            database.execute(_MARK_FOR_REREADING, (LOST_ID_SIZE, file))
        if diagnosis.full_text_damaged or diagnosis.altered_articles or diagnosis.badly_chunked_articles:
            database.execute("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
            done.append("made the full-text index anew")
        if diagnosis.needs_build:  # the build that follows publishes, and finds what can be found then
            if diagnosis.derived_damaged:
                database.execute("INSERT OR REPLACE INTO manifest VALUES ('deriving', 'to be made anew')")
            database.execute("COMMIT")
            yield from done
            return
        if diagnosis.derived_damaged:
            for _ in derive(database, from_scratch=True):
                pass
            done.append("found statements and stories anew")
        remove_leftovers(folder, keep=publish(database, folder, {"dimension": read_manifest(database)["dimension"]}))
        yield from (*done, "made the FAISS file from the stored vectors")


def _refuse_dropping_articles(database: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryError where a build of files alone would drop articles that never came from a file."""
    query = "SELECT count(*) FROM article WHERE file NOT IN (SELECT path FROM file)"
    (given,) = database.execute(query).fetchone()
    if given:
        raise LibraryError(
            f"{path}: mending this takes a build, which would drop {count_noun(given, 'article')} "
            "that came from no file; "
            "build again with what gave them"
        )


def _restore_vectors(database: sqlite3.Connection, folder: Path, diagnosis: Diagnosis) -> str:
    """Take lost vectors from the FAISS file where it is whole; the build makes the others again."""
    manifest = read_manifest(database)
    index = None
    if not diagnosis.vectors_file_damaged:
        index = VectorIndex.load(folder / manifest["vectors_file"], manifest["vectors_sha256"])
    lost = len(diagnosis.lost_vectors)
    for key in list(diagnosis.lost_vectors):
        users = database.execute("SELECT number, article FROM passage WHERE vector_key = ?", (key,)).fetchall()
        trusted = [number for number, article in users if article not in diagnosis.badly_chunked_articles]
        vector = index.vector(trusted[0]) if index is not None and trusted else None
        database.execute("DELETE FROM vector WHERE key = ?", (key,))
        if vector is not None:
            database.execute("INSERT INTO vector VALUES (?, ?)", (key, encode_vector(key, vector)))
            diagnosis.lost_vectors.discard(key)
    return (
        f"took {count_noun(lost - len(diagnosis.lost_vectors), 'vector')} from the FAISS file, of {lost} that were lost"
    )


def _rebuild_sqlite_indexes(path: Path) -> bool:
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
