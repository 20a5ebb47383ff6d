"""English names of months and weekdays, and regular expressions for months. All in lower case: match without case."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)  # fmt: skip
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())

MONTH_ABBREVIATIONS = tuple("jan feb mar apr jun jul aug sept sep oct nov dec".split())
"""Each may be followed by a full stop. "May" has no short form."""

FULL_MONTH = "|".join(MONTHS)
"""Alternatives for a month that is written out, to be put in a group."""

MONTH_WORD = "|".join((*MONTHS, *MONTH_ABBREVIATIONS))
"""Alternatives for a month, written out or abbreviated without a full stop, to be put in a group."""

CAPITALIZED_MONTH = (
    "(?:"
    + "|".join(month.capitalize() for month in MONTHS)
    + "|(?:"
    + "|".join(month.capitalize() for month in MONTH_ABBREVIATIONS)
    + r")\.)"
)
"""A month as edited text writes it, for a search that respects case: "March" and "Mar.", but not "march" or "Mar"."""


def month_number(name: str) -> int:
    """The number, from 1 to 12, of a month name or abbreviation in any case. Raises ValueError for other words."""
    start = name[:3].lower()
    for number, month in enumerate(MONTHS, 1):
        if len(start) == 3 and month.startswith(start):
            return number
    raise ValueError(f"{name!r} is not the name of a month")


def shift_day(day: date, days: int) -> date:
    """The day some days later, or earlier if `days` is negative; where the calendar ends before, its last or first day.

    Articles can have any day of the calendar, so arithmetic on their days must not leave it.
    """
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def format_day(day: date) -> str:
    """A day in words: "30 December 2022"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def format_days(first: str, last: str) -> str:
    """One or more days, given in ISO 8601, in words: "7 August 2019", "October 2022", "2021", "3 to 9 May 2022".

    Raises ValueError if one is not a date.
    """
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if begin == end:
        return format_day(begin)
    is_whole = begin.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if is_whole and begin.year == end.year and (begin.month, end.month) == (1, 12):
        return str(begin.year)
    if is_whole and (begin.year, begin.month) == (end.year, end.month):
        return format_day(begin).partition(" ")[2]
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day} to {format_day(end)}"
    year = "" if begin.year == end.year else f" {begin.year}"
    return f"{begin.day} {MONTHS[begin.month - 1].capitalize()}{year} to {format_day(end)}"
