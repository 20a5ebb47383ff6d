"""Keeps the text of an article that is replaced by another one, in the transaction of the build that replaces it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from assistant.errors import LibraryDamaged
from assistant.records.article import Article, ArticleVersion, VersionCause
from assistant.store.codecs import decode_article, encode_details
from assistant.store.queries.base import ARTICLE_COLUMNS
from assistant.store.queries.columns import select_checked
from assistant.store.queries.versions import SELECT_VERSIONS, VERSION_COLUMNS
from assistant.store.sqlite import DamagedRowError

_INSERT = f"INSERT INTO version ({VERSION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells that two articles with different ids are the same one."""

    id: str
    url: str | None
    path: str | None
    sha256: str


class VersionKeeper:
    """The earlier texts in one open database. `now` is when the build began, ISO 8601 in UTC."""

    def __init__(self, database: sqlite3.Connection, replaced: Path | None = None) -> None:
        """`replaced` is the library that a rebuild replaces with this one, if there is one."""
        self._database = database
        self._replaced = replaced
        self.now = datetime.now(UTC).isoformat(timespec="seconds")

    def note_first_seen(self, article: Article, number: int | None) -> Article:
        """An article that is about to be stored, with when it was first seen: as number `number`, or now."""
        if article.first_seen is not None:
            return article
        if number is not None:
            stored = _load_article(self._database, number)
            return article if stored is None else replace(article, first_seen=stored.first_seen)
        return replace(article, first_seen=self._seen_before.get(article.id, self.now))

    @cached_property
    def _seen_before(self) -> dict[str, str | None]:
        """When each article of the replaced library was first seen; empty if that cannot be read."""
        if self._replaced is None or not self._replaced.is_file():
            return {}
        try:
            with closing(sqlite3.connect(f"{self._replaced.absolute().as_uri()}?mode=ro", uri=True)) as old:
                return {each.id: each.first_seen for each in _select_articles(old, "true")}
        except (sqlite3.DatabaseError, LibraryDamaged, ValueError, TypeError):
            return {}

    def list_replaced(self, column: Literal["id", "file"], value: str) -> list[str]:
        """The ids of the articles in the replaced library with this id, or from this file; none if it is unreadable."""
        if self._replaced is None or not self._replaced.is_file():
            return []
        try:
            with closing(sqlite3.connect(f"{self._replaced.absolute().as_uri()}?mode=ro", uri=True)) as old:
                rows = old.execute(f"SELECT id FROM article WHERE {column} = ? ORDER BY number", (value,))
                return [str(article_id) for (article_id,) in rows]
        except sqlite3.DatabaseError:
            return []

    def load(self, number: int) -> Article | None:
        """The stored article with this number, which is about to be replaced."""
        return _load_article(self._database, number)

    def keep(self, stored: Article | None, fresh: Article, cause: VersionCause, when: str | None = None) -> None:
        """Keep the text of a stored article that `fresh` has replaced, unless that has the same text."""
        if stored is None or stored.sha256 == fresh.sha256:
            return
        if hashlib.sha256(stored.text.encode()).hexdigest() != stored.sha256:
            return  # it was damaged: nobody has read these words
        self.insert(
            ArticleVersion(
                fresh.id,
                stored.sha256,
                stored.title,
                stored.published_at,
                stored.updated_at,
                when or self.now,
                cause,
                stored.text,
            )
        )

    def insert(self, version: ArticleVersion) -> None:
        """Add an earlier text, which is then the latest of its article."""
        each = version
        self._database.execute(
            _INSERT,
            (
                each.article_id,
                each.sha256,
                each.title,
                each.published_at,
                each.updated_at,
                each.replaced_at,
                each.cause,
                each.text,
            ),
        )

    def hand_over(self, removed: Iterable[int], added: Collection[str]) -> None:
        """Give the earlier texts of articles that are about to be removed to those that take their place.

        An added article takes the place of one with the same address, of one with the same text, or of the only one
        that was in the same file. The earlier texts of the others are deleted: they were removed by their user.
        """
        numbers = list(removed)
        gone = [article for number in numbers if (article := _load_article(self._database, number))]
        successors = _find_successors(map(_describe, gone), self._describe_added(added)) if gone and added else {}
        for article in gone:
            successor = successors.get(article.id)
            if successor is None:
                self._database.execute("DELETE FROM version WHERE id = ?", (article.id,))
                continue
            self._database.execute("UPDATE version SET id = ? WHERE id = ?", (successor, article.id))
            fresh = next(_select_articles(self._database, "id = ?", successor), None)
            if fresh is not None:
                details = encode_details(replace(fresh, first_seen=article.first_seen))
                self._database.execute("UPDATE article SET details = ? WHERE id = ?", (details, successor))
                self.keep(article, fresh, "file")

    def carry_over(self, path: Path) -> None:
        """Take over the earlier texts of the library at `path`, which this one replaces, and its texts that changed.

        Raises the errors of SQLite, and LibraryDamaged, if it cannot be read.
        """
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old:
            tables = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            ids = {article_id for (article_id,) in self._database.execute("SELECT id FROM article")}
            old_ids = {article_id for (article_id,) in old.execute("SELECT id FROM article")}
            described = [_describe(each) for each in _select_missing(old, ids)]
            successors = _find_successors(described, self._describe_added(ids - old_ids)) if described else {}
            if "version" in tables:
                for row in select_checked(old, f"{SELECT_VERSIONS} ORDER BY number"):
                    version = ArticleVersion(successors.get(row[0], row[0]), *row[1:])
                    if version.article_id in ids:
                        self.insert(version)
            same_files = _find_same_files(old, self._database)
            # A library of format 1 to 5 has no details of articles.
            has_details = "details" in {row[1] for row in old.execute("PRAGMA table_info(article)")}
            columns = ARTICLE_COLUMNS if has_details else ARTICLE_COLUMNS.replace("details", "NULL AS details")
            for file, *values in select_checked(old, f"SELECT file, {columns} FROM article ORDER BY number"):
                stored = decode_article(values)
                name = successors.get(stored.id, stored.id)
                for fresh in _select_articles(self._database, "id = ? AND sha256 <> ?", name, stored.sha256):
                    self.keep(stored, fresh, "reading" if file in same_files else "file")

    def _describe_added(self, added: Collection[str]) -> list[_Known]:
        rows = select_checked(self._database, "SELECT id, url, path, sha256 FROM article")
        return [_Known(*row) for row in rows if row[0] in added]


