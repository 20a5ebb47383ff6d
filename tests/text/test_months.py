"""Month and weekday names, and the regular expressions built from them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.text.months import (
    CAPITALIZED_MONTH,
    FULL_MONTH,
    MONTH_WORD,
    MONTHS,
    WEEKDAYS,
    format_days,
    month_number,
    shift_day,
)


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("feb", 2), ("MAR", 3), ("may", 5), ("sept", 9), ("Sep", 9), ("december", 12)]
)
def test_month_number_of_name(name: str, number: int) -> None:
    """A month has the same number written out or abbreviated, in any case."""
    assert month_number(name) == number


@pytest.mark.parametrize("word", ["", "m", "ma", "Monday"])
def test_month_number_of_other_word(word: str) -> None:
    """A word that is not a month raises ValueError."""
    with pytest.raises(ValueError, match="not the name of a month"):
        month_number(word)


def test_weekday_numbers_like_datetime() -> None:
    """Weekdays are in the order of `date.weekday`, and months in that of the year."""
    assert (WEEKDAYS[0], WEEKDAYS[6]) == ("monday", "sunday")
    assert (MONTHS[0], MONTHS[11]) == ("january", "december")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (MONTH_WORD, "sept", True),
        (MONTH_WORD, "september", True),
        (MONTH_WORD, "sept.", False),
        (FULL_MONTH, "sept", False),
        (CAPITALIZED_MONTH, "Sept.", True),
        (CAPITALIZED_MONTH, "Sept", False),
        (CAPITALIZED_MONTH, "May", True),
        (CAPITALIZED_MONTH, "may", False),
    ],
)
def test_month_pattern(pattern: str, text: str, matches: bool) -> None:
    """Each pattern accepts its forms only."""
    assert bool(re.fullmatch(f"(?:{pattern})", text)) == matches


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-05-09", "2025-05-09", "9 May 2025"),
        ("2025-05-01", "2025-05-31", "May 2025"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2025-05-05", "2025-05-11", "5 to 11 May 2025"),
        ("2025-04-28", "2025-05-04", "28 April to 4 May 2025"),
        ("2024-12-30", "2025-01-05", "30 December 2024 to 5 January 2025"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_days_in_words(first: str, last: str, words: str) -> None:
    """One day, a whole month or year, or the first and the last day."""
    assert format_days(first, last) == words


@pytest.mark.parametrize(
    ("day", "days", "shifted"),
    [
        ("2024-02-28", 2, "2024-03-01"),
        ("2024-03-01", -2, "2024-02-28"),
        ("9999-12-30", 7, "9999-12-31"),
        ("0001-01-03", -60, "0001-01-01"),
    ],
)
def test_day_is_shifted_within_the_calendar(day: str, days: int, shifted: str) -> None:
    """Before the first day and after the last one there is none."""
    assert shift_day(date.fromisoformat(day), days).isoformat() == shifted
