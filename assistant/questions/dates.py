"""Expressions of time in a question, and the days they mean on the day it is asked."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.records.query import Period

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern hemisphere
_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1": 0, "2": 1, "3": 2, "4": 3}
_PARTS = {  # tenths of a period
    "early": (0, 3), "the beginning of": (0, 3), "the start of": (0, 3), "mid": (3, 7), "the middle of": (3, 7),
    "late": (6, 10), "the end of": (6, 10),
}  # fmt: skip

_MONTH = r"(?P<month>" + "|".join(_MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_NO_NOUN = r"(?! (?!(?:about|on|of|and|by|what|who|how|why|did|does|has)\b)\w)"  # the spring regatta is an event
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_PART = r"(?:(?P<part>" + "|".join(_PARTS) + r")[ -])?"

Days = tuple[date, date]
"""The first and the last day, both included."""

_Reckon = Callable[[re.Match[str], date | None], Days | None]


@dataclass(frozen=True, slots=True)
class Times:
    """A question without the words that date it, and what those say.

    `inside` are words that date something but stay part of what is asked about ("last week's" vote).
    """

    rest: str
    period: Period | None = None
    inside: str = ""
    newest_first: bool = False


# ------------------------------------------------------------------------- a day, a week, a month, a year


def _plain_day(match: re.Match[str], _: date | None) -> Days | None:
    return _a_day(int(match["year"]), int(match["number"]), int(match["day"]))


def _named_day(match: re.Match[str], today: date | None) -> Days | None:
    month, day = _month(match["month"]), int(match["day"])
    if match["year"]:
        return _a_day(int(match["year"]), month, day)
    if today is None:
        return None
    days = _a_day(today.year, month, day)
    return days if days and days[0] <= today else _a_day(today.year - 1, month, day)


def _named_month(match: re.Match[str], today: date | None) -> Days | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else _newest_year(month, today)
    return _part(_months(year, month, 1), match["part"]) if year else None


def _year(match: re.Match[str], _: date | None) -> Days | None:
    return _part(_months(int(match["year"]), 1, 12), match["part"])


def _decade(match: re.Match[str], _: date | None) -> Days | None:
    return _months(int(match["year"]), 1, 120)


def _quarter(match: re.Match[str], today: date | None) -> Days | None:
    year = int(match["year"]) if match["year"] else today.year if today else None
    return _months(year, 1 + 3 * _QUARTERS[match["number"].lower()], 3) if year else None


def _half(match: re.Match[str], today: date | None) -> Days | None:
    year = int(match["year"]) if match["year"] else today.year if today else None
    return _months(year, 1 + 6 * _QUARTERS[match["number"].lower()], 6) if year else None


def _season(match: re.Match[str], today: date | None) -> Days | None:
    month = _SEASONS[match["season"].lower()]
    year = int(match["year"]) if match["year"] else _newest_year(month, today)
    return _months(year, month, 3) if year else None


def _last_season(match: re.Match[str], today: date | None) -> Days | None:
    """The newest that is over."""
    if today is None:
        return None
    month = _SEASONS[match["season"].lower()]
    years = (today.year, today.year - 1, today.year - 2)
    return next(days for year in years if (days := _months(year, month, 3))[1] < today)


def _weekday(match: re.Match[str], today: date | None) -> Days | None:
    """The newest day of that name: today's own counts, unless it is called the last."""
    if today is None:
        return None
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    return _back(today, back or (7 if match["last"] else 0), 0)


def _today(_: re.Match[str], today: date | None) -> Days | None:
    return (today, today) if today else None


def _yesterday(_: re.Match[str], today: date | None) -> Days | None:
    return _back(today, 1, 0) if today else None


def _last_night(_: re.Match[str], today: date | None) -> Days | None:
    return (today - timedelta(1), today) if today else None


def _weekend(match: re.Match[str], today: date | None) -> Days | None:
    """The newest Saturday and Sunday that have begun; the last weekend is one that is over."""
    if today is None:
        return None
    back = (today.weekday() - 5) % 7
    back += 7 if match["last"] and back <= 1 else 0
    return _back(today, back, 1)


def _this(match: re.Match[str], today: date | None) -> Days | None:
    """This week is the seven days up to today: who asks on a Monday has not only that day in mind."""
    if today is None:
        return None
    first = {"week": today - timedelta(6), "month": today.replace(day=1), "year": date(today.year, 1, 1)}
    return first[match["unit"].lower()], today


def _calendar_last(match: re.Match[str], today: date | None) -> Days | None:
    """Last week, month or year by the calendar."""
    if today is None:
        return None
    unit = match["unit"].lower()
    if unit == "week":
        return _back(today, today.weekday() + 7, 6)
    if unit == "year":
        return _months(today.year - 1, 1, 12)
    before = today.replace(day=1) - timedelta(1)
    return before.replace(day=1), before


