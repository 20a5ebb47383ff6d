"""Brings the articles of a library up to date with the files of its sources, and with articles from elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace

from assistant.articles.chunking import ChunkedArticle
from assistant.articles.metadata import PageRead
from assistant.articles.readers import list_readers, list_versions
from assistant.articles.source_file import SourceFile
from assistant.articles.sources.base import Source
from assistant.articles.supplements.supplement import Supplement
from assistant.errors import BuildError
from assistant.indexing.changes import (
    REREAD_SIZE,
    FileRecord,
    decode_notices,
    describe_orphans,
    find_suffixes_to_reread,
    fingerprint_reading_settings,
    load_file_records,
    scan_files,
)
from assistant.indexing.history.keeping import VersionKeeper
from assistant.indexing.workers.faults import Fault
from assistant.indexing.workers.local import DividedArticle, FileItem, OpenedFile, Workers
from assistant.indexing.writer import ArticleOwners, hash_article
from assistant.records.article import Article, Notice, ReaderFault, VersionCause
from assistant.records.build import PLAIN_BUILD, ArticleName, BuildEvent, BuildOptions, ProgressUpdate
from assistant.store.protocol import LibraryWriter, StoredVersion
from assistant.system.os_errors import describe_read_error
from assistant.text.formatting import count_noun

GIVEN_ORIGIN = "(given)"  # stands for the file of an article that did not come from a file


@dataclass(slots=True)
class SyncResult:
    """What changed in the library."""

    added: list[ArticleName] = field(default_factory=list)
    changed: list[ArticleName] = field(default_factory=list)
    removed: list[ArticleName] = field(default_factory=list)
    unchanged: int = 0
    moved: int = 0  # of the unchanged ones, those whose file is elsewhere now
    orphaned: int = 0  # of the unchanged ones, those that no source has now
    files_touched: int = 0  # file records that were written or deleted
    notices: list[Notice] = field(default_factory=list)


InsertArticle = Callable[[Article, str, ChunkedArticle | None, int | None], Fault | None]
"""Stores an article from a file in place of the one with a number, if one is given, and divides it into passages if
they are not given. Returns what failed: then nothing is changed."""


class FileSync:
    """One comparison of a library with its sources.

    `insert` stores an article, see `InsertArticle`.
    """

    def __init__(
        self,
        writer: LibraryWriter,
        owners: ArticleOwners,
        insert: InsertArticle,
        workers: Workers,
        supplement: Supplement | None = None,
        *,
        versions: VersionKeeper | None = None,
        options: BuildOptions = PLAIN_BUILD,
    ) -> None:
        """`versions` keeps the texts that are replaced. `supplement` is what is told of the articles elsewhere."""
        self.result = SyncResult()
        self._writer = writer
        self._owners = owners
        self._insert = insert
        self._settings = workers.reading
        self._workers = workers
        self._supplement = supplement or Supplement()
        self._versions = versions
        self._unchanged_content: set[str] = set()  # files that are read again though their content is as before
        self._known: dict[str, FileRecord] = {}
        self._options = options
        self._files_with_faults: set[str] = set()
        self._at_risk: dict[str, tuple[str, str]] = {}  # failed articles of the replaced library: the file, the error

    def run(self, sources: Sequence[Source], extra: Iterable[Article | Notice]) -> Iterator[BuildEvent]:
        """Read what is new, and delete what is gone. `extra` are articles that come from no file."""
        self._known = known = load_file_records(self._writer.file_rows())
        scan = scan_files(sources, known, prune=self._options.prune, dropped=self._options.dropped)
        yield from map(self._record_notice, [*scan.notices, *self._supplement.find_tables(scan.files)])
        self._keep_articles_of(scan.unreachable)
        for uri in scan.deleted:
            self._writer.delete_file(uri)
            self.result.files_touched += 1
        changed: list[SourceFile] = []
        # Files that did not change keep their articles before others can claim the ids.
        yield from self._keep_unchanged_files(scan.files, known, changed)
        done, total = 0, sum(file.size for file in changed)
        yield ProgressUpdate("reading", 0, total, len(self._owners))
        for file, items in self._workers.read(changed, self._supplement):
            yield ProgressUpdate("reading", done, total, len(self._owners))
            yield from self._read_file(file, items, done, total)
            done += file.size
        are_given = False
        for item in extra:
            are_given = True
            notices = [item] if isinstance(item, Notice) else self._add_article(item, GIVEN_ORIGIN)
            yield from map(self._record_notice, notices)
        self._refuse_to_lose()
        yield from self._keep_orphans(scan.orphaned, are_given=are_given)
        self._delete_unclaimed()
        reading = fingerprint_reading_settings(self._settings)
        self._writer.update_manifest(
            {"reading": reading, "readers": json.dumps(list_versions(list_readers(self._settings)))}
        )
        yield ProgressUpdate("reading", total, total, len(self._owners))

    def _record_notice(self, notice: Notice) -> Notice:
        self.result.notices.append(notice)
        return notice

    def _keep_articles_of(self, uris: Sequence[str]) -> None:
        self.result.unchanged += self._owners.claim_previous(uris)

    def _keep_orphans(self, uris: Sequence[str], *, are_given: bool) -> Iterator[Notice]:
        """Keep what came otherwise, last: an article that is found elsewhere now is that one.

        Articles that were given without a file are kept too, unless this build was given some.
        """
        has_others = len(self._owners) > 0  # without any, the build fails and keeps everything
        counts = {uri: self._owners.claim_previous([uri]) for uri in uris}
        kept = [uri for uri, count in counts.items() if count]
        for uri in set(uris).difference(kept):
            self._writer.delete_file(uri)
            self.result.files_touched += 1
        if kept and has_others:
            yield self._record_notice(describe_orphans(kept))
        given = 0 if are_given or self._options.prune else self._owners.claim_previous([GIVEN_ORIGIN])
        if given and has_others:
            reason = f"{count_noun(given, 'article')} stay in the library; drop them with: assistant build --prune"
            yield self._record_notice(Notice(GIVEN_ORIGIN, reason, skipped=False))
        self.result.orphaned = given + sum(counts.values())
        self.result.unchanged += self.result.orphaned

    # ------------------------------------------------------------------------------ unchanged files

    def _keep_unchanged_files(
        self, files: dict[str, SourceFile], known: dict[str, FileRecord], changed: list[SourceFile]
    ) -> Iterator[BuildEvent]:
        """Keep the articles of files that need not be read, and append the other files to `changed`."""
        manifest = self._writer.read_manifest()
        has_same_settings = manifest.get("reading") == fingerprint_reading_settings(self._settings)
        outdated_suffixes = find_suffixes_to_reread(manifest, self._settings)
        kept: list[str] = []
        for uri, file in files.items():
            record = known.get(uri)
            if record is not None and not self._is_trusted(record, file):
                yield ProgressUpdate("reading", 0, None, len(kept))
            is_same_reading = has_same_settings and file.suffix not in outdated_suffixes
            is_same_told = record is not None and record.told == self._supplement.fingerprint(uri)
            is_same = is_same_reading and is_same_told
            if record is None or not is_same or not self._is_unchanged(file, record) or record.can_be_read_now():
                changed.append(file)
                continue
            kept.append(uri)
            yield from map(self._record_notice, decode_notices(record))
        self._keep_articles_of(kept)

    def _is_unchanged(self, file: SourceFile, record: FileRecord) -> bool:
        """Whether a file has the same content. If only its time has changed, that is recorded for the next build."""
        if self._is_trusted(record, file):
            return True
        if record.size != file.size:
            return False
        seen_ns = time.time_ns()
        try:
            if file.compute_sha256() != record.sha256:
                return False
        except OSError:
            return False  # reading it will give the reason
        if not record.is_trusted(file):
            self._save_record(file, replace(record, mtime_ns=file.mtime_ns, seen_ns=seen_ns))
        return True

    def _is_trusted(self, record: FileRecord, file: SourceFile) -> bool:
        return not self._options.check and record.is_trusted(file)

    # -------------------------------------------------------------------------------- changed files

    def _read_file(self, file: SourceFile, items: Iterable[FileItem], done: int, total: int) -> Iterator[BuildEvent]:
        """Take what reading a file gives. `done` of `total` bytes have been read before it."""
        seen_ns = time.time_ns()
        sha256 = ""
        characters = 0  # of its articles so far: the best estimate of the position in the file
        notices: list[Notice] = []
        faults: list[ReaderFault] = []
        has_lost_id = False
        for item in items:
            if isinstance(item, OpenedFile):
                file, sha256 = item.file, item.sha256
                if file.uri in self._known and self._known[file.uri].sha256 == sha256:
                    self._unchanged_content.add(file.uri)
                continue
            if isinstance(item, OSError):
                yield self._keep_unreadable(file, item)
                return
            if isinstance(item, ReaderFault):
                faults.append(item)
                continue
            if isinstance(item, PageRead):
                yield ProgressUpdate("reading", done + file.size * item.number // item.count, total, len(self._owners))
                continue
            if isinstance(item, Notice):
                notices.append(self._record_notice(item))
                yield item
                continue
            if isinstance(item, Fault):
                notices.append(self._record_notice(self._keep_earlier(item, file.uri)))
                yield notices[-1]
                continue
            article, chunked = item if isinstance(item, DividedArticle) else (item, None)
            has_lost_id = has_lost_id or self._owners.owner_of(article.id) not in (None, file.uri)
            new_notices = list(self._add_article(article, file.uri, chunked))
            notices += new_notices
            yield from map(self._record_notice, new_notices)
            characters += len(article.text)
            yield ProgressUpdate("reading", done + min(characters, file.size), total, len(self._owners))
        if faults:  # only now is known what it still has
            kept = self._keep_rest(file, faults)
            notices += kept
            yield from kept
        # A file that lost an id to another file must be read again when that file is deleted; one with an article that
        # brought out a fault of the program, when the program is mended.
        size = REREAD_SIZE if has_lost_id or file.uri in self._files_with_faults else file.size
        encoded = json.dumps([asdict(notice) for notice in notices])
        told_of = self._supplement.fingerprint(file.uri)
        self._save_record(file, FileRecord(size, file.mtime_ns, seen_ns, sha256, encoded, told_of))

    def _save_record(self, file: SourceFile, record: FileRecord) -> None:
        self._writer.save_file((file.uri, *astuple(record)))
        self.result.files_touched += 1

    def _keep_unreadable(self, file: SourceFile, error: OSError) -> Notice:
        """Keep the articles of a file that cannot be read now, and say why."""
        self._keep_articles_of([file.uri])
        is_gone = isinstance(error, FileNotFoundError)
        reason = "deleted while it was read" if is_gone else describe_read_error(error)
        return self._record_notice(Notice(file.uri, reason))

    def _keep_rest(self, file: SourceFile, faults: Sequence[ReaderFault]) -> list[Notice]:
        """Keep what the last build has of a file that could not be read to its end, or not in all parts; say why."""
        self._files_with_faults.add(file.uri)
        before = len(self._owners)
        self._keep_articles_of([file.uri])
        if self._versions is not None:
            self._note_at_risk(self._versions.list_replaced("file", file.uri), file.uri, faults[0].error)
        is_kept = len(self._owners) > before
        return [self._record_notice(fault.to_notice(file.uri, is_earlier_kept=is_kept)) for fault in faults]

    def _add_article(self, article: Article, origin: str, chunked: ChunkedArticle | None = None) -> Iterator[Notice]:
        """Store an article, unless its id is taken or the library contains the same version."""
        owner = self._owners.owner_of(article.id)
        if owner is not None:
            place = "this file" if owner == origin else owner
            yield Notice(origin, f"id {article.id!r} is used twice; the article in {place} was kept")
            return
        version = self._writer.find_version(article.id)
        if version is not None and _is_same(article, version):
            self._owners.claim(article.id, origin)
            if (version.origin, version.path) != (origin, article.path):
                self._writer.move_article(version.number, article, origin)
                self.result.moved += 1
            self.result.unchanged += 1
            return
        number = None if version is None else version.number
        replaced = None
        if self._versions is not None:
            article = self._versions.note_first_seen(article, number)
            replaced = None if number is None else self._versions.load(number)
        fault = self._insert(article, origin, chunked, number)
        if fault is not None:
            yield self._keep_earlier(fault, origin)
            return
        self._owners.claim(article.id, origin)
        if self._versions is not None:
            cause: VersionCause = "reading" if origin in self._unchanged_content else "file"
            self._versions.keep(replaced, article, cause)
        changes = self.result.added if version is None else self.result.changed
        changes.append(ArticleName(article.id, article.title))

    def _keep_earlier(self, fault: Fault, origin: str) -> Notice:
        """Keep what the last build has of an article that cannot be stored, and say why."""
        self._files_with_faults.add(origin)
        is_kept = self._writer.find_version(fault.article_id) is not None
        if not is_kept and self._versions is not None:
            self._note_at_risk(self._versions.list_replaced("id", fault.article_id), origin, fault.error)
        if is_kept and self._owners.owner_of(fault.article_id) is None:
            self._owners.claim(fault.article_id, origin)
            self.result.unchanged += 1
        return fault.describe_left_out(origin, is_earlier_kept=is_kept)

    def _note_at_risk(self, ids: Iterable[str], place: str, error: str) -> None:
        for article_id in ids:
            self._at_risk.setdefault(article_id, (place, error))

    def _refuse_to_lose(self) -> None:
        """Raise BuildError if this library would replace one whose text of an article that failed is the only one."""
        lost = [name for name in self._at_risk if self._owners.owner_of(name) is None]
        if lost and not self._options.prune:
            place, error = self._at_risk[lost[0]]
            more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
            raise BuildError(
                f"{place}: a rebuild would drop article {lost[0]!r}{more}: it failed now ({error}; a fault of this"
                " program, please report it); the index is unchanged; build without --rebuild, or add --prune to go on"
                " without what failed"
            )

    def _delete_unclaimed(self) -> None:
        unclaimed = self._owners.unclaimed_articles()
        if self._versions is not None:
            added = [each.id for each in self.result.added]
            self._versions.hand_over([number for number, _, _ in unclaimed], added)
        self._writer.delete_articles([number for number, _, _ in unclaimed])
        self.result.removed = [ArticleName(article_id, title) for _, article_id, title in unclaimed]


def _is_same(article: Article, version: StoredVersion) -> bool:
    """Whether an article is as it is stored, but perhaps for its path: a library can be moved or copied."""
    return version.record_sha256 in (hash_article(article), hash_article(replace(article, path=version.path)))
