"""Derives data from the stored texts: statements, corrections, the words of speakers' names, and near-duplicates.

Nothing else is needed for it, so it can be derived again without embedding anything."""

from __future__ import annotations

import bisect
import sqlite3
from collections.abc import Iterable, Iterator

import numpy as np

from assistant.indexing.corrections import delete_corrections, link_corrections, store_corrections
from assistant.indexing.minhash import (
    DUPLICATE_SIMILARITY,
    Signature,
    compute_signature,
    estimate_similarity,
    hash_bands,
)
from assistant.records.article import Article, Span
from assistant.records.build import ProgressUpdate
from assistant.records.statement import Statement
from assistant.store.codecs import decode_spans
from assistant.store.queries.base import ARTICLE_COLUMNS
from assistant.store.sqlite import make_placeholders
from assistant.text.names import lookup_words, name_words

DERIVATION_VERSION = 9  # raise it if the same article gives other statements or another signature


def derive(database: sqlite3.Connection, from_scratch: bool) -> Iterator[ProgressUpdate]:
    """Derive what is missing; for all articles if `from_scratch`."""
    if from_scratch:
        for table in ("statement", "correction", "speaker_word", "story", "band"):
            database.execute(f"DELETE FROM {table}")
    missing = [
        number
        for (number,) in database.execute(
            "SELECT number FROM article WHERE number NOT IN (SELECT article FROM story) ORDER BY number"
        )
    ]
    if not missing:
        return
    from assistant.speech.statements import find_speech  # its patterns take time that a build without changes saves

    for done, number in enumerate(missing):
        yield ProgressUpdate("deriving", done, len(missing))
        row = database.execute(
            f"SELECT sentences, {ARTICLE_COLUMNS} FROM article WHERE number = ?", (number,)
        ).fetchone()
        article = Article(*row[1:])
        statements, corrections = find_speech(article, decode_spans(row[0]))
        _store_statements(database, number, statements)
        store_corrections(database, number, corrections)
        _store_signature(database, number, compute_signature(article.text))
    _group_stories(database, missing)
    link_corrections(database)
    yield ProgressUpdate("deriving", len(missing), len(missing))


def delete_derived(database: sqlite3.Connection, number: int) -> None:
    """Delete what was derived from an article, and group its near-duplicates again."""
    _delete_speaker_words(database, number)
    database.execute("DELETE FROM statement WHERE article = ?", (number,))
    delete_corrections(database, number)
    row = database.execute("SELECT story FROM story WHERE article = ?", (number,)).fetchone()
    database.execute("DELETE FROM band WHERE article = ?", (number,))
    database.execute("DELETE FROM story WHERE article = ?", (number,))
    if row is None:
        return
    others = [other for (other,) in database.execute("SELECT article FROM story WHERE story = ?", row)]
    database.executemany("UPDATE story SET story = article WHERE article = ?", ((other,) for other in others))
    _group_stories(database, others)


def _delete_speaker_words(database: sqlite3.Connection, article: int) -> None:
    """Delete the words of this article's speakers, except those that other articles give."""
    names = database.execute(
        "SELECT DISTINCT coalesce(speaker, role), speaker IS NOT NULL FROM statement WHERE article = ?", (article,)
    ).fetchall()
    for name, is_name in names:
        if name is None:
            continue
        database.execute("DELETE FROM speaker_word WHERE name = ? AND (kind = 'role') <> ?", (name, is_name))
        condition = "speaker = ?" if is_name else "speaker IS NULL AND role = ?"
        others = database.execute(
            f"SELECT DISTINCT speaker, role FROM statement WHERE {condition} AND article <> ?", (name, article)
        )
        for speaker, role in others.fetchall():
            store_speaker_words(database, speaker, role)


def store_speaker_words(database: sqlite3.Connection, speaker: str | None, role: str | None) -> None:
    """Store the words by which a speaker is found: those of the name, and those of the role."""
    rows: list[tuple[str, str, str]] = []
    if speaker is not None:
        rows += [(word, speaker, "name") for word in {*name_words(speaker), *lookup_words(speaker)}]
        rows += [(word, speaker, "holder") for word in name_words(role or "")]
    elif role is not None:
        rows += [(word, role, "role") for word in name_words(role)]
    database.executemany("INSERT OR IGNORE INTO speaker_word VALUES (?, ?, ?)", rows)


def _store_statements(database: sqlite3.Connection, article: int, statements: Iterable[Statement]) -> None:
    passages: list[Span] = database.execute(
        "SELECT start, number FROM passage WHERE article = ? ORDER BY start", (article,)
    ).fetchall()
    starts = [start for start, _ in passages]
    for statement in statements:
        passage = passages[max(0, bisect.bisect_right(starts, statement.start) - 1)][1]
        database.execute(
            "INSERT INTO statement (article, passage, speaker, role, cue, start, end, direct, sentence_start,"
            " sentence_end, status, via) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article,
                passage,
                statement.speaker,
                statement.role,
                statement.cue,
                statement.start,
                statement.end,
                statement.direct,
                statement.sentence_start,
                statement.sentence_end,
                statement.status,
                statement.via,
            ),
        )
        store_speaker_words(database, statement.speaker, statement.role)


def _store_signature(database: sqlite3.Connection, article: int, signature: Signature | None) -> None:
    data = None if signature is None else signature.tobytes()
    database.execute("INSERT INTO story VALUES (?, ?, ?)", (article, article, data))
    if signature is not None:
        bands = ((band, article) for band in hash_bands(signature))
        database.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", bands)


def _group_stories(database: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Join each of these articles with its near-duplicates. The order makes no difference."""
    for number in articles:
        group = [number, *_find_duplicates(database, number)]
        if len(group) == 1:
            continue
        query = f"SELECT DISTINCT story FROM story WHERE article IN ({make_placeholders(group)})"
        stories = [story for (story,) in database.execute(query, group)]
        lowest = min(stories)
        database.executemany("UPDATE story SET story = ? WHERE story = ?", ((lowest, story) for story in stories))


def _find_duplicates(database: sqlite3.Connection, number: int) -> Iterator[int]:
    (data,) = database.execute("SELECT signature FROM story WHERE article = ?", (number,)).fetchone()
    if data is None:
        return
    signature = np.frombuffer(data, dtype="<u4")
    rows = database.execute(
        "SELECT article, signature FROM story WHERE article <> ?1 AND article IN"
        " (SELECT other.article FROM band JOIN band AS other ON other.hash = band.hash WHERE band.article = ?1)",
        (number,),
    )
    for other, other_data in rows.fetchall():
        if estimate_similarity(signature, np.frombuffer(other_data, dtype="<u4")) >= DUPLICATE_SIMILARITY:
            yield other
