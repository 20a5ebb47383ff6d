"""Dates in figures: 18/03/2025, 3/18/2025, 18.03.2025, 18-03-25.

The day comes first, as in most countries, unless only the month can. With points it always comes first."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = r"(?P<{}>[0-3]?\d)"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d|\d\d)"
_LAST_YEAR_OF_CENTURY = 69  # "25" is 2025, and "70" is 1970

NUMERIC_DATE_PATTERNS = tuple(
    mark.join((_NUMBER.format("one"), _NUMBER.format("two"), _YEAR)) for mark in ("/", r"\.", "-")
)
"""One pattern for each mark between the figures."""

# With a preposition, days without a year too: "on 18/03". "9/11" and "24/7" are names.
DAY_AND_MONTH_PATTERN = rf"(?!(?:9/11|24/7)\b){_NUMBER.format('one')}/{_NUMBER.format('two')}(?![/.-]?\d)"

_NUMERIC_DATE = re.compile("|".join(re.sub(r"\?P<(\w+)>", "", pattern) for pattern in NUMERIC_DATE_PATTERNS))


def read_numeric_date(one: str, two: str, year: str, *, day_first: bool = True) -> date:
    """The day of three numbers. Raises ValueError if the calendar has no such day in either order."""
    day, month = (int(one), int(two)) if day_first else (int(two), int(one))
    if month > 12 >= day:
        day, month = month, day
    return date(_complete_year(year), month, day)


def read_other_order(words: str) -> date | None:
    """The day that a date in figures means where the month comes first; None if it has only one meaning."""
    match = _NUMERIC_DATE.fullmatch(words)
    if match is None or "." in words:
        return None
    one, two, year = re.split(r"\D", words)
    if one == two or max(int(one), int(two)) > 12:
        return None
    try:
        return read_numeric_date(one, two, year, day_first=False)
    except ValueError:
        return None


def _complete_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= _LAST_YEAR_OF_CENTURY else 1900)