def _past(match: re.Match[str], today: date | None) -> Days | None:
    """The past two weeks: so many days, up to today."""
    if today is None:
        return None
    return _ago(today, _number(match["number"] or "one"), match["unit"]), today


def _so_long_ago(match: re.Match[str], today: date | None) -> Days | None:
    """Two weeks ago: the day, give or take half of the unit, for nobody means it to the day."""
    if today is None:
        return None
    middle = _ago(today, _number(match["number"]), match["unit"])
    spare = timedelta({"day": 0, "week": 3, "month": 15, "year": 182}[match["unit"].lower()])
    return middle - spare, min(middle + spare, today)


_TIMES: tuple[tuple[str, _Reckon, bool], ...] = (  # the last: whether it dates a question without "in" or "on"
    (r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)", _plain_day, True),
    (rf"(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?", _named_day, True),
    (rf"{_MONTH} (?:the )?{_DAY}(?!\d)(?:,? {_YEAR})?", _named_day, True),
    (rf"(?:the (?:month|week) of )?{_PART}{_MONTH}(?:,? (?:of )?{_YEAR})?", _named_month, False),
    (rf"(?:the year )?{_PART}{_YEAR}", _year, False),
    (r"the (?P<year>(?:1[6-9]|20)\d0)['’]?s", _decade, False),
    (r"(?:the )?(?P<number>first|second|third|fourth) quarter(?: (?:of )?(?P<year>20\d\d))?", _quarter, False),
    (r"q(?P<number>[1-4])(?: (?:of )?(?P<year>20\d\d))?", _quarter, False),
    (r"the (?P<number>first|second) half(?: of (?P<year>20\d\d))?", _half, False),
    (rf"last (?P<season>{'|'.join(_SEASONS)})", _last_season, True),
    (rf"(?:(?:the|this) )?(?P<season>{'|'.join(_SEASONS)})(?: (?:of )?{_YEAR}|{_NO_NOUN})", _season, False),
    (rf"(?:(?:(?P<last>last)|this|the) )?(?P<weekday>{'|'.join(_WEEKDAYS)})(?: (?:morning|evening|night|afternoon))?",
     _weekday, True),
    (r"today|tonight|this (?:morning|afternoon|evening)", _today, True),
    (r"yesterday(?: (?:morning|afternoon|evening|night))?", _yesterday, True),
    (r"last night", _last_night, True),
    (r"(?:(?P<last>last|past|previous)|this) weekend", _weekend, True),
    (r"the (?P<last>)weekend", _weekend, False),
    (r"(?:earlier )?this (?P<unit>week|month|year)", _this, True),
    (r"(?:late |earlier )?last (?P<unit>week|month|year)", _calendar_last, True),
    (rf"(?:the |these )?(?:past|last|previous) (?:{_NUMBER} )?{_UNIT}", _past, False),
    (rf"{_NUMBER} {_UNIT} ago", _so_long_ago, True),
)  # fmt: skip


def _any(times: list[str]) -> str:
    """A pattern for one of several, without their names, so that it can stand in another more than once."""
    return "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in times) + ")"


_TIME = _any([pattern for pattern, _, _ in _TIMES])
_ALONE = _any([pattern for pattern, _, alone in _TIMES if alone])
_END = r"(?![\w'’-])"

_RANGE = rf"\b(?:between|from) (?P<first>{_TIME}|[0-3]?\d) (?:and|to|until|till|through) (?P<last>{_TIME}){_END}"
_DATED = (
    r"\b(?:(?P<side>(?:ever )?since|after|before|until|till|up to|prior to|by) |"
    r"(?:(?:back|late|early|earlier) )?(?:in|on|during|over|within|throughout|at|dated|from) )"
    rf"(?P<time>{_TIME})(?: onwards?)?{_END}"
)
_UNDATED = rf"\b(?P<time>{_ALONE})(?:(?P<inside>['’]s)|{_END})"
_ANY_HINT = (  # cheap to look for; most questions speak of no time
    rf"\d|\b(?:{'|'.join(month[:3] for month in _MONTHS)}|{'|'.join(_WEEKDAYS)}|{'|'.join(_SEASONS)}|quarter|half|"
    r"to(?:day|night)|yesterday|night|morning|afternoon|evening|weekend|(?:day|week|month|year)s?\b)"
)
_SUBJECT = re.compile(r"\b(?:about|of|the|an?)$", re.IGNORECASE)  # the January 6 riot; what was said about January 6
_NEWEST = (
    r"\b(?:(?:most )?recently|lately|these days|nowadays|right now|in recent (?:days|weeks|months|times)|"
    r"most recent|newest|latest|at the moment)\b"
)

