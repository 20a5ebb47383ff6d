"""Finds the files that changed since they were read: by size and time, and by content if those prove nothing.

A build uses the same rules, so that both always agree."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.articles.readers import find_outdated_suffixes, list_readers
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile, is_local_path
from assistant.articles.sources import find_files, make_sources
from assistant.articles.sources.base import Source
from assistant.articles.supplements.own_values import load_entries
from assistant.articles.supplements.supplement import FolderValues, Supplement
from assistant.config.schema import Config, ReadingSettings
from assistant.errors import LibraryDamaged
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.indexing.workers.faults import decode_faults
from assistant.records.article import Notice
from assistant.records.build import PendingChanges
from assistant.store.protocol import FileRow
from assistant.system.extras import is_module
from assistant.text.formatting import count_noun

SETTINGS_VERSION = 2  # of the fingerprint of the reading settings; each reader has its own version in addition
RACY_NS = 2_000_000_000  # a file changed this shortly before it was read may change again unnoticed
NO_NOTICES = "[]"  # as JSON
REREAD_SIZE = -1  # stored as the size of a file that every build reads again, because an article of it was left out


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was read: size in bytes, times in nanoseconds, hash, its notices (JSON).

    `told` identifies what was told of its articles from outside of it.
    """

    size: int
    mtime_ns: int
    seen_ns: int
    sha256: str
    notices: str = NO_NOTICES
    told: str = ""

    def is_trusted(self, file: SourceFile) -> bool:
        """Whether size and time alone prove that the file has not changed since it was read."""
        return self.size == file.size and self._is_settled(file)

    def can_be_read_now(self) -> bool:
        """Whether the package for want of which the file was not read is installed now. Raises LibraryDamaged."""
        if self.notices == NO_NOTICES:
            return False
        return any(one.missing_module and is_module(one.missing_module) for one in decode_notices(self))

    def _is_settled(self, file: SourceFile) -> bool:
        known = file.mtime_ns != UNKNOWN_TIME
        return known and self.mtime_ns == file.mtime_ns and self.mtime_ns < self.seen_ns - RACY_NS


@dataclass(frozen=True, slots=True)
class FileScan:
    """The files of the sources now, by URI, and the URIs of the known files that are deleted or out of reach.

    `orphaned` are the known files of which no source says anything any more: their articles stay until they are pruned.
    """

    files: dict[str, SourceFile]
    deleted: tuple[str, ...]
    unreachable: tuple[str, ...]
    notices: tuple[Notice, ...]
    orphaned: tuple[str, ...] = ()


def scan_files(
    sources: Sequence[Source], known: Collection[str], *, prune: bool = False, dropped: Sequence[str] = ()
) -> FileScan:
    """Find the files of the sources. `known` are the URIs of the files that were read before.

    A known file that is within none of the sources came otherwise. It counts as orphaned, and with `prune`, or within
    one of the `dropped` places, as deleted.

    A known file that cannot be examined now, for example in a folder that cannot be read, is out of reach: it is not
    deleted. The same holds where a whole source has become empty, as the folder of a drive that is not mounted.
    """
    files: dict[str, SourceFile] = {}
    notices: dict[Notice, None] = {}  # each once, as two sources can overlap: a folder and another one inside it
    for source in sources:
        is_empty = True
        for item in find_files([source]):
            if isinstance(item, Notice):
                notices[item] = None
            else:
                is_empty = False
                files.setdefault(item.uri, item)
        if is_empty:
            places = [notice.place for notice in notices]
            missing = [uri for uri in known if not _is_within(uri, places)]
            notices.update(dict.fromkeys(_note_emptied(source, missing)))
    places = [notice.place for notice in notices]
    missing = sorted(set(known) - files.keys())
    unreachable = {uri for uri in missing if _is_within(uri, places)}
    named = [*map(_get_place, sources), *dropped]
    orphaned = [uri for uri in missing if not (uri in unreachable or prune or _is_within(uri, named))]
    deleted = tuple(uri for uri in missing if uri not in unreachable and uri not in set(orphaned))
    return FileScan(
        files, deleted, tuple(uri for uri in missing if uri in unreachable), tuple(notices), tuple(orphaned)
    )


