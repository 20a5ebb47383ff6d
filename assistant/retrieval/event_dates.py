"""The days that an event in a question stands for ("since the summit"), found in the articles that tell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.questions.parser import parse_question
from assistant.records.query import Period, Query
from assistant.retrieval.bm25 import all_of, any_of
from assistant.store.library import Library
from assistant.text.words import content_words

LOOKED_AT = 5  # of the passages most on the event, the earliest tells its day
REPORTED_WITHIN = 3  # days after an event in which it is reported


def understood(text: str, library: Library, today: date | None, outlets: Sequence[str]) -> Query:
    """The question with its days: reckoned from `today`, else for a bare month from the library's last article.

    Raises QuestionError for what cannot be asked.
    """
    query = parse_question(text, as_of=today, outlets=outlets)
    if today is None and query.period is not None and not (query.period.first or query.period.last):
        query = parse_question(text, as_of=_reference(query.period, library), outlets=outlets)
    return dated(query, library)


def _reference(period: Period, library: Library) -> date:
    dates = library.dates()
    if dates is not None and _MONTH.search(period.words):
        return date.fromisoformat(dates[1])
    return datetime.now(UTC).date()


_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)


def dated(query: Query, library: Library) -> Query:
    """The question with days in place of the event that it dates itself by; as it was where no article tells."""
    period = query.period
    if period is None or not period.anchor or period.first or period.last:
        return query
    day = _day_of(period.anchor, query, library)
    return query if day is None else replace(query, period=_around(period, day))


def _day_of(event: str, query: Query, library: Library) -> date | None:
    named = content_words(event)
    if not named:
        return None
    subject = any_of((*query.terms, *(word for speaker in query.speakers for word in content_words(speaker))))
    both = f"({all_of(named)}) AND ({subject})" if subject else all_of(named)
    for expression in (both, all_of(named)):
        numbers = [number for number, _ in library.search_words(expression, LOOKED_AT, title_weight=4.0)]
        days = [day for name in _articles(numbers, library) if (day := _published(name, library)) is not None]
        if days:
            return min(days)
    return None


def _articles(numbers: list[int], library: Library) -> set[str]:
    return {passage.article_id for passage in library.passages(numbers).values()}


def _published(article_id: str, library: Library) -> date | None:
    article = library.article(article_id)
    try:
        return date.fromisoformat((article.published_at or "")[:10]) if article else None
    except ValueError:
        return None


def _around(period: Period, day: date) -> Period:
    if period.relation == "before":
        return replace(period, last=(day - timedelta(days=1)).isoformat())
    if period.relation == "since":
        return replace(period, first=day.isoformat())
    return replace(period, first=day.isoformat(), last=(day + timedelta(days=REPORTED_WITHIN)).isoformat())
