"""What all queries share: a read-only connection, the errors, and values that are computed once."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import PurePath
from typing import Any, Protocol

from assistant.errors import LibraryDamaged
from assistant.records.article import Article
from assistant.records.collection.search import Near
from assistant.records.statement import StatementCorrection, StatementStatus
from assistant.store.codecs import decode_article
from assistant.store.generation_cache import GenerationValues
from assistant.store.protocol import WordQuery
from assistant.store.queries.columns import check_rows
from assistant.store.remedies import REPAIR_HINT
from assistant.store.sqlite import QUERY_BATCH_SIZE, make_placeholders

ARTICLE_COLUMNS = "id, title, text, sha256, source, author, published_at, url, path, language, details"
CORRECTION_COLUMNS = (
    "noting.id AS noting_id, correction.start AS noting_start, correction.end AS noting_end, right_speaker,"
    " noting.published_at AS noting_published_at"
)
JOIN_CORRECTION = (
    "LEFT JOIN correction ON correction.number = statement.correction"
    " LEFT JOIN article AS noting ON noting.number = correction.article"
)


class TableReader(Protocol):
    """Runs queries on the tables of a library."""

    def reading(self) -> AbstractContextManager[None]:
        """Turns errors of the tables into those of this program."""

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query."""

    def select_named(self, query: str, values: Sequence[Any] = ()) -> tuple[list[str], Iterable[Any]]:
        """The names of the columns, and the rows."""

    def close(self) -> None:
        """Release the tables."""


class SnapshotQueries:
    """Runs queries on one snapshot of a database."""

    def __init__(
        self, path: PurePath, connection: TableReader, values: GenerationValues, manifest: Mapping[str, str]
    ) -> None:
        self.manifest = manifest
        self._path = path
        self._connection = connection
        self._values = values

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query, each compared with what a build writes.

        Raises LibraryError and LibraryDamaged, which name the file and the remedy.
        """
        with self._connection.reading():
            try:
                yield from check_rows(*self._connection.select_named(query, values))
            except UnicodeEncodeError:
                return  # half a surrogate pair cannot be stored, so nothing here equals it

    def select_unchecked(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows as they are, for an examination that judges them itself. Raises as `select` does."""
        with self._connection.reading():
            yield from self._connection.select(query, values)

    def select_first(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first row of a query, or None."""
        return next(self.select(query, values), None)

    def select_in(self, query: str, values: Iterable[Any], others: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query in which "(?)" stands for a list of these values, some hundred at a time.

        `others` are the values of the placeholders after the list.
        """
        rest = filter(_can_be_stored, values)
        while some := list(islice(rest, QUERY_BATCH_SIZE)):
            yield from self.select(query.replace("(?)", f"({make_placeholders(some)})", 1), [*some, *others])

    def compute_once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """A value that stays the same until the next build publishes."""
        return self._values.get(key, compute)


class WordIndex(SnapshotQueries, ABC):
    """The words of all passages, as each store keeps them. Numbers are those of articles and passages."""

    @abstractmethod
    def match_passages(self, words: WordQuery | Near) -> list[tuple[int, int]]:
        """The article and the passage of each match, the last passage first."""

    @abstractmethod
    def read_passages(self, words: WordQuery | Near) -> Iterator[tuple[int, str, str]]:
        """All matches: number, title and text."""

    @abstractmethod
    def mark_passages(
        self, words: WordQuery | Near, numbers: Iterable[int] | None = None
    ) -> Iterator[tuple[int, str, str]]:
        """The matches among some passages (None: all): number, title and text, with marks around each match."""

    @abstractmethod
    def score_passages(self, words: WordQuery, title_weight: float) -> Iterator[tuple[int, int, float, float]]:
        """All matches: passage, article, the BM25 score, and that of the text alone (higher is better)."""


def _can_be_stored(value: object) -> bool:
    """Whether SQLite can store a value, which it cannot if it contains half a surrogate pair."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return True


def compute_text_sha256(text: str) -> str:
    """The hash of a text, as articles and citations have it, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def build_article(row: Sequence[Any]) -> Article:
    """An article from the values of ARTICLE_COLUMNS. Raises LibraryDamaged if the text is not what was read."""
    article = decode_article(row)
    if compute_text_sha256(article.text) != article.sha256:
        raise LibraryDamaged(f"the text of article {article.id!r} is not what was read; {REPAIR_HINT}")
    return article


def build_standing(
    status: StatementStatus, via: str | None, correction: Sequence[Any]
) -> tuple[StatementStatus, str | None, StatementCorrection | None]:
    """The status, `via` and correction of a statement; `correction` are the values of CORRECTION_COLUMNS."""
    if correction[0] is None:
        return status, via, None
    return "corrected", via, StatementCorrection(*correction)
