"""Stores the corrections that articles make, and links each statement that one of them corrects."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.records.statement import AttributionCorrection
from assistant.store.sqlite import make_placeholders
from assistant.text.names import is_same_person
from assistant.text.words import split_words

MAX_CANDIDATES = 500  # articles with the words of a correction that are compared with it
MAX_PHRASE_LENGTH = 12  # words that are searched for; a long quotation can extend over two passages
MIN_WORDS = 3  # fewer words are corrected only in a statement of exactly these words


def store_corrections(database: sqlite3.Connection, article: int, corrections: Iterable[AttributionCorrection]) -> None:
    """Store what one article corrects."""
    database.executemany(
        "INSERT INTO correction (article, start, end, words, wrong_speaker, right_speaker) VALUES (?, ?, ?, ?, ?, ?)",
        ((article, each.start, each.end, each.words, each.wrong_speaker, each.right_speaker) for each in corrections),
    )


def delete_corrections(database: sqlite3.Connection, article: int) -> None:
    """Delete what one article corrects; the statements stand again."""
    own = "SELECT number FROM correction WHERE article = ?"
    database.execute(f"UPDATE statement SET correction = NULL WHERE correction IN ({own})", (article,))
    database.execute("DELETE FROM correction WHERE article = ?", (article,))


def link_corrections(database: sqlite3.Connection) -> None:
    """Link every statement that a correction concerns with it."""
    rows = database.execute(
        "SELECT correction.number, article, correction.start, correction.end, correction.words, wrong_speaker, source,"
        " published_at FROM correction JOIN article ON article.number = correction.article ORDER BY correction.number"
    )
    for correction in [_StoredCorrection(*row) for row in rows]:
        database.executemany(
            "UPDATE statement SET correction = ? WHERE number = ? AND correction IS NULL",
            [(correction.number, statement) for statement in _find_corrected(database, correction)],
        )


class _StoredCorrection(NamedTuple):
    number: int
    article: int
    start: int
    end: int
    words: str
    wrong_speaker: str
    source: str | None
    published_at: str | None


def _find_corrected(database: sqlite3.Connection, correction: _StoredCorrection) -> list[int]:
    """The numbers of the statements that a correction concerns.

    They are in its own article, or in an earlier one of the same outlet, and have the same words and speaker.
    """
    wanted = split_words(correction.words)
    articles = _find_articles(database, correction, wanted)
    rows = database.execute(
        "SELECT statement.number, article, statement.start, statement.end, speaker, direct,"
        " substr(text, statement.start + 1, statement.end - statement.start)"
        " FROM statement JOIN article ON article.number = statement.article"
        " WHERE speaker NOT NULL AND status IN ('asserted', 'reported')"
        f" AND article IN ({make_placeholders(articles)})",
        articles,
    )
    found: list[int] = []
    for number, article, start, end, speaker, direct, said in rows:
        in_note = article == correction.article and start < correction.end and correction.start < end
        fits = _contains(split_words(said), wanted) if wanted else direct
        if fits and not in_note and is_same_person(correction.wrong_speaker, speaker):
            found.append(number)
    # A note that does not repeat the words is clear only if the person is quoted once.
    return found if wanted or len(found) == 1 else []


def _find_articles(database: sqlite3.Connection, correction: _StoredCorrection, words: Sequence[str]) -> list[int]:
    """The numbers of the articles whose statements a correction can concern."""
    if not words:
        return [correction.article]
    rows = database.execute(
        "SELECT DISTINCT article.number, source, published_at FROM passage_words"
        " JOIN passage ON passage.number = passage_words.rowid JOIN article ON article.number = passage.article"
        f" WHERE passage_words MATCH ? LIMIT {MAX_CANDIDATES}",
        (f'body : "{" ".join(words[:MAX_PHRASE_LENGTH])}"',),
    )
    day = (correction.published_at or "9999")[:10]
    return [correction.article] + [
        number
        for number, source, published_at in rows
        if number != correction.article
        and (source is None or correction.source is None or source == correction.source)
        and (published_at or "")[:10] <= day
    ]


def _contains(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words are among those said; a few common words must be all that is said."""
    if len(wanted) < MIN_WORDS:
        return list(said) == list(wanted)
    text, phrase = f" {' '.join(said)} ", f" {' '.join(wanted)} "
    return phrase in text or (len(said) >= MIN_WORDS and text in phrase)
