"""Filters of passages as conditions of Lance, on the columns that each passage has of its article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.store.lance.connection import LanceConnection
from assistant.store.lance.tables import BY_ROLE, NAMED
from assistant.store.protocol import PassageFilter
from assistant.store.queries.columns import check_rows
from assistant.store.queries.passages import PassageQueries, list_day_bounds


class LanceFilterQueries(PassageQueries):
    """Passages by filter. See `store.queries.passages.FilterQueries`."""

    _connection: LanceConnection
    stem_count: int

    def scan(self, table: str, columns: Sequence[str], **options: Any) -> list[dict[str, Any]]:
        """Rows of a table, each compared with what a build writes; `options` are those of `LanceDataset.scanner`."""
        with self._connection.reading():
            found = self._connection.tables[table].scanner(columns=list(columns), **options).to_table()
            rows = zip(*(found.column(name).to_pylist() for name in columns), strict=True)
            return [dict(zip(columns, row, strict=True)) for row in check_rows(columns, rows)]

    def has_more_passages(self, where: PassageFilter, limit: int) -> bool:
        """Whether more than `limit` passages match."""
        with self._connection.reading():
            return bool(self._connection.tables["passage"].count_rows(self.render_filter(where)) > limit)

    def filter_passages(self, numbers: Sequence[int], where: PassageFilter) -> set[int]:
        """Those of some passages that match."""
        if not numbers:
            return set()
        condition = _all_of([f"number IN ({_list(numbers)})", self.render_filter(where)])
        return {row["number"] for row in self.scan("passage", ["number"], filter=condition)}

    def render_filter(self, where: PassageFilter) -> str | None:
        """The condition of a filter; None if every passage matches."""
        conditions: list[str | None] = []
        if where.source is not None:
            conditions.append(f"outlet = {_quote(where.source)}")
        if where.days is not None:
            first, last, month, year = map(_quote, list_day_bounds(where.days))
            conditions.append(f"(day IS NULL OR (day >= {first} AND day <= {last}) OR day IN ({month}, {year}))")
        if where.article_ids is not None:
            rows = self.select_in("SELECT number FROM article WHERE id IN (?)", sorted(where.article_ids))
            conditions.append(_any_number("article", [number for (number,) in rows]))
        if where.speakers is not None:
            names = [_quote((NAMED if is_name else BY_ROLE) + name) for name, is_name in where.speakers]
            conditions.append(f"array_has_any(speakers, [{', '.join(names)}])" if names else "false")
        if where.within is not None:
            conditions.append(self.render_filter(where.within))
        return _all_of(conditions)


def _all_of(conditions: Sequence[str | None]) -> str | None:
    return " AND ".join(filter(None, conditions)) or None


def _any_number(column: str, numbers: Sequence[int]) -> str:
    return f"{column} IN ({_list(numbers)})" if numbers else "false"


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
