"""Ages at the event that is asked about, and news of the month that is."""

from __future__ import annotations

import re

import pytest

from assistant.evidence.facts.occasions import asks_age, find_months, is_age_then
from assistant.evidence.facts.question import read_question
from assistant.records.query import Period
from tests.evidence.facts.requests import make_request, read_candidates


@pytest.mark.parametrize(
    ("text", "is_age"),
    [
        ("The rower was 61 when she crossed the strait.", True),
        ("When she was 61, she crossed the strait.", True),
        ("The rower, 61, crossed it.", True),
        ("The rower, who turned 61 during the trip, landed.", True),
        ("A 61-year-old has crossed it.", True),
        ("She was only 9 years old when she got her first boat, and now she rows.", False),
        ("When she was 9, she got her first boat.", False),
        ("“When I was 9, I got my first boat.”", False),
        ("She finished with 40 others.", False),
        ("It was 12 miles to the shore.", False),
    ],
)
def test_age_at_the_event(text: str, is_age: bool) -> None:
    """A number is an age; if the sentence gives it for another event than the question's, it is none that is asked."""
    question = "How old was the rower who crossed the strait?"
    assert asks_age(question)
    stems = read_question(make_request(question)).stems
    mark = re.search(r"\d+", text)
    assert mark is not None
    assert is_age_then(text, mark.span(), (0, len(text)), stems) == is_age


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("What was the toll in May 2025?", "The toll was 4 crowns.", False),  # the article is of that month
        ("What was the toll in January 2025?", "The toll was 4 crowns.", True),
        ("What was the toll in April 2025?", "The toll was 4 crowns.", True),
        ("What was the toll in April 2025?", "Last month the toll was 4 crowns.", False),
        ("What was the toll in January 2025?", "In Jan. the toll was 4 crowns.", False),
        ("What was the toll in January 2025?", "In January, the toll was 4 crowns.", False),
        ("What is the toll?", "The toll was 4 crowns.", False),
        ("What did the march cost?", "The march cost 4 crowns.", False),
    ],
)
def test_news_of_the_month(question: str, sentence: str, is_other: bool) -> None:
    """A month of the question stands in the sentence or beside it, or the article is of it."""
    _, (candidate,) = read_candidates(question, sentence)
    assert bool(candidate.features.get("other_month")) == is_other


@pytest.mark.parametrize(
    ("question", "period", "months"),
    [
        ("How did tolls move between February and July?", Period("", "2025-02-01", "2025-07-31"), (2, 7)),
        ("What fell in March?", Period("", "2025-03-01", "2025-03-31"), (3,)),
        ("What fell in March?", Period("", "2025-05-01", "2025-05-31"), ()),
        ("What fell in March?", None, ()),
    ],
)
def test_months_are_those_at_the_ends_of_the_period(
    question: str, period: Period | None, months: tuple[int, ...]
) -> None:
    """News of any of them can answer: what moved until July is told in July."""
    assert tuple(find_months(question, period)) == months