def describe_orphans(uris: Sequence[str]) -> Notice:
    """A Notice on articles that stay although no folder of the settings has them; `uris` are their files."""
    place = os.path.commonpath(uris) if all(map(is_local_path, uris)) else uris[0]
    return Notice(
        place,
        f"the articles of {count_noun(len(uris), 'file')} stay in the library though the settings do not name"
        " their folder now: name it there, or drop them with: assistant build --prune",
        skipped=False,
    )


def _get_place(source: Source) -> str:
    """Where the files of a source are."""
    return os.path.abspath(source.uri) if is_local_path(source.uri) else source.uri  # noqa: PTH100


def _note_emptied(source: Source, known: Collection[str]) -> Iterator[Notice]:
    """A Notice on a source without files, of which there were some; the articles of those are kept.

    `known` are the files that no other Notice explains.
    """
    place = _get_place(source)
    count = sum(_is_within(uri, [place]) for uri in known)
    if count:
        yield Notice(
            place,
            f"nothing to read there, where {count_noun(count, 'file')} were; the articles are kept, in case that a"
            " drive is not connected: assistant build --rebuild drops them",
            skipped=False,
        )


def _is_within(uri: str, places: Sequence[str]) -> bool:
    return any(uri == place or uri.startswith((place + os.sep, place.rstrip("/") + "/")) for place in places)


def load_file_records(rows: Iterable[FileRow]) -> dict[str, FileRecord]:
    """The files that an index was built from, by URI; the column `path` of the index contains the URI."""
    return {row[0]: FileRecord(*row[1:]) for row in rows}


def fingerprint_reading_settings(settings: ReadingSettings) -> str:
    """Identifies the settings with which files are read; stored in the manifest of an index.

    If it differs, every file must be read again. The versions of the readers are stored apart: see
    `find_suffixes_to_reread`.
    """
    return json.dumps([SETTINGS_VERSION, settings.model_dump(exclude={"readers"})])


def find_suffixes_to_reread(manifest: Mapping[str, str], settings: ReadingSettings) -> frozenset[str]:
    """The suffixes whose reader has changed since the index with this manifest read its files."""
    try:
        stored = json.loads(manifest.get("readers", "{}"))
    except ValueError:
        stored = {}
    return find_outdated_suffixes(stored if isinstance(stored, dict) else {}, list_readers(settings))


class ChangeWatcher:
    """Compares files with an index repeatedly. A file that had to be hashed is not hashed again until it changes."""

    def __init__(self) -> None:
        self._hash_cache: dict[str, FileRecord] = {}

    def find_changes(
        self,
        config: Config,
        known: Mapping[str, FileRecord],
        manifest: Mapping[str, str],
        sources: Sequence[Source] | None = None,
    ) -> PendingChanges:
        """What an update of the index would change.

        `known` are the files that were read before, by URI; `manifest` is that of the index. Both are empty if there
        is no index: then every file is new. `sources` are those of the setting `articles` unless given. Files that
        cannot be read are not counted, because an update could not read them either.
        """
        sources = (
            make_sources(config.articles, config.added, config.reading.foreign_readers) if sources is None else sources
        )
        supplement = load_supplement(config)
        scan = scan_files(sources, known)
        notices = [*scan.notices, *supplement.find_tables(scan.files)]
        notices += [each.to_notice() for each in decode_faults(manifest)]
        hashed: dict[str, FileRecord] = {}
        changed = [
            uri
            for uri, file in scan.files.items()
            if uri in known
            and (
                known[uri].told != supplement.fingerprint(uri)
                or not self._is_unchanged(file, known[uri], hashed)
                or known[uri].can_be_read_now()
            )
        ]
        added = [uri for uri, file in scan.files.items() if uri not in known and file.is_readable()]
        built_from = tuple(json.loads(manifest.get("sources", "[]")))
        gone = (*scan.deleted, *scan.orphaned)
        before = _find_earlier_places([scan.files[uri] for uri in added], gone, built_from)
        moved = [
            uri
            for uri, places in before.items()
            if any(self._is_unchanged(scan.files[uri], known[place], hashed) for place in places)
        ]
        replaced = {place for places in before.values() for place in places}
        is_elsewhere = bool(moved) and replaced.issuperset(scan.orphaned)  # the whole library, not its settings
        self._hash_cache = hashed
        has_others = bool(built_from) and set(built_from) != {source.uri for source in sources}
        return PendingChanges(
            tuple(uri for uri in added if uri not in before),
            (*changed, *(uri for uri in before if uri not in moved)),
            tuple(uri for uri in scan.deleted if uri not in replaced),
            _must_reread(config, manifest, scan.files.values()),
            built_from if has_others and not is_elsewhere else (),
            (*notices, *_list_notices(known, scan.files)),
            tuple(moved),
        )

    def _is_unchanged(self, file: SourceFile, record: FileRecord, hashed: dict[str, FileRecord]) -> bool:
        if record.size == REREAD_SIZE:
            record = replace(record, size=file.size)
        if record.is_trusted(file):
            return True
        if record.size != file.size:
            return False
        current = self._hash_cache.get(file.uri)
        if current is None or not current.is_trusted(file):
            seen_ns = time.time_ns()
            try:
                current = FileRecord(file.size, file.mtime_ns, seen_ns, file.compute_sha256())
            except OSError:
                return True  # an update keeps the articles of a file that it cannot read
        hashed[file.uri] = current
        return current.sha256 == record.sha256


