"""The columns of the Lance tables, and the rows of them that a library in SQLite gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import LibraryDamaged
from assistant.store.codecs import decode_vector
from assistant.store.lance.stems import ScratchIndex
from assistant.store.lance.tables import BY_ROLE, NAMED, SEPARATOR
from assistant.store.remedies import REPAIR_HINT

Row = tuple[Any, ...]

_ARTICLE_DAY = "substr(article.published_at, 1, 10)"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """A table: the query for its rows, the type of each column, and the columns that have a scalar index."""

    query: str
    types: tuple[tuple[str, str], ...]
    indexed: tuple[str, ...] = ()


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Names with "i" for whole numbers, "b" for bytes, else for texts."""
    pairs = (word.partition(":") for word in text.split())
    return tuple((name, kind or "t") for name, _, kind in pairs)


def _table(name: str, columns: str, *indexed: str) -> TableColumns:
    types = _columns(columns)
    return TableColumns(f"SELECT {', '.join(f'{name}.{column}' for column, _ in types)} FROM {name}", types, indexed)


COLUMNS = {
    "article": _table(
        "article",
        "number:i id file record_sha256 title source author published_at url path language sha256 words:i sentences:b"
        " text details",
        "number",
        "id",
    ),
    "passage": TableColumns(
        f"SELECT passage.number, article, ordinal, start, passage.end, source, {_ARTICLE_DAY}, vector_key,"
        " article.sha256, title FROM passage JOIN article ON article.number = passage.article",
        _columns("number:i article:i ordinal:i start:i end:i outlet day speakers:l stems length:i vector:v"),
        ("number", "article", "day", "outlet"),
    ),
    "statement": _table(
        "statement",
        "number:i article:i passage:i speaker role cue start:i end:i direct:i sentence_start:i sentence_end:i status"
        " via correction:i",
        "article",
        "speaker",
    ),
    "correction": _table("correction", "number:i article:i start:i end:i words wrong_speaker right_speaker", "number"),
    "speaker_word": _table("speaker_word", "word name kind", "word"),
    "story": _table("story", "article:i story:i", "article", "story"),
    "version": _table("version", "number:i id sha256 title published_at updated_at replaced_at cause text", "id"),
    "file": _table("file", "path size:i mtime_ns:i seen_ns:i sha256 notices told"),
    "word": TableColumns("SELECT term, doc FROM temp.stem", _columns("term doc:i"), ("term",)),
}
MAKE_WORD_TABLE = "CREATE VIRTUAL TABLE temp.stem USING fts5vocab(main, passage_words, row)"


def read_rows(database: sqlite3.Connection, name: str) -> Iterator[Row]:
    """The rows of a table as SQLite has them; of a passage also who speaks in it."""
    rows = database.execute(COLUMNS[name].query)
    if name != "passage":
        yield from rows
        return
    speakers: dict[int, set[str]] = {}
    query = "SELECT passage, speaker, role FROM statement WHERE speaker IS NOT NULL OR role IS NOT NULL"
    for passage, speaker, role in database.execute(query):
        label = BY_ROLE + role if speaker is None else NAMED + speaker
        speakers.setdefault(passage, set()).add(label)
    for row in rows:
        yield (*row, tuple(sorted(speakers.get(row[0], ()))))


def make_completion(database: sqlite3.Connection, name: str, dimension: int) -> Callable[[Sequence[Row]], list[Row]]:
    """What makes rows of `read_rows` those of the table: passages get their stems and vector, shape (dimension,)."""
    if name != "passage":
        return list
    scratch = ScratchIndex()

    def complete(rows: Sequence[Row]) -> list[Row]:
        texts = {row[0]: _read_body(database, row) for row in rows}
        scratch.fill((row[0], row[9], texts[row[0]]) for row in rows)
        stems = scratch.stems()
        completed = []
        for number, article, ordinal, start, end, source, day, key, _, _, speakers in rows:
            title, body = stems.get(number, ([], []))
            data = database.execute("SELECT data FROM vector WHERE key = ?", (key,)).fetchone()
            vector = decode_vector(key, data[0] if data else None, dimension)
            if vector is None:
                raise LibraryDamaged(f"the stored vector of passage {number} is missing or damaged; {REPAIR_HINT}")
            written = " ".join([*title, SEPARATOR, *body])
            length = len(title) + len(body)
            completed.append(
                (number, article, ordinal, start, end, source, day, list(speakers), written, length, vector)
            )
        return completed

    return complete


def _read_body(database: sqlite3.Connection, row: Row) -> str:
    _, article, _, start, end, *_ = row
    query = "SELECT substr(text, ? + 1, ?) FROM article WHERE number = ?"
    return str(database.execute(query, (start, end - start, article)).fetchone()[0])