def _describe(article: Article) -> _Known:
    return _Known(article.id, article.url, article.path, article.sha256)


def _load_article(database: sqlite3.Connection, number: int) -> Article | None:
    """The stored article of this number; None if it is damaged: nobody has read it so."""
    try:
        return next(_select_articles(database, "number = ?", number), None)
    except (DamagedRowError, LibraryDamaged):
        return None


def _select_articles(database: sqlite3.Connection, where: str, *values: object) -> Iterator[Article]:
    rows = select_checked(database, f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {where}", values)
    return map(decode_article, rows)


def _select_missing(old: sqlite3.Connection, ids: Collection[str]) -> Iterator[Article]:
    """The articles of an old library that are not among these, without what only newer libraries have."""
    columns = ARTICLE_COLUMNS.replace("details", "NULL AS details")
    for row in select_checked(old, f"SELECT {columns} FROM article"):
        if row[0] not in ids:
            yield decode_article(row)


def _find_same_files(old: sqlite3.Connection, new: sqlite3.Connection) -> frozenset[str]:
    """The files whose content both libraries have read."""
    query = "SELECT path, sha256 FROM file"
    return frozenset(path for path, _ in set(old.execute(query)) & set(new.execute(query)))


def _find_successors(gone: Iterable[_Known], added: Collection[_Known]) -> dict[str, str]:
    """For the id of each article that has a successor among the added ones, the id of that."""
    successors: dict[str, str] = {}
    removed = list(gone)
    keys: list[Callable[[_Known], str | None]] = [
        lambda each: each.url,
        lambda each: each.sha256,
        lambda each: each.path,
    ]
    for get_key in keys:
        before = _group(removed, get_key)
        after = _group([each for each in added if each.id not in successors.values()], get_key)
        for key, group in before.items():
            if len(group) == 1 and len(after.get(key, ())) == 1 and group[0].id not in successors:
                successors[group[0].id] = after[key][0].id
    return successors


def _group(articles: Iterable[_Known], get_key: Callable[[_Known], str | None]) -> dict[str, list[_Known]]:
    groups: dict[str, list[_Known]] = {}
    for article in articles:
        if key := get_key(article):
            groups.setdefault(key, []).append(article)
    return groups
