"""Repairs in a database that SQLite can read, in one transaction.

What takes the files or the model is only marked here, for the build that follows."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.doctor.findings import Diagnosis
from assistant.errors import LibraryError
from assistant.indexing.changes import REREAD_SIZE
from assistant.indexing.enrichment import derive
from assistant.indexing.publish import publish, read_manifest, remove_leftovers
from assistant.indexing.workers.local import derive_articles
from assistant.store.codecs import encode_vector
from assistant.store.faiss_index import VectorIndex
from assistant.store.schema import rebuild_full_text
from assistant.system.tables import connect_to_write
from assistant.text.formatting import count_noun

INVALID_KEY = b"cut again"  # of no vector: a build divides an article again if a passage has no vector


def repair_database(database: sqlite3.Connection, folder: Path, diagnosis: Diagnosis) -> Iterator[str]:
    """Repair what the database alone is enough for. Yields a line for each step, after the commit."""
    database.execute("PRAGMA synchronous = FULL")
    database.execute("BEGIN IMMEDIATE")
    steps: list[str] = []
    if diagnosis.lost_vectors:
        steps.append(_restore_vectors(database, folder, diagnosis))
    if diagnosis.damaged_versions:
        numbers = [(number,) for number in diagnosis.damaged_versions]
        database.executemany("DELETE FROM version WHERE number = ?", numbers)
        steps.append(f"deleted {count_noun(len(numbers), 'damaged earlier text')} of articles")
    if diagnosis.needs_build:
        _refuse_to_drop_articles(database, folder)
    _mark_for_build(database, diagnosis)
    if diagnosis.full_text_damaged or diagnosis.altered_articles or diagnosis.badly_chunked_articles:
        rebuild_full_text(database)
        steps.append("rebuilt the full-text index")
    if diagnosis.needs_build:  # which publishes, and derives what is missing
        if diagnosis.derived_damaged:
            database.execute("INSERT OR REPLACE INTO manifest VALUES ('deriving', 'damaged')")
        database.execute("COMMIT")
    else:
        if diagnosis.derived_damaged:
            for _ in derive(database, True, derive_articles):
                pass
            steps.append("derived statements and near-duplicates again")
        vectors_file = publish(database, folder, {"dimension": read_manifest(database)["dimension"]})
        remove_leftovers(folder, keep=vectors_file)
        steps.append("built the FAISS file from the stored vectors")
    yield from steps


def _mark_for_build(database: sqlite3.Connection, diagnosis: Diagnosis) -> None:
    """Make the next build read altered articles and divide badly chunked ones again."""
    for number in diagnosis.altered_articles:
        database.execute("UPDATE article SET record_sha256 = '' WHERE number = ?", (number,))
    for number in diagnosis.badly_chunked_articles:
        database.execute(
            "INSERT INTO passage (article, ordinal, start, end, vector_key) SELECT number, 0, 0, 1, ?2 FROM article"
            " WHERE number = ?1 AND number NOT IN (SELECT article FROM passage)",
            (number, INVALID_KEY),
        )
        database.execute("UPDATE passage SET vector_key = ? WHERE article = ?", (INVALID_KEY, number))
    database.execute("DELETE FROM passage WHERE article NOT IN (SELECT number FROM article)")
    for file in {*diagnosis.altered_articles.values(), *diagnosis.damaged_file_records}:
        database.execute(
            "UPDATE file SET size = ?, mtime_ns = 0, seen_ns = 0, sha256 = '', notices = '[]' WHERE path = ?",
            (REREAD_SIZE, file),
        )


def _refuse_to_drop_articles(database: sqlite3.Connection, folder: Path) -> None:
    """Raise LibraryError if a build of files alone would remove articles that did not come from a file."""
    query = "SELECT count(*) FROM article WHERE file NOT IN (SELECT path FROM file)"
    (count,) = database.execute(query).fetchone()
    if count:
        raise LibraryError(
            f"{folder}: the repair takes a build, which would remove {count_noun(count, 'article')} that came from no"
            " file; build again with the source of these articles"
        )


def _restore_vectors(database: sqlite3.Connection, folder: Path, diagnosis: Diagnosis) -> str:
    """Take lost vectors from the FAISS file if that is intact; the build computes the others again."""
    manifest = read_manifest(database)
    index = None
    if not diagnosis.vectors_file_damaged:
        path = folder / manifest["vectors_file"]
        index = VectorIndex.load(path, manifest["vectors_sha256"], int(manifest["dimension"]))
    lost = len(diagnosis.lost_vectors)
    for key in list(diagnosis.lost_vectors):
        users = database.execute("SELECT number, article FROM passage WHERE vector_key = ?", (key,)).fetchall()
        trusted = [number for number, article in users if article not in diagnosis.badly_chunked_articles]
        vector = index.vector(trusted[0]) if index is not None and trusted else None
        database.execute("DELETE FROM vector WHERE key = ?", (key,))
        if vector is not None:
            database.execute("INSERT INTO vector VALUES (?, ?)", (key, encode_vector(key, vector)))
            diagnosis.lost_vectors.discard(key)
    restored = lost - len(diagnosis.lost_vectors)
    return f"restored {restored} of {count_noun(lost, 'lost vector')} from the FAISS file"


def rebuild_sqlite_indexes(path: Path) -> bool:
    """Rebuild the indexes of a database, and return whether nothing else was damaged."""
    try:
        with contextlib.closing(connect_to_write(path, timeout=10, isolation_level=None)) as database:
            problems = database.execute("PRAGMA integrity_check").fetchall()
            if problems == [("ok",)] or not all("index" in line for (line,) in problems):
                return False
            database.execute("REINDEX")
            return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False
