"""Month and weekday names, and the regular expressions built from them."""

from __future__ import annotations

import re

import pytest

from assistant.text.months import CAPITALIZED_MONTH, FULL_MONTH, MONTH_WORD, MONTHS, WEEKDAYS, month_number


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
