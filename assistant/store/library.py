"""A library on disk: one SQLite file that is the truth, and one FAISS file that is derived from it.

Opens a snapshot for reading; the queries are in `queries`. What is written is decided in `indexing`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from assistant.errors import LibraryDamaged, LibraryError, LibraryMismatch, LibraryMissing, LibraryOutdated
from assistant.store.generation_cache import GenerationCache
from assistant.store.queries.columns import check_rows
from assistant.store.queries.snapshot import LibrarySnapshot
from assistant.store.queries.vectors import VectorQueries
from assistant.store.queries.words import WordQueries
from assistant.store.remedies import REPAIR_HINT
from assistant.store.schema import MIGRATABLE_FORMATS, SELECT_SCHEMA, check_schema, explain_format_mismatch
from assistant.store.sqlite import ReadConnection, database_errors
from assistant.system.os_errors import describe_os_error

DATABASE = "library.sqlite3"

_REQUIRED_MANIFEST = {
    "dimension": r"[1-9][0-9]{0,4}",
    "model": r"[^\x00-\x1f\x7f]+",
    "model_sha256": r"[0-9a-f]{64}",
    "built_at": r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00",
    "generation": r"[0-9a-f]{16}",
    "vectors_file": r"vectors-[0-9a-f]{16}\.faiss",
    "vectors_sha256": r"[0-9a-f]{64}",
}
"""What the manifest of every published library contains, as regular expressions."""
_FORMAT = r"[1-9]\d{0,2}"  # of this version, an older or a newer one
_SOURCES = r"\[(?:\"(?:[^\"\\]|\\.)*\"(?:, )?)*\]"  # a list of texts, as JSON; old libraries have none


class SqliteLibrary(WordQueries, VectorQueries, LibrarySnapshot):
    """One consistent snapshot of an index folder: all that is read through it belongs to one published build."""

    def __init__(self, folder: Path, connection: ReadConnection, cache: GenerationCache | None = None) -> None:
        self.folder = folder
        manifest = dict(check_rows(*connection.select_named("SELECT key, value FROM manifest")))
        values = (cache or GenerationCache()).values_for(manifest.get("generation", ""))
        super().__init__(folder / DATABASE, connection, values, manifest)

    @classmethod
    def open(cls, folder: Path, cache: GenerationCache | None = None) -> Self:
        """Open for reading. `cache` keeps values between snapshots of the same folder.

        Raises LibraryMissing, LibraryOutdated or LibraryMismatch for another format, LibraryDamaged, and LibraryError
        if the folder cannot be read.
        """
        path = folder / DATABASE
        try:
            exists = path.is_file()
        except OSError as error:
            raise LibraryError(f"{path}: cannot be opened: {describe_os_error(error)}") from error
        if not exists:
            raise LibraryMissing(f"{folder}: no index here yet; run: assistant build")
        with database_errors(path):
            connection = ReadConnection(path)
            try:
                objects = list(connection.select(SELECT_SCHEMA))
                check_schema(objects)
                tables = {name for _, name, _ in objects}
                if "manifest" not in tables:
                    raise LibraryMissing(f"{folder}: no finished index here yet; run: assistant build")
                library = cls(folder, connection, cache)
                if "format" not in library.manifest:
                    library._raise_for_missing_format(has_articles="article" in tables)
                check_published(path, library.manifest)
            except BaseException:
                connection.close()
                raise
        return library

    def _raise_for_missing_format(self, *, has_articles: bool) -> None:
        """Without a format no build has finished here, or the manifest is lost."""
        if has_articles and self.select_first("SELECT 1 FROM article LIMIT 1"):
            raise LibraryDamaged(f"{self._path}: damaged (its manifest is lost); {REPAIR_HINT}")
        raise LibraryMissing(f"{self.folder}: no finished index here yet; run: assistant build")

    @property
    def location(self) -> str:
        """The index folder."""
        return str(self.folder)

    def size_in_bytes(self) -> int:
        """The size of all files in the index folder."""
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())


def check_published(place: Path | str, manifest: Mapping[str, str], remedy: str = REPAIR_HINT) -> None:
    """Raise if a library is of another format, or its manifest is damaged; the message names this remedy."""
    format_name = manifest.get("format", "")
    if not re.fullmatch(_FORMAT, format_name):
        raise LibraryDamaged(f"{place}: damaged (its manifest names no format); {remedy}")
    if (mismatch := explain_format_mismatch(format_name)) is not None:
        is_outdated = format_name in map(str, MIGRATABLE_FORMATS)
        raise (LibraryOutdated if is_outdated else LibraryMismatch)(f"{place}: {mismatch}")
    is_complete = all(re.fullmatch(pattern, manifest.get(key, "")) for key, pattern in _REQUIRED_MANIFEST.items())
    is_dated = is_complete and _is_time(manifest["built_at"])
    if not is_dated or not re.fullmatch(_SOURCES, manifest.get("sources", "[]")):
        raise LibraryDamaged(f"{place}: damaged (its manifest is incomplete); {remedy}")


def read_dimension(manifest: Mapping[str, str]) -> str | None:
    """The number of values of a vector as a manifest has it; None if it names none."""
    dimension = manifest.get("dimension", "")
    return dimension if re.fullmatch(_REQUIRED_MANIFEST["dimension"], dimension) else None


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:  # the 31 February, and half past thirty
        return False
    return True


def read_generation(folder: Path) -> str | None:
    """The name of the last complete build in an index folder; None if there is none that can be read."""
    try:
        with SqliteLibrary.open(folder) as library:
            return library.generation
    except LibraryError:
        return None
