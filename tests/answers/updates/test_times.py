"""The days that words for a time mean on the day of an article."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers.updates.times import find_times

TUESDAY = date(2025, 2, 11)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("It opens in April 2027.", "April 2027", "2027-04-01", "2027-04-30"),
        ("It opens in April.", "April", "2025-04-01", "2025-04-30"),
        ("It opens in January.", "January", "2026-01-01", "2026-01-31"),
        ("It opens on 4 May.", "4 May", "2025-05-04", "2025-05-04"),
        ("It opens on May 4, 2026.", "May 4, 2026", "2026-05-04", "2026-05-04"),
        ("It opens at the end of 2026.", "the end of 2026", "2026-09-01", "2026-12-31"),
        ("It opens by mid-2026.", "mid-2026", "2026-04-02", "2026-09-30"),
        ("It opens next year.", "next year", "2026-01-01", "2026-12-31"),
        ("It opens next spring.", "next spring", "2025-02-08", "2025-06-21"),
        ("It opens in the third quarter of 2025.", "the third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("It opens in two weeks.", "in two weeks", "2025-02-22", "2025-02-28"),
        ("It will open on Friday.", "Friday", "2025-02-14", "2025-02-14"),
        ("It will open next Monday.", "next Monday", "2025-02-17", "2025-02-24"),
        ("It will open tomorrow.", "tomorrow", "2025-02-12", "2025-02-12"),
    ],
)
def test_time(text: str, words: str, first: str, last: str) -> None:
    (found,) = find_times(text, TUESDAY, is_to_come=True)
    assert (text[slice(*found.span)], found.first.isoformat(), found.last.isoformat()) == (words, first, last)


@pytest.mark.parametrize("text", ["It costs 2026 crowns.", "The mayor said on Monday.", "It may open."])
def test_no_time(text: str) -> None:
    assert find_times(text, TUESDAY, is_to_come=True) == []


def test_past() -> None:
    """A month without a year is the last one of what is over."""
    (found,) = find_times("It opened in April.", TUESDAY, is_to_come=False)
    assert found.first == date(2024, 4, 1)


def test_same_time() -> None:
    texts = ("in 2025", "in May 2025", "on 3 May 2025", "in June 2025")
    year, may, day, june = (find_times(text, TUESDAY, is_to_come=True)[0] for text in texts)
    assert year.can_be(may)
    assert may.can_be(day)
    assert not day.can_be(june)
