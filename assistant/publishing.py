"""The commit point of a build: the vectors file first, then its name and everything else in one transaction; and
what comes after, putting a rebuilt library in its place and removing what is no longer needed."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.deriving import DERIVING
from assistant.errors import LibraryDamaged
from assistant.files import remove_database, sync_folder
from assistant.schema import FORMAT
from assistant.staging import ASIDE
from assistant.store import read_vectors
from assistant.vectors import VectorIndex

REBUILDING = "rebuilding.sqlite3"


def read_manifest(database: sqlite3.Connection) -> dict[str, str]:
    """What the library says of itself."""
    return dict(database.execute("SELECT key, value FROM manifest"))


def derived_is_whole(database: sqlite3.Connection, folder: Path) -> bool:
    """Whether the vectors file that the library names is there and is what it was."""
    manifest = read_manifest(database)
    try:
        VectorIndex.load(folder / manifest["vectors_file"], manifest["vectors_sha256"])
    except (KeyError, LibraryDamaged):
        return False
    return True


def publish(database: sqlite3.Connection, folder: Path, about: Mapping[str, str]) -> str:
    """Commit the open transaction with its vectors file, whose name is returned; `about` goes into the manifest."""
    database.execute("DELETE FROM vector WHERE key NOT IN (SELECT vector_key FROM passage)")
    dimension = int(about["dimension"])
    generation = secrets.token_hex(8)
    name = f"vectors-{generation}.faiss"
    try:
        sha256 = VectorIndex.build(*read_vectors(database, dimension)).save(folder / name)
        manifest = {
            "format": str(FORMAT),
            "deriving": str(DERIVING),
            **about,
            "generation": generation,
            "vectors_file": name,
            "vectors_sha256": sha256,
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        database.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", manifest.items())
        database.execute("COMMIT")
    except Exception:  # an interrupt may come after the commit, and an orphan harms nobody
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
        raise
    return name


def swap(fresh: Path, target: Path) -> None:
    """Put a finished library in the place of the old one, in one step also for those who are reading it."""
    with contextlib.closing(sqlite3.connect(fresh)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            with contextlib.closing(sqlite3.connect(target, timeout=10)) as old:
                old.execute("PRAGMA journal_mode = WAL")
                source.backup(old)
            return
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
        source.execute("PRAGMA journal_mode = DELETE")
    # What stands there is no database any more: nobody can be reading it.
    remove_database(target)
    fresh.replace(target)
    sync_folder(target.parent)


def tidy(folder: Path, keep: str) -> None:
    """Remove what no build needs once one is complete; failing to is no failure."""
    for path in leftovers(folder, keep):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def leftovers(folder: Path, keep: str) -> list[Path]:
    """The files of builds that are over, when the vectors file `keep` is the one in use."""
    patterns = (
        "vectors-*.faiss",
        ".vectors-*.tmp",
        ".build.owner.*.tmp",
        ".probe.*.tmp",
        f"{ASIDE}*",
        f"{REBUILDING}*",
    )
    return sorted(path for pattern in patterns for path in folder.glob(pattern) if path.name != keep and path.is_file())
