"""What changed in the files of the articles since they were read: by size and time, and where those prove nothing, by
content. The build goes by the same rules, so that the two never disagree."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.articles.discovery import find_files
from assistant.config.schema import Config, ReadingSettings
from assistant.errors import LibraryDamaged
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.records.article import Notice, SourceFile
from assistant.records.build import PendingChanges
from assistant.store.protocol import FileRow
from assistant.system.files import compute_file_sha256

READING_VERSION = (
    1  # raise when the same file would be read otherwise, so that files that did not change are read again
)
RACY_NS = 2_000_000_000  # a file changed this shortly before it was read may change again unnoticed
LOST_ID_SIZE = -1  # stands for the size of a file that lost an id to another one, and is read again at every build


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was read: size in bytes, times in nanoseconds, hash, what there was to say (JSON)."""

    size: int
    mtime_ns: int
    seen_ns: int
    sha256: str
    notices: str = "[]"

    def is_trusted(self, file: SourceFile) -> bool:
        """Whether size and time alone prove that the file is as it was when it was read."""
        return self.size == file.size and self._is_settled(file)

    def _is_settled(self, file: SourceFile) -> bool:
        return self.mtime_ns == file.mtime_ns and self.mtime_ns < self.seen_ns - RACY_NS


@dataclass(frozen=True, slots=True)
class FileScan:
    """The files there are now, and which of those that were read before are gone or out of reach."""

    files: dict[str, SourceFile]
    deleted: tuple[str, ...]
    unreachable: tuple[str, ...]
    notices: tuple[Notice, ...]


def scan_files(sources: Sequence[Path], known: Collection[str]) -> FileScan:
    """Look for the files of `sources`; what cannot be looked at now is out of reach, which is not the same as gone."""
    files: dict[str, SourceFile] = {}
    notices: list[Notice] = []
    for found in find_files(_deduplicate_paths(sources)):
        if isinstance(found, Notice):
            notices.append(found)
        else:
            files.setdefault(str(found.path), found)  # of two given folders, one may hold the other
    places = [notice.place for notice in notices]
    missing = sorted(set(known) - files.keys())
    unreachable = [path for path in missing if _is_within(path, places)]
    gone = tuple(path for path in missing if path not in set(unreachable))
    return FileScan(files, gone, tuple(unreachable), tuple(notices))


def _is_within(path: str, places: Sequence[str]) -> bool:
    return any(path == place or path.startswith(place + os.sep) for place in places)


def _deduplicate_paths(sources: Sequence[Path]) -> list[Path]:
    # Not resolve(): an article reached through a link keeps the path that the user knows it by.
    return list(dict.fromkeys(Path(os.path.abspath(source)) for source in sources))  # noqa: PTH100


def load_file_records(rows: Iterable[FileRow]) -> dict[str, FileRecord]:
    """The files that a library was made from, by path."""
    return {row[0]: FileRecord(*row[1:]) for row in rows}


def fingerprint_reading_settings(settings: ReadingSettings) -> str:
    """What makes the same files give the same articles; a library keeps it."""
    return json.dumps([READING_VERSION, settings.model_dump()])


class ChangeWatcher:
    """Compares files with a library again and again; what it had to hash, it does not hash twice."""

    def __init__(self) -> None:
        self._hash_cache: dict[str, FileRecord] = {}

    def find_changes(
        self, config: Config, known: Mapping[str, FileRecord], manifest: Mapping[str, str]
    ) -> PendingChanges:
        """What an update would find, given the files that were read and what the library says of itself.

        Files that an update could not read are not counted. With nothing known, every file is new.
        """
        now = scan_files(config.articles, known)
        again: dict[str, FileRecord] = {}
        changed = [
            path
            for path, file in now.files.items()
            if path in known and not self._is_unchanged(path, file, known[path], again)
        ]
        self._hash_cache = again
        added = [path for path in now.files if path not in known and os.access(path, os.R_OK)]
        sources = tuple(json.loads(manifest.get("sources", "[]")))
        otherwise = bool(manifest) and (
            manifest.get("reading") != fingerprint_reading_settings(config.reading)
            or manifest.get("deriving") != str(DERIVATION_VERSION)
        )
        moved = bool(sources) and set(sources) != {str(path) for path in config.articles}
        return PendingChanges(tuple(added), tuple(changed), now.deleted, otherwise, sources if moved else ())

    def _is_unchanged(self, path: str, file: SourceFile, record: FileRecord, again: dict[str, FileRecord]) -> bool:
        if record.size == LOST_ID_SIZE:
            record = replace(record, size=file.size)
        if record.is_trusted(file):
            return True
        if record.size != file.size:
            return False
        seen = self._hash_cache.get(path)
        if seen is None or not seen.is_trusted(file):
            seen_ns = time.time_ns()
            try:
                seen = FileRecord(file.size, file.mtime_ns, seen_ns, compute_file_sha256(file.path))
            except OSError:
                return True  # an update keeps what it cannot read
        again[path] = seen
        return seen.sha256 == record.sha256


def decode_notices(record: FileRecord) -> Iterator[Notice]:
    """What there was to say about a file when it was read. Raises LibraryDamaged where that cannot be read."""
    try:
        yield from [Notice(**notice) for notice in json.loads(record.notices)]
    except (ValueError, TypeError) as error:
        raise LibraryDamaged("what the index notes of a file is damaged; run: assistant doctor --fix") from error
