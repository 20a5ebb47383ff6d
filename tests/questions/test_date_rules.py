"""The table of date rules: every example is resolved by its own rule."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.questions.date_rules import DATE_RULES, DateRule, resolve_expression

TODAY = date(2024, 6, 5)  # a Wednesday
EXPECTED = {
    "2022-05-05": ("2022-05-05", "2022-05-05"),
    "5/5/2022": ("2022-05-05", "2022-05-05"),
    "5.5.2022": ("2022-05-05", "2022-05-05"),
    "5-5-2022": ("2022-05-05", "2022-05-05"),
    "18/03": ("2024-03-18", "2024-03-18"),
    "5 May 2022": ("2022-05-05", "2022-05-05"),
    "May 5, 2022": ("2022-05-05", "2022-05-05"),
    "the first Sunday in August 2022": ("2022-08-07", "2022-08-07"),
    "early March 2022": ("2022-03-01", "2022-03-09"),
    "late 2022": ("2022-08-08", "2022-12-31"),
    "the 1990s": ("1990-01-01", "1999-12-31"),
    "the first quarter of 2023": ("2023-01-01", "2023-03-31"),
    "Q2 2021": ("2021-04-01", "2021-06-30"),
    "the second half of 2023": ("2023-07-01", "2023-12-31"),
    "last summer": ("2023-06-01", "2023-08-31"),
    "the summer of 2021": ("2021-06-01", "2021-08-31"),
    "the 18th": ("2024-05-18", "2024-05-18"),
    "last Wednesday week": ("2024-05-22", "2024-05-22"),
    "a week last Wednesday": ("2024-05-22", "2024-05-22"),
    "a week ago on Wednesday": ("2024-05-29", "2024-05-29"),
    "the Wednesday before last": ("2024-05-22", "2024-05-22"),
    "Wednesday of last week": ("2024-05-29", "2024-05-29"),
    "last week on Wednesday": ("2024-05-29", "2024-05-29"),
    "Wednesday last": ("2024-05-29", "2024-05-29"),
    "the week before last": ("2024-05-20", "2024-05-26"),
    "the day before yesterday": ("2024-06-03", "2024-06-03"),
    "the past fortnight": ("2024-05-22", "2024-06-05"),
    "a week ago today": ("2024-05-29", "2024-05-29"),
    "last Wednesday": ("2024-05-29", "2024-05-29"),
    "today": ("2024-06-05", "2024-06-05"),
    "yesterday": ("2024-06-04", "2024-06-04"),
    "last night": ("2024-06-04", "2024-06-05"),
    "last weekend": ("2024-06-01", "2024-06-02"),
    "the weekend": ("2024-06-01", "2024-06-02"),
    "this week": ("2024-05-30", "2024-06-05"),
    "last month": ("2024-05-01", "2024-05-31"),
    "the past two weeks": ("2024-05-22", "2024-06-05"),
    "two days ago": ("2024-06-03", "2024-06-03"),
}


@pytest.mark.parametrize("rule", DATE_RULES, ids=lambda rule: rule.example)
def test_date_rule_example_resolved(rule: DateRule) -> None:
    """The example of a rule matches no earlier rule, and is resolved to its dates."""
    matching = [other for other in DATE_RULES if re.fullmatch(other.pattern, rule.example, re.IGNORECASE)]
    assert matching[0] is rule
    days = resolve_expression(rule.example, TODAY)
    assert days is not None
    assert (days[0].isoformat(), days[1].isoformat()) == EXPECTED[rule.example]


@pytest.mark.parametrize(
    ("words", "today", "first", "last"),
    [
        ("last weekend", "2024-06-02", "2024-05-25", "2024-05-26"),  # a Sunday
        ("this weekend", "2024-06-02", "2024-06-01", "2024-06-02"),
        ("last winter", "2024-02-29", "2022-12-01", "2023-02-28"),
        ("last winter", "2024-03-01", "2023-12-01", "2024-02-29"),
        ("December", "2024-06-05", "2023-12-01", "2023-12-31"),
        ("29 February", "2024-03-01", "2024-02-29", "2024-02-29"),
        ("a year ago", "2024-02-29", "2022-08-30", "2023-08-29"),
        ("past month", "2024-03-31", "2024-02-29", "2024-03-31"),
        ("the weekend before last", "2024-06-05", "2024-05-25", "2024-05-26"),
        ("the weekend before last", "2024-06-02", "2024-05-18", "2024-05-19"),
        ("the month before last", "2024-03-31", "2024-01-01", "2024-01-31"),
        ("the night before last", "2024-06-05", "2024-06-03", "2024-06-04"),
        ("a fortnight ago", "2024-06-05", "2024-05-19", "2024-05-25"),
        ("two weeks ago yesterday", "2024-06-05", "2024-05-21", "2024-05-21"),
        ("the 5th", "2024-06-05", "2024-06-05", "2024-06-05"),
    ],
)
def test_date_resolved_at_calendar_boundary(words: str, today: str, first: str, last: str) -> None:
    """Dates are resolved across the ends of weeks, seasons, months and years."""
    days = resolve_expression(words, date.fromisoformat(today))
    assert days == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["31 June 2022", "29 February", "999 years ago", "tomorrow", "March 5th of"])
def test_date_not_resolved(words: str) -> None:
    """Dates that the calendar does not have, and other words, are not resolved."""
    assert resolve_expression(words, date(900, 3, 1)) is None


def test_date_not_resolved_without_today() -> None:
    """Without the current day, only dates that do not depend on it are resolved."""
    resolved = {rule.example for rule in DATE_RULES if resolve_expression(rule.example, None)}
    without_year = {"18/03", "the 18th"}
    assert resolved == {example for example in EXPECTED if re.search(r"\d", example)} - without_year
