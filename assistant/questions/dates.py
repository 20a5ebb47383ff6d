"""Expressions of time in a question, and the days they mean on the day it is asked."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.records.query import Period
from assistant.text.months import MONTH_WORD, MONTHS, WEEKDAYS, month_number

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

_MONTH = rf"(?P<month>{MONTH_WORD})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_NO_NOUN_FOLLOWS = (
    r"(?! (?!(?:about|on|of|and|by|what|who|how|why|did|does|has)\b)\w)"  # the spring regatta is an event
)
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_PART = r"(?:(?P<part>" + "|".join(_PARTS) + r")[ -])?"

DateRange = tuple[date, date]
"""The first and the last day, both included."""

_DateResolver = Callable[[re.Match[str], date | None], DateRange | None]


@dataclass(frozen=True, slots=True)
class ExtractedPeriod:
    """A question without the words that date it, and what those say.

    `inside` are words that date something but stay part of what is asked about ("last week's" vote).
    """

    remaining_text: str
    period: Period | None = None
    kept_words: str = ""
    newest_first: bool = False


# ------------------------------------------------------------------------- a day, a week, a month, a year


def _resolve_iso_date(match: re.Match[str], _: date | None) -> DateRange | None:
    return _make_day_range(int(match["year"]), int(match["number"]), int(match["day"]))


def _resolve_month_day(match: re.Match[str], today: date | None) -> DateRange | None:
    month, day = month_number(match["month"]), int(match["day"])
    if match["year"]:
        return _make_day_range(int(match["year"]), month, day)
    if today is None:
        return None
    days = _make_day_range(today.year, month, day)
    return days if days and days[0] <= today else _make_day_range(today.year - 1, month, day)


def _resolve_month(match: re.Match[str], today: date | None) -> DateRange | None:
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else _find_latest_year(month, today)
    return _narrow_to_part(_make_month_range(year, month, 1), match["part"]) if year else None


def _resolve_year(match: re.Match[str], _: date | None) -> DateRange | None:
    return _narrow_to_part(_make_month_range(int(match["year"]), 1, 12), match["part"])


def _resolve_decade(match: re.Match[str], _: date | None) -> DateRange | None:
    return _make_month_range(int(match["year"]), 1, 120)


def _resolve_quarter(match: re.Match[str], today: date | None) -> DateRange | None:
    year = int(match["year"]) if match["year"] else today.year if today else None
    return _make_month_range(year, 1 + 3 * _QUARTERS[match["number"].lower()], 3) if year else None


def _resolve_half_year(match: re.Match[str], today: date | None) -> DateRange | None:
    year = int(match["year"]) if match["year"] else today.year if today else None
    return _make_month_range(year, 1 + 6 * _QUARTERS[match["number"].lower()], 6) if year else None


def _resolve_season(match: re.Match[str], today: date | None) -> DateRange | None:
    month = _SEASONS[match["season"].lower()]
    year = int(match["year"]) if match["year"] else _find_latest_year(month, today)
    return _make_month_range(year, month, 3) if year else None


def _resolve_last_season(match: re.Match[str], today: date | None) -> DateRange | None:
    """The newest that is over."""
    if today is None:
        return None
    month = _SEASONS[match["season"].lower()]
    years = (today.year, today.year - 1, today.year - 2)
    return next(days for year in years if (days := _make_month_range(year, month, 3))[1] < today)


def _resolve_weekday(match: re.Match[str], today: date | None) -> DateRange | None:
    """The newest day of that name: today's own counts, unless it is called the last."""
    if today is None:
        return None
    back = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    return _make_range_before(today, back or (7 if match["last"] else 0), 0)


def _resolve_today(_: re.Match[str], today: date | None) -> DateRange | None:
    return (today, today) if today else None


def _resolve_yesterday(_: re.Match[str], today: date | None) -> DateRange | None:
    return _make_range_before(today, 1, 0) if today else None


def _resolve_last_night(_: re.Match[str], today: date | None) -> DateRange | None:
    return (today - timedelta(1), today) if today else None


def _resolve_weekend(match: re.Match[str], today: date | None) -> DateRange | None:
    """The newest Saturday and Sunday that have begun; the last weekend is one that is over."""
    if today is None:
        return None
    back = (today.weekday() - 5) % 7
    back += 7 if match["last"] and back <= 1 else 0
    return _make_range_before(today, back, 1)


def _resolve_this_unit(match: re.Match[str], today: date | None) -> DateRange | None:
    """This week is the seven days up to today: who asks on a Monday has not only that day in mind."""
    if today is None:
        return None
    first = {"week": today - timedelta(6), "month": today.replace(day=1), "year": date(today.year, 1, 1)}
    return first[match["unit"].lower()], today


def _resolve_last_unit(match: re.Match[str], today: date | None) -> DateRange | None:
    """Last week, month or year by the calendar."""
    if today is None:
        return None
    unit = match["unit"].lower()
    if unit == "week":
        return _make_range_before(today, today.weekday() + 7, 6)
    if unit == "year":
        return _make_month_range(today.year - 1, 1, 12)
    before = today.replace(day=1) - timedelta(1)
    return before.replace(day=1), before


