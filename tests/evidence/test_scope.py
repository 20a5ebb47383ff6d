"""Articles of the days that a question names."""

from __future__ import annotations

import pytest

from assistant.evidence.scope import is_in_period, is_in_scope, is_period_covered
from assistant.records.query import Period, Query
from tests.support.memory_library import make_article

EITHER = Period("on 04/05/2025", "2025-05-04", "2025-05-04", other_reading=("2025-04-05", "2025-04-05"))


@pytest.mark.parametrize(
    ("day", "fits"),
    [("2025-05-04", True), ("2025-05-05", True), ("2025-04-05", True), ("2025-04-20", False), (None, True)],
)
def test_either_meaning_of_a_date(day: str | None, fits: bool) -> None:
    """An article of either day that figures can mean is of the period, and so is one of the day after."""
    assert is_in_period(make_article("a", "A barn fell.", published_at=day), EITHER) is fits


def test_either_meaning_is_covered() -> None:
    """A library that has one of the two days covers the period."""
    assert is_period_covered(EITHER, ("2025-04-01", "2025-04-30"))
    assert not is_period_covered(EITHER, ("2025-04-06", "2025-04-30"))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_ends_of_the_calendar(day: str) -> None:
    """An article of the first or the last day that there is can be of a period that ends there."""
    article = make_article("a", "A barn fell.", published_at=day)
    assert is_in_period(article, Period("then", day, day))
    asked = Query("?", "other", (), period=Period("then", day, day))  # which articles that announce it answer too
    assert is_in_scope(asked, article, (day, day))
