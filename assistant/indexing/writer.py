"""Writes a library in SQLite: articles with their passages and searchable words, file records, and the manifest.

All changes belong to one transaction, which `publish` commits."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.articles.chunking import ChunkedArticle
from assistant.errors import LibraryMismatch
from assistant.indexing.enrichment import delete_derived
from assistant.indexing.publish import NEW_SUFFIX, publish, put_in_place, read_manifest
from assistant.indexing.workers.faults import FaultGuard
from assistant.records.article import Article
from assistant.store.codecs import decode_article, encode_details, encode_spans
from assistant.store.fts import count_words
from assistant.store.protocol import FileRow, StoredVersion
from assistant.store.queries.articles import SELECT_FILES
from assistant.store.queries.base import ARTICLE_COLUMNS
from assistant.store.queries.columns import select_checked
from assistant.store.remedies import REBUILD_HINT
from assistant.store.schema import SCHEMA, SELECT_SCHEMA, check_schema
from assistant.store.sqlite import distrust_schema
from assistant.system.files import remove_database
from assistant.system.tables import connect_to_write
from assistant.text.sentences import sentence_spans

MAX_PASSAGES_CHECKED = 200_000  # up to which a build looks for passages without a vector
CACHE_KILOBYTES = 65_536  # of the database and of temporary tables, each

# `fresh` are the passages inserted by this connection: number, key of the vector, text for the embedder. `dropped` are
# the vector keys of deleted passages. `owner` says in which file each article was found.
TEMP_TABLES = """
CREATE TEMP TABLE fresh (number INTEGER PRIMARY KEY, key BLOB, text TEXT);
CREATE TEMP TABLE dropped (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE owner (id TEXT PRIMARY KEY, file TEXT NOT NULL) WITHOUT ROWID;
"""


class SqliteWriter:
    """Changes one library. See `store.protocol.LibraryWriter`."""

    def __init__(self, path: Path) -> None:
        """Open the database, which is created if it is missing. Raises LibraryMismatch for another program's file."""
        self.path = path
        self.vectors_file = ""  # in use after `publish`
        self.database = _open_for_writing(path)

    def close(self) -> None:
        """Close the database. Changes that were not published are dropped."""
        self.database.close()

    def read_manifest(self) -> dict[str, str]:
        """The manifest, with the changes of this writer."""
        return read_manifest(self.database)

    def update_manifest(self, values: Mapping[str, str]) -> None:
        """Add values to the manifest, or replace them."""
        self.database.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", values.items())

    def file_rows(self) -> Iterator[FileRow]:
        """The files that were read."""
        yield from select_checked(self.database, SELECT_FILES)

    def save_file(self, row: FileRow) -> None:
        """Record a file that was read."""
        self.database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def delete_file(self, uri: str) -> None:
        """Remove the record of a file."""
        self.database.execute("DELETE FROM file WHERE path = ?", (uri,))

    def find_version(self, article_id: str) -> StoredVersion | None:
        """The stored version of an article."""
        query = "SELECT number, record_sha256, file, path FROM article WHERE id = ?"
        found = next(select_checked(self.database, query, (article_id,)), None)
        return None if found is None else StoredVersion(*found)

    def move_article(self, number: int, article: Article, origin: str) -> None:
        """Record that an article is now found in another file, `origin`; only its path may differ."""
        query = "UPDATE article SET file = ?, path = ?, record_sha256 = ? WHERE number = ?"
        self.database.execute(query, (origin, article.path, hash_article(article), number))

    def insert_article(self, article: Article, origin: str, chunked: ChunkedArticle, model_sha256: str) -> int | None:
        """Insert an article from the file `origin`. Return the number of its last passage, None if it has none."""
        number = self._insert_article_row(article, origin, chunked)
        last = None
        for passage in chunked.passages:
            body = article.text[passage.start : passage.end]
            key = make_vector_key(model_sha256, chunked.context, body)
            last = self.database.execute(
                "INSERT INTO passage (article, ordinal, start, end, vector_key) VALUES (?, ?, ?, ?, ?)",
                (number, passage.ordinal, passage.start, passage.end, key),
            ).lastrowid
            self.database.execute(
                "INSERT INTO passage_words (rowid, title, body) VALUES (?, ?, ?)", (last, article.title, body)
            )
            self.database.execute("INSERT INTO temp.fresh VALUES (?, ?, ?)", (last, key, chunked.context + body))
        return last

    def _insert_article_row(self, article: Article, origin: str, chunked: ChunkedArticle) -> int | None:
        row = {
            "id": article.id,
            "file": origin,
            "record_sha256": hash_article(article),
            "title": article.title,
            "source": article.source,
            "author": article.author,
            "published_at": article.published_at,
            "url": article.url,
            "path": article.path,
            "language": article.language,
            "details": encode_details(article),
            "sha256": article.sha256,
            "words": count_words(article.text),
            "sentences": encode_spans(chunked.sentences),
            "text": article.text,
        }
        placeholders = ", ".join(f":{column}" for column in row)
        query = f"INSERT INTO article ({', '.join(row)}) VALUES ({placeholders})"
        return self.database.execute(query, row).lastrowid

    def delete_articles(self, numbers: Sequence[int]) -> None:
        """Delete articles, by number, with all that was made from them except their vectors."""
        for number in numbers:
            # The full-text index contains no copy of the text: it must be told what to remove.
            self.database.execute(
                "INSERT INTO passage_words (passage_words, rowid, title, body)"
                " SELECT 'delete', number, title, body FROM passage_text"
                " WHERE number IN (SELECT number FROM passage WHERE article = ?)",
                (number,),
            )
            self.database.execute(
                "DELETE FROM temp.fresh WHERE number IN (SELECT number FROM passage WHERE article = ?)", (number,)
            )
            self.database.execute(
                "INSERT OR IGNORE INTO temp.dropped SELECT vector_key FROM passage WHERE article = ?", (number,)
            )
            delete_derived(self.database, number)
            self.database.execute("DELETE FROM passage WHERE article = ?", (number,))
            self.database.execute("DELETE FROM article WHERE number = ?", (number,))

    def find_articles_without_vector(self) -> list[tuple[int, Article, str]]:
        """The articles with a passage that has lost its vector: number, article, the file that it came from.

        Always empty for a large library, in which the search would take longer than a sync: the doctor searches there.
        """
        if self.count_passages() > MAX_PASSAGES_CHECKED:
            return []
        rows = select_checked(
            self.database,
            f"SELECT number, file, {ARTICLE_COLUMNS} FROM article WHERE number IN"
            " (SELECT article FROM passage WHERE vector_key NOT IN (SELECT key FROM vector))",
        )
        return [(number, decode_article(columns), file) for number, file, *columns in rows]

    def count_languages(self) -> dict[str, int]:
        """How many articles give or show each language."""
        query = "SELECT language, count(*) FROM article WHERE language IS NOT NULL GROUP BY language"
        return dict(select_checked(self.database, query))

    def find_articles_divided_otherwise(self) -> list[tuple[int, Article, str]]:
        """The articles whose stored sentences are not those of this version: number, article, the file it came from."""
        rows = select_checked(self.database, f"SELECT number, file, sentences, {ARTICLE_COLUMNS} FROM article")
        return [
            (number, article, file)
            for number, file, sentences, *columns in rows
            if _divide_sentences(article := decode_article(columns)) != sentences
        ]

    def count_passages(self) -> int:
        """How many passages there are."""
        return int(self.database.execute("SELECT count(*) FROM passage").fetchone()[0])

    def count_missing_fields(self) -> tuple[int, int]:
        """How many articles have no date, and how many no outlet."""
        query = "SELECT coalesce(sum(published_at IS NULL), 0), coalesce(sum(source IS NULL), 0) FROM article"
        undated, without_outlet = self.database.execute(query).fetchone()
        return int(undated), int(without_outlet)

    def count_fresh_vectors(self) -> int:
        """How many different vectors the inserted passages need."""
        return int(self.database.execute("SELECT count(DISTINCT key) FROM temp.fresh").fetchone()[0])

    def publish(self, manifest: Mapping[str, str]) -> None:
        """Write the FAISS file and commit everything. Raises OSError and LibraryDamaged; nothing is changed then."""
        fresh = [number for (number,) in self.database.execute("SELECT number FROM temp.fresh")]
        if len(fresh) > self.count_passages() / 2:
            # Merged into one tree, the words are searched faster; that is worth its time after a large change only.
            self.database.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
        self.vectors_file = publish(self.database, self.path.parent, manifest, fresh)

    def commit_file_records(self) -> None:
        """Commit without publishing: readers see the same articles as before."""
        self.database.execute("COMMIT")


class ArticleOwners:
    """In which file each article was found that a build has seen so far. The length is the number of articles."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def owner_of(self, article_id: str) -> str | None:
        """The file of an article; None if it was not seen yet."""
        row = self._database.execute("SELECT file FROM temp.owner WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else str(row[0])

    def claim(self, article_id: str, origin: str) -> None:
        """Record that an article was found in this file, and in no file before."""
        self._database.execute("INSERT INTO temp.owner VALUES (?, ?)", (article_id, origin))
        self._count += 1

    def claim_previous(self, origins: Sequence[str]) -> int:
        """Record that these files still contain the articles of the last build, unless another file has them.

        Return the number of these articles.
        """
        query = "INSERT OR IGNORE INTO temp.owner SELECT id, file FROM article WHERE file = ?"
        count = self._database.executemany(query, ((origin,) for origin in origins)).rowcount if origins else 0
        self._count += count
        return count

    def unclaimed_articles(self) -> list[tuple[int, str, str]]:
        """Number, id and title of the stored articles that were found in no file."""
        query = "SELECT number, id, title FROM article WHERE id NOT IN (SELECT id FROM temp.owner)"
        return self._database.execute(query).fetchall()


def hash_article(article: Article) -> str:
    """The hash of an article with all its metadata, except when it was first seen: no file says that."""
    record = asdict(article)
    del record["first_seen"]
    for name in ("places", "updated_at", "section", "tags", "partial", "origins"):
        if not record[name]:
            del record[name]  # so that articles without them have the hash that they always had
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _divide_sentences(article: Article) -> bytes | None:
    """The sentences of an article as they are stored; None if that fails, which dividing it anew tells."""
    with FaultGuard(article.id):
        return encode_spans(sentence_spans(article.text))
    return None


def make_vector_key(model_sha256: str, context: str, body: str) -> bytes:
    """The key of a passage's vector. Equal keys mean equal vectors."""
    return hashlib.sha256(f"{model_sha256}\n{context}{body}".encode()).digest()


def _has_tables(path: Path) -> bool:
    """Whether there is a database with anything in it. What an interrupted change has left is undone."""
    if not path.exists():
        return False
    with contextlib.closing(connect_to_write(path, timeout=10, isolation_level=None)) as database:
        return database.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _create_database(path: Path) -> None:
    """Create a library without articles in one step: SQLite itself would first show a file with nothing in it."""
    fresh = path.with_name(f"{path.name}{NEW_SUFFIX}")
    remove_database(fresh)
    try:
        with contextlib.closing(connect_to_write(fresh, timeout=10, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {SCHEMA} COMMIT;")
        put_in_place(fresh, path)
    except BaseException:
        with contextlib.suppress(OSError):
            remove_database(fresh)
        raise


def _open_for_writing(path: Path) -> sqlite3.Connection:
    if not _has_tables(path):
        _create_database(path)
    database = connect_to_write(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        distrust_schema(database)
        objects = database.execute(SELECT_SCHEMA).fetchall()
        check_schema(objects)
        tables = {name for _, name, _ in objects}
        if "manifest" not in tables or "passage_words" not in tables:
            raise LibraryMismatch(f"{path}: not an index of this program; {REBUILD_HINT}, or name another with --index")
        database.execute("PRAGMA journal_mode = WAL")  # a copy may be without it: readers would wait for builds
        database.execute("PRAGMA synchronous = FULL")
        # Vector keys are random: with a smaller cache, the same pages would be read and written again and again.
        database.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        database.execute(f"PRAGMA temp.cache_size = -{CACHE_KILOBYTES}")
        database.executescript(TEMP_TABLES)
    except BaseException:
        database.close()
        raise
    return database
