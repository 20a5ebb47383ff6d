"""The days that the words of a sentence mean: "on Wednesday" in an article of a known day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta

from assistant.evidence.premises.opposites import is_past_form
from assistant.questions.date_rules import DateRange, resolve_expression
from assistant.questions.names.calendar_names import find_calendar_names
from assistant.records.article import NamedDay
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_WORD, WEEKDAYS
from assistant.text.words import STOP_WORDS

_WEEKDAY = "|".join(day.capitalize() for day in WEEKDAYS)
_HOUR = r"(?: (?:morning|afternoon|evening|night))?"
_NAMED = re.compile(
    rf"\b(?P<weekday>(?:(?:last|next|this) )?(?:{_WEEKDAY}){_HOUR})(?![\w-])|"
    r"(?<![\w’'-])(?P<relative>(?:yesterday|tomorrow|today|tonight|last night|"
    r"(?:last|next) (?:weekend|week|month|year)|"
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) days ago))"
    r"(?![\w-])",
)
_HINT = re.compile(rf"{_WEEKDAY}|day|night|week|month|year")
_NO_SINGLE_DAY = re.compile(
    r"\b(?:every|each|a|an|any|some|one|another|same|that|previous|following|first|second|final|the|per|most|many|"
    r"several|these|those|by|before|until|till|through|least|to|into|beyond|past|after|than|from|between|of)\s+$",
    re.IGNORECASE,
)  # "from Friday to Sunday" is a time, but which week it is of is not certain
# What may follow a weekday that is no part of a noun phrase, which "Sunday opening hours" is.
_AFTER_DAY = re.compile(
    r"(?:$|\W*$|\s*[^\w\s]|\s(?:[A-Z]|\w+ed\b|said|says|(?:"
    + "|".join(sorted(STOP_WORDS | ENGLISH.grammar.prepositions | ENGLISH.grammar.conjunctions))
    + r")\b))"
)
_ON_BEFORE = re.compile(r"\b(?:on|late|early|last|this|and|since)\s+$", re.IGNORECASE)
_DATE_AFTER = re.compile(
    rf"\s*,?\s*\(?(?:the )?(?:(?:{MONTH_WORD})\b|\d{{1,2}}(?:(?:st|nd|rd|th)\b|(?: of)? (?:{MONTH_WORD})\b|[/.]\d))",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(rf"(?:\d(?:st|nd|rd|th)?|\b(?:{MONTH_WORD})\.?)[,\s(]*$", re.IGNORECASE)
_TO_COME = re.compile(
    r"(?:\b(?:will|shall|(?:is|are) (?:set|due|scheduled|expected|planned|to)|upcoming)\b|[’']ll\b)", re.IGNORECASE
)
_UNCERTAIN = re.compile(
    r"\b(?:would|could|might|may|should|must|can|(?:was|were) (?:set|due|scheduled|expected|planned|to)|plan(?:s|ned)?|"
    r"expects?|hopes?|if|unless|once|aims?|intends?)\b",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|did|said|told|took|made|began|rose|fell|won|lost|left|came|went)\b"
)
_CLAUSE_END = re.compile(r"[.;:!?”\"]|\bthat\b")
_OTHER_DAY_BEFORE = re.compile(r"\b(?:yesterday|today|tonight)\s+and\s+$", re.IGNORECASE)
_OTHER_DAY_AFTER = re.compile(r"\s+and\s+(?:today|tonight|tomorrow)\b", re.IGNORECASE)
_REPORTED = re.compile(r"\bwould\b")
_SUBJECT = r"(?:it|they|he|she|we|you|i|there)"
# "as it does today", "lower than the rates are today", "what it is today": these times.
_COMPARED = re.compile(
    rf"\b(?:(?:as|than|like) {_SUBJECT} (?:is|are|am|does|do|has|have|stands?|exists?)|"
    r"than (?:the|this|that|these|those|its|their|his|her|our|my|most|many|some)(?: [\w’'-]+){0,4} (?:is|are|does|do)|"
    rf"(?:what|where|who|how) {_SUBJECT} (?:is|are|am))\s+$",
    re.IGNORECASE,
)
_IS_BEFORE = re.compile(r"\b(?:is|are|am)\s+$", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"\s+(?:an?|the|one of|among|home to|known|called)\b")  # "is today a hotel"
_PROGRESSIVE = re.compile(r"\s+\w+(?:ing|ed)\b")  # "is today meeting them" is an event
_HABIT_AFTER = re.compile(r"\s+(?:still|often|usually|generally|typically|rarely|seldom|no longer)\s+([\w’'-]+)")
_NEAR = 200  # characters on either side of a day that are looked at: without a limit, work grows with their square
_DAYS_TO_NEXT = 6  # from a weekday to the one before it
_QUOTATION_MARK = re.compile('[“”"]')
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def find_named_days(text: str, published_at: str | None) -> tuple[NamedDay, ...]:
    """The words of a sentence for days, with the days that they mean in an article of that day; offsets into `text`.

    `published_at` is an ISO 8601 date or time. Empty if it is not a full day. Words that can mean several days are left
    out, and all words of a sentence that tells of another year.
    """
    if not _HINT.search(text) or not published_at or (published := _read_day(published_at)) is None:
        return ()
    if any(int(year) != published.year for year in _YEAR.findall(text)):
        return ()
    names = [
        match.span() for name in {*find_calendar_names(text)} for match in re.finditer(re.escape(name), text)
    ]  # "Super Tuesday"
    found: dict[str, NamedDay] = {}
    quoted = _list_quoted(text)
    for match in _NAMED.finditer(text):
        if match[0].lower() in found or any(match.start() < end and start < match.end() for start, end in names):
            continue
        if (days := _resolve(match, published, is_quoted=quoted(match.start()))) is not None:
            first, last = days
            found[match[0].lower()] = NamedDay(match[0], first.isoformat(), last.isoformat())
    return tuple(found.values())


def find_last_day(text: str, published_at: str | None) -> str:
    """The last day that a sentence names, in ISO 8601 and not after that of the article; empty if it names none."""
    days = [each.last for each in find_named_days(text, published_at) if each.first == each.last]
    return max((day for day in days if day <= (published_at or "")[:10]), default="")


def _read_day(published_at: str) -> date | None:
    try:
        return date.fromisoformat(published_at[:10])
    except ValueError:  # only a month or a year
        return None


def _resolve(match: re.Match[str], published: date, *, is_quoted: bool) -> DateRange | None:
    """The days that the words mean; None if that is not certain, or beyond the years that there are."""
    try:
        return _resolve_words(match, published, is_quoted=is_quoted)
    except (ValueError, OverflowError):
        return None


def _resolve_words(match: re.Match[str], published: date, *, is_quoted: bool) -> DateRange | None:
    words, (before, after) = match[0].lower(), cut_around(match)
    if _NO_SINGLE_DAY.search(before):
        return None
    if is_quoted and not words.startswith(("last ", "next ")):
        return None  # the day of the words need not be that of the article
    if match["relative"]:
        is_open = words == "today" and _is_nowadays(before, after)
        return None if is_open or _is_meant_always(before, after) else _resolve_relative(words, published)
    if not (_AFTER_DAY.match(after) or _ON_BEFORE.search(before)):
        return None
    if _DATE_AFTER.match(after) or _DATE_BEFORE.search(before):
        return None  # the date stands beside it
    return _resolve_weekday(words, published, _is_to_come(before))


def cut_around(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after some words, at most 200 characters of each, and no part of a word before them."""
    begin = max(0, match.start() - _NEAR)
    before = match.string[begin : match.start()]
    return before.partition(" ")[2] if begin else before, match.string[match.end() : match.end() + _NEAR]


