"""The library on disk: one SQLite file that is the truth, one FAISS file that is derived from it.

Reading and writing only; what to write is decided in `indexing`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged, LibraryError, LibraryMismatch, LibraryMissing, LibraryOutdated
from assistant.records.article import Article, Passage, Span
from assistant.records.statement import Statement
from assistant.store.codecs import decode_spans
from assistant.store.faiss_index import CANDIDATE_MARGIN, VectorIndex, choose_kind
from assistant.store.remedies import REPAIR_HINT
from assistant.store.schema import MIGRATABLE_FORMATS, explain_format_mismatch
from assistant.store.sqlite import ReadConnection, database_errors
from assistant.store.stored_vectors import StoredVectors
from assistant.text.names import name_words

NameKind = Literal["name", "role", "holder"]
"""How a speaker goes with a word: it is of their name, of what an unnamed one is called, or of a named one's role."""

DATABASE = "library.sqlite3"
QUERY_BATCH_SIZE = 500  # rows asked for by number together

# What every published library says of itself.
_REQUIRED_MANIFEST = {
    "dimension": r"[1-9][0-9]{0,5}",
    "generation": r"[0-9a-f]{16}",
    "vectors_file": r"vectors-[0-9a-f]{16}\.faiss",
    "vectors_sha256": r"[0-9a-f]{64}",
}

ARTICLE_COLUMNS = "id, title, text, sha256, source, author, published_at, url, path, language"


_DAY = "substr(published_at, 1, 10)"  # to the letter what the index of days is on
_DAY_FILTER = f"{_DAY} IS NULL OR {_DAY} BETWEEN ? AND ?"
_STATEMENT_COLUMNS = "speaker, cue, start, end, direct, sentence_start, sentence_end, role"


def _build_article(row: Sequence[Any]) -> Article:
    article = Article(*row)
    if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
        raise LibraryDamaged(f"the text of article {article.id!r} is not what was read; {REPAIR_HINT}")
    return article


def _day_bounds(first: str | None, last: str | None) -> tuple[str, str]:
    return first or "", last or "9999"


def _build_statement(article_id: str, row: Sequence[Any]) -> Statement:
    speaker, cue, start, end, direct, sentence_start, sentence_end, role = row
    return Statement(article_id, speaker, cue, start, end, bool(direct), sentence_start, sentence_end, role)


class GenerationCache:
    """Figures of the state last published that take a while to find in a large library; safe to share by threads."""

    def __init__(self) -> None:
        self._current: tuple[str, dict[Any, Any]] = ("", {})

    def values_for(self, generation: str) -> dict[Any, Any]:
        """What is known of this state; what was known of another is forgotten."""
        name, known = self._current
        if name != generation or not generation:
            known = {}
            self._current = (generation, known)
        return known


