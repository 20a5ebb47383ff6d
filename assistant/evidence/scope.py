"""Which retrieved passages are of the days and the sources that a question asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from assistant.records.answer import RetrievedPassage
from assistant.records.article import Article
from assistant.records.query import Period, Query
from assistant.retrieval.snapshot import Snapshot

ANNOUNCED_DAYS = 60  # before an event, within which articles announce it

DayRange = tuple[str, str]
"""The first and the last day, both included, as ISO 8601 dates."""


def split_by_scope(query: Query, snapshot: Snapshot) -> tuple[list[RetrievedPassage], list[RetrievedPassage]]:
    """The passages of the requested sources and days, and the others."""
    period = _widen_for_announcements(query, snapshot.date_range)
    articles = snapshot.articles_of(snapshot.passages)
    in_scope: list[RetrievedPassage] = []
    out_of_scope: list[RetrievedPassage] = []
    for hit in snapshot.passages:
        article = articles[hit.passage.article_id]
        fits = (not query.outlets or article.source in query.outlets) and is_in_period(article, period)
        (in_scope if fits else out_of_scope).append(hit)
    return in_scope, out_of_scope


def _widen_for_announcements(query: Query, library_days: DayRange | None) -> Period | None:
    """The days in which articles report an event of the requested days.

    What is planned for May is announced in April, and what happened in May is reported until June. Days after the
    last article of the library stay as they are.
    """
    period = query.period
    if period is None or not query.traits.includes_announcements:
        return period
    if library_days and period.first and period.first > library_days[1]:
        return period
    if period.first is None:
        return replace(period, last=None)
    announced = date.fromisoformat(period.first) - timedelta(days=ANNOUNCED_DAYS)
    return replace(period, first=announced.isoformat(), last=None)


def is_in_period(article: Article, period: Period | None) -> bool:
    """Whether an article can report on these days. An undated article can, and so can one of the day after."""
    if period is None or not article.published_at:
        return True
    day = article.published_at[:10]
    if period.first is not None and day < period.first:
        return False
    return period.last is None or day <= (date.fromisoformat(period.last) + timedelta(days=1)).isoformat()


def is_period_covered(period: Period | None, library_days: DayRange | None) -> bool:
    """Whether a library of these days has articles of a period; true if either is unknown."""
    if library_days is None or period is None:
        return True
    first, last = library_days
    return (period.first is None or period.first <= last) and (period.last is None or period.last >= first)