def _is_meant_always(before: str, after: str) -> bool:
    """Whether a day is one of two with which somebody means always: "she would vote against it today and tomorrow"."""
    if not (_OTHER_DAY_BEFORE.search(before) or _OTHER_DAY_AFTER.match(after)):
        return False
    return bool(_REPORTED.search(_CLAUSE_END.split(before)[-1]))


def _is_nowadays(before: str, after: str) -> bool:
    """Whether "today" means these times: with the present of being or doing in a comparison, or with a habit.

    A plain present keeps its day: "the strike begins today", "the vote is today".
    """
    if _COMPARED.search(before):
        return not _PROGRESSIVE.match(after)
    if _IS_BEFORE.search(before):
        return bool(_NOUN_AFTER.match(after))
    if (habit := _HABIT_AFTER.match(after)) is None:
        return False
    return not (_PAST_VERB.search(f"{before} {habit[1]}") or is_past_form(habit[1]))


def _list_quoted(text: str) -> Callable[[int], bool]:
    """What tells whether a place of a text is in quotation marks; the marks are counted once."""
    places, states, opened, straight = [0], [False], 0, 0
    for mark in _QUOTATION_MARK.finditer(text):
        opened += {"“": 1, "”": -1}.get(mark[0], 0)
        straight += mark[0] == '"'
        places.append(mark.end())
        states.append(opened > 0 or straight % 2 == 1)
    return lambda place: states[bisect_right(places, place) - 1]


def _is_to_come(before: str) -> bool | None:
    """Whether a weekday after these words is still to come, as the nearest verb before it tells; None if unclear.

    Of a clause without a verb, and of a sentence that begins with the day, it is taken to be over.
    """
    for part in reversed(re.split(",", _CLAUSE_END.split(before)[-1])):
        if _TO_COME.search(part):
            return True
        if _UNCERTAIN.search(part):
            return None
        if _PAST_VERB.search(part):
            return False
    return False


def _resolve_relative(words: str, published: date) -> DateRange | None:
    match words:
        case "tomorrow":
            return _one_day(published + timedelta(1))
        case "last night":
            return _one_day(published - timedelta(1))
        case "next week" | "next weekend":
            return None  # on a Sunday: the one that begins, or the one after it
        case "next month":
            first = (published.replace(day=1) + timedelta(31)).replace(day=1)
            return first, (first + timedelta(31)).replace(day=1) - timedelta(1)
        case "next year":
            return date(published.year + 1, 1, 1), date(published.year + 1, 12, 31)
    return resolve_expression(words, published)


def _resolve_weekday(words: str, published: date, is_to_come: bool | None) -> DateRange | None:
    """The nearest day of that name on the side that the verb tells; None if it does not tell.

    The weekday of the article is that day itself, and the weekday after it is not certain.
    """
    weekday = next(number for number, day in enumerate(WEEKDAYS) if day in words)
    if words.startswith("next "):
        return None  # the coming one, or the one after it
    ahead = (weekday - published.weekday()) % 7
    if is_to_come:
        return _one_day(published + timedelta(ahead))
    if is_to_come is None or (words.startswith("this ") and ahead):
        return None
    ago = (published.weekday() - weekday) % 7
    if words.startswith("last ") and ago == 0:
        ago = 7
    if ago == _DAYS_TO_NEXT and not words.startswith("last "):
        return None  # more often the day after: the article was changed then, or its day is that of another time zone
    return _one_day(published - timedelta(ago))


def _one_day(day: date) -> DateRange:
    return day, day