def _resolve_past_units(match: re.Match[str], today: date | None) -> DateRange | None:
    """The past two weeks: so many days, up to today."""
    if today is None:
        return None
    return _subtract_units(today, _parse_number(match["number"] or "one"), match["unit"]), today


def _resolve_units_ago(match: re.Match[str], today: date | None) -> DateRange | None:
    """Two weeks ago: the day, give or take half of the unit, for nobody means it to the day."""
    if today is None:
        return None
    middle = _subtract_units(today, _parse_number(match["number"]), match["unit"])
    spare = timedelta({"day": 0, "week": 3, "month": 15, "year": 182}[match["unit"].lower()])
    return middle - spare, min(middle + spare, today)


_DATE_RULES: tuple[tuple[str, _DateResolver, bool], ...] = (  # the last: whether it needs no "in" or "on"
    (r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)", _resolve_iso_date, True),
    (rf"(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?", _resolve_month_day, True),
    (rf"{_MONTH} (?:the )?{_DAY}(?!\d)(?:,? {_YEAR})?", _resolve_month_day, True),
    (rf"(?:the (?:month|week) of )?{_PART}{_MONTH}(?:,? (?:of )?{_YEAR})?", _resolve_month, False),
    (rf"(?:the year )?{_PART}{_YEAR}", _resolve_year, False),
    (r"the (?P<year>(?:1[6-9]|20)\d0)['’]?s", _resolve_decade, False),
    (r"(?:the )?(?P<number>first|second|third|fourth) quarter(?: (?:of )?(?P<year>20\d\d))?", _resolve_quarter, False),
    (r"q(?P<number>[1-4])(?: (?:of )?(?P<year>20\d\d))?", _resolve_quarter, False),
    (r"the (?P<number>first|second) half(?: of (?P<year>20\d\d))?", _resolve_half_year, False),
    (rf"last (?P<season>{'|'.join(_SEASONS)})", _resolve_last_season, True),
    (
        rf"(?:(?:the|this) )?(?P<season>{'|'.join(_SEASONS)})(?: (?:of )?{_YEAR}|{_NO_NOUN_FOLLOWS})",
        _resolve_season,
        False,
    ),
    (rf"(?:(?:(?P<last>last)|this|the) )?(?P<weekday>{'|'.join(WEEKDAYS)})(?: (?:morning|evening|night|afternoon))?",
     _resolve_weekday, True),
    (r"today|tonight|this (?:morning|afternoon|evening)", _resolve_today, True),
    (r"yesterday(?: (?:morning|afternoon|evening|night))?", _resolve_yesterday, True),
    (r"last night", _resolve_last_night, True),
    (r"(?:(?P<last>last|past|previous)|this) weekend", _resolve_weekend, True),
    (r"the (?P<last>)weekend", _resolve_weekend, False),
    (r"(?:earlier )?this (?P<unit>week|month|year)", _resolve_this_unit, True),
    (r"(?:late |earlier )?last (?P<unit>week|month|year)", _resolve_last_unit, True),
    (rf"(?:the |these )?(?:past|last|previous) (?:{_NUMBER} )?{_UNIT}", _resolve_past_units, False),
    (rf"{_NUMBER} {_UNIT} ago", _resolve_units_ago, True),
)  # fmt: skip


def _join_alternatives(times: list[str]) -> str:
    """A pattern for one of several, without their names, so that it can stand in another more than once."""
    return "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in times) + ")"


_ANY_DATE = _join_alternatives([pattern for pattern, _, _ in _DATE_RULES])
_STANDALONE_DATE = _join_alternatives([pattern for pattern, _, alone in _DATE_RULES if alone])
_WORD_END = r"(?![\w'’-])"

_RANGE = (
    rf"\b(?:between|from) (?P<first>{_ANY_DATE}|[0-3]?\d) (?:and|to|until|till|through) "
    rf"(?P<last>{_ANY_DATE}){_WORD_END}"
)
_DATE_WITH_PREPOSITION = (
    r"\b(?:(?P<side>(?:ever )?since|after|before|until|till|up to|prior to|by) |"
    r"(?:(?:back|late|early|earlier) )?(?:in|on|during|over|within|throughout|at|dated|from) )"
    rf"(?P<time>{_ANY_DATE})(?: onwards?)?{_WORD_END}"
)
_DATE_WITHOUT_PREPOSITION = rf"\b(?P<time>{_STANDALONE_DATE})(?:(?P<inside>['’]s)|{_WORD_END})"
_DATE_HINT = (  # cheap to look for; most questions speak of no time
    rf"\d|\b(?:{'|'.join(month[:3] for month in MONTHS)}|{'|'.join(WEEKDAYS)}|{'|'.join(_SEASONS)}|quarter|half|"
    r"to(?:day|night)|yesterday|night|morning|afternoon|evening|weekend|(?:day|week|month|year)s?\b)"
)
_SUBJECT_BEFORE_DATE = re.compile(
    r"\b(?:about|of|the|an?)$", re.IGNORECASE
)  # the January 6 riot; what was said about January 6
_NEWEST_FIRST = (
    r"\b(?:(?:most )?recently|lately|these days|nowadays|right now|in recent (?:days|weeks|months|times)|"
    r"most recent|newest|latest|at the moment)\b"
)

