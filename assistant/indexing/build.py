"""Building the library: a sync of articles, passages and vectors with the files they come from.

The library changes in one transaction, at the very end; vectors are made beside the reading, and kept aside."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.articles.chunking import chunk_article
from assistant.articles.readers import list_suffixes, list_versions, read_file
from assistant.articles.source_file import SourceFile
from assistant.articles.sources import make_sources
from assistant.articles.sources.base import Source
from assistant.config.schema import Config, ReadingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.errors import BuildError, LibraryDamaged, LibraryMismatch
from assistant.indexing.changes import (
    LOST_ID_SIZE,
    FileRecord,
    decode_notices,
    find_suffixes_to_reread,
    fingerprint_reading_settings,
    load_file_records,
    scan_files,
)
from assistant.indexing.embedding_worker import EmbeddingWorker
from assistant.indexing.enrichment import DERIVATION_VERSION, derive
from assistant.indexing.lock import build_lock
from assistant.indexing.publish import (
    REBUILD_DATABASE,
    is_vectors_file_intact,
    publish,
    read_manifest,
    remove_leftovers,
    replace_library,
)
from assistant.indexing.writer import (
    TEMP_TABLES,
    ArticleOwners,
    delete_articles,
    find_articles_without_vector,
    hash_article,
    insert_article,
)
from assistant.records.article import Article, Notice
from assistant.records.build import ArticleName, BuildEvent, BuildReport, ProgressUpdate
from assistant.store.library import DATABASE
from assistant.store.manifest import expected_manifest, find_manifest_mismatches
from assistant.store.queries.articles import SELECT_FILES
from assistant.store.remedies import REBUILD_HINT, REPAIR_HINT
from assistant.store.schema import MIGRATABLE_FORMATS, SCHEMA, explain_format_mismatch, migrate
from assistant.store.sqlite import create_empty_log, database_errors
from assistant.system.files import remove_database
from assistant.system.os_errors import describe_read_error, is_out_of_handles, translate_folder_errors

CACHE_KILOBYTES = 65_536  # kilobytes of the database that a build keeps in memory


def build_library(
    config: Config,
    model: ModelFiles,
    load: Callable[[], Embedder],
    *,
    rebuild: bool = False,
    extra: Iterable[Article | Notice] = (),
    sources: Sequence[Source] | None = None,
) -> Iterator[BuildEvent]:
    """Make the library mirror `config.articles` (and `extra`, articles that come from no file).

    Yields Progress and Notices, and a BuildReport last. Closing the iterator early leaves the library as it
    was. `load` is called only if something must be cut or embedded. `rebuild` makes everything anew.

    Raises BuildError when not one article could be read, LibraryLocked when another build is running,
    LibraryMismatch when only a rebuild can help, and LibraryError when the folder cannot be written.
    """
    folder = config.index
    with build_lock(folder):
        path = folder / (REBUILD_DATABASE if rebuild else DATABASE)
        with database_errors(path), translate_folder_errors(folder), _memory_errors(config):
            if rebuild:
                remove_database(path)
            builder = _Builder(config, model, load, path, make_sources(config.articles) if sources is None else sources)
            try:
                yield from builder.run(extra)
                if rebuild:
                    builder.close()
                    replace_library(path, folder / DATABASE)
            finally:
                builder.close()
                if rebuild:
                    with contextlib.suppress(OSError):  # the next build tries again
                        remove_database(path)
            create_empty_log(folder / DATABASE)
            remove_leftovers(folder, keep=builder.vectors_file)
    yield builder.report()


@contextlib.contextmanager
def _memory_errors(config: Config) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise BuildError(
            f"{config.index}: not enough memory to build; close other programs, or lower embedding.batch_size "
            f"(now {config.embedding.batch_size}) in config.yaml; the last complete index is unchanged, and what was "
            "embedded is kept"
        ) from error


@dataclass(slots=True)
class _BuildCounts:
    added: list[ArticleName] = field(default_factory=list)
    changed: list[ArticleName] = field(default_factory=list)
    removed: list[ArticleName] = field(default_factory=list)
    unchanged: int = 0
    embedded: int = 0
    reused: int = 0
    files_touched: int = 0
    notices: list[Notice] = field(default_factory=list)


class _Builder:
    """One build into one database file."""

    def __init__(
        self,
        config: Config,
        model: ModelFiles,
        load: Callable[[], Embedder],
        path: Path,
        sources: Sequence[Source],
    ) -> None:
        self._config = config
        self._sources = sources
        self._model = model
        self._load_embedder = load
        self._loaded_embedder: Embedder | None = None
        self._path = path
        self._started = time.monotonic()
        self._counts = _BuildCounts()
        self.vectors_file = ""
        self._passage_count = 0
        self._database = _open_for_writing(path)
        self._owners = ArticleOwners(self._database)
        self._embedding_worker = EmbeddingWorker(self._database, path.parent, self._get_embedder)
        try:
            manifest = read_manifest(self._database)
            found = manifest.get("format")
            self._old_format = int(found) if found is not None and found in map(str, MIGRATABLE_FORMATS) else None
            if found is not None and self._old_format is None and (fault := explain_format_mismatch(found)) is not None:
                raise LibraryMismatch(f"{path}: {fault}")
            if found is None and self._database.execute("SELECT 1 FROM article").fetchone():
                raise LibraryDamaged(f"{path}: damaged (it does not say what it is); {REPAIR_HINT}")
            faults = find_manifest_mismatches(manifest, expected_manifest(config, model))
            if manifest and faults:
                raise LibraryMismatch(f"{path.parent}: built with {'; '.join(faults)}; {REBUILD_HINT}")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Forget what was not published, and let go of the files."""
        try:
            self._embedding_worker.close()
        finally:
            self._database.close()

    def report(self) -> BuildReport:
        """What this build did."""
        counts = self._counts
        return BuildReport(
            len(counts.added),
            len(counts.changed),
            len(counts.removed),
            counts.unchanged,
            self._passage_count,
            counts.embedded,
            counts.reused,
            time.monotonic() - self._started,
            tuple(counts.notices),
            tuple(counts.added),
            tuple(counts.changed),
            tuple(counts.removed),
        )

    def run(self, extra: Iterable[Article | Notice]) -> Iterator[BuildEvent]:
        """All of it but putting a rebuilt library in its place."""
        self._database.execute("BEGIN IMMEDIATE")
        if self._old_format is not None:
            migrate(self._database, self._old_format)
        bare = find_articles_without_vector(self._database)
        yield from self._read_files(extra)
        counts = self._counts
        if not self._owners:
            named = ", ".join(source.uri for source in self._sources)
            why = "see the notices above" if counts.notices else f"no {list_suffixes('or')} file there"
            raise BuildError(f"{named}: no article could be read ({why}); the index is unchanged")
        self._rechunk_articles(bare)
        derived_otherwise = read_manifest(self._database).get("deriving") != str(DERIVATION_VERSION)
        for progress in derive(self._database, from_scratch=derived_otherwise):
            yield progress
            self._embedding_worker.step()
        yield from self._embedding_worker.finish()
        counts.embedded = self._embedding_worker.embedded_count
        (fresh,) = self._database.execute("SELECT count(DISTINCT key) FROM temp.fresh").fetchone()
        counts.reused = fresh - counts.embedded
        (self._passage_count,) = self._database.execute("SELECT count(*) FROM passage").fetchone()
        changed = counts.added or counts.changed or counts.removed or bare or derived_otherwise
        if changed or self._old_format is not None or not is_vectors_file_intact(self._database, self._path.parent):
            yield ProgressUpdate("publishing", 0)
            self._publish()
            return
        if counts.files_touched:
            self._database.execute("COMMIT")
        self.vectors_file = read_manifest(self._database)["vectors_file"]

    # -------------------------------------------------------------------------------------- reading

    def _read_files(self, extra: Iterable[Article | Notice]) -> Iterator[BuildEvent]:
        known = load_file_records(self._database.execute(SELECT_FILES))
        now = scan_files(self._sources, known)
        yield from (self._record_notice(notice) for notice in now.notices)
        self._keep_unchanged(now.unreachable)
        for uri in now.deleted:
            self._database.execute("DELETE FROM file WHERE path = ?", (uri,))
            self._counts.files_touched += 1
        how = fingerprint_reading_settings(self._config.reading)
        manifest = read_manifest(self._database)
        same_settings = manifest.get("reading") == how
        outdated_suffixes = find_suffixes_to_reread(manifest)
        changed: list[SourceFile] = []
        kept: list[str] = []
        # Files that did not change keep their articles before others can claim the ids.
        for uri, file in now.files.items():
            record = known.get(uri)
            if record is not None and not record.is_trusted(file):
                yield ProgressUpdate("reading", 0, None, len(kept))
            is_same_reading = same_settings and file.suffix not in outdated_suffixes
            if record is None or not is_same_reading or not self._is_unchanged(file, record):
                changed.append(file)
                continue
            kept.append(uri)
            for notice in decode_notices(record):
                yield self._record_notice(notice)
        self._keep_unchanged(kept)
        done, total = 0, sum(file.size for file in changed)
        for file in changed:
            yield ProgressUpdate("reading", done, total, len(self._owners))
            yield from self._read_changed(file, done, total)
            done += file.size
        for given in extra:
            problems = [given] if isinstance(given, Notice) else self._add_article(given, "(given)")
            yield from (self._record_notice(notice) for notice in problems)
        self._delete_unclaimed()
        versions = json.dumps(list_versions())
        self._database.execute("INSERT OR REPLACE INTO manifest VALUES ('reading', ?), ('readers', ?)", (how, versions))
        yield ProgressUpdate("reading", total, total, len(self._owners))

    def _record_notice(self, notice: Notice) -> Notice:
        self._counts.notices.append(notice)
        return notice

    def _keep_unchanged(self, paths: Sequence[str]) -> None:
        self._counts.unchanged += self._owners.claim_previous(paths)

    def _is_unchanged(self, file: SourceFile, record: FileRecord) -> bool:
        """Whether the file holds what it held; where only its time is new, that is noted for the next build."""
        if record.is_trusted(file):
            return True
        if record.size != file.size:
            return False
        seen_ns = time.time_ns()
        try:
            if file.compute_sha256() != record.sha256:
                return False
        except OSError:
            return False  # reading it will say why
        self._database.execute(
            "UPDATE file SET mtime_ns = ?, seen_ns = ? WHERE path = ?", (file.mtime_ns, seen_ns, file.uri)
        )
        self._counts.files_touched += 1
        return True

    def _read_changed(self, file: SourceFile, before: int, total: int) -> Iterator[BuildEvent]:
        """Read a file again, of which `before` bytes of the `total` have been read already."""
        uri = file.uri
        characters = 0  # of its articles: how far in the file, as nearly as one can tell
        notices: list[Notice] = []
        lost = False
        seen_ns = time.time_ns()
        sha256 = ""
        for found in _read_source_file(file, self._config.reading):
            if isinstance(found, str):
                sha256 = found
                continue
            if isinstance(found, OSError):
                self._keep_unchanged([uri])
                gone = isinstance(found, FileNotFoundError)
                reason = "vanished while it was read" if gone else describe_read_error(found)
                yield self._record_notice(Notice(uri, reason))
                return
            if isinstance(found, Notice):
                problems = [found]
            else:
                lost = lost or self._owners.owner_of(found.id) not in (None, uri)
                problems = list(self._add_article(found, uri))
            notices += problems
            yield from (self._record_notice(notice) for notice in problems)
            if isinstance(found, Article):
                characters += len(found.text)
                yield ProgressUpdate("reading", before + min(characters, file.size), total, len(self._owners))
        # A file that lost an id to another file must be looked at again when that one goes.
        size = LOST_ID_SIZE if lost else file.size
        self._database.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            (uri, size, file.mtime_ns, seen_ns, sha256, _encode_notices(notices)),
        )
        self._counts.files_touched += 1

    def _add_article(self, article: Article, origin: str) -> Iterator[Notice]:
        """Put one article into the library, unless its id is taken or it is there already."""
        owner = self._owners.owner_of(article.id)
        if owner is not None:
            place = "this file" if owner == origin else owner
            yield Notice(origin, f"id {article.id!r} is used twice; the article in {place} was kept")
            return
        self._owners.claim(article.id, origin)
        row = self._database.execute(
            "SELECT number, record_sha256, file FROM article WHERE id = ?", (article.id,)
        ).fetchone()
        if row is not None and row[1] == hash_article(article):
            if row[2] != origin:
                self._database.execute("UPDATE article SET file = ? WHERE number = ?", (origin, row[0]))
            self._counts.unchanged += 1
            return
        if row is not None:
            delete_articles(self._database, [row[0]])
            self._counts.changed.append(ArticleName(article.id, article.title))
        else:
            self._counts.added.append(ArticleName(article.id, article.title))
        self._insert_article(article, origin)

    def _insert_article(self, article: Article, origin: str) -> None:
        embedder = self._get_embedder()
        limit = min(self._config.passages.max_tokens, embedder.max_tokens) - embedder.special_tokens
        cut = chunk_article(article, embedder.count_tokens, limit)
        self._embedding_worker.step(insert_article(self._database, article, origin, cut, self._model.sha256))

    def _rechunk_articles(self, bare: Iterable[tuple[int, Article, str]]) -> None:
        """Put articles whose vectors were lost in anew, unless this build has already."""
        for number, article, origin in bare:
            still = self._database.execute("SELECT 1 FROM article WHERE number = ? AND id = ?", (number, article.id))
            if still.fetchone():
                delete_articles(self._database, [number])
                self._insert_article(article, origin)

    def _delete_unclaimed(self) -> None:
        gone = [
            (number, ArticleName(article_id, title)) for number, article_id, title in self._owners.unclaimed_articles()
        ]
        delete_articles(self._database, [number for number, _ in gone])
        self._counts.removed = [name for _, name in gone]

    # ------------------------------------------------------------------------------------ embedding

    def _get_embedder(self) -> Embedder:
        if self._loaded_embedder is None:
            self._loaded_embedder = self._load_embedder()
        return self._loaded_embedder

    # ----------------------------------------------------------------------------------- publishing

    def _publish(self) -> None:
        about = {
            **expected_manifest(self._config, self._model),
            "dimension": str(self._stored_dimension()),
            "sources": json.dumps([source.uri for source in self._sources]),
        }
        fresh = [number for (number,) in self._database.execute("SELECT number FROM temp.fresh")]
        if len(fresh) > self._passage_count / 2:  # one tree of words is searched quicker than many, and costs this once
            self._database.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
        self.vectors_file = publish(self._database, self._path.parent, about, fresh)

    def _stored_dimension(self) -> int:
        if self._loaded_embedder is not None:
            return self._loaded_embedder.dimension
        return int(read_manifest(self._database)["dimension"])


# --------------------------------------------------------------------------------------------- helpers


def _open_for_writing(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            database.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {SCHEMA} COMMIT;")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "manifest" not in tables or "passage_words" not in tables:
            raise LibraryMismatch(f"{path}: not an index of this program; {REBUILD_HINT}, or name another with --index")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(
            f"PRAGMA cache_size = -{CACHE_KILOBYTES}"
        )  # keys come in no order: with less, pages go to and fro
        database.execute(f"PRAGMA temp.cache_size = -{CACHE_KILOBYTES}")
        database.executescript(TEMP_TABLES)
    except BaseException:
        database.close()
        raise
    return database


def _read_source_file(file: SourceFile, settings: ReadingSettings) -> Iterator[str | Article | Notice | OSError]:
    """The file's hash, then what is in it; an error of reading it comes last. Errors of what is done with it do not."""
    try:
        yield file.compute_sha256()
        yield from read_file(file, settings)
    except OSError as error:
        if is_out_of_handles(error):
            raise  # nothing is wrong with the file
        yield error


def _encode_notices(notices: Sequence[Notice]) -> str:
    return json.dumps([asdict(notice) for notice in notices])