class Library:
    """One consistent reading of an index: everything seen through it belongs to one published build."""

    def __init__(self, folder: Path, connection: ReadConnection, cache: GenerationCache | None = None) -> None:
        self.folder = folder
        self._connection = connection
        self.manifest: dict[str, str] = dict(connection.select("SELECT key, value FROM manifest"))
        self._cached_values = (cache or GenerationCache()).values_for(self.manifest.get("generation", ""))

    @classmethod
    def open(cls, folder: Path, cache: GenerationCache | None = None) -> Self:
        """Open for reading. Raises NoLibrary, LibraryMismatch for another format, or LibraryDamaged.

        `remembered` is what earlier readings by the same program found out.
        """
        path = folder / DATABASE
        try:
            there = path.is_file()
        except OSError as error:
            raise LibraryError(f"{path}: cannot be opened: {error.strerror}") from error
        if not there:
            raise LibraryMissing(f"{folder}: no index here yet; run: assistant build")
        with database_errors(path):
            reading = ReadConnection(path)
            try:
                tables = {name for (name,) in reading.select("SELECT name FROM sqlite_master")}
                if "manifest" not in tables:
                    raise LibraryMissing(f"{folder}: no finished index here yet; run: assistant build")
                library = cls(folder, reading, cache)
                found = library.manifest.get("format")
                if found is None and "article" in tables and any(reading.select("SELECT 1 FROM article LIMIT 1")):
                    raise LibraryDamaged(f"{path}: damaged (it does not say what it is); {REPAIR_HINT}")
                if found is None:
                    raise LibraryMissing(f"{folder}: no finished index here yet; run: assistant build")
                if (fault := explain_format_mismatch(found)) is not None:
                    outdated = found in map(str, MIGRATABLE_FORMATS)
                    raise (LibraryOutdated if outdated else LibraryMismatch)(f"{path}: {fault}")
                if not all(
                    re.fullmatch(kind, library.manifest.get(key, "")) for key, kind in _REQUIRED_MANIFEST.items()
                ):
                    raise LibraryDamaged(f"{path}: damaged (what it says of itself is not whole); {REPAIR_HINT}")
            except BaseException:
                reading.close()
                raise
        return library

    def close(self) -> None:
        """Give the snapshot back."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """Names this published state; it changes with every publishing build."""
        return self.manifest["generation"]

    def counts(self) -> dict[str, int]:
        """Articles, distinct sources, passages, sentences, characters and statements; stories told more than once."""
        articles, sources, characters, sentences = self._select_one(
            "SELECT count(*), count(DISTINCT source), coalesce(sum(length(text)), 0),"
            " coalesce(sum(length(sentences)) / 16, 0) FROM article"
        )
        return {
            "articles": articles,
            "sources": sources,
            "passages": self.passage_count(),
            "sentences": sentences,
            "characters": characters,
            "statements": self._select_one("SELECT count(*) FROM statement")[0],
            "duplicates": self._select_one("SELECT count(*) FROM story WHERE story <> article")[0],
        }

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day that an article carries, or None where none carries one."""
        # Each from the index of days; asked for together, SQLite would go through it.
        query = "SELECT {}(substr(published_at, 1, 10)) FROM article"
        first, last = (self._select_one(query.format(which))[0] for which in ("min", "max"))
        return (first, last) if first else None

    def sources(self) -> list[tuple[str, int]]:
        """Outlets with their number of articles, most first."""
        return list(
            self._select(
                "SELECT coalesce(source, '(not named)'), count(*) FROM article GROUP BY source ORDER BY 2 DESC, 1"
            )
        )

    def source_names(self) -> list[str]:
        """The outlets that the articles name."""
        query = "SELECT DISTINCT source FROM article WHERE source NOT NULL"
        found: list[str] = self._compute_once("outlets", lambda: [source for (source,) in self._select(query)])
        return found

    def article(self, article_id: str) -> Article | None:
        """One article by its id."""
        row = self._select_one(f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ?", (article_id,))
        return _build_article(row) if row else None

    def articles(self) -> Iterator[Article]:
        """All articles, newest first, undated ones last, then by title."""
        for row in self._select(
            f"SELECT {ARTICLE_COLUMNS} FROM article ORDER BY published_at IS NULL, published_at DESC, title, id"
        ):
            yield _build_article(row)

    def titles(self) -> list[tuple[str, str | None]]:
        """The titles of all articles with their day, newest first, undated ones last; no text is read for it."""
        return list(
            self._select(
                "SELECT title, max(substr(published_at, 1, 10)) AS day FROM article GROUP BY title"
                " ORDER BY day IS NULL, day DESC, title"
            )
        )

    def sentence_spans(self, article_id: str) -> list[Span]:
        """The sentences of one article, in order."""
        row = self._select_one("SELECT sentences FROM article WHERE id = ?", (article_id,))
        return decode_spans(row[0]) if row else []

    def statements(self, article_id: str) -> list[Statement]:
        """Who says what in one article, in order."""
        rows = self._select(
            f"SELECT {_STATEMENT_COLUMNS} FROM statement WHERE statement.article ="
            " (SELECT number FROM article WHERE id = ?) ORDER BY statement.number",
            (article_id,),
        )
        return [_build_statement(article_id, row) for row in rows]

    def articles_of_speaker(self, speaker: str, limit: int) -> list[str]:
        """The ids of the newest articles in which somebody speaks, newest first, undated ones last."""
        rows = self._select(
            "SELECT id FROM article WHERE number IN (SELECT article FROM statement WHERE speaker = ?)"
            " ORDER BY published_at IS NULL, published_at DESC, id LIMIT ?",
            (speaker, limit),
        )
        return [article_id for (article_id,) in rows]

    def newest_articles(self, limit: int) -> list[str]:
        """The ids of the newest articles, newest first, undated ones last."""
        rows = self._select(
            "SELECT id FROM article ORDER BY published_at IS NULL, published_at DESC, id LIMIT ?", (limit,)
        )
        return [article_id for (article_id,) in rows]

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        """Speakers with a word of their name or role in common with this name or description."""
        found: dict[tuple[str, NameKind], None] = {}
        for word in name_words(name):
            rows = self._select("SELECT name, kind FROM speaker_word WHERE word = ?", (word,))
            found.update(((other, kind), None) for other, kind in rows)
        return list(found)

    def roles_of(self, speaker: str) -> list[str]:
        """What the articles call a speaker, each once."""
        rows = self._select("SELECT DISTINCT role FROM statement WHERE speaker = ? AND role NOT NULL", (speaker,))
        return [role for (role,) in rows]

    def first_text_of_speaker(self, speaker: str) -> str:
        """The text of the first article in which somebody speaks; empty where they speak in none."""
        row = self._select_one(
            "SELECT text FROM article WHERE number = (SELECT min(article) FROM statement WHERE speaker = ?)", (speaker,)
        )
        return str(row[0]) if row else ""

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        """Speakers by name with their statements and articles, most quoted first."""
        query = (
            "SELECT speaker, count(*), count(DISTINCT article) FROM statement WHERE speaker NOT NULL"
            " GROUP BY speaker ORDER BY 2 DESC, 1 LIMIT ?"
        )
        most = -1 if limit is None else limit
        found: list[tuple[str, int, int]] = self._compute_once(
            ("speakers", most), lambda: list(self._select(query, (most,)))
        )
        return found

    def passages_of_speakers(self, names: Iterable[tuple[str, bool]]) -> list[int]:
        """The numbers of all passages in which one of these speaks; (name, whether it is a name or a role)."""
        numbers: set[int] = set()
        for name, named in names:
            which = "speaker = ?" if named else "speaker IS NULL AND role = ?"
            numbers.update(n for (n,) in self._select(f"SELECT passage FROM statement WHERE {which}", (name,)))
        return sorted(numbers)

    def duplicates(self, article_id: str) -> list[Article]:
        """The other articles that are the same story, near-duplicates of its text, oldest first."""
        return [
            _build_article(row)
            for row in self._select(
                f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id <> ?1 AND number IN (SELECT story.article FROM story"
                " WHERE story.story = (SELECT own.story FROM story AS own JOIN article AS it ON it.number = own.article"
                " WHERE it.id = ?1)) ORDER BY published_at IS NULL, published_at, id",
                (article_id,),
            )
        ]

    def story_number(self, article_id: str) -> int | None:
        """A number that this article has in common with its near-duplicates only."""
        row = self._select_one(
            "SELECT story FROM story JOIN article ON article.number = story.article WHERE article.id = ?",
            (article_id,),
        )
        return row[0] if row else None

    def find_articles_containing(self, pieces: Sequence[str], limit: int) -> list[str]:
        """The ids of the articles whose text holds most of these pieces, to the letter; reads every article."""
        count = " + ".join(f"(instr(text, ?{number}) > 0)" for number in range(1, len(pieces) + 1))
        query = f"SELECT id, {count} AS held FROM article WHERE held > 0 ORDER BY held DESC, id LIMIT {limit:d}"
        return [article_id for article_id, _ in self._select(query, list(pieces))]

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by number."""
        found: dict[int, Passage] = {}
        for first in range(0, len(numbers), QUERY_BATCH_SIZE):
            some = numbers[first : first + QUERY_BATCH_SIZE]
            marks = ",".join("?" * len(some))
            for number, *rest in self._select(
                f"SELECT passage.number, article.id, ordinal, start, end FROM passage"
                f" JOIN article ON article.number = passage.article WHERE passage.number IN ({marks})",
                some,
            ):
                found[number] = Passage(*rest)
        return found

    def passage_numbers(self, article_ids: Iterable[str]) -> list[int]:
        """The numbers of all passages of these articles."""
        numbers: list[int] = []
        for article_id in article_ids:
            numbers += [
                number
                for (number,) in self._select(
                    "SELECT passage.number FROM passage JOIN article ON article.number = passage.article"
                    " WHERE article.id = ?",
                    (article_id,),
                )
            ]
        return numbers

    def passages_between(self, first: str | None, last: str | None, most: int | None = None) -> list[int] | None:
        """The numbers of all passages of articles of these days, ISO 8601 dates, both included, or without a day.

        None where these are more than `most`.
        """
        return self._select_passages(_DAY_FILTER, most, _day_bounds(first, last))

    def passages_of_source(self, source: str, most: int | None = None) -> list[int] | None:
        """The numbers of all passages of an outlet's articles; None where these are more than `most`."""
        return self._select_passages("source = ?", most, (source,))

    def _select_passages(self, which: str, most: int | None, values: Sequence[Any]) -> list[int] | None:
        rows = self._select(
            "SELECT passage.number FROM passage JOIN article ON article.number = passage.article"
            f" WHERE {which} LIMIT ?",
            (*values, -1 if most is None else most + 1),
        )
        numbers = [number for (number,) in rows]
        return None if most is not None and len(numbers) > most else numbers

    def filter_passages(
        self, numbers: Sequence[int], *, outlet: str | None = None, days: tuple[str | None, str | None] | None = None
    ) -> set[int]:
        """Those of some passages that are of an outlet, or as `passages_between` has it of some days."""
        which, values = ("source = ?", (outlet,)) if days is None else (_DAY_FILTER, _day_bounds(*days))
        found: set[int] = set()
        for first in range(0, len(numbers), QUERY_BATCH_SIZE):
            some = numbers[first : first + QUERY_BATCH_SIZE]
            # The cross join keeps SQLite from beginning with all articles of the outlet or the days.
            rows = self._select(
                "SELECT passage.number FROM passage CROSS JOIN article ON article.number = passage.article"
                f" WHERE passage.number IN ({','.join('?' * len(some))}) AND ({which})",
                (*some, *values),
            )
            found.update(number for (number,) in rows)
        return found

    def search_words(
        self, expression: str, limit: int, title_weight: float, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their BM25 score (higher is better) for an FTS5 expression, best first."""
        chosen = ""
        if among is not None:
            self._connection.connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (number INTEGER PRIMARY KEY)")
            self._connection.connection.execute("DELETE FROM chosen")
            self._connection.connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((n,) for n in among))
            # The plus keeps SQLite from running the full-text query once for each of the chosen numbers.
            chosen = "AND +rowid IN (SELECT number FROM chosen)"
        rows = self._select(
            f"SELECT rowid, bm25(passage_words, ?, 1.0) AS distance FROM passage_words"
            f" WHERE passage_words MATCH ? {chosen} ORDER BY distance, rowid LIMIT ?",
            (title_weight, expression, limit),
        )
        return [(number, -distance) for number, distance in rows]

    def article_count(self) -> int:
        """How many articles there are."""
        return int(self._compute_once("articles", lambda: self._select_one("SELECT count(*) FROM article")[0]))

    def corrections(self) -> list[Article]:
        """The articles whose title says that they correct another."""
        correcting = "title LIKE 'correct%' OR title LIKE 'clarification%'"
        query = f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {correcting} ORDER BY id"
        found: list[Article] = self._compute_once(
            "corrections", lambda: [_build_article(row) for row in self._select(query)]
        )
        return found

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._compute_once("passages", lambda: self._select_one("SELECT count(*) FROM passage")[0]))

    def count_passages_with_word(self, word: str) -> int:
        """In how many passages a word stands (in any of its inflections)."""
        quoted = '"' + word.replace('"', '""').replace("\x00", "") + '"'
        query = "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
        row = self._compute_once(("passages with", word), lambda: self._select_one(query, (quoted,)))
        return int(row[0]) if row else 0

    def load_vector_index(self) -> VectorIndex:
        """The FAISS index of this snapshot; made anew from the stored vectors where its file is not whole."""
        path = self.folder / self.manifest["vectors_file"]
        try:
            return VectorIndex.load(path, self.manifest["vectors_sha256"])
        except LibraryDamaged:
            with database_errors(self.folder / DATABASE), self._connection.fail_if_changed():
                stored = self.stored_vectors()
                # Lists of vectors take longer to find than a question or two would gain from them.
                return VectorIndex.build(stored, "scanned" if choose_kind(len(stored)) == "listed" else None)

    def stored_vectors(self) -> StoredVectors:
        """The vectors in the database; reading them raises what SQLite raises."""
        return StoredVectors(self._connection.connection, self.dimension)

    @property
    def dimension(self) -> int:
        """Of the stored vectors."""
        return int(self.manifest["dimension"])

    def cosines(self, vector: Vectors, index: VectorIndex, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,); None where there is no such passage.

        From the index where it is exact, else from the database: raises LibraryDamaged where a vector there is not
        what was stored.
        """
        if index.is_exact:
            return index.cosines(vector, numbers)
        with database_errors(self.folder / DATABASE), self._connection.fail_if_changed():
            ids, vectors = self.stored_vectors().load_vectors(numbers)
        known = dict(zip(ids.tolist(), (vectors @ vector).tolist(), strict=True))
        return [known.get(number) for number in numbers]

    def search_vectors(
        self, vector: Vectors, index: VectorIndex, k: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` passages with the nearest meaning and their cosine, nearest first; only from `among` where given."""
        if index.is_exact:
            return index.search(vector, k, among)
        near = [number for number, _ in index.search(vector, k + CANDIDATE_MARGIN, among)]
        cosines = zip(near, self.cosines(vector, index, near), strict=True)
        return sorted(((n, c) for n, c in cosines if c is not None), key=lambda one: (-one[1], one[0]))[:k]

    def _compute_once(self, name: Hashable, find: Callable[[], Any]) -> Any:
        if name not in self._cached_values:
            self._cached_values[name] = find()
        return self._cached_values[name]

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query that only reads; its errors are ours, naming the file and the remedy."""
        yield from self._select(query, values)

    def _select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        with database_errors(self.folder / DATABASE):
            try:
                yield from self._connection.select(query, values)
            except UnicodeEncodeError:
                return  # half a surrogate pair cannot be stored, so nothing here equals it

    def _select_one(self, query: str, values: Sequence[Any] = ()) -> Any:
        return next(self._select(query, values), None)
