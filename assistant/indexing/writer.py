"""Articles into the library and out of it, with their passages and the words that are searched."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

from assistant.articles.chunking import ChunkedArticle
from assistant.indexing.enrichment import delete_derived
from assistant.records.article import Article
from assistant.store.codecs import encode_spans
from assistant.store.fts import count_words
from assistant.store.queries.base import ARTICLE_COLUMNS

MAX_PASSAGES_CHECKED = 200_000  # passages whose vectors a build looks for one by one

TEMP_TABLES = """
CREATE TEMP TABLE fresh (number INTEGER PRIMARY KEY, key BLOB, text TEXT);
CREATE TEMP TABLE dropped (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE owner (id TEXT PRIMARY KEY, file TEXT NOT NULL) WITHOUT ROWID;
"""
"""The passages that came in with this connection: number, key of the vector, what the embedder reads; the keys of
those that went; and which file each article was found in."""


class ArticleOwners:
    """Which file each article was found in, of all that a build has seen so far; how many is their length."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def owner_of(self, article_id: str) -> str | None:
        """The file of an article, None where it was not seen yet."""
        row = self._database.execute("SELECT file FROM temp.owner WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else str(row[0])

    def claim(self, article_id: str, path: str) -> None:
        """An article was found in this file, and in none before."""
        self._database.execute("INSERT INTO temp.owner VALUES (?, ?)", (article_id, path))
        self._count += 1

    def claim_previous(self, paths: Sequence[str]) -> int:
        """The articles that came from these files last time are still in them, unless another has them; how many."""
        query = "INSERT OR IGNORE INTO temp.owner SELECT id, file FROM article WHERE file = ?"
        kept = self._database.executemany(query, ((path,) for path in paths)).rowcount if paths else 0
        self._count += kept
        return kept

    def unclaimed_articles(self) -> list[tuple[int, str, str]]:
        """Number, id and title of the articles that were seen in no file."""
        query = "SELECT number, id, title FROM article WHERE id NOT IN (SELECT id FROM temp.owner)"
        return self._database.execute(query).fetchall()


def hash_article(article: Article) -> str:
    """The hash of everything that is known of an article."""
    return hashlib.sha256(json.dumps(asdict(article), sort_keys=True).encode()).hexdigest()


def make_vector_key(model_sha256: str, context: str, body: str) -> bytes:
    """What a passage's vector is stored under: it is the same vector whenever this is the same."""
    return hashlib.sha256(f"{model_sha256}\n{context}{body}".encode()).digest()


def insert_article(
    database: sqlite3.Connection, article: Article, origin: str, cut: ChunkedArticle, model_sha256: str
) -> int | None:
    """Put an article in, which comes from the file `origin` and was cut like this; its last passage's number."""
    row = None
    number = database.execute(
        "INSERT INTO article (id, file, record_sha256, title, source, author, published_at, url, path, language,"
        " sha256, words, sentences, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            origin,
            hash_article(article),
            article.title,
            article.source,
            article.author,
            article.published_at,
            article.url,
            article.path,
            article.language,
            article.sha256,
            count_words(article.text),
            encode_spans(cut.sentences),
            article.text,
        ),
    ).lastrowid
    for passage in cut.passages:
        body = article.text[passage.start : passage.end]
        key = make_vector_key(model_sha256, cut.context, body)
        row = database.execute(
            "INSERT INTO passage (article, ordinal, start, end, vector_key) VALUES (?, ?, ?, ?, ?)",
            (number, passage.ordinal, passage.start, passage.end, key),
        ).lastrowid
        database.execute("INSERT INTO passage_words (rowid, title, body) VALUES (?, ?, ?)", (row, article.title, body))
        database.execute("INSERT INTO temp.fresh VALUES (?, ?, ?)", (row, key, cut.context + body))
    return row


def delete_articles(database: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Take articles out, by number, with all that was made from them but their vectors."""
    for number in numbers:
        # The full-text index holds no copy of the text: it must be told what it is losing.
        database.execute(
            "INSERT INTO passage_words (passage_words, rowid, title, body)"
            " SELECT 'delete', number, title, body FROM passage_text"
            " WHERE number IN (SELECT number FROM passage WHERE article = ?)",
            (number,),
        )
        database.execute(
            "DELETE FROM temp.fresh WHERE number IN (SELECT number FROM passage WHERE article = ?)", (number,)
        )
        database.execute(
            "INSERT OR IGNORE INTO temp.dropped SELECT vector_key FROM passage WHERE article = ?", (number,)
        )
        delete_derived(database, number)
        database.execute("DELETE FROM passage WHERE article = ?", (number,))
        database.execute("DELETE FROM article WHERE number = ?", (number,))


def find_articles_without_vector(database: sqlite3.Connection) -> list[tuple[int, Article, str]]:
    """The articles of which a passage has lost its vector: number, article, the file it comes from.

    In a large library, where looking takes longer than a sync, none: there the doctor looks for them.
    """
    (passages,) = database.execute("SELECT count(*) FROM passage").fetchone()
    if passages > MAX_PASSAGES_CHECKED:
        return []
    rows = database.execute(
        f"SELECT number, file, {ARTICLE_COLUMNS} FROM article WHERE number IN"
        " (SELECT article FROM passage WHERE vector_key NOT IN (SELECT key FROM vector))"
    )
    return [(number, Article(*rest), file) for number, file, *rest in rows.fetchall()]
