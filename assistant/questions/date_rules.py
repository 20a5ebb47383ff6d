"""The forms of date expressions as a table of rules, each with an example, and the dates that they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from assistant.questions.numeric_dates import DAY_AND_MONTH_PATTERN, NUMERIC_DATE_PATTERNS, read_numeric_date
from assistant.text.months import MONTH_WORD, WEEKDAYS, month_number

DateRange = tuple[date, date]
"""The first and the last day, both included."""

DateResolver = Callable[[re.Match[str], date | None], DateRange | None]
"""Resolves a match on a given day ("today"). The result is None if it depends on that day and the day is not known.

Raises ValueError or OverflowError if the calendar does not have the date.
"""


@dataclass(frozen=True, slots=True)
class DateRule:
    """One form of date expression; `is_standalone` if it is a date without a preposition such as "in" or "on"."""

    example: str
    pattern: str
    resolve: DateResolver
    is_standalone: bool = False


# ------------------------------------------------------------------------------------ words of date expressions

NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern hemisphere
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "1": 0, "2": 1, "3": 2, "4": 3}
_PARTS = {  # tenths of a period: first, and the one after the last
    "early": (0, 3), "the beginning of": (0, 3), "the start of": (0, 3), "mid": (3, 7), "the middle of": (3, 7),
    "late": (6, 10), "the end of": (6, 10),
}  # fmt: skip
_HALF_UNIT_DAYS = {"day": 0, "week": 3, "fortnight": 3, "month": 15, "year": 182}
_DAYS_OF_UNIT = {"day": 1, "week": 7, "fortnight": 14}

_MONTH = rf"(?P<month>{MONTH_WORD})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_OF_RECENT_YEAR = r"(?: (?:of )?(?P<year>20\d\d))?"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_CALENDAR_UNIT = r"(?P<unit>week|month|year)"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_PART = r"(?:(?P<part>" + "|".join(_PARTS) + r")[ -])?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DAY_OF_WEEK_BEFORE = rf"(?:(?:{'|'.join(WEEKDAYS)}),? (?:the )?)?"  # "Tuesday, 18 March"
# "The spring regatta" is an event and not a season.
_NO_NOUN_FOLLOWS = r"(?! (?!(?:about|on|of|and|by|what|who|how|why|did|does|has)\b)\w)"


# ------------------------------------------------------------- dates that do not always depend on the current day


def _resolve_numeric_date(match: re.Match[str], _: date | None) -> DateRange:
    day = read_numeric_date(match["one"], match["two"], match["year"])
    return day, day


def _resolve_day_and_month(match: re.Match[str], today: date | None) -> DateRange | None:
    """A day and a month in figures, of the latest year in which the day is not in the future."""
    if today is None:
        return None
    day = read_numeric_date(match["one"], match["two"], str(today.year))
    return (day, day) if day <= today else _day_range(today.year - 1, day.month, day.day)


def _resolve_iso_date(match: re.Match[str], _: date | None) -> DateRange:
    return _day_range(int(match["year"]), int(match["number"]), int(match["day"]))


def _resolve_month_day(match: re.Match[str], today: date | None) -> DateRange | None:
    """A day of a year, or of the latest year in which the day is not in the future."""
    month, day = month_number(match["month"]), int(match["day"])
    if match["year"]:
        return _day_range(int(match["year"]), month, day)
    if today is None:
        return None
    this_year = _day_range(today.year, month, day)
    return this_year if this_year[0] <= today else _day_range(today.year - 1, month, day)


def _resolve_month(match: re.Match[str], today: date | None) -> DateRange | None:
    month = month_number(match["month"])
    year = _read_year(match) or _latest_year_with(month, today)
    return _narrow_to_part(_month_range(year, month, 1), match["part"]) if year else None


def _resolve_weekday_of_month(match: re.Match[str], today: date | None) -> DateRange | None:
    """That Sunday of a month; the whole month for "a Sunday", which can be any of them."""
    month = _resolve_month(match, today)
    if month is None or match["place"] is None:
        return month
    start, weekday = month[0].toordinal(), WEEKDAYS.index(match["weekday"].lower())
    days = [day for at in range(start, month[1].toordinal() + 1) if (day := date.fromordinal(at)).weekday() == weekday]
    day = days[_ORDINALS[match["place"].lower()]]
    return day, day


def _resolve_year(match: re.Match[str], _: date | None) -> DateRange:
    return _narrow_to_part(_month_range(int(match["year"]), 1, 12), match["part"])


def _resolve_decade(match: re.Match[str], _: date | None) -> DateRange:
    return _month_range(int(match["year"]), 1, 120)


def _resolve_part_of_year(match: re.Match[str], today: date | None, *, months: int) -> DateRange | None:
    """The first or a later part of a year that is divided into parts of `months` months each."""
    year = _read_year(match) or (today.year if today else None)
    return _month_range(year, 1 + months * _ORDINALS[match["number"].lower()], months) if year else None


def _resolve_season(match: re.Match[str], today: date | None) -> DateRange | None:
    month = SEASONS[match["season"].lower()]
    year = _read_year(match) or _latest_year_with(month, today)
    return _month_range(year, month, 3) if year else None


# ------------------------------------------------------------------ dates that are relative to the current day


def _relative(resolve: Callable[[re.Match[str], date], DateRange]) -> DateResolver:
    """A resolver that is skipped if the current day is not known."""

    def resolve_if_known(match: re.Match[str], today: date | None) -> DateRange | None:
        return resolve(match, today) if today else None

    return resolve_if_known


def _days_ago(count: int, length: int = 1) -> DateResolver:
    """A resolver to `length` days, the first of them that many days ago."""
    return _relative(lambda _, today: _range_before(today, count, length))


@_relative
def _resolve_last_season(match: re.Match[str], today: date) -> DateRange:
    """The latest season that is over."""
    month = SEASONS[match["season"].lower()]
    years = (today.year, today.year - 1, today.year - 2)
    return next(season for year in years if (season := _month_range(year, month, 3))[1] < today)


@_relative
def _resolve_weekday(match: re.Match[str], today: date) -> DateRange:
    """The latest day of that name. It can be today, unless it is called "last"."""
    days_ago = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    if days_ago == 0 and match["last"]:
        days_ago = 7
    return _range_before(today, days_ago)


@_relative
def _resolve_day_of_month(match: re.Match[str], today: date) -> DateRange:
    """The latest day of that number: "the 18th"."""
    month = 0 if int(match["day"]) <= today.day else -1
    year, number = _add_months(today.year, today.month, month)
    return _day_range(year, number, int(match["day"]))


@_relative
def _resolve_earlier_weekday(match: re.Match[str], today: date) -> DateRange:
    """The Tuesday one or more weeks before last Tuesday: "last Tuesday week", "the Tuesday before last"."""
    days_ago = (today.weekday() - WEEKDAYS.index(match["weekday"].lower()) - 1) % 7 + 1
    return _range_before(today, days_ago + 7 * _read_number(match.groupdict().get("number") or "one"))


@_relative
def _resolve_weekday_of_last_week(match: re.Match[str], today: date) -> DateRange:
    monday = today - timedelta(today.weekday() + 7)
    return _range_before(monday, -WEEKDAYS.index(match["weekday"].lower()))


@_relative
def _resolve_units_ago_exactly(match: re.Match[str], today: date) -> DateRange:
    """A week ago today, two weeks ago yesterday."""
    day = _subtract_units(today, _read_number(match["number"]), match["unit"])
    return _range_before(day, 1 if match["day"].lower() == "yesterday" else 0)


@_relative
def _resolve_unit_before_last(match: re.Match[str], today: date) -> DateRange:
    """The calendar week, month or year before the last one; the weekend or night before the last one."""
    unit = match["unit"].lower()
    if unit == "night":
        return _range_before(today, 2, length=2)
    if unit == "weekend":
        saturday = today - timedelta((today.weekday() - WEEKDAYS.index("saturday")) % 7)
        is_weekend = today.weekday() >= WEEKDAYS.index("saturday")
        return _range_before(saturday, 14 if is_weekend else 7, length=2)
    return _find_last_unit(unit, _find_last_unit(unit, today)[0])


@_relative
def _resolve_weekend(match: re.Match[str], today: date) -> DateRange:
    """The latest Saturday and Sunday that have begun; "last weekend" is over."""
    days_ago = (today.weekday() - WEEKDAYS.index("saturday")) % 7
    if match["last"] and days_ago <= 1:
        days_ago += 7
    return _range_before(today, days_ago, length=2)


@_relative
def _resolve_this_unit(match: re.Match[str], today: date) -> DateRange:
    """This week is the last seven days: a question on a Monday does not mean this day only."""
    first = {"week": today - timedelta(6), "month": today.replace(day=1), "year": date(today.year, 1, 1)}
    return first[match["unit"].lower()], today


@_relative
def _resolve_last_unit(match: re.Match[str], today: date) -> DateRange:
    """The last calendar week, month or year."""
    return _find_last_unit(match["unit"].lower(), today)


def _find_last_unit(unit: str, today: date) -> DateRange:
    """The last calendar week, month or year before that of a day."""
    if unit == "week":
        return _range_before(today, today.weekday() + 7, length=7)
    if unit == "year":
        return _month_range(today.year - 1, 1, 12)
    last_day = today.replace(day=1) - timedelta(1)
    return last_day.replace(day=1), last_day


@_relative
def _resolve_past_units(match: re.Match[str], today: date) -> DateRange:
    """The past two weeks: that many days, up to today."""
    return _subtract_units(today, _read_number(match["number"] or "one"), match["unit"]), today


@_relative
def _resolve_units_ago(match: re.Match[str], today: date) -> DateRange:
    """Two weeks ago: the day, plus and minus half of the unit, because the expression is not meant exactly."""
    middle = _subtract_units(today, _read_number(match["number"]), match["unit"])
    margin = timedelta(_HALF_UNIT_DAYS[match["unit"].lower()])
    return middle - margin, min(middle + margin, today)


# ------------------------------------------------------------------------------------------------- the table

# The first rule that fits is used.
DATE_RULES: tuple[DateRule, ...] = (
    DateRule("2022-05-05", r"(?P<year>(?:1[6-9]|20)\d\d)[-/.](?P<number>[01]?\d)[-/.](?P<day>[0-3]?\d)",
             _resolve_iso_date, is_standalone=True),
    *(
        DateRule(example, _DAY_OF_WEEK_BEFORE + pattern, _resolve_numeric_date, is_standalone=True)
        for example, pattern in zip(("5/5/2022", "5.5.2022", "5-5-2022"), NUMERIC_DATE_PATTERNS, strict=True)
    ),
    DateRule("18/03", DAY_AND_MONTH_PATTERN, _resolve_day_and_month),
    DateRule("5 May 2022", rf"{_DAY_OF_WEEK_BEFORE}(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?",
             _resolve_month_day, is_standalone=True),
    DateRule("May 5, 2022", rf"{_DAY_OF_WEEK_BEFORE}{_MONTH} (?:the )?{_DAY}(?!\d)(?:,? {_YEAR})?",
             _resolve_month_day, is_standalone=True),
    DateRule("the first Sunday in August 2022",
             rf"(?:an?|one|the (?P<place>first|second|third|fourth|last)) {_WEEKDAY} (?:in|of) {_PART}{_MONTH}"
             rf"(?:,? (?:of )?{_YEAR})?", _resolve_weekday_of_month, is_standalone=True),
    DateRule("early March 2022", rf"(?:the (?:month|week) of )?{_PART}{_MONTH}(?:,? (?:of )?{_YEAR})?",
             _resolve_month),
    DateRule("late 2022", rf"(?:the year )?{_PART}{_YEAR}", _resolve_year),
    DateRule("the 1990s", r"the (?P<year>(?:1[6-9]|20)\d0)['’]?s", _resolve_decade),
    DateRule("the first quarter of 2023",
             rf"(?:the )?(?P<number>first|second|third|fourth) quarter{_OF_RECENT_YEAR}",
             partial(_resolve_part_of_year, months=3)),
    DateRule("Q2 2021", rf"q(?P<number>[1-4]){_OF_RECENT_YEAR}", partial(_resolve_part_of_year, months=3)),
    DateRule("the second half of 2023", r"the (?P<number>first|second) half(?: of (?P<year>20\d\d))?",
             partial(_resolve_part_of_year, months=6)),
    DateRule("last summer", rf"last {_SEASON}", _resolve_last_season, is_standalone=True),
    DateRule("the summer of 2021", rf"(?:(?:the|this) )?{_SEASON}(?: (?:of )?{_YEAR}|{_NO_NOUN_FOLLOWS})",
             _resolve_season),
    DateRule("the 18th", rf"the (?P<day>[0-3]?\d)(?:st|nd|rd|th){_NO_NOUN_FOLLOWS}", _resolve_day_of_month),
    DateRule("last Wednesday week", rf"last {_WEEKDAY} week", _resolve_earlier_weekday, is_standalone=True),
    DateRule("a week last Wednesday", rf"(?:a|one) week (?:ago )?(?:on )?last {_WEEKDAY}", _resolve_earlier_weekday,
             is_standalone=True),
    DateRule("a week ago on Wednesday", rf"(?:a|one) week ago (?:on )?{_WEEKDAY}", _resolve_weekday_of_last_week,
             is_standalone=True),
    DateRule("the Wednesday before last", rf"(?:the )?{_WEEKDAY} before last", _resolve_earlier_weekday,
             is_standalone=True),
    DateRule("Wednesday of last week", rf"(?:the )?{_WEEKDAY} (?:of )?last week", _resolve_weekday_of_last_week,
             is_standalone=True),
    DateRule("last week on Wednesday", rf"last week,? (?:on )?{_WEEKDAY}", _resolve_weekday_of_last_week,
             is_standalone=True),
    DateRule("Wednesday last", rf"{_WEEKDAY} (?P<last>last)(?! (?:week|month|year))", _resolve_weekday,
             is_standalone=True),
    DateRule("the week before last", r"(?:the )?(?P<unit>week|month|year|weekend|night) before last",
             _resolve_unit_before_last, is_standalone=True),
    DateRule("last Wednesday",
             rf"(?:(?:(?P<last>last)|this|the) )?{_WEEKDAY}(?: (?:morning|evening|night|afternoon))?",
             _resolve_weekday, is_standalone=True),
    DateRule("today", r"today|tonight|this (?:morning|afternoon|evening)", _days_ago(0), is_standalone=True),
    DateRule("the day before yesterday", r"(?:the )?day before yesterday", _days_ago(2),
             is_standalone=True),
    DateRule("yesterday", r"yesterday(?: (?:morning|afternoon|evening|night))?",
             _days_ago(1), is_standalone=True),
    DateRule("last night", r"last night", _days_ago(1, length=2), is_standalone=True),
    DateRule("last weekend", r"(?:(?P<last>last|past|previous)|this) weekend",
             _resolve_weekend, is_standalone=True),
    DateRule("the weekend", r"the (?P<last>)weekend", _resolve_weekend),
    DateRule("this week", rf"(?:earlier )?this {_CALENDAR_UNIT}", _resolve_this_unit, is_standalone=True),
    DateRule("last month", rf"(?:late |earlier )?last {_CALENDAR_UNIT}", _resolve_last_unit, is_standalone=True),
    DateRule("the past fortnight", r"(?:the |this )?(?:past|last|previous) (?P<number>)(?P<unit>fortnight)",
             _resolve_past_units, is_standalone=True),
    DateRule("the past two weeks", rf"(?:the |these )?(?:past|last|previous) (?:{_NUMBER} )?{_UNIT}",
             _resolve_past_units),
    DateRule("a week ago today", rf"{_NUMBER} {_UNIT} ago (?P<day>today|yesterday)", _resolve_units_ago_exactly,
             is_standalone=True),
    DateRule("two days ago", rf"{_NUMBER} {_UNIT} ago", _resolve_units_ago, is_standalone=True),
)  # fmt: skip


def resolve_expression(words: str, today: date | None) -> DateRange | None:
    """The dates that an expression stands for on the day `today`; None if that is not known or not in the calendar."""
    for rule in DATE_RULES:
        if match := re.compile(rule.pattern, re.IGNORECASE).fullmatch(words):
            try:
                return rule.resolve(match, today)
            except (ValueError, OverflowError):  # 31 June; nine hundred years ago
                return None
    return None


# ---------------------------------------------------------------------------------------------- the calendar


def _read_number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS[word.lower()]


def _read_year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def _latest_year_with(month: int, today: date | None) -> int | None:
    """The latest year whose month of that number has begun."""
    return None if today is None else today.year - (month > today.month)


def _day_range(year: int, month: int, day: int) -> DateRange:
    return date(year, month, day), date(year, month, day)


def _month_range(year: int, month: int, count: int) -> DateRange:
    """`count` months from the first day of a month."""
    last_year, last_month = _add_months(year, month, count - 1)
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _range_before(today: date, days_ago: int, length: int = 1) -> DateRange:
    """`length` days, the first of them `days_ago` days before today."""
    first = today - timedelta(days_ago)
    return first, first + timedelta(length - 1)


def _narrow_to_part(days: DateRange, words: str | None) -> DateRange:
    """The early, middle or late part of a period, or all of it if `words` is None."""
    if words is None:
        return days
    begin, end = _PARTS[words.lower()]
    tenth = ((days[1] - days[0]).days + 1) / 10
    return days[0] + timedelta(int(begin * tenth)), days[0] + timedelta(int(end * tenth) - 1)


def _subtract_units(today: date, number: int, unit: str) -> date:
    unit = unit.lower()
    if unit in _DAYS_OF_UNIT:
        return today - timedelta(number * _DAYS_OF_UNIT[unit])
    year, month = _add_months(today.year, today.month, -number * (12 if unit == "year" else 1))
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and the month `count` months later; earlier if `count` is negative."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1
