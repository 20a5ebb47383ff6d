"""The days of a question that dates itself by an event ("since the summit"), taken from the articles on the event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from assistant.questions.parser import parse_question
from assistant.questions.search.typed import is_typed_search
from assistant.records.query import Period, Query
from assistant.retrieval.speakers import SpeakerNameReader, link_speakers
from assistant.retrieval.spelling import SpellingLibrary, apply_corrections, find_corrections
from assistant.store.protocol import WordQuery
from assistant.text.months import FULL_MONTH, shift_day
from assistant.text.words import content_words

MAX_EVENT_PASSAGES = 5  # best passages on an event; the day of the earliest is taken for the day of the event
EVENT_TITLE_WEIGHT = 4.0  # of a word in the title, relative to one in the text
MAX_AGE_DAYS = 60  # of the newest article; in an older library, "this week" is the last week of the library
REPORTED_WITHIN_DAYS = 3  # days after an event in which it is reported

_OF_THE_PRESENT = re.compile(
    r"\b(?:now|far|date|present|presently|currently|current|still|no longer|any ?more|\w*est|recently|lately|"
    r"these days|nowadays|recent|moment)\b",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(rf"\b(?:{FULL_MONTH})\b", re.IGNORECASE)

_OF_THE_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|going to|about to|to be|by|due|until|(?:plan|aim|hope|intend|want|expect|schedul|"
    r"project|forecast|promis|pledg|propos|set|prepar|look|vow)\w*)\b",
    re.IGNORECASE,
)


class DatedLibrary(SpellingLibrary, SpeakerNameReader, Protocol):
    """The part of a library that tells whom it quotes, and on which days its articles were published."""

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of all dated articles; None if no article has a date."""


def understand_question(text: str, library: DatedLibrary, today: date | None, outlets: Sequence[str]) -> Query:
    """The question as a query, with its spelling corrected and its days resolved from `today`.

    If `today` is None, a month without a year is resolved from the last article of the library, and any other
    expression from the current day. In an archive, whose last article is older than `MAX_AGE_DAYS`, it is resolved
    from that article too, and `Query.library_end` says so. Raises QuestionError for an empty or too long question.
    """
    taken_from_end: list[Period] = []

    def choose_date(period: Period) -> date:
        end = _find_end_of_archive(library)
        if end is not None and not _MONTH_NAME.search(period.words):
            taken_from_end.append(period)
        return end or _choose_reference_date(period, library)

    def knows_speaker(name: str) -> bool:
        return bool(link_speakers(name, library))

    def parse(text: str) -> Query:
        return parse_question(text, as_of=today, choose_date=choose_date, outlets=outlets, knows_speaker=knows_speaker)

    query = _drop_time_to_come(parse(text), today or _find_last_day(library))
    if not is_typed_search(text) and (corrections := find_corrections(query, library)):
        query = _drop_time_to_come(parse(apply_corrections(query.text, corrections)), today or _find_last_day(library))
        query = replace(query, corrections=tuple((each.written, each.read) for each in corrections))
    asks_state = today is None and _OF_THE_PRESENT.search(query.latest_words or "") is not None
    if taken_from_end or (asks_state and _find_end_of_archive(library) is not None):
        query = replace(query, library_end=_find_last_day(library).isoformat())
    return resolve_dates(query, library)


def _drop_time_to_come(query: Query, newest: date) -> Query:
    """The query without a period that is to come: what is planned for 2030 was told before.

    Without words of the future ("plan to", "will") it asks for what the articles are too old to tell.
    """
    period = query.period
    if (
        period is None
        or not period.first
        or period.first <= newest.isoformat()
        or not _OF_THE_FUTURE.search(query.text)
    ):
        return query
    return replace(query, period=None)


def _choose_reference_date(period: Period, library: DatedLibrary) -> date:
    if library.date_range() is not None and _MONTH_NAME.search(period.words):
        return _find_last_day(library)
    return _get_current_day()


def _find_end_of_archive(library: DatedLibrary) -> date | None:
    """The last day of a library to which nothing was added for long; None if it is up to date or has no dates."""
    last = _find_last_day(library)
    return last if _get_current_day() - last > timedelta(MAX_AGE_DAYS) else None


def _find_last_day(library: DatedLibrary) -> date:
    """The day of the newest article; the current day if it is not known, or would be in the future."""
    days, today = library.date_range(), _get_current_day()
    try:
        return today if days is None else min(date.fromisoformat(days[1][:10]), today)
    except ValueError:
        return today


def _get_current_day() -> date:
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
        return replace(period, last=shift_day(day, -1).isoformat())
    if period.relation == "since":
        return replace(period, first=day.isoformat())
    return replace(period, first=day.isoformat(), last=shift_day(day, REPORTED_WITHIN_DAYS).isoformat())
