"""Which days the words of a sentence mean."""

from __future__ import annotations

import re

import pytest

from assistant.evidence.named_days import cut_around, find_last_day, find_named_days

FRIDAY = "2025-05-09"


def resolve(text: str, published_at: str | None = FRIDAY) -> dict[str, str]:
    return {day.words: day.meaning for day in find_named_days(text, published_at)}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("The pier closed on Wednesday.", {"Wednesday": "7 May 2025"}),
        ("The pier closed on Friday.", {"Friday": "9 May 2025"}),
        ("The pier closed Friday morning, police reported.", {"Friday morning": "9 May 2025"}),
        ("The pier closed last Friday.", {"last Friday": "2 May 2025"}),
        ("The pier closed last Saturday.", {"last Saturday": "3 May 2025"}),
        (
            "It burned late Monday night, officials said Tuesday.",
            {"Monday night": "5 May 2025", "Tuesday": "6 May 2025"},
        ),
        ("Tuesday's vote was close.", {"Tuesday": "6 May 2025"}),
        ("The pier will be opened by the mayor of Port Ellery on Monday.", {"Monday": "12 May 2025"}),
        ("The mayor, who will retire, opened the pier on Monday.", {"Monday": "5 May 2025"}),
        (
            "Fares rose last month and fell last week.",
            {"last month": "April 2025", "last week": "28 April to 4 May 2025"},
        ),
        ("It lost 40 boats last year.", {"last year": "2024"}),
        ("It opens next year.", {"next year": "2026"}),
        ("Rescuers stopped yesterday.", {"yesterday": "8 May 2025"}),
        ("Two people died three days ago.", {"three days ago": "6 May 2025"}),
        ("The mayor resigned today.", {"today": "9 May 2025"}),
        ("It rained yesterday and today.", {"yesterday": "8 May 2025", "today": "9 May 2025"}),
    ],
)
def test_words_for_days(text: str, meaning: dict[str, str]) -> None:
    """A weekday is the last one before the article, or the next one, as the verb before it tells."""
    assert resolve(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "Super Tuesday decides.",
        "It runs every Monday and on Sundays.",
        "It closed on Monday, 5 May.",
        "It closed on 5 May, a Monday.",
        "It may close on Monday.",
        "It was closed, police reported Saturday morning.",
        "It stays closed until Wednesday.",
        "The shop keeps Sunday opening hours.",
        "In 1998 they met on Monday.",
        "“We met on Monday,” she said.",
        "They met the previous Wednesday.",
        "It happens in the next week or so.",
        "She told them in March that she would vote against it today and tomorrow.",
        "Too many calls today still go astray.",
        "The town looked much as it does today.",
        "Prices were lower than they are today.",
        "The sea was lower than the old docks are today.",
        "The canal made the town what it is today.",
        "What was a mill is today a hotel.",
        "Nothing is dated here.",
    ],
)
def test_words_that_mean_no_certain_day(text: str) -> None:
    """Names, repetitions, days with a date beside them, and what is not certain are left out."""
    assert resolve(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Police found the boat today.",
        "He met her today.",
        "The mayor spoke today.",
        "War broke out today.",
        "The keeper quit today.",
        "The vote is today.",
        "The strike begins today.",
        "The mayor departs Tarn Head for Orvik today.",
        "Indeed there is need of rain today.",
        "Ministers today announced a vote.",
        "Police today still searched the pier.",
        "Police are today appealing for witnesses.",
        "More than 200 people are today in hospital.",
        "As it is today unveiling its plan, the council met.",
    ],
)
def test_today_of_an_event(text: str) -> None:
    """A past form or a plain present of an event keeps its day."""
    assert resolve(text) == {"today": "9 May 2025"}


def test_long_sentence_is_looked_at_near_each_day() -> None:
    """However long a sentence is, the words for a day are read with at most 200 characters on either side."""
    text = "She rowed " + "on and on " * 400 + "today" + " and on" * 400
    (match,) = re.finditer("today", text)
    before, after = cut_around(match)
    assert 180 < len(before) <= 200
    assert len(after) == 200
    assert text.partition("today")[0].endswith(f" {before}")
    (match,) = re.finditer("today", "She left today.")
    assert cut_around(match) == ("She left ", ".")
    assert resolve("today and " * 2000) == {"today": "9 May 2025"}
    far = "She will open it, " + "and on and on and on, " * 20
    assert resolve(f"{far}on Monday.") == {"Monday": "5 May 2025"}
    assert resolve(f"{far[:60]}on Monday.") == {"Monday": "12 May 2025"}


def test_quotation_however_long() -> None:
    """A mark far before a day still opens the quotation that the day is in."""
    inside = "we met and met " * 40
    assert resolve(f"“{inside}on Monday,” she said on Tuesday.") == {"Tuesday": "6 May 2025"}
    assert resolve(f'"{inside}on Monday," she said on Tuesday.') == {"Tuesday": "6 May 2025"}


def test_article_without_a_day() -> None:
    """The days of an article of which only the month or nothing is known are not."""
    assert resolve("It closed on Monday.", "2025-05") == {}
    assert resolve("It closed on Monday.", None) == {}


def test_last_day() -> None:
    """The last day named that is over; empty if no day is named."""
    assert find_last_day("On Monday it was 36, on Thursday 58.", FRIDAY) == "2025-05-08"
    assert find_last_day("It will open on Monday.", FRIDAY) == ""


@pytest.mark.parametrize("published_at", ["9999-12-31", "0001-01-01"])
def test_article_at_the_end_of_all_years(published_at: str) -> None:
    """As an older version has stored it: words for days beyond them mean no day."""
    text = "It sails next year, and sailed last year. It sank yesterday, on Friday; it opens next month, on Monday."
    resolve(text, published_at)
    assert "next year" not in resolve(text, "9999-12-31")
    assert "yesterday" not in resolve(text, "0001-01-01")
