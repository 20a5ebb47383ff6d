"""Figures for what may still change."""

from __future__ import annotations

import pytest

from assistant.answers.updates.amounts import asks_changing_figure, keep_rising, read_amounts
from assistant.questions.parser import parse_question
from assistant.records.answer import Evidence
from tests.support.memory_library import make_article


def make_evidence(text: str, day: str = "2025-03-04") -> Evidence:
    return Evidence(make_article(text, text, title="News", published_at=day), 0, len(text), 0.5)


@pytest.mark.parametrize(
    ("question", "is_changing"),
    [
        ("How many people were killed in the flood?", True),
        ("How much will the pier cost?", True),
        ("How many boats are in the harbour?", True),
        ("How many boats came to the regatta?", False),
        ("How much did the pier cost?", False),
    ],
)
def test_what_may_change(question: str, is_changing: bool) -> None:
    """A toll, and how something stands or will be; not what is over."""
    assert asks_changing_figure(parse_question(question)) is is_changing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The pier will cost $3 million.", ["$3 million"]),
        ("The pier got a grant of $3 million.", []),
        ("The pier will be 300 metres long.", []),
        ("The pier cost $2 million ten years ago.", []),
    ],
)
def test_price(text: str, words: list[str]) -> None:
    """The price of the whole today: no part of it, no length and no older price."""
    assert [
        each.words for each in read_amounts(parse_question("How much will the pier cost?"), make_evidence(text))
    ] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The death toll of the flood has risen to 19.", ["19"]),
        ("The number of people killed in the flood is now 19.", ["19"]),
        ("The flood killed 19 people.", ["19"]),
        ("The flood killed the three people in a car.", []),
        ("The toll bridge is 19 metres above the flood.", []),
    ],
)
def test_toll(text: str, words: list[str]) -> None:
    query = parse_question("How many people did the flood kill?")
    assert [each.words for each in read_amounts(query, make_evidence(text))] == words


def test_a_toll_rises() -> None:
    query = parse_question("How many people did the flood kill?")
    days = zip(("12", "4", "19"), ("2025-03-04", "2025-03-05", "2025-03-06"), strict=True)
    claims = [
        each
        for count, day in days
        for each in read_amounts(query, make_evidence(f"The flood killed {count} people.", day))
    ]
    assert [each.words for each in keep_rising(query, claims)] == ["12", "19"]
    other = parse_question("How many people are missing after the flood?")
    assert keep_rising(other, claims) == claims


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The pier will cost $3 million, more than was told in October 2023.", ["$3 million"]),
        ("In October 2023, the pier cost $3 million.", []),
        ("The pier cost $3 million in October 2023.", []),
    ],
)
def test_time_of_a_price(text: str, words: list[str]) -> None:
    """Of another time if its clause, or the opening of the sentence, tells that time."""
    assert [
        each.words for each in read_amounts(parse_question("How much does the pier cost?"), make_evidence(text))
    ] == words