# --------------------------------------------------------------------------------------------- reading


def extract_dates(text: str, today: date | None = None) -> ExtractedPeriod:
    """Find the days that a question speaks of and take the words for them out of it.

    Days are those of what is asked about; articles may tell of them later. A period that cannot be reckoned without
    knowing today ("in March", "yesterday") keeps its words and no days. What is yet to come ("next week") is no
    period, because articles about it are from before. Of several expressions the first counts.
    """
    newest = search_ignoring_case(_NEWEST_FIRST, text)
    if newest:
        text = remove_match(text, newest)
    if not search_ignoring_case(_DATE_HINT, text):
        return ExtractedPeriod(text, newest_first=newest is not None)
    if (match := search_ignoring_case(_RANGE, text)) and (days := _resolve_range(match["first"], match["last"], today)):
        return ExtractedPeriod(
            remove_match(text, match), _build_period(match[0], days), newest_first=newest is not None
        )
    dated, undated = (
        search_ignoring_case(_DATE_WITH_PREPOSITION, text),
        search_ignoring_case(_DATE_WITHOUT_PREPOSITION, text),
    )
    if undated and not undated["inside"] and _SUBJECT_BEFORE_DATE.search(text[: undated.start()].rstrip()):
        undated = None
    if dated and (not undated or dated.start() <= undated.start()):
        days = _resolve_expression(dated["time"], today)
        return ExtractedPeriod(
            remove_match(text, dated), _build_period(dated[0], days, dated["side"]), newest_first=newest is not None
        )
    if not undated:
        return ExtractedPeriod(text, newest_first=newest is not None)
    days = _resolve_expression(undated["time"], today)
    if undated["inside"]:  # last week's vote is spoken of afterwards too
        period = Period(undated["time"], days[0].isoformat() if days else None)
        return ExtractedPeriod(text, period, undated["time"], newest is not None)
    return ExtractedPeriod(
        remove_match(text, undated), _build_period(undated[0], days), newest_first=newest is not None
    )


def search_ignoring_case(pattern: str, text: str) -> re.Match[str] | None:
    return re.compile(pattern, re.IGNORECASE).search(text)  # compiled at the first question, not at import


def remove_match(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if not before or before.endswith((".", "?", "!")):  # what opened a sentence leaves its comma behind
        after = after.lstrip(", ")
    return f"{before} {after}".replace(" ,", ",").replace(" ?", "?").strip()


def _resolve_expression(words: str, today: date | None) -> DateRange | None:
    for pattern, reckon, _ in _DATE_RULES:
        if match := re.compile(pattern, re.IGNORECASE).fullmatch(words):
            try:
                return reckon(match, today)
            except (ValueError, OverflowError):  # the 31st of June, nine hundred years ago
                return None
    return None


def _resolve_range(first: str, last: str, today: date | None) -> DateRange | None:
    """From the first of the earlier to the last of the later, which lends it month and year ("3 to 7 May 2022")."""
    end = _resolve_expression(last, today)
    if end is None:
        return None
    begin = _resolve_expression(f"{first} {MONTHS[end[0].month - 1]} {end[0].year}", None) or _resolve_expression(
        first, end[1]
    )
    return (begin[0], end[1]) if begin and begin[0] <= end[1] else None


def _build_period(words: str, days: DateRange | None, side: str | None = None) -> Period:
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


def _parse_number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _find_latest_year(month: int, today: date | None) -> int | None:
    """The year of the newest month of that number that has begun."""
    return None if today is None else today.year - (month > today.month)


def _make_day_range(year: int, month: int, day: int) -> DateRange:
    return date(year, month, day), date(year, month, day)


def _make_month_range(year: int, month: int, count: int) -> DateRange:
    last = year * 12 + month - 1 + count - 1
    return date(year, month, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _narrow_to_part(days: DateRange, words: str | None) -> DateRange:
    """The early, middle or late tenths of a period."""
    if words is None:
        return days
    begin, end = _PARTS[words.lower()]
    tenth = ((days[1] - days[0]).days + 1) / 10
    return days[0] + timedelta(int(begin * tenth)), days[0] + timedelta(int(end * tenth) - 1)


def _make_range_before(today: date, days: int, more: int) -> DateRange:
    """The day so many days back, and so many after it."""
    first = today - timedelta(days)
    return first, first + timedelta(more)


def _subtract_units(today: date, number: int, unit: str) -> date:
    unit = unit.lower()
    if unit in ("day", "week"):
        return today - timedelta(number * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
