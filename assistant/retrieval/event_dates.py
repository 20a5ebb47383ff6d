"""The days that an event in a question stands for ("since the summit"), found in the articles that tell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.questions.parser import parse_question
from assistant.records.query import Period, Query
from assistant.store.protocol import Library, WordQuery
from assistant.text.months import FULL_MONTH
from assistant.text.words import content_words

MAX_EVENT_PASSAGES = 5  # of the passages most on the event, the earliest tells its day
REPORTED_WITHIN_DAYS = 3  # days after an event in which it is reported


def understand_question(text: str, library: Library, today: date | None, outlets: Sequence[str]) -> Query:
    """The question with its days: reckoned from `today`, else for a bare month from the library's last article.

    Raises QuestionError for what cannot be asked.
    """

    def choose_date(period: Period) -> date:
        return _choose_reference_date(period, library)

    return resolve_dates(parse_question(text, as_of=today, choose_date=choose_date, outlets=outlets), library)


def _choose_reference_date(period: Period, library: Library) -> date:
    dates = library.date_range()
    if dates is not None and _MONTH_NAME.search(period.words):
        return date.fromisoformat(dates[1])
    return datetime.now(UTC).date()


_MONTH_NAME = re.compile(rf"\b(?:{FULL_MONTH})\b", re.IGNORECASE)


def resolve_dates(query: Query, library: Library) -> Query:
    """The question with days in place of the event that it dates itself by; as it was where no article tells."""
    period = query.period
    if period is None or not period.anchor or period.first or period.last:
        return query
    day = _find_event_date(period.anchor, query, library)
    return query if day is None else replace(query, period=_set_period_dates(period, day))


def _find_event_date(event: str, query: Query, library: Library) -> date | None:
    named = content_words(event)
    if not named:
        return None
    all_named = WordQuery.all_of(named)
    subject = WordQuery.any_of((*query.terms, *(word for speaker in query.speakers for word in content_words(speaker))))
    for words in (all_named & subject, all_named):
        numbers = [number for number, _ in library.search_words(words, MAX_EVENT_PASSAGES, title_weight=4.0)]
        days = [
            day
            for name in _collect_article_ids(numbers, library)
            if (day := _get_publication_date(name, library)) is not None
        ]
        if days:
            return min(days)
    return None


def _collect_article_ids(numbers: list[int], library: Library) -> set[str]:
    return {passage.article_id for passage in library.passages(numbers).values()}


def _get_publication_date(article_id: str, library: Library) -> date | None:
    article = library.article(article_id)
    try:
        return date.fromisoformat((article.published_at or "")[:10]) if article else None
    except ValueError:
        return None


def _set_period_dates(period: Period, day: date) -> Period:
    if period.relation == "before":
        return replace(period, last=(day - timedelta(days=1)).isoformat())
    if period.relation == "since":
        return replace(period, first=day.isoformat())
    return replace(period, first=day.isoformat(), last=(day + timedelta(days=REPORTED_WITHIN_DAYS)).isoformat())