def load_supplement(config: Config) -> Supplement:
    """What the settings and the user tell of articles. Raises LibraryError if the user's values cannot be read."""
    # Not resolve(): as the sources name their files.
    folders = [FolderValues(os.path.abspath(each.path), each.list_values()) for each in config.folders]  # noqa: PTH100
    return Supplement(folders, load_entries(config.added))


def _find_earlier_places(
    files: Iterable[SourceFile], gone: Iterable[str], sources: Sequence[str]
) -> dict[str, list[str]]:
    """Of the files that were not known, those that take the place of known ones which are gone, by URI.

    Both have the same name below the folder of their source, and so the same articles: the library was moved or copied.
    `sources` are the URIs of those that the known files were read from. Only the first file of a name takes a place.
    """
    by_name: dict[str, list[str]] = {}
    places = [os.path.abspath(uri) if is_local_path(uri) else uri for uri in sources]  # noqa: PTH100
    for uri in gone:
        place = next((place for place in places if _is_within(uri, [place])), None)
        if place is not None:
            by_name.setdefault(_name_within(uri, place), []).append(uri)
    return {file.uri: by_name.pop(file.article_id) for file in files if file.article_id in by_name}


def _name_within(uri: str, place: str) -> str:
    """The name of a file below a folder, with slashes; of the folder itself, which is a file then, its last part."""
    name = uri.replace(os.sep, "/")
    folder = place.replace(os.sep, "/").rstrip("/")
    return name.rpartition("/")[2] if name == folder else name.removeprefix(f"{folder}/")


def _must_reread(config: Config, manifest: Mapping[str, str], files: Iterable[SourceFile]) -> bool:
    """Whether an update would read or process files that have not changed."""
    if not manifest:
        return False
    if manifest.get("reading") != fingerprint_reading_settings(config.reading):
        return True
    if manifest.get("deriving") != str(DERIVATION_VERSION):
        return True
    suffixes = find_suffixes_to_reread(manifest, config.reading)
    return bool(suffixes) and any(file.suffix in suffixes for file in files)


def _list_notices(known: Mapping[str, FileRecord], files: Iterable[str]) -> Iterator[Notice]:
    """The notices from when these files were read."""
    for uri in files:
        if uri in known and known[uri].notices != NO_NOTICES:
            yield from decode_notices(known[uri])


def decode_notices(record: FileRecord) -> Iterator[Notice]:
    """The notices from when the file was read. Raises LibraryDamaged if their JSON is not valid."""
    try:
        yield from [Notice(**notice) for notice in json.loads(record.notices)]
    except (ValueError, TypeError) as error:
        raise LibraryDamaged("the index has a damaged file record; run: assistant doctor --fix") from error
