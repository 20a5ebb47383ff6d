"""Dates and ages as text."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.tui.rendering.relative_dates import describe_age, format_age, format_day, format_day_and_age, parse_day

NOW = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 1, 16), "in the future"),
        (date(2026, 1, 15), "today"),
        (date(2026, 1, 14), "yesterday"),
        (date(2026, 1, 13), "2 days ago"),
        (date(2026, 1, 2), "13 days ago"),
        (date(2026, 1, 1), "2 weeks ago"),
        (date(2025, 11, 16), "8 weeks ago"),
        (date(2025, 11, 15), "2 months ago"),
        (date(2024, 1, 16), "23 months ago"),
        (date(2024, 1, 15), "2 years ago"),
    ],
)
def test_age_in_largest_unit(day: date, age: str) -> None:
    """The unit changes at 14 days, 2 months and 24 months."""
    assert describe_age(day, NOW) == age


def test_day_parsed_from_date_and_time() -> None:
    """A time after the date is ignored; anything else is no day."""
    assert parse_day("2025-03-12T08:00:00Z") == date(2025, 3, 12)
    assert parse_day("March 2025") is None
    assert parse_day(None) is None


def test_day_and_age_of_old_source_has_sign() -> None:
    """From a year on the age has a sign; an invalid date stays as it is."""
    assert format_day(date(2025, 3, 12)) == "12 Mar 2025"
    assert format_day_and_age("2025-03-12", NOW) == "12 Mar 2025, 10 months ago"
    assert format_age("2025-01-15", NOW) == "◷ 12 months ago"
    assert format_day_and_age("last spring", NOW) == "last spring"
    assert format_day_and_age(None, NOW) == ""
