"""Mending a library: from what is whole, in the order in which one thing is made from another.

Nothing is thrown away that cannot be made again: a database that SQLite cannot read is put aside under another
name, its vectors saved first."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.changes import LOST
from assistant.config import Config
from assistant.deriving import derive
from assistant.doctor.checking import DAMAGED
from assistant.doctor.findings import Diagnosis, counted
from assistant.embedding import Embedder, ModelFiles, load_embedder, locate_model
from assistant.errors import LibraryDamaged
from assistant.files import folder_errors
from assistant.indexing import build
from assistant.locking import build_lock
from assistant.publishing import publish, read_manifest
from assistant.records import BuildReport
from assistant.schema import unsealed
from assistant.staging import Staging
from assistant.store import DATABASE, database_errors
from assistant.vectors import VectorIndex, packed

UNKNOWN = b"cut again"  # a key that no vector has: the build cuts an article anew of which a passage has none
_CUT_NONE = (
    "INSERT INTO passage (article, ordinal, start, end, vector_key) SELECT number, 0, 0, 1, ?2 FROM article"
    " WHERE number = ?1 AND number NOT IN (SELECT article FROM passage)"
)
_READ_AGAIN = "UPDATE file SET size = ?, mtime_ns = 0, seen_ns = 0, sha256 = '', notices = '[]' WHERE path = ?"
BATCH = 256


def mend(config: Config, diagnosis: Diagnosis) -> Iterator[str]:
    """Mend what `diagnosis` found, telling each step once it is done.

    Raises LibraryLocked while a build is going on, and what a build raises where it takes one.
    """
    folder = config.index
    path = folder / DATABASE
    broken = diagnosis.database_broken
    with build_lock(folder), database_errors(path), folder_errors(folder):
        for leftover in diagnosis.leftovers:
            leftover.unlink(missing_ok=True)
            yield f"removed {leftover.name}"
        if broken and _indexes_made_anew(path):
            broken = False
            yield "made the indexes of the database anew"
        if broken:
            saved = _save_vectors(folder, path)
            yield f"saved {counted(saved, 'vector')} from the damaged database"
            yield f"put it aside as {_put_aside(path)}"
        elif diagnosis.needs_writing:
            yield from _mend_database(folder, path, diagnosis)
    if broken or diagnosis.needs_reading:
        yield from _build(config, rebuild=broken)


def _build(config: Config, rebuild: bool) -> Iterator[str]:
    model = locate_model(config.embedding)
    *_, report = build(config, model, _loader(model, config), rebuild=rebuild)
    assert isinstance(report, BuildReport)
    yield (
        f"brought the index up to date: {counted(report.articles, 'article')}, {report.added} added, {report.changed} "
        f"changed, {report.removed} removed, {counted(report.embedded, 'passage')} embedded"
    )


def _loader(model: ModelFiles, config: Config) -> Callable[[], Embedder]:
    return lambda: load_embedder(model, config.embedding)


# -------------------------------------------------------------------- a database that SQLite can read


def _mend_database(folder: Path, path: Path, diagnosis: Diagnosis) -> Iterator[str]:
    """In one transaction; what needs files or the model is only marked, for the build that follows."""
    with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN IMMEDIATE")
        done: list[str] = []
        if diagnosis.lost_vectors:
            done.append(_mend_vectors(database, folder, diagnosis))
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
        about = {"dimension": read_manifest(database)["dimension"]}
        if diagnosis.derived and diagnosis.needs_reading:
            about["deriving"] = "to be made anew"
        elif diagnosis.derived:
            for _ in derive(database, again=True):
                pass
            done.append("found statements and stories anew")
        try:
            publish(database, folder, about)
            done.append("made the FAISS file from the stored vectors")
        except LibraryDamaged:  # some vectors are still to be embedded
            database.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", about.items())
            database.execute("COMMIT")
        yield from done


def _mend_vectors(database: sqlite3.Connection, folder: Path, diagnosis: Diagnosis) -> str:
    """Take lost vectors from the FAISS file where it is whole; drop the others, for the build to make again."""
    mended = 0
    manifest = read_manifest(database)
    index = None
    if not diagnosis.vectors_file:
        index = VectorIndex.load(folder / manifest["vectors_file"], manifest["vectors_sha256"])
    for key in diagnosis.lost_vectors:
        row = database.execute("SELECT min(number) FROM passage WHERE vector_key = ?", (key,)).fetchone()
        vector = index.vector(row[0]) if index is not None and row[0] is not None else None
        database.execute("DELETE FROM vector WHERE key = ?", (key,))
        if vector is not None:
            database.execute("INSERT INTO vector VALUES (?, ?)", (key, packed(key, vector)))
            mended += 1
    return f"took {counted(mended, 'vector')} from the FAISS file, of {len(diagnosis.lost_vectors)} that were lost"


# ----------------------------------------------------------------- a database that SQLite cannot read


def _indexes_made_anew(path: Path) -> bool:
    """Whether all that was wrong was in indexes, which are made from the tables."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
            problems = database.execute("PRAGMA integrity_check").fetchall()
            if not all("index" in line for (line,) in problems):
                return False
            database.execute("REINDEX")
            return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False


def _save_vectors(folder: Path, path: Path) -> int:
    """Put aside what vectors can still be read, as a build under way would; how many."""
    saved = 0
    staging = Staging(folder)
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=10)) as database:
            for rows in _readable(database):
                whole = [(key, data) for key, data in rows if isinstance(key, bytes) and isinstance(data, bytes)]
                whole = [(key, data) for key, data in whole if unsealed(key, data) is not None]
                staging.keep(whole)
                saved += len(whole)
    except sqlite3.DatabaseError:
        pass  # what could be read is saved
    finally:
        staging.close()
    return saved


def _readable(database: sqlite3.Connection) -> Iterator[list[tuple[object, object]]]:
    """The stored vectors from both ends of the table, as far as each can be read."""
    for order in ("", " ORDER BY key DESC"):
        with contextlib.suppress(sqlite3.DatabaseError):
            rows = database.execute(f"SELECT key, data FROM vector{order}")
            while batch := _batch(rows):
                yield batch


def _batch(rows: sqlite3.Cursor) -> list[tuple[object, object]]:
    batch: list[tuple[object, object]] = []
    with contextlib.suppress(sqlite3.DatabaseError):
        while len(batch) < BATCH and (row := rows.fetchone()) is not None:
            batch.append(row)
    return batch


def _put_aside(path: Path) -> str:
    """Give a damaged database another name, with its log; returns it."""
    name = f"{DAMAGED}{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.sqlite3"
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(name + suffix))
    return name
