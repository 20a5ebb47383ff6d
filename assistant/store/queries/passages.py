"""Queries on passages: by number and by filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged
from assistant.records.article import Passage
from assistant.store.generation_cache import GenerationValues
from assistant.store.protocol import DayRange, PassageFilter, SpeakerName
from assistant.store.queries.base import SnapshotQueries
from assistant.store.remedies import REPAIR_HINT
from assistant.store.sqlite import ReadConnection

_DAY = "substr(published_at, 1, 10)"  # must be written exactly as in the index of days
# A date can be a month or a year: "2019-01" and "2019" stand before their first day, so they are looked for too.
_DAY_CONDITION = f"{_DAY} IS NULL OR {_DAY} BETWEEN ? AND ? OR {_DAY} IN (?, ?)"
_PASSAGE_OF_ARTICLE = "passage JOIN article ON article.number = passage.article"


class FilterQueries(SnapshotQueries):
    """Passage filters, resolved to the numbers of passages. Each filter is resolved once in a snapshot."""

    _path: Path
    _connection: ReadConnection

    def __init__(
        self, path: Path, connection: ReadConnection, values: GenerationValues, manifest: Mapping[str, str]
    ) -> None:
        super().__init__(path, connection, values, manifest)
        self._resolved: dict[PassageFilter, frozenset[int]] = {}

    def has_more_passages(self, where: PassageFilter, limit: int) -> bool:
        """Whether more than `limit` passages match."""
        numbers = self._resolve(where, limit)
        return numbers is None or len(numbers) > limit

    def filter_passages(self, numbers: Sequence[int], where: PassageFilter) -> set[int]:
        """Those of some passages that match."""
        condition, values = _render_article_conditions(where)
        if not condition or where.article_ids is not None or where.speakers is not None or where.within is not None:
            return set(numbers) & self.resolve_filter(where)
        # The cross join keeps SQLite from starting with all articles of the source or the days.
        rows = self.select_in(
            "SELECT passage.number FROM passage CROSS JOIN article ON article.number = passage.article"
            f" WHERE passage.number IN (?) AND {condition}",
            numbers,
            values,
        )
        return {number for (number,) in rows}

    def resolve_filter(self, where: PassageFilter) -> Set[int]:
        """The numbers of all passages that match."""
        resolved = self._resolve(where, None)
        assert resolved is not None
        return resolved

    def _resolve(self, where: PassageFilter, limit: int | None) -> frozenset[int] | None:
        """The numbers of all passages that match; None if there are more than `limit`."""
        if where not in self._resolved:
            parts: list[Set[int]] = []
            condition, values = _render_article_conditions(where)
            if condition:
                numbers = self._select_by_article(condition, values, limit)
                if numbers is None:
                    return None
                parts.append(numbers)
            if where.article_ids is not None:
                query = f"SELECT passage.number FROM {_PASSAGE_OF_ARTICLE} WHERE article.id IN (?)"
                parts.append({number for (number,) in self.select_in(query, where.article_ids)})
            if where.speakers is not None:
                parts.append(self._select_by_speakers(where.speakers))
            if where.within is not None:
                parts.append(self.resolve_filter(where.within))
            self._resolved[where] = frozenset.intersection(*map(frozenset, parts)) if parts else self._all_passages()
        return self._resolved[where]

    def _select_by_article(self, condition: str, values: Sequence[Any], limit: int | None) -> set[int] | None:
        rows = self.select(
            f"SELECT passage.number FROM {_PASSAGE_OF_ARTICLE} WHERE {condition} LIMIT ?",
            (*values, -1 if limit is None else limit + 1),
        )
        numbers = {number for (number,) in rows}
        return None if limit is not None and len(numbers) > limit else numbers

    def _select_by_speakers(self, speakers: Sequence[SpeakerName]) -> set[int]:
        numbers: set[int] = set()
        for name, is_name in speakers:
            condition = "speaker = ?" if is_name else "speaker IS NULL AND role = ?"
            numbers.update(n for (n,) in self.select(f"SELECT passage FROM statement WHERE {condition}", (name,)))
        return numbers

    def _all_passages(self) -> frozenset[int]:
        return frozenset(number for (number,) in self.select("SELECT number FROM passage"))


class PassageQueries(SnapshotQueries):
    """Passages by number."""

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by number. Raises LibraryDamaged if one is missing, or belongs to no article."""
        rows = self.select_in(
            f"SELECT passage.number, article.id, ordinal, start, passage.end FROM {_PASSAGE_OF_ARTICLE}"
            " WHERE passage.number IN (?)",
            numbers,
        )
        found = {number: Passage(*values) for number, *values in rows}
        if missing := set(numbers) - found.keys():
            raise LibraryDamaged(f"{self._path}: damaged (passage {min(missing)} belongs to no article); {REPAIR_HINT}")
        return found

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self.compute_once("passages", lambda: self.select_first("SELECT count(*) FROM passage")[0]))


def _render_article_conditions(where: PassageFilter) -> tuple[str, list[Any]]:
    """The conditions on columns of the article table, in SQL with their values; empty if there are none."""
    conditions: list[str] = []
    values: list[Any] = []
    if where.source is not None:
        conditions.append("source = ?")
        values.append(where.source)
    if where.days is not None:
        conditions.append(f"({_DAY_CONDITION})")
        values += list_day_bounds(where.days)
    return " AND ".join(conditions), values


def list_day_bounds(days: DayRange) -> tuple[str, str, str, str]:
    """The values of the condition on days: the first and last day, and the month and year of the first."""
    first, last = days[0] or "", days[1] or "9999"
    return first, last, first[:7], first[:4]
