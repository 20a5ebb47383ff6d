"""Derives data from the stored texts: statements, corrections, the words of speakers' names, and near-duplicates.

Nothing else is needed for it, so it can be derived again without embedding anything."""

from __future__ import annotations

import bisect
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from assistant.indexing.corrections import delete_corrections, link_corrections, store_corrections
from assistant.indexing.stories import (
    delete_signature,
    group_stories,
    mend_stories,
    regroup_stories,
    restore_signature,
    store_signature,
)
from assistant.indexing.workers.faults import (
    MANIFEST_KEY,
    SIGNATURE,
    STATEMENTS,
    Fault,
    FaultGuard,
    FaultRecord,
    decode_faults,
    encode_faults,
)
from assistant.indexing.workers.local import Derived
from assistant.records.article import Article, Notice, Span
from assistant.records.build import ProgressUpdate
from assistant.records.statement import Statement
from assistant.store.codecs import decode_article, decode_spans
from assistant.store.queries.base import ARTICLE_COLUMNS
from assistant.store.queries.columns import select_checked
from assistant.text.names import lookup_words, name_words

DERIVATION_VERSION = 20  # raise it if the same article gives other statements or another signature

SpeakerWord = tuple[str, str, str]
"""A word by which a speaker is found, the name or role of the speaker, and the kind of the word."""


FindDerived = Callable[[Iterable[tuple[Article, list[Span]]]], Iterator[Derived]]
"""What derives from articles with their sentences, one after the other: see `workers.local.Workers`."""


def derive(database: sqlite3.Connection, from_scratch: bool, find: FindDerived) -> Iterator[ProgressUpdate | Notice]:
    """Derive what is missing; for all articles if `from_scratch`.

    An article in which that fails is stored without statements, or without signature. The manifest names it, and each
    call tries again.
    """
    if from_scratch:
        for table in ("statement", "correction", "speaker_word", "story", "band"):
            database.execute(f"DELETE FROM {table}")
    mend_stories(database)
    missing = [
        number
        for (number,) in database.execute(
            "SELECT number FROM article WHERE number NOT IN (SELECT article FROM story) ORDER BY number"
        )
    ]
    is_missing = set(missing)
    failed = {pair for pair in _find_failed(database) if pair[0] not in is_missing}
    numbers = [*missing, *sorted({number for number, _ in failed})]
    faults: list[FaultRecord] = []
    has_restored = False
    if numbers:
        yield ProgressUpdate("deriving", 0, len(numbers))
        found = find(_load_article(database, number) for number in numbers)
        for done, (number, derived) in enumerate(zip(numbers, found, strict=True), start=1):
            found_faults: list[tuple[str, Fault | None]] = []
            if number in is_missing or (number, STATEMENTS) in failed:
                found_faults.append((STATEMENTS, derived.fault or _store_speech(database, number, derived)))
            if number in is_missing:
                store_signature(database, number, derived.signature, derived.bands)
                found_faults.append((SIGNATURE, derived.signature_fault))
            elif (number, SIGNATURE) in failed:
                found_faults.append((SIGNATURE, derived.signature_fault))
                if derived.signature_fault is None:
                    restore_signature(database, number, derived.signature, derived.bands)
                    has_restored = True
            for what, fault in found_faults:
                if fault is not None:
                    (file,) = database.execute("SELECT file FROM article WHERE number = ?", (number,)).fetchone()
                    faults.append(FaultRecord(fault.article_id, file, fault.error, what))
                    yield faults[-1].to_notice()
            yield ProgressUpdate("deriving", done, len(numbers))
        if has_restored:
            regroup_stories(database)
        else:
            group_stories(database, missing)
        link_corrections(database)
    _save_faults(database, faults)


def _find_failed(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The numbers of the articles that the manifest names, each with what it is without."""
    for record in _read_faults(database):
        rows = database.execute("SELECT number FROM article WHERE id = ?", (record.id,))
        yield from ((number, record.missing) for (number,) in rows)


def _read_faults(database: sqlite3.Connection) -> list[FaultRecord]:
    query = "SELECT key, value FROM manifest WHERE key = ?"
    return decode_faults(dict(select_checked(database, query, (MANIFEST_KEY,))))


def _save_faults(database: sqlite3.Connection, faults: Sequence[FaultRecord]) -> None:
    database.execute("DELETE FROM manifest WHERE key = ?", (MANIFEST_KEY,))
    if faults:
        database.execute("INSERT INTO manifest VALUES (?, ?)", (MANIFEST_KEY, encode_faults(faults)))


def _store_speech(database: sqlite3.Connection, number: int, derived: Derived) -> Fault | None:
    """Store the statements and corrections of an article, all or none; returns what failed."""
    (article_id,) = database.execute("SELECT id FROM article WHERE number = ?", (number,)).fetchone()
    with FaultGuard(article_id, database) as guard:
        _store_statements(database, number, derived.statements)
        store_corrections(database, number, derived.corrections)
    return guard.fault


def _load_article(database: sqlite3.Connection, number: int) -> tuple[Article, list[Span]]:
    query = f"SELECT sentences, {ARTICLE_COLUMNS} FROM article WHERE number = ?"
    row = next(select_checked(database, query, (number,)))
    return decode_article(row[1:]), decode_spans(row[0])


def delete_derived(database: sqlite3.Connection, number: int) -> None:
    """Delete what was derived from an article. `derive` groups its near-duplicates again."""
    _delete_speaker_words(database, number)
    database.execute("DELETE FROM statement WHERE article = ?", (number,))
    delete_corrections(database, number)
    delete_signature(database, number)


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
        query = f"SELECT DISTINCT speaker, role FROM statement WHERE {condition} AND article <> ?"
        for speaker, role in list(select_checked(database, query, (name, article))):
            store_speaker_words(database, speaker, role)


def speaker_word_rows(speaker: str | None, role: str | None) -> set[SpeakerWord]:
    """The words by which a speaker is found: those of the name, and those of the role. Stored, and examined, so."""
    if speaker is None:
        return {(word, role, "role") for word in name_words(role)} if role is not None else set()
    rows: set[SpeakerWord] = {(word, speaker, "name") for word in {*name_words(speaker), *lookup_words(speaker)}}
    return rows | {(word, speaker, "holder") for word in name_words(role or "")}


def store_speaker_words(database: sqlite3.Connection, speaker: str | None, role: str | None) -> None:
    """Store the words by which a speaker is found."""
    rows = speaker_word_rows(speaker, role)
    database.executemany("INSERT OR IGNORE INTO speaker_word VALUES (?, ?, ?)", rows)


def _store_statements(database: sqlite3.Connection, article: int, statements: Iterable[Statement]) -> None:
    query = "SELECT start, number FROM passage WHERE article = ? ORDER BY ordinal"
    passages: list[tuple[int, int]] = list(select_checked(database, query, (article,)))
    for statement in statements:
        passage = find_passage(passages, statement.start)
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


def find_passage(passages: Sequence[tuple[int, int]], start: int) -> int:
    """The number of the last passage that begins at or before an offset, else of the first.

    `passages` are the start and the number of the passages of an article, in order.
    """
    return passages[max(0, bisect.bisect_right(passages, start, key=itemgetter(0)) - 1)][1]
