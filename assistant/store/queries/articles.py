"""Queries on articles: texts, sentences, statements, near-duplicates, sources and days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.records.answer import Duplicate
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.store.codecs import OFFSET_BYTES, decode_spans
from assistant.store.protocol import FileRow
from assistant.store.queries.base import (
    ARTICLE_COLUMNS,
    CORRECTION_COLUMNS,
    JOIN_CORRECTION,
    SnapshotQueries,
    build_article,
    build_standing,
)

SELECT_FILES = "SELECT path, size, mtime_ns, seen_ns, sha256, notices, told FROM file"
_NEWEST_FIRST = "published_at IS NULL, published_at DESC"
_OLDEST_FIRST = "published_at IS NULL, published_at"
_STATEMENT_COLUMNS = (
    "speaker, cue, statement.start, statement.end, direct, sentence_start, sentence_end, role, status, via"
)


class ArticleQueries(SnapshotQueries):
    """One article or many, by id."""

    def article(self, article_id: str) -> Article | None:
        """One article by its id."""
        return self.load_articles([article_id]).get(article_id)

    def load_articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Those of these articles that exist, by id."""
        query = f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id IN (?)"
        return {row[0]: build_article(row) for row in self.select_in(query, article_ids)}

    def articles(self) -> Iterator[Article]:
        """All articles, newest first, undated ones last, then by title."""
        for row in self.select(f"SELECT {ARTICLE_COLUMNS} FROM article ORDER BY {_NEWEST_FIRST}, title, id"):
            yield build_article(row)

    def article_count(self) -> int:
        """How many articles there are."""
        return int(self.compute_once("articles", lambda: self.select_first("SELECT count(*) FROM article")[0]))

    def newest_articles(self, limit: int) -> list[str]:
        """The ids of the newest articles, newest first, undated ones last."""
        rows = self.select(f"SELECT id FROM article ORDER BY {_NEWEST_FIRST}, id LIMIT ?", (limit,))
        return [article_id for (article_id,) in rows]

    def titles(self) -> list[tuple[str, str | None]]:
        """The title of each article with its day, newest first, undated ones last; each title once."""
        return list(
            self.select(
                "SELECT title, max(substr(published_at, 1, 10)) AS day FROM article GROUP BY title"
                " ORDER BY day IS NULL, day DESC, title"
            )
        )

    def corrections(self) -> list[Article]:
        """The articles whose title says that they correct another article."""
        correcting = "lower(title) LIKE 'correct%' OR lower(title) LIKE 'clarification%'"
        query = f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {correcting} ORDER BY id"
        corrections: list[Article] = self.compute_once(
            "corrections", lambda: [build_article(row) for row in self.select(query)]
        )
        return corrections

    def find_articles_containing(self, pieces: Sequence[str], limit: int) -> list[str]:
        """The ids of the articles that contain most of these exact strings, best first. Reads every article."""
        count = " + ".join(["CASE WHEN instr(text, ?) > 0 THEN 1 ELSE 0 END"] * len(pieces))
        query = f"SELECT id, {count} AS pieces FROM article WHERE pieces > 0 ORDER BY pieces DESC, id LIMIT {limit:d}"
        return [article_id for article_id, _ in self.select(query, list(pieces))]


class SentenceQueries(SnapshotQueries):
    """The sentences and statements of articles."""

    def sentence_spans(self, article_id: str) -> list[Span]:
        """The sentences of one article, in order."""
        return self.load_sentence_spans([article_id]).get(article_id, [])

    def load_sentence_spans(self, article_ids: Iterable[str]) -> dict[str, list[Span]]:
        """The sentences of each of these articles that exists."""
        rows = self.select_in("SELECT id, sentences FROM article WHERE id IN (?)", article_ids)
        return {article_id: decode_spans(data) for article_id, data in rows}

    def statements(self, article_id: str) -> list[Statement]:
        """The statements of one article, in order."""
        return self.load_statements([article_id]).get(article_id, [])

    def load_statements(self, article_ids: Iterable[str]) -> dict[str, list[Statement]]:
        """The statements of each of these articles; articles without statements are left out."""
        statements: dict[str, list[Statement]] = {}
        # The cross join keeps SQLite from reading all statements in their order.
        rows = self.select_in(
            f"SELECT article.id, {_STATEMENT_COLUMNS}, {CORRECTION_COLUMNS}"
            f" FROM article CROSS JOIN statement {JOIN_CORRECTION}"
            " WHERE statement.article = article.number AND article.id IN (?) ORDER BY statement.number",
            article_ids,
        )
        for article_id, *values in rows:
            statements.setdefault(article_id, []).append(_build_statement(article_id, values))
        return statements


