"""Dates that a question names, relative to the day on which it is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.dates import extract_dates

TODAY = date(2024, 6, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2024-06-05", "2024-06-05"),
        ("this morning", "2024-06-05", "2024-06-05"),
        ("yesterday", "2024-06-04", "2024-06-04"),
        ("last night", "2024-06-04", "2024-06-05"),
        ("this week", "2024-05-30", "2024-06-05"),
        ("last week", "2024-05-27", "2024-06-02"),
        ("in the past week", "2024-05-29", "2024-06-05"),
        ("in the past two weeks", "2024-05-22", "2024-06-05"),
        ("over the last few months", "2024-03-05", "2024-06-05"),
        ("in the last 10 days", "2024-05-26", "2024-06-05"),
        ("this month", "2024-06-01", "2024-06-05"),
        ("last month", "2024-05-01", "2024-05-31"),
        ("earlier this year", "2024-01-01", "2024-06-05"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last summer", "2023-06-01", "2023-08-31"),
        ("in the summer of 2021", "2021-06-01", "2021-08-31"),
        ("over the weekend", "2024-06-01", "2024-06-02"),
        ("two days ago", "2024-06-03", "2024-06-03"),
        ("a month ago", "2024-04-20", "2024-05-20"),
        ("on Wednesday", "2024-06-05", "2024-06-05"),
        ("last Wednesday", "2024-05-29", "2024-05-29"),
        ("on Friday", "2024-05-31", "2024-05-31"),
        ("since Monday", "2024-06-03", None),
        ("in March", "2024-03-01", "2024-03-31"),
        ("in August", "2023-08-01", "2023-08-31"),
        ("on a Sunday in August", "2023-08-01", "2023-08-31"),
        ("on the last Sunday of March", "2024-03-31", "2024-03-31"),
        ("in early March", "2024-03-01", "2024-03-09"),
        ("in late March 2022", "2022-03-19", "2022-03-31"),
        ("in March 2022", "2022-03-01", "2022-03-31"),
        ("in Feb. 2020", "2020-02-01", "2020-02-29"),
        ("on 5 May 2022", "2022-05-05", "2022-05-05"),
        ("on the 5th of May", "2024-05-05", "2024-05-05"),
        ("May 5, 2022", "2022-05-05", "2022-05-05"),
        ("on July 9", "2023-07-09", "2023-07-09"),
        ("2022-05-05", "2022-05-05", "2022-05-05"),
        ("on 25/05/2022", "2022-05-25", "2022-05-25"),
        ("on 5/25/2022", "2022-05-25", "2022-05-25"),
        ("on 05.06.2022", "2022-06-05", "2022-06-05"),
        ("on 25-05-2022", "2022-05-25", "2022-05-25"),
        ("on 25/05/22", "2022-05-25", "2022-05-25"),
        ("on Wednesday, 25 May 2022", "2022-05-25", "2022-05-25"),
        ("before 25/05/2022", None, "2022-05-24"),
        ("between 5/11/2022 and 5/25/2022", "2022-05-11", "2022-05-25"),
        ("in the past fortnight", "2024-05-22", "2024-06-05"),
        ("since the day before yesterday", "2024-06-03", None),
        ("Tuesday last", "2024-06-04", "2024-06-04"),
        ("in 2016", "2016-01-01", "2016-12-31"),
        ("since 2020", "2020-01-01", None),
        ("after March 2022", "2022-04-01", None),
        ("before 3 June", None, "2024-06-02"),
        ("by 2019", None, "2019-12-31"),
        ("until May 2021", None, "2021-05-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the first quarter of 2023", "2023-01-01", "2023-03-31"),
        ("in the second half of 2023", "2023-07-01", "2023-12-31"),
        ("between March and June 2022", "2022-03-01", "2022-06-30"),
        ("between November and February", "2023-11-01", "2024-02-29"),
        ("between 2019 and 2021", "2019-01-01", "2021-12-31"),
        ("from 3 to 7 May 2022", "2022-05-03", "2022-05-07"),
        ("from Monday to Tuesday", "2024-06-03", "2024-06-04"),
    ],
)
def test_relative_dates_resolved_and_removed(words: str, first: str | None, last: str | None) -> None:
    """Relative dates are resolved, and their words are removed from the question."""
    times = extract_dates(f"what did Okoro say {words} about tolls?", TODAY)
    assert times.remaining_text == "what did Okoro say about tolls?"
    assert times.period
    assert (times.period.words, times.period.first, times.period.last) == (words, first, last)


@pytest.mark.parametrize("words", ["in March", "yesterday", "last year", "on 5 May", "on Tuesday", "two weeks ago"])
def test_relative_dates_without_reference_day(words: str) -> None:
    """Without a reference day only the words of a relative date are recognized."""
    times = extract_dates(f"who won {words}?")
    assert times.period
    assert (times.remaining_text, times.period.words) == ("who won?", words)
    assert times.period.first is times.period.last is None


@pytest.mark.parametrize(
    "text",
    [
        "who may resign?", "who will march on the town?", "what will happen next year?", "who won the 2020 election?",
        "who wrote the March report?", "who sold 2022 boats?", "who won the spring regatta?",
    ],
)  # fmt: skip
def test_false_dates_left_in_text(text: str) -> None:
    """Words that only look like a date are left unchanged."""
    assert extract_dates(text, TODAY).period is None
    assert extract_dates(text, TODAY).remaining_text == text


def test_impossible_day_has_no_date() -> None:
    """A day that is not in the calendar has no date."""
    period = extract_dates("who won on 31 June 2022?", TODAY).period
    assert period
    assert (period.first, period.last) == (None, None)


@pytest.mark.parametrize("word", ["recently", "most recently", "lately", "latest", "newest"])
def test_newest_first_words(word: str) -> None:
    """Words such as "recently" ask for the newest articles first."""
    times = extract_dates(f"{word} news of the strike", TODAY)
    assert (times.newest_first, times.remaining_text) == (True, "news of the strike")


@pytest.mark.parametrize(
    ("text", "remaining", "words"),
    [
        ("Where do tolls stand now?", "Where do tolls stand?", "now"),
        ("How many berths leak so far?", "How many berths leak?", "so far"),
        ("In the end, who won?", "who won?", "In the end"),
        ("Who ended up running the port?", "Who ended up running the port?", "ended up"),
        ("What has become of the ferry?", "What has become of the ferry?", "has become of"),
        ("What was the final ruling?", "What was the final ruling?", "final"),
        ("Is the pier still shut?", "Is the pier still shut?", "still"),
        ("Who won the final?", "Who won the final?", None),
        ("What did NOW say?", "What did NOW say?", None),
        ("What now that the pier is shut?", "What now that the pier is shut?", None),
    ],
)
def test_words_for_the_latest_state(text: str, remaining: str, words: str | None) -> None:
    """They ask how things stand at the end; those that a sentence can do without are removed."""
    dates = extract_dates(text, TODAY)
    assert (dates.remaining_text, dates.latest_words) == (remaining, words)


def test_month_and_year_at_the_end_of_keywords() -> None:
    """A month with its year dates a few words also without a preposition."""
    dates = extract_dates("fuel price record June 2022", TODAY)
    assert dates.period is not None
    assert (dates.period.first, dates.remaining_text) == ("2022-06-01", "fuel price record")
    assert extract_dates("What happened at the meeting of 3 June 2022?", TODAY).period is None  # of a day, the subject


@given(st.text(alphabet="in the last 12 weeks since 31 February 2022 and May ago,'", max_size=80), st.dates())
def test_any_text_ordered_period_or_none(text: str, today: date) -> None:
    """For any text the period is in order or absent."""
    period = extract_dates(text, today).period
    if period and period.first and period.last:
        assert date.fromisoformat(period.first) <= date.fromisoformat(period.last)


def test_two_readings_of_figures() -> None:
    """Figures of which either can be the month have two meanings, on the same side of the day."""
    (during, since, before) = (
        extract_dates(f"what did Okoro say {words}?", TODAY).period
        for words in ("on 04/05/2022", "since 04/05/2022", "before 4/5/22")
    )
    assert during
    assert during.readings == (("2022-05-04", "2022-05-04"), ("2022-04-05", "2022-04-05"))
    assert since
    assert since.readings == (("2022-05-04", None), ("2022-04-05", None))
    assert before
    assert before.readings == ((None, "2022-05-03"), (None, "2022-04-04"))


@pytest.mark.parametrize("words", ["04/04/2022", "04.05.2022", "25/05/2022", "5/25/2022", "2022-04-05"])
def test_one_reading_of_figures(words: str) -> None:
    """A day over twelve, equal figures, points and a year in front leave one meaning."""
    period = extract_dates(f"what did Okoro say on {words}?", TODAY).period
    assert period
    assert len(period.readings) == 1


@pytest.mark.parametrize(
    "question",
    ["what happened on 9/11?", "who runs the 24/7 line?", "what did Okoro say on the 18th century?", "who won 3-2?"],
)
def test_figures_that_are_no_date(question: str) -> None:
    """Names, scores and ordinals before a noun stay in the question."""
    assert extract_dates(question, TODAY).period is None
