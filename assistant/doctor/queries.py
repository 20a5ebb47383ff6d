"""The queries of the checks. They read the tables as they are, and trust nothing that can be derived again."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from assistant.errors import LibraryDamaged
from assistant.records.article import Article, Place
from assistant.records.statement import AttributionCorrection
from assistant.store.codecs import decode_article
from assistant.store.library import SqliteLibrary
from assistant.store.queries.articles import SELECT_FILES
from assistant.store.queries.base import ARTICLE_COLUMNS

MAX_INTEGRITY_PROBLEMS = 100
_DAMAGED_PLACE = Place(-1, "damaged")  # no build stores it


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A row of the article table. Nothing is checked: a value may be of any type."""

    number: int
    file: str
    record_sha256: object
    words: object
    sentences: object
    article: Article


class StoredPassage(NamedTuple):
    """A row of the passage table."""

    number: int
    ordinal: int
    start: int
    end: int
    key: Any


def check_integrity(library: SqliteLibrary) -> list[str]:
    """What SQLite's integrity check reports; empty if it finds nothing."""
    lines = [line for (line,) in library.select_unchecked(f"PRAGMA integrity_check({MAX_INTEGRITY_PROBLEMS})")]
    return [] if lines == ["ok"] else lines


def verify_full_text(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError if the full-text index does not agree with the text, or cannot be checked."""
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")


def iter_articles(library: SqliteLibrary) -> Iterator[StoredArticle]:
    """All articles, by number."""
    query = f"SELECT number, file, record_sha256, words, sentences, {ARTICLE_COLUMNS} FROM article ORDER BY number"
    for number, file, record_sha256, words, sentences, *columns in library.select_unchecked(query):
        yield StoredArticle(number, file, record_sha256, words, sentences, _decode_unchecked(columns))


def _decode_unchecked(columns: list[Any]) -> Article:
    """An article of any values. One whose places are damaged has another hash than the one that was read."""
    try:
        return decode_article(columns)
    except (LibraryDamaged, TypeError):  # no text, for one
        return replace(Article(*columns[:-1]), places=(_DAMAGED_PLACE,))


def passages_by_article(library: SqliteLibrary) -> dict[int, list[StoredPassage]]:
    """All passages by the number of their article, in order."""
    passages: dict[int, list[StoredPassage]] = defaultdict(list)
    query = "SELECT article, number, ordinal, start, end, vector_key FROM passage ORDER BY article, ordinal"
    for article, *columns in library.select_unchecked(query):
        passages[article].append(StoredPassage(*columns))
    return dict(passages)


def iter_vectors(library: SqliteLibrary) -> Iterator[tuple[int, Any, Any]]:
    """For each passage its number, the key of its vector, and the stored vector if there is one."""
    yield from library.select_unchecked(
        "SELECT passage.number, passage.vector_key, vector.data FROM passage"
        " LEFT JOIN vector ON vector.key = passage.vector_key"
    )


def has_stray_statements(library: SqliteLibrary) -> bool:
    """Whether there are statements of articles, or with corrections, that do not exist."""
    query = (
        "SELECT count(*) FROM statement WHERE article NOT IN (SELECT number FROM article)"
        " OR correction NOT NULL AND correction NOT IN (SELECT number FROM correction)"
    )
    return bool(next(library.select_unchecked(query))[0])


def statement_places(library: SqliteLibrary, article: int) -> list[tuple[int, int]]:
    """Where each statement of an article begins, and the passage that is stored for it."""
    return list(
        library.select_unchecked("SELECT start, passage FROM statement WHERE article = ? ORDER BY number", (article,))
    )


def corrections_of(library: SqliteLibrary, stored: StoredArticle) -> list[AttributionCorrection]:
    """What one article corrects."""
    query = "SELECT start, end, words, wrong_speaker, right_speaker FROM correction WHERE article = ? ORDER BY number"
    return [AttributionCorrection(stored.article.id, *row) for row in library.select_unchecked(query, (stored.number,))]


def speakers_with_roles(library: SqliteLibrary) -> Iterator[tuple[str | None, str | None]]:
    """The speakers of all statements, each with a role; both may be missing."""
    yield from library.select_unchecked("SELECT DISTINCT speaker, role FROM statement")


def speaker_words(library: SqliteLibrary) -> set[tuple[str, str, str]]:
    """The words by which speakers are found: word, name, kind."""
    return set(map(tuple, library.select_unchecked("SELECT word, name, kind FROM speaker_word")))


def stories_by_article(library: SqliteLibrary) -> dict[int, tuple[int, bytes | None]]:
    """The story and the signature of each article."""
    rows = library.select_unchecked("SELECT article, story, signature FROM story")
    return {article: (story, signature) for article, story, signature in rows}


def bands_by_article(library: SqliteLibrary) -> dict[int, set[int]]:
    """The band hashes of each article's signature."""
    bands: dict[int, set[int]] = defaultdict(set)
    for band, article in library.select_unchecked("SELECT hash, article FROM band"):
        bands[article].add(band)
    return bands


def iter_texts(library: SqliteLibrary) -> Iterator[tuple[int, str, str, str | None]]:
    """The number, id, text and address of each article."""
    yield from library.select_unchecked("SELECT number, id, text, url FROM article")


def iter_versions(library: SqliteLibrary) -> Iterator[tuple[int, Any, Any]]:
    """The earlier texts of articles: number, hash, text."""
    yield from library.select_unchecked("SELECT number, sha256, text FROM version")


def file_rows(library: SqliteLibrary) -> Iterator[Any]:
    """The records of the files that were read."""
    yield from library.select_unchecked(SELECT_FILES)
