"""The days of a question that dates itself by an event ("since the summit"), taken from the articles on the event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from assistant.questions.parser import parse_question
from assistant.records.article import Article
from assistant.records.query import Period, Query
from assistant.store.protocol import PassageStore, WordQuery
from assistant.text.months import FULL_MONTH
from assistant.text.words import content_words

MAX_EVENT_PASSAGES = 5  # best passages on an event; the day of the earliest is taken for the day of the event
EVENT_TITLE_WEIGHT = 4.0  # of a word in the title, relative to one in the text
REPORTED_WITHIN_DAYS = 3  # days after an event in which it is reported

_MONTH_NAME = re.compile(rf"\b(?:{FULL_MONTH})\b", re.IGNORECASE)


class DatedLibrary(PassageStore, Protocol):
    """The part of a library that tells on which days its articles were published."""

    def article(self, article_id: str) -> Article | None:
        """One article."""

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of all dated articles; None if no article has a date."""


def understand_question(text: str, library: DatedLibrary, today: date | None, outlets: Sequence[str]) -> Query:
    """The question as a query, with its days resolved from `today`.

    If `today` is None, a month without a year is resolved from the last article of the library, and any other
    expression from the current day. Raises QuestionError for an empty or too long question.
    """

    def choose_date(period: Period) -> date:
        return _choose_reference_date(period, library)

    return resolve_dates(parse_question(text, as_of=today, choose_date=choose_date, outlets=outlets), library)


def _choose_reference_date(period: Period, library: DatedLibrary) -> date:
    days = library.date_range()
    if days is not None and _MONTH_NAME.search(period.words):
        return date.fromisoformat(days[1])
    return datetime.now(UTC).date()


def resolve_dates(query: Query, library: DatedLibrary) -> Query:
    """The query with the days of the event by which it dates itself; unchanged if no dated article is on the event."""
    period = query.period
    if period is None or not period.anchor or period.is_resolved:
        return query
    day = _find_event_date(period.anchor, query, library)
    return query if day is None else replace(query, period=_set_period_dates(period, day))


def _find_event_date(event: str, query: Query, library: DatedLibrary) -> date | None:
    """The first day on which the best passages on an event were published, rather those on the query's subject too."""
    event_words = content_words(event)
    if not event_words:
        return None
    names = (word for speaker in query.speakers for word in content_words(speaker))
    on_event = WordQuery.all_of(event_words)
    on_subject = WordQuery.any_of((*query.terms, *names))
    for words in (on_event & on_subject, on_event):
        hits = library.search_words(words, MAX_EVENT_PASSAGES, EVENT_TITLE_WEIGHT)
        passages = library.passages([number for number, _ in hits]).values()
        days = [_get_publication_date(article_id, library) for article_id in {each.article_id for each in passages}]
        if known := [day for day in days if day is not None]:
            return min(known)
    return None


def _get_publication_date(article_id: str, library: DatedLibrary) -> date | None:
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
