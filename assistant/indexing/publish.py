"""The commit point of a build: the FAISS file is written first, then its name is committed with everything else.

Afterwards, a rebuilt library replaces the old one, and files that are no longer needed are removed."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.errors import LibraryDamaged
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.indexing.staging import STAGING_DATABASE
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import DATABASE
from assistant.store.queries.columns import select_checked
from assistant.store.schema import FORMAT_VERSION
from assistant.store.stored_vectors import BLOCK_SIZE, StoredVectors
from assistant.system.files import compute_file_sha256, remove_database, sync_folder
from assistant.system.tables import connect_to_write

REBUILD_DATABASE = "rebuilding.sqlite3"
NEW_SUFFIX = ".new"  # of a database that is being created, after its name


def read_manifest(database: sqlite3.Connection) -> dict[str, str]:
    """The manifest of an open database."""
    return dict(select_checked(database, "SELECT key, value FROM manifest"))


def is_vectors_file_intact(database: sqlite3.Connection, folder: Path) -> bool:
    """Whether the FAISS file that the manifest names exists and has the checksum that was published."""
    manifest = read_manifest(database)
    try:
        return compute_file_sha256(folder / manifest["vectors_file"]) == manifest["vectors_sha256"]
    except (KeyError, OSError):
        return False


def publish(
    database: sqlite3.Connection, folder: Path, about: Mapping[str, str], fresh: Collection[int] | None = None
) -> str:
    """Write the FAISS file, commit the open transaction, and return the name of the file.

    `about` is added to the manifest. `fresh` are the numbers of the passages that were inserted since the last commit:
    the FAISS file is then updated. Without `fresh`, or if the file is damaged or of another kind, it is built from the
    stored vectors. Raises OSError and LibraryDamaged.
    """
    _delete_unused_vectors(database, all_of_them=fresh is None)
    stored = StoredVectors(database, int(about["dimension"]))
    generation = secrets.token_hex(8)
    before = read_manifest(database)
    name, sha256 = before.get("vectors_file", ""), before.get("vectors_sha256", "")
    index = None if fresh is None else _update_index(folder / name, sha256, stored, fresh)
    written: Path | None = None
    try:
        if index is None or index.changed:
            name = f"vectors-{generation}.faiss"
            written = folder / name
            sha256 = (index.vectors if index else VectorIndex.build(stored)).save(written)
        manifest = {
            "format": str(FORMAT_VERSION),
            "deriving": str(DERIVATION_VERSION),
            **about,
            "generation": generation,
            "vectors_file": name,
            "vectors_sha256": sha256,
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        database.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", manifest.items())
        database.execute("COMMIT")
    except Exception:  # not BaseException: an interrupt may come after the commit, when the file is in use
        if written is not None:
            with contextlib.suppress(OSError):
                written.unlink(missing_ok=True)
        raise
    return name


@dataclass(frozen=True, slots=True)
class _UpdatedIndex:
    vectors: VectorIndex
    changed: bool


def _update_index(path: Path, sha256: str, stored: StoredVectors, fresh: Collection[int]) -> _UpdatedIndex | None:
    """The previous index with the vectors of the present passages; None if it must be built from all vectors."""
    try:
        index = VectorIndex.load(path, sha256, stored.dimension, writable=True)
    except LibraryDamaged:
        return None
    numbers = stored.passage_numbers()
    if not index.is_suited_to(len(numbers)):
        return None
    indexed, new = index.passage_numbers(), np.fromiter(fresh, dtype=np.int64)
    # SQLite may give the number of a deleted passage to a new one: the old vector must be removed then too.
    outdated = indexed[~np.isin(indexed, numbers) | np.isin(indexed, new)]
    missing = numbers[~np.isin(numbers, indexed) | np.isin(numbers, new)]
    index.remove(outdated)
    for first in range(0, len(missing), BLOCK_SIZE):
        index.add(*stored.load_vectors(missing[first : first + BLOCK_SIZE].tolist()))
    return _UpdatedIndex(index, changed=bool(len(outdated) or len(missing)))


def _delete_unused_vectors(database: sqlite3.Connection, *, all_of_them: bool) -> None:
    """Delete the vectors that no passage uses: all of them, or only those of passages that were just deleted."""
    query = "DELETE FROM vector WHERE key NOT IN (SELECT vector_key FROM passage)"
    if not all_of_them:
        query = (
            "DELETE FROM vector WHERE key IN (SELECT key FROM temp.dropped"
            " WHERE NOT EXISTS (SELECT 1 FROM passage WHERE vector_key = temp.dropped.key))"
        )
    database.execute(query)


def replace_library(fresh: Path, target: Path) -> None:
    """Replace a library by a finished one, in one step also for its readers."""
    with contextlib.closing(sqlite3.connect(fresh)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if target.exists() and target.stat().st_size and _copy_over(source, target):
            return
    put_in_place(fresh, target)


def _copy_over(source: sqlite3.Connection, target: Path) -> bool:
    """Make the database `target` equal to `source` in one transaction; False if it is none, so that none reads it."""
    try:
        with contextlib.closing(connect_to_write(target, timeout=10)) as old:
            old.execute("PRAGMA journal_mode = WAL")
            old.execute("PRAGMA synchronous = FULL")
            source.backup(old)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        return False
    return True


def put_in_place(fresh: Path, target: Path) -> None:
    """Rename a finished database that is closed, where there is none, or one that nobody can read."""
    remove_database(target)
    sync_folder(target.parent)  # the log of the old database must not come back beside the new one
    fresh.replace(target)
    sync_folder(target.parent)


def remove_leftovers(folder: Path, keep: str) -> None:
    """Remove the files that no build needs after one has finished. Errors are ignored."""
    for path in find_leftovers(folder, keep):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def find_leftovers(folder: Path, keep: str) -> list[Path]:
    """The files of builds that have ended. `keep` is the FAISS file in use."""
    patterns = (
        "vectors-*.faiss",
        ".vectors-*.tmp",
        ".build.owner.*.tmp",
        ".probe.*.tmp",
        f"{STAGING_DATABASE}*",
        f"{REBUILD_DATABASE}*",
        f"{DATABASE}{NEW_SUFFIX}*",
    )
    return sorted(path for pattern in patterns for path in folder.glob(pattern) if path.name != keep and path.is_file())
