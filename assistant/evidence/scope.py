"""Which retrieved passages are of the days and the sources that a question asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.records.article import Article, RetrievedPassage
from assistant.records.query import Period, Query
from assistant.retrieval.snapshot import Snapshot
from assistant.text.months import shift_day

ANNOUNCED_DAYS = 60  # before an event, within which articles announce it

DayRange = tuple[str, str]
"""The first and the last day, both included, as ISO 8601 dates."""


def split_by_scope(query: Query, snapshot: Snapshot) -> tuple[list[RetrievedPassage], list[RetrievedPassage]]:
    """The passages of the requested sources and days, and the others."""
    articles = snapshot.articles_of(snapshot.passages)
    in_scope: list[RetrievedPassage] = []
    out_of_scope: list[RetrievedPassage] = []
    for hit in snapshot.passages:
        fits = is_in_scope(query, articles[hit.passage.article_id], snapshot.date_range)
        (in_scope if fits else out_of_scope).append(hit)
    return in_scope, out_of_scope


def is_in_scope(query: Query, article: Article, library_days: DayRange | None) -> bool:
    """Whether an article is of the requested sources and days; `library_days` are those of all articles."""
    period = _widen_for_announcements(query, library_days)
    return (not query.outlets or article.source in query.outlets) and is_in_period(article, period)


def has_assumed_period(query: Query) -> bool:
    """Whether the days of a question of fact were only assumed: "this week" is the end of an archive by default."""
    return query.traits.asks_for_fact and query.library_end is not None and query.period is not None


def _widen_for_announcements(query: Query, library_days: DayRange | None) -> Period | None:
    """The days in which articles report an event of the requested days.

    What is planned for May is announced in April, and what happened in May is reported until June. Days after the
    last article of the library stay as they are.
    """
    period = query.period
    if period is None or not query.traits.includes_announcements:
        return period
    readings = [_widen_reading(reading, library_days) for reading in period.readings]
    (first, last), other = readings[0], readings[1] if len(readings) > 1 else None
    return replace(period, first=first, last=last, other_reading=other)


def _widen_reading(
    reading: tuple[str | None, str | None], library_days: DayRange | None
) -> tuple[str | None, str | None]:
    first, last = reading
    if library_days and first and first > library_days[1]:
        return first, last
    if first is None:
        return None, None
    return shift_day(date.fromisoformat(first), -ANNOUNCED_DAYS).isoformat(), None


def is_in_period(article: Article, period: Period | None) -> bool:
    """Whether an article can report on these days. An undated article can, and so can one of the day after."""
    if period is None or not article.published_at:
        return True
    day = article.published_at[:10]  # or a month or year, which contains its days
    return any(_is_between(day, *reading) for reading in period.readings)


def _is_between(day: str, first: str | None, last: str | None) -> bool:
    """Whether a day is in a period or the day after it; None leaves a side open."""
    if first is not None and day < first[: len(day)]:
        return False
    return last is None or day <= shift_day(date.fromisoformat(last), 1).isoformat()


def is_period_covered(period: Period | None, library_days: DayRange | None) -> bool:
    """Whether a library of these days has articles of a period; true if either is unknown."""
    if library_days is None or period is None:
        return True
    start, end = library_days
    return any((first is None or first <= end) and (last is None or last >= start) for first, last in period.readings)