# --------------------------------------------------------------------------------------------- reading


def read_times(text: str, today: date | None = None) -> Times:
    """Find the days that a question speaks of and take the words for them out of it.

    Days are those of what is asked about; articles may tell of them later. A period that cannot be reckoned without
    knowing today ("in March", "yesterday") keeps its words and no days. What is yet to come ("next week") is no
    period, because articles about it are from before. Of several expressions the first counts.
    """
    newest = search(_NEWEST, text)
    if newest:
        text = cut(text, newest)
    if not search(_ANY_HINT, text):
        return Times(text, newest_first=newest is not None)
    if (match := search(_RANGE, text)) and (days := _range(match["first"], match["last"], today)):
        return Times(cut(text, match), _period(match[0], days), newest_first=newest is not None)
    dated, undated = search(_DATED, text), search(_UNDATED, text)
    if undated and not undated["inside"] and _SUBJECT.search(text[: undated.start()].rstrip()):
        undated = None
    if dated and (not undated or dated.start() <= undated.start()):
        days = _days(dated["time"], today)
        return Times(cut(text, dated), _period(dated[0], days, dated["side"]), newest_first=newest is not None)
    if not undated:
        return Times(text, newest_first=newest is not None)
    days = _days(undated["time"], today)
    if undated["inside"]:  # last week's vote is spoken of afterwards too
        period = Period(undated["time"], days[0].isoformat() if days else None)
        return Times(text, period, undated["time"], newest is not None)
    return Times(cut(text, undated), _period(undated[0], days), newest_first=newest is not None)


def search(pattern: str, text: str) -> re.Match[str] | None:
    return re.compile(pattern, re.IGNORECASE).search(text)  # compiled at the first question, not at import


def cut(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if not before or before.endswith((".", "?", "!")):  # what opened a sentence leaves its comma behind
        after = after.lstrip(", ")
    return f"{before} {after}".replace(" ,", ",").replace(" ?", "?").strip()


def _days(words: str, today: date | None) -> Days | None:
    for pattern, reckon, _ in _TIMES:
        if match := re.compile(pattern, re.IGNORECASE).fullmatch(words):
            try:
                return reckon(match, today)
            except (ValueError, OverflowError):  # the 31st of June, nine hundred years ago
                return None
    return None


def _range(first: str, last: str, today: date | None) -> Days | None:
    """From the first of the earlier to the last of the later, which lends it month and year ("3 to 7 May 2022")."""
    end = _days(last, today)
    if end is None:
        return None
    begin = _days(f"{first} {_MONTHS[end[0].month - 1]} {end[0].year}", None) or _days(first, end[1])
    return (begin[0], end[1]) if begin and begin[0] <= end[1] else None


def _period(words: str, days: Days | None, side: str | None = None) -> Period:
    side = side.lower().replace("ever ", "") if side else None
    relation: Literal["since", "before", "during"] = "during"
    if side in ("since", "after"):
        relation = "since"
    elif side:
        relation = "before"
    if days is None or date.min in days or date.max in days:
        return Period(words, relation=relation)
    first, last = days
    if side == "since":
        return Period(words, first.isoformat(), None, relation=relation)
    if side == "after":
        return Period(words, (last + timedelta(1)).isoformat(), None, relation=relation)
    if side in ("before", "prior to"):
        return Period(words, None, (first - timedelta(1)).isoformat(), relation=relation)
    if side:  # by, until: the day itself counts
        return Period(words, None, last.isoformat(), relation=relation)
    return Period(words, first.isoformat(), last.isoformat(), relation=relation)


# ------------------------------------------------------------------------------------------ the calendar


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _newest_year(month: int, today: date | None) -> int | None:
    """The year of the newest month of that number that has begun."""
    return None if today is None else today.year - (month > today.month)


def _a_day(year: int, month: int, day: int) -> Days:
    return date(year, month, day), date(year, month, day)


def _months(year: int, month: int, count: int) -> Days:
    last = year * 12 + month - 1 + count - 1
    return date(year, month, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _part(days: Days, words: str | None) -> Days:
    """The early, middle or late tenths of a period."""
    if words is None:
        return days
    begin, end = _PARTS[words.lower()]
    tenth = ((days[1] - days[0]).days + 1) / 10
    return days[0] + timedelta(int(begin * tenth)), days[0] + timedelta(int(end * tenth) - 1)


def _back(today: date, days: int, more: int) -> Days:
    """The day so many days back, and so many after it."""
    first = today - timedelta(days)
    return first, first + timedelta(more)


def _ago(today: date, number: int, unit: str) -> date:
    unit = unit.lower()
    if unit in ("day", "week"):
        return today - timedelta(number * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
