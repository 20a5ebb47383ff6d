"""What a column of the database may contain: every row that the program reads is compared with it here.

SQLite stores any type in any column, and one flipped bit makes a BLOB of a text. A row that no build can have written
is an error before anything is made of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from assistant.records.article import VersionCause
from assistant.records.statement import StatementStatus
from assistant.store.protocol import NameKind
from assistant.store.sqlite import DamagedRowError

MAX_OFFSET = 50_000_000  # characters: the longest article that the settings allow
MAX_NUMBER = 2**53  # of a row
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[0-9:.+Z-]{2,30})?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Column:
    """The types of a column, and a condition on values other than None."""

    types: tuple[type, ...]
    is_valid: Callable[[Any], bool] | None = None


def _within(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: least <= value <= most


_TEXT = _Column((str,))
_OPTIONAL_TEXT = _Column((str, type(None)))
_BYTES = _Column((bytes,))
_OFFSET = _Column((int,), _within(0, MAX_OFFSET))
_OPTIONAL_OFFSET = _Column((int, type(None)), _within(0, MAX_OFFSET))
_NUMBER = _Column((int,), _within(0, MAX_NUMBER))
_INTEGER = _Column((int,))
_DAY = _Column((str, type(None)), lambda text: _DATE.fullmatch(text) is not None)
_COMPUTED = _Column((str, int, float, type(None)))  # what a query makes of columns, as a count

COLUMNS: Mapping[str, _Column] = {
    **dict.fromkeys(("id", "title", "text", "sha256", "record_sha256", "file", "cue", "name"), _TEXT),
    **dict.fromkeys(("key", "value", "notices", "body", "term", "told"), _TEXT),
    **dict.fromkeys(("source", "author", "url", "path", "language", "speaker", "role", "via"), _OPTIONAL_TEXT),
    **dict.fromkeys(("details", "noting_id", "right_speaker"), _OPTIONAL_TEXT),
    **dict.fromkeys(("published_at", "updated_at", "replaced_at", "noting_published_at", "day"), _DAY),
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end", "word_count"), _OFFSET),
    **dict.fromkeys(("noting_start", "noting_end"), _OPTIONAL_OFFSET),
    **dict.fromkeys(("number", "article", "passage", "story", "rowid", "doc", "ordinal"), _NUMBER),
    **dict.fromkeys(("size", "mtime_ns", "seen_ns"), _INTEGER),
    "sentences": _BYTES,
    "stems": _Column((str,), lambda text: "|" in text.split(" ")),  # of a published passage
    "vector": _Column((list,)),
    "direct": _Column((int,), _within(0, 1)),
    "status": _Column((str,), frozenset(get_args(StatementStatus)).__contains__),
    "cause": _Column((str,), frozenset(get_args(VersionCause)).__contains__),
    "kind": _Column((str,), frozenset(get_args(NameKind)).__contains__),
}
"""By the name of the column in a result. A column that is computed and has no name here may be all but bytes."""

_SPANS = (("start", "end"), ("sentence_start", "sentence_end"), ("noting_start", "noting_end"))


def select_checked(
    database: sqlite3.Connection, query: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> Iterator[Any]:
    """The rows of a query, each compared with COLUMNS. Raises the errors of SQLite, and DamagedRowError."""
    rows = database.execute(query, values)
    return check_rows([column[0] for column in rows.description or ()], rows)


def check_rows(names: Sequence[str], rows: Iterable[Any]) -> Iterator[Any]:
    """The same rows, with columns of these names. Raises DamagedRowError for one that no build writes."""
    check = _make_check(tuple(names))
    for row in rows:
        check(row)
        yield row


@lru_cache(maxsize=512)
def _make_check(names: tuple[str, ...]) -> Callable[[Sequence[Any]], None]:
    columns = [COLUMNS.get(name, _COMPUTED) for name in names]
    conditions = [(at, column.is_valid) for at, column in enumerate(columns) if column.is_valid is not None]
    spans = [(names.index(first), names.index(last)) for first, last in _SPANS if first in names and last in names]
    accepted: set[tuple[type, ...]] = set()  # combinations of types that were seen to be valid

    def check(row: Sequence[Any]) -> None:
        types = tuple(map(type, row))
        if types not in accepted:
            for name, column, found in zip(names, columns, types, strict=True):
                if found not in column.types:
                    raise DamagedRowError(f"{name} is of the type {found.__name__}")
            accepted.add(types)
        for at, is_valid in conditions:
            if row[at] is not None and not is_valid(row[at]):
                raise DamagedRowError(f"{names[at]} is {str(row[at])[:40]!r}")
        for first, last in spans:
            if row[first] is not None and row[last] is not None and row[first] > row[last]:
                raise DamagedRowError(f"{names[last]} is before {names[first]}")

    return check
