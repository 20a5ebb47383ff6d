"""Whether what a sentence gives is of the occasion that is asked about: an age at that event, news of that month."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date

from assistant.evidence.facts.sentences import SentenceInContext
from assistant.records.article import Span
from assistant.records.query import Period
from assistant.text.months import MONTH_ABBREVIATIONS, MONTHS, month_number, shift_day
from assistant.text.stemming import related_stems, stem
from assistant.text.words import STOP_WORDS, split_words

REPORTED_DAYS = 45  # after a month, in which articles speak of it as "last month"

_ASKS_AGE = re.compile(
    r"\bhow (?:old|young)\b|\b(?:what|which) age\b|\bthe age of\b|\bage (?:is|was|were)\b", re.IGNORECASE
)
_AGE_BEFORE = re.compile(
    r"(?:\b(?:aged?|age of|turn(?:s|ed|ing)?|was|is|were|at|be|being|only|just|about|nearly),?\s|,\s)$"
)
_AGE_AFTER = re.compile(
    r"[\s-](?:(?:years?|months?|weeks?|days?)\b|-?year-old)|[,.;]|\s(?:when|and|as|at|by|while|in|on|during|last|this)\b|$"
)
_TIME_CLAUSE = re.compile(r"\b(?:when|before|after|while)\s")
_CLAUSE_END = re.compile(r"[,.;:—–]")
_MONTH = re.compile(
    rf"\b(?:{'|'.join(month.capitalize() for month in MONTHS)}|"
    rf"(?:{'|'.join(month.capitalize() for month in MONTH_ABBREVIATIONS)})\.?)(?![\w’'-])"
)
_LAST_MONTH = re.compile(r"\b(?:last|previous|past|that|the) month\b", re.IGNORECASE)


def asks_age(question: str) -> bool:
    """Whether a question asks how old somebody or something is."""
    return _ASKS_AGE.search(question) is not None


def is_age_then(text: str, mark: Span, sentence: Span, question_stems: Set[str]) -> bool:
    """Whether the number at `mark` is an age, and no age at another event: "15 when he began to fly" is one.

    The words of the event are those of the clause with "when", or beside it if the age stands in that clause.
    """
    start, end = mark
    before, after = text[sentence[0] : start], text[end : sentence[1]]
    if not _AGE_AFTER.match(after) or not (
        _AGE_BEFORE.search(before) or re.match(r"[\s-](?:years?|year-old|months?)\b", after)
    ):
        return False
    if (inside := list(_TIME_CLAUSE.finditer(before.lower()))) and not _CLAUSE_END.search(before[inside[-1].end() :]):
        rest = _CLAUSE_END.split(after, maxsplit=1)
        event = rest[1] if len(rest) > 1 and rest[1].strip(' ”"') else before[: inside[-1].start()]
    elif (clause := _TIME_CLAUSE.search(after)) and not _CLAUSE_END.search(after[: clause.start()]):
        event = _CLAUSE_END.split(after[clause.end() :], maxsplit=1)[0]
    else:
        return True
    stems = {stem(word) for word in split_words(event) if word not in STOP_WORDS}
    return not stems or any(each in stems or not related_stems(each).isdisjoint(stems) for each in question_stems)


def find_months(question: str, period: Period | None) -> Sequence[int]:
    """The numbers of the months that a question names and that its period begins or ends in, from 1 to 12."""
    if period is None or not period.first or not period.last or period.other_reading:
        return ()
    named = [month_number(match[0]) for match in _MONTH.finditer(question)]
    ends = {int(day[5:7]) for day in (period.first, period.last)}
    return tuple(dict.fromkeys(each for each in named if each in ends))


def is_of_month(sentence: SentenceInContext, months: Sequence[int], period: Period | None) -> bool:
    """Whether a sentence can be about the month that a question names: it or its surroundings name it, or its day fits.

    An article of the following weeks may call it last month. An article without a day can.
    """
    published = (sentence.article.published_at or "")[:10]
    if not months or period is None or not period.first or not period.last or len(published) < len("2022-01-01"):
        return True
    around = f"{sentence.article.title}. {sentence.nearby_text}"
    if any(month_number(match[0]) in months for match in _MONTH.finditer(around)):
        return True
    last = date.fromisoformat(period.last)
    if period.first <= published <= shift_day(last, 1).isoformat():
        return True
    late = shift_day(last, REPORTED_DAYS).isoformat()
    return period.last < published <= late and _LAST_MONTH.search(around) is not None
