"""English names of months and weekdays, and regular expressions for months. All in lower case: match without case."""

from __future__ import annotations

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
