"""Dates of publication in the spellings that people and programs use."""

from __future__ import annotations

import pytest

from assistant.articles.dates import AmbiguousDateError, find_date_in_folders, find_day_in_name, find_days, parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-10-26", "2025-10-26"),
        ("2025-10-26 09:30:00 +0300", "2025-10-26T09:30:00+0300"),
        ("2025-10-26T09:30:00.000Z", "2025-10-26T09:30:00.000Z"),
        ("2025-6-1", "2025-06-01"),
        ("2025/06/01", "2025-06-01"),
        ("26.10.2025", "2025-10-26"),
        ("26/10/2025", "2025-10-26"),
        ("10/26/2025", "2025-10-26"),
        ("7/7/2025", "2025-07-07"),
        ("20251026", "2025-10-26"),
        ("October 26, 2025", "2025-10-26"),
        ("Oct. 26, 2025, 9:30 p.m.", "2025-10-26T21:30"),
        ("Sunday, 26th of October 2025 at 8 AM", "2025-10-26T08:00"),
        ("Sun, 26 Oct 2025 10:00:00 +0100", "2025-10-26T10:00:00+0100"),
        ("Sun, 26 Oct 2025 10:00:00 GMT", "2025-10-26T10:00:00Z"),
        ("Sun Oct 26 10:00:00 EST 2025", "2025-10-26T10:00:00"),
        ("26-Oct-2025", "2025-10-26"),
        ("26 octobre 2025", "2025-10-26"),
        ("26. Oktober 2025", "2025-10-26"),
        ("26 de octubre de 2025", "2025-10-26"),
        ("2025年10月26日", "2025-10-26"),
        ("Published October 26, 2025 | Updated October 27, 2025", "2025-10-26"),
        ("1761471000", "2025-10-26T09:30:00Z"),
        ("1761471000000", "2025-10-26T09:30:00Z"),
        ("October 2025", "2025-10"),
        ("2025-10", "2025-10"),
        ("10/2025", "2025-10"),
        ("2025", "2025"),
    ],
)
def test_date_as_exact_as_given(text: str, date: str) -> None:
    """Each spelling gives ISO 8601, with no more than the text says."""
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("04/05/2025", "it can be 2025-04-05 or 2025-05-04"),
        ("4.5.2025", "it can be 2025-04-05 or 2025-05-04"),
        ("3 May 2025, 6 May 2025", "several dates: 2025-05-03, 2025-05-06"),
    ],
)
def test_ambiguous_date(text: str, reason: str) -> None:
    """What can be several days is left open, and the days are named."""
    with pytest.raises(AmbiguousDateError) as raised:
        parse_date(text)
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "May", "2025-02-31", "31/02/2025", "2025-13", "2025-W43-7", "2024-2025", "9999"],
)
def test_no_date(text: str) -> None:
    """Anything else is not a date."""
    with pytest.raises(ValueError, match=r"^it is not a date$"):
        parse_date(text)


def test_days_in_text() -> None:
    """Days with their year are found with their places."""
    assert list(find_days("From 3 May 2025 to June 4, 2025 or May 9.")) == [
        (5, 15, "2025-05-03"),
        (19, 31, "2025-06-04"),
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-05-03-weir.md", "2025-05-03"),
        ("20250503_weir.txt", "2025-05-03"),
        ("weir 2025.05.03.txt", "2025-05-03"),
        ("12345678.txt", None),
        ("weir-2025.txt", None),
        ("2025-05-03 to 2025-05-04.txt", None),
    ],
)
def test_day_in_file_name(name: str, day: str | None) -> None:
    """The only day in the name of a file is found."""
    assert find_day_in_name(name) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 Oct '25", "2025-10-26"),
        ("26-Oct-25", "2025-10-26"),
        ("Oct 26, '99", "1999-10-26"),
        ("31/12/99", "1999-12-31"),
    ],
)
def test_years_of_two_digits(text: str, day: str) -> None:
    """A year of two digits is read where the month has a name, or no other order gives a day."""
    assert parse_date(text) == day


def test_years_of_two_digits_left_open() -> None:
    """What can be two days is left open, and both are named."""
    with pytest.raises(AmbiguousDateError, match="2025-10-26 or 2026-10-25"):
        parse_date("26/10/25")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("weir 13.03.2025.txt", "2025-03-13"),
        ("weir-13-03-2025.md", "2025-03-13"),
        ("13 March 2025 weir.md", "2025-03-13"),
        ("March 13, 2025 - weir.md", "2025-03-13"),
        ("Post_13Mar2025_weir.txt", "2025-03-13"),
        ("weir_2025Mar13.txt", "2025-03-13"),
        ("2025-3-13.md", "2025-03-13"),
        ("2025-03 weir.md", "2025-03"),
        ("weir-03-04-2025.md", None),
        ("report-2024-2025.md", None),
        ("2025-03-13 to 2025-03-14.md", None),
    ],
)
def test_day_in_name_of_file(name: str, day: str | None) -> None:
    """The name of a file gives a day in the usual spellings, or none if it can be two."""
    assert find_day_in_name(name) == day


@pytest.mark.parametrize(
    ("folders", "date"),
    [
        ("2019/09/06", "2019-09-06"),
        ("clips/2019/09", "2019-09"),
        ("2019-09-06", "2019-09-06"),
        ("2019-09/mill", "2019-09"),
        ("2018/01/2019-09", "2019-09"),
        ("2019", None),
        ("2019/13", None),
        ("2019/02/30", None),
        ("backup-2019-09-06", None),
        ("v2019/09", None),
        ("", None),
    ],
)
def test_date_in_names_of_folders(folders: str, date: str | None) -> None:
    assert find_date_in_folders(folders.split("/")) == date


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "1499-01-01"])
def test_day_of_no_article(text: str) -> None:
    """Beyond the years in which there are articles: the day before or after it may be none."""
    with pytest.raises(ValueError, match="date"):
        parse_date(text)