class DuplicateQueries(SnapshotQueries):
    """Which articles are near-duplicates of each other."""

    def duplicates(self, article_id: str) -> list[Duplicate]:
        """The other articles that are near-duplicates of this one, oldest first, undated ones last."""
        return self.load_duplicates([article_id]).get(article_id, [])

    def load_duplicates(self, article_ids: Iterable[str]) -> dict[str, list[Duplicate]]:
        """The near-duplicates of each of these articles, as `duplicates`; articles without any are left out."""
        duplicates: dict[str, list[Duplicate]] = {}
        columns = "article.id, article.title, article.source, article.published_at"
        rows = self.select_in(
            f"SELECT this.id, {columns} FROM article AS this CROSS JOIN story AS own CROSS JOIN story AS other"
            " CROSS JOIN article WHERE own.article = this.number AND other.story = own.story"
            " AND other.article <> own.article AND article.number = other.article"
            " AND this.id IN (?) ORDER BY article.published_at IS NULL, article.published_at, article.id",
            article_ids,
        )
        for article_id, *values in rows:
            duplicates.setdefault(article_id, []).append(Duplicate(*values))
        return duplicates

    def duplicate_ids(self, article_id: str) -> list[str]:
        """The ids of the near-duplicates of an article, oldest first, undated ones last."""
        rows = self.select(
            "SELECT id FROM article WHERE id <> ?1 AND number IN (SELECT article FROM story WHERE story ="
            " (SELECT story FROM story JOIN article ON article.number = story.article WHERE id = ?1))"
            f" ORDER BY {_OLDEST_FIRST}, id",
            (article_id,),
        )
        return [other for (other,) in rows]

    def story_number(self, article_id: str) -> int | None:
        """A number that an article shares with its near-duplicates only; None if there is no such article."""
        return self.load_story_numbers([article_id]).get(article_id)

    def load_story_numbers(self, article_ids: Iterable[str]) -> dict[str, int]:
        """The `story_number` of each of these articles that exists."""
        query = "SELECT id, story FROM article CROSS JOIN story WHERE story.article = number AND id IN (?)"
        return dict(self.select_in(query, article_ids))


class CollectionQueries(SnapshotQueries):
    """Figures of all articles together."""

    def counts(self) -> dict[str, int]:
        """Numbers of articles, sources, passages, sentences, characters, statements and near-duplicates."""
        articles, sources, characters, sentences = self.select_first(
            "SELECT count(*), count(DISTINCT source), coalesce(sum(length(text)), 0),"
            " coalesce(sum(length(sentences)), 0) FROM article"
        )
        return {
            "articles": articles,
            "sources": sources,
            "passages": self.select_first("SELECT count(*) FROM passage")[0],
            "sentences": sentences // (2 * OFFSET_BYTES),
            "characters": characters,
            "statements": self.select_first("SELECT count(*) FROM statement")[0],
            "duplicates": self.select_first("SELECT count(*) FROM story WHERE story <> article")[0],
        }

    def gaps(self) -> dict[str, int]:
        """How many articles have no date, how many no outlet, and of how many only a part is there."""
        names = ("undated", "without_outlet", "partial")
        row = self.select_first(
            "SELECT coalesce(sum(published_at IS NULL), 0), coalesce(sum(source IS NULL), 0),"
            " coalesce(sum(details LIKE '%\"partial\":%'), 0) FROM article"
        )
        return dict(zip(names, row, strict=True))

    def partial_articles(self) -> frozenset[str]:
        """The ids of the articles of which only a part is there."""
        query = "SELECT id FROM article WHERE details LIKE '%\"partial\":%'"
        ids: frozenset[str] = self.compute_once("partial", lambda: frozenset(row[0] for row in self.select(query)))
        return ids

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of all dated articles; None if no article has a date.

        An article of a month or year can be of any day of it.
        """
        days: tuple[str, str] | None = self.compute_once("days", self._find_date_range)
        return days

    def _find_date_range(self) -> tuple[str, str] | None:
        # In one query for both, SQLite would scan the index instead of looking at its ends.
        query = "SELECT {}(substr(published_at, 1, 10)) FROM article"
        first, last = (self.select_first(query.format(which))[0] for which in ("min", "max"))
        if not first:
            return None
        periods = self.select(
            "SELECT DISTINCT substr(published_at, 1, 10) FROM article"
            " WHERE length(substr(published_at, 1, 10)) < 10 AND published_at IS NOT NULL"
        )
        last_days = [_get_last_day(period) for (period,) in periods]
        return _get_first_day(first), max(_get_last_day(last), *last_days, "")

    def articles_by_day(self) -> list[tuple[str, int]]:
        """Each day on which articles were published, with their number, in order."""
        return list(
            self.select(
                "SELECT substr(published_at, 1, 10), count(*) FROM article WHERE published_at IS NOT NULL"
                " GROUP BY 1 ORDER BY 1"
            )
        )

    def sources(self) -> list[tuple[str, int]]:
        """Sources with their number of articles, largest first."""
        return list(
            self.select(
                "SELECT coalesce(source, '(not named)'), count(*) FROM article GROUP BY source ORDER BY 2 DESC, 1"
            )
        )

    def source_names(self) -> list[str]:
        """The sources that the articles name."""
        query = "SELECT DISTINCT source FROM article WHERE source IS NOT NULL"
        names: list[str] = self.compute_once("sources", lambda: [source for (source,) in self.select(query)])
        return names

    def file_rows(self) -> Iterator[FileRow]:
        """The files that the library was made from."""
        yield from self.select(SELECT_FILES)


def _get_first_day(period: str) -> str:
    """The first day of a day, month or year."""
    return (period + "-01-01")[:10] if len(period) in (4, 7) else period


def _get_last_day(period: str) -> str:
    """The last day of a day, month or year."""
    if len(period) == len("2019"):
        return f"{period}-12-31"
    if len(period) == len("2019-01"):
        return f"{period}-{monthrange(int(period[:4]), int(period[5:]))[1]}"
    return period


def _build_statement(article_id: str, row: Sequence[Any]) -> Statement:
    speaker, cue, start, end, direct, sentence_start, sentence_end, role, status, via, *correction = row
    return Statement(
        article_id,
        speaker,
        cue,
        start,
        end,
        bool(direct),
        sentence_start,
        sentence_end,
        role,
        *build_standing(status, via, correction),
    )
