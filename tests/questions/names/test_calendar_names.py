"""Names with the word of a day or month in them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.questions.names.calendar_names import find_calendar_names
from assistant.questions.parser import parse_question


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who won on Super Tuesday?", ["Super Tuesday"]),
        ("what was cheap on black friday", ["black friday"]),
        ("Where was March for Our Lives held?", ["March for Our Lives"]),
        ("What did Ada Tarn say on Tuesday?", []),
        ("Last Tuesday, who spoke?", []),
        ("Who met on Tuesday, March 3?", []),
        ("How old is Karen May?", ["Karen May"]),
        ("Who met in March?", []),
    ],
)
def test_names_are_no_days(question: str, names: list[str]) -> None:
    assert list(dict.fromkeys(find_calendar_names(question))) == names


def test_a_name_does_not_date_a_question() -> None:
    query = parse_question("Who came first on Super Tuesday in March?", as_of=date(2024, 5, 5))
    assert query.period is not None
    assert query.period.words == "in March"
    assert {"super", "tuesday"} <= set(query.terms)
    assert parse_question("Who came first on Super Tuesday?", as_of=date(2024, 5, 5)).period is None
