"""Builds a library: brings articles, passages, statements and vectors up to date with the sources.

The library changes in one transaction, committed at the very end. Vectors are computed while files are read."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from assistant.articles.chunking import ChunkedArticle
from assistant.articles.readers import list_suffixes
from assistant.articles.sources import make_sources
from assistant.articles.sources.base import Source
from assistant.config.schema import SQLITE, Config
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.errors import BuildError, LibraryDamaged, LibraryError, LibraryMismatch
from assistant.indexing.changes import load_supplement
from assistant.indexing.embedding_worker import EmbeddingWorker
from assistant.indexing.enrichment import DERIVATION_VERSION, derive
from assistant.indexing.file_sync import FileSync
from assistant.indexing.history.keeping import VersionKeeper
from assistant.indexing.history.orphans import refuse_to_drop
from assistant.indexing.lock import build_lock
from assistant.indexing.publish import REBUILD_DATABASE, is_vectors_file_intact, remove_leftovers, replace_library
from assistant.indexing.workers.faults import Fault, FaultGuard, decode_faults
from assistant.indexing.workers.local import LocalWorkers, Workers, divide_article
from assistant.indexing.writer import ArticleOwners, SqliteWriter
from assistant.records.article import Article, Notice
from assistant.records.build import PLAIN_BUILD, BuildEvent, BuildOptions, BuildReport, ProgressUpdate
from assistant.store.library import DATABASE, SqliteLibrary, read_dimension
from assistant.store.manifest import LAST_BUILD, expected_manifest, find_manifest_mismatches
from assistant.store.remedies import REBUILD_HINT, REPAIR_HINT
from assistant.store.schema import FORMAT_VERSION, MIGRATABLE_FORMATS, explain_format_mismatch, migrate
from assistant.store.sqlite import create_empty_log, database_errors
from assistant.system.files import remove_database
from assistant.system.os_errors import translate_folder_errors
from assistant.text.languages.detection import is_english


def build_library(
    config: Config,
    model: ModelFiles,
    load: Callable[[], Embedder],
    *,
    rebuild: bool = False,
    options: BuildOptions = PLAIN_BUILD,
    extra: Iterable[Article | Notice] = (),
    sources: Sequence[Source] | None = None,
) -> Iterator[BuildEvent]:
    """Make the library equal to the files of `sources` and to `extra`.

    `sources` are by default those of the settings and what was added. `extra` are articles that come from no file.
    Yields ProgressUpdate and Notice, and a BuildReport last. Closing the iterator early leaves the library as it was.
    `load` is called only if something must be divided or embedded. `rebuild` reads and embeds everything again.
    Articles that came from elsewhere (from folders that `sources` do not name, or as `extra` of an earlier build) stay,
    unless the `options` let them go.

    Raises BuildError if no article could be read, or if a rebuild would drop what came from elsewhere or an article
    that failed, LibraryLocked if another build is running, LibraryMismatch if only a rebuild can help, and LibraryError
    if the folder cannot be written.
    """
    folder = config.index
    with build_lock(folder, is_private=config.index_is_private):
        path = folder / (REBUILD_DATABASE if rebuild else DATABASE)
        with database_errors(path), translate_folder_errors(folder), _memory_errors(config):
            used = (
                make_sources(config.articles, config.added, config.reading.foreign_readers)
                if sources is None
                else sources
            )
            if rebuild:
                if not options.prune and extra == ():
                    refuse_to_drop(folder / DATABASE, used, options.dropped)
                remove_database(path)
            builder = _Builder(config, model, load, path, options)
            try:
                yield from builder.run(used, extra)
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
    if config.store != SQLITE:
        from assistant.indexing.lance.publishing import publish_tables  # its packages are an extra

        yield ProgressUpdate("publishing", 0)
        publish_tables(folder, config.store)
    yield builder.report()


def _find_workers(config: Config, model: ModelFiles, load: Callable[[], Embedder], ray: str | None) -> Workers:
    if ray is None:
        return LocalWorkers(config.reading, load)
    from assistant.indexing.workers.cluster import RayWorkers  # its packages are an extra

    return RayWorkers(config, model.sha256, ray)


@contextlib.contextmanager
def _memory_errors(config: Config) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise BuildError(
            f"{config.index}: not enough memory to build; close other programs, or lower embedding.batch_size "
            f"(now {config.embedding.batch_size}) in config.yaml; the last complete index, if any, is unchanged, "
            "and the vectors computed so far are kept"
        ) from error


class _Builder:
    """One build into one database file."""

    def __init__(
        self,
        config: Config,
        model: ModelFiles,
        load: Callable[[], Embedder],
        path: Path,
        options: BuildOptions,
    ) -> None:
        self._started = time.monotonic()
        self._config = config
        self._model = model
        self._load_embedder = load
        self._fresh_vectors = self._passage_count = 0
        self._undated = self._without_outlet = 0
        self._loaded_embedder: Embedder | None = None
        self._workers = _find_workers(config, model, self._get_embedder, options.ray)
        self._writer = SqliteWriter(path)
        self._owners = ArticleOwners(self._writer.database)
        current = config.index / DATABASE
        self._versions = VersionKeeper(self._writer.database, None if path == current else current)
        supplement = load_supplement(config)
        self._sync = FileSync(
            self._writer,
            self._owners,
            self._insert_article,
            self._workers,
            supplement,
            versions=self._versions,
            options=options,
        )
        self._embedding_worker = EmbeddingWorker(self._writer.database, path.parent, self._workers)
        try:
            self._check_buildable()
        except BaseException:
            self.close()
            raise

    def _check_buildable(self) -> None:
        """Raise if this database can only be rebuilt or repaired."""
        path, manifest = self._writer.path, self._writer.read_manifest()
        format_name = manifest.get("format")
        if format_name is None:
            if self._writer.database.execute("SELECT 1 FROM article").fetchone():
                raise LibraryDamaged(f"{path}: damaged (its manifest is lost); {REPAIR_HINT}")
        elif format_name not in map(str, MIGRATABLE_FORMATS):
            mismatch = explain_format_mismatch(format_name)
            if mismatch is not None:
                raise LibraryMismatch(f"{path}: {mismatch}")
        mismatches = find_manifest_mismatches(manifest, expected_manifest(self._config, self._model))
        if manifest and mismatches:
            raise LibraryMismatch(f"{path.parent}: built with {'; '.join(mismatches)}; {REBUILD_HINT}")

    def close(self) -> None:
        """Drop what was not published, and close the files."""
        try:
            self._embedding_worker.close()
        finally:
            self._workers.close()
            self._writer.close()

    @property
    def vectors_file(self) -> str:
        """The FAISS file in use after the build."""
        return self._writer.vectors_file

    def report(self) -> BuildReport:
        """What this build did."""
        result = self._sync.result
        return BuildReport(
            added=len(result.added),
            changed=len(result.changed),
            removed=len(result.removed),
            unchanged=result.unchanged,
            passages=self._passage_count,
            embedded=self._embedding_worker.embedded_count,
            reused=self._fresh_vectors - self._embedding_worker.embedded_count,
            seconds=time.monotonic() - self._started,
            notices=tuple(result.notices),
            added_articles=tuple(result.added),
            changed_articles=tuple(result.changed),
            removed_articles=tuple(result.removed),
            undated=self._undated,
            without_outlet=self._without_outlet,
        )

    def run(self, sources: Sequence[Source], extra: Iterable[Article | Notice]) -> Iterator[BuildEvent]:
        """The whole build, except that a rebuilt library still has to replace the old one."""
        writer, result = self._writer, self._sync.result
        writer.database.execute("BEGIN IMMEDIATE")
        must_publish = self._migrate()
        stored = writer.read_manifest()
        is_older = "format" in stored and stored.get("deriving") != str(DERIVATION_VERSION)
        incomplete = writer.find_articles_without_vector()
        yield from self._sync.run(sources, extra)
        if len(self._owners) == result.orphaned:
            self._raise_nothing_read(sources)
        yield from self._note_other_languages(sources)
        yield from self._carry_versions()
        must_derive_all = writer.read_manifest().get("deriving") != str(DERIVATION_VERSION)
        if is_older:
            incomplete += writer.find_articles_divided_otherwise()
        yield from self._rechunk(incomplete)
        without_statements = decode_faults(writer.read_manifest())
        for event in derive(writer.database, must_derive_all, self._workers.derive):
            yield self._record_notice(event) if isinstance(event, Notice) else event
            self._embedding_worker.step()
        must_publish |= decode_faults(writer.read_manifest()) != without_statements
        yield from self._embedding_worker.finish()
        self._fresh_vectors = writer.count_fresh_vectors()
        self._passage_count = writer.count_passages()
        self._undated, self._without_outlet = writer.count_missing_fields()
        described = self._describe(sources)
        must_publish = must_publish or bool(result.moved) or stored.get("sources") != described["sources"]
        has_changes = bool(result.added or result.changed or result.removed or incomplete or must_derive_all)
        if has_changes or must_publish or not is_vectors_file_intact(writer.database, writer.path.parent):
            yield ProgressUpdate("publishing", 0)
            writer.publish({**described, LAST_BUILD: self.report().describe_changes()})
            return
        if result.files_touched:
            writer.commit_file_records()
        writer.vectors_file = writer.read_manifest()["vectors_file"]

    def _note_other_languages(self, sources: Sequence[Source]) -> Iterator[Notice]:
        """How many articles are not in English: their statements are not read."""
        counts = self._writer.count_languages()
        count = sum(number for language, number in counts.items() if not is_english(language))
        if count:
            are = "article is" if count == 1 else "articles are"
            reason = f"{count:,} {are} not in English: who said what is read in English only"
            yield self._record_notice(Notice(", ".join(source.uri for source in sources), reason, skipped=False))

    def _carry_versions(self) -> Iterator[Notice]:
        """In a library that is built anew, keep the earlier texts of the one that it replaces."""
        replaced = self._config.index / DATABASE
        if self._writer.path == replaced or not replaced.is_file():
            return
        try:
            self._versions.carry_over(replaced)
        except (sqlite3.DatabaseError, LibraryDamaged, ValueError, TypeError):
            reason = "the earlier texts of articles cannot be read there and are left behind"
            yield self._record_notice(Notice(str(replaced), reason, skipped=False))

    def _record_notice(self, notice: Notice) -> Notice:
        self._sync.result.notices.append(notice)
        return notice

    def _migrate(self) -> bool:
        """Migrate a library of an older format, and return whether it was one."""
        format_name = self._writer.read_manifest().get("format", str(FORMAT_VERSION))
        if format_name == str(FORMAT_VERSION):
            return False
        migrate(self._writer.database, int(format_name))
        return True

    def _raise_nothing_read(self, sources: Sequence[Source]) -> None:
        names = ", ".join(source.uri for source in sources)
        notices = self._sync.result.notices
        more = f", and {len(notices) - 1:,} more" if len(notices) > 1 else ""
        reason = f"{notices[0]}{more}" if notices else f"no {list_suffixes('or')} file there"
        raise BuildError(f"{names}: no article could be read ({reason}); the index is unchanged")

    # --------------------------------------------------------------------------------------- articles

    def _insert_article(
        self, article: Article, origin: str, chunked: ChunkedArticle | None = None, replaced: int | None = None
    ) -> Fault | None:
        """See `file_sync.InsertArticle`."""
        if chunked is None:
            divided = divide_article(article, self._get_embedder(), self._config.passages.max_tokens)
            if isinstance(divided, Fault):
                return divided
            chunked = divided.chunked
        last_passage: int | None = None
        with FaultGuard(article.id, self._writer.database) as guard:
            if replaced is not None:
                self._writer.delete_articles([replaced])
            last_passage = self._writer.insert_article(article, origin, chunked, self._model.sha256)
        if guard.fault is None:
            self._embedding_worker.step(last_passage)
        return guard.fault

    def _rechunk(self, incomplete: Iterable[tuple[int, Article, str]]) -> Iterator[Notice]:
        """Insert articles whose vectors were lost again, unless this build has already replaced them."""
        for number, article, origin in incomplete:
            version = self._writer.find_version(article.id)
            if version is not None and version.number == number:
                fault = self._insert_article(article, origin, replaced=number)
                if fault is not None:
                    yield self._record_notice(fault.describe_left_out(origin, is_earlier_kept=True))

    def _get_embedder(self) -> Embedder:
        if self._loaded_embedder is None:
            self._loaded_embedder = self._load_embedder()
        return self._loaded_embedder

    # ------------------------------------------------------------------------------------- publishing

    def _describe(self, sources: Sequence[Source]) -> dict[str, str]:
        """The manifest of this build."""
        dimension = read_dimension(self._writer.read_manifest())
        if dimension is None or self._loaded_embedder is not None:
            dimension = str(self._get_embedder().dimension)
        return {
            **expected_manifest(self._config, self._model),
            "dimension": dimension,
            "sources": json.dumps([source.uri for source in sources]),
            "library": self._find_library_id(),
        }

    def _find_library_id(self) -> str:
        """The id of this library, which a rebuild takes over; a new one for a library that has none."""
        stored = self._writer.read_manifest().get("library")
        if stored is None and self._writer.path != self._config.index / DATABASE:
            with contextlib.suppress(LibraryError), SqliteLibrary.open(self._config.index) as replaced:
                stored = replaced.manifest.get("library")
        return stored or secrets.token_hex(8)
