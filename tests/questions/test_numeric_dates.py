"""Days in figures, in either order."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.questions.numeric_dates import read_numeric_date, read_other_order


def test_day_comes_first_if_it_can() -> None:
    """The second number is the month unless it is over twelve."""
    assert read_numeric_date("4", "5", "2022") == date(2022, 5, 4)
    assert read_numeric_date("4", "25", "2022") == date(2022, 4, 25)
    assert read_numeric_date("4", "5", "22") == date(2022, 5, 4)
    assert read_numeric_date("4", "5", "71") == date(1971, 5, 4)
    with pytest.raises(ValueError, match="day"):
        read_numeric_date("31", "2", "2022")


def test_other_order() -> None:
    """Only figures that can both be the month have another order; with points the day comes first."""
    assert read_other_order("04/05/2022") == date(2022, 4, 5)
    assert read_other_order("04-05-2022") == date(2022, 4, 5)
    assert [read_other_order(words) for words in ("04.05.2022", "5/5/2022", "25/5/2022", "May 2022")] == [None] * 4
