"""Tests of relations between the words of a question, which the evidence must contain too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.evidence.facts.relations import parse_relation, states_relation
from tests.conftest import run_build
from tests.support.sampling import sampled

CAPITAL = "What is the capital of Norland?"


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        (CAPITAL, "Port Ellery is the capital of Norland.", True),
        (CAPITAL, "Norland’s capital, Port Ellery, was flooded.", True),
        (CAPITAL, "The capital city of eastern Norland was flooded.", True),
        (CAPITAL, "She flew from the Tarnish capital on Monday and arrived in Norland.", False),
        (CAPITAL, "The capital was flooded.", False),
        ("What is Norland’s capital?", "Port Ellery is the capital of Norland.", True),
        ("What is the capital of Norland?", "The Norlandish came by sea at night and took the capital.", False),
        ("What is the largest harbour in Norland?", "Port Ellery, the largest harbour in Norland, is shut.", True),
        (
            "What is the largest harbour in Norland?",
            "The largest part of the cost fell on a harbour in Norland.",
            False,
        ),
        ("Who is the king of Norland?", "King Osric VI and his wife, Queen Maud of Norland, came by sea.", True),
        ("Who is the new speaker of the House?", "She was elected House speaker.", True),
        (
            "Who was the first president of the Tarn Trust?",
            "Its president came before the rest of the Tarn Trust did.",
            False,
        ),
    ],
)
def test_relation_parts_adjacent(question: str, text: str, answers: bool) -> None:
    """The parts of a relation asked about must be next to each other in the evidence."""
    asked = parse_relation(question)
    assert asked is not None
    assert states_relation(asked, text) is answers


@pytest.mark.parametrize(
    "question",
    [
        "What is the name of the storm that battered the coast?",
        "What was the cause of the fire in the harbour?",
        "Who was named person of the year?",
        "When was the Declaration of Independence adopted?",
        "What did the mayor of Port Ellery say?",
        "Who shot the keeper?",
        "What happened at the terminal?",
    ],
)
def test_relation_not_required(question: str) -> None:
    """Questions without a required relation have none."""
    assert parse_relation(question) is None


@pytest.mark.parametrize(
    "question",
    sampled(
        [
            "What is the capital of France?",
            "What is the population of Russia?",
            "What is the boiling point of water?",
            "What is the largest ocean in the world?",
            "Who painted the Mona Lisa?",
            "Who won the 1998 World Cup?",
            "How do I bake sourdough bread?",
            "How do I reverse a list in Python?",
            "How many moons does Jupiter have?",
            "Who directed The Godfather?",
            "What is the meaning of life?",
            "Who is the king of Spain?",
            "How long do you boil an egg?",
            "When was the Eiffel Tower built?",
            "What is the price of gold?",
            "Who is the president of France?",
            "What is the tallest tower in the world?",
            "What is the best school in London?",
            "Write a poem about the sea",
        ],
        3,
    ),
)
def test_general_knowledge_refused(seeds: Assistant, question: str) -> None:
    """General knowledge questions are refused on articles about a harbour."""
    assert seeds.ask(question).abstained


def test_headlines_links_questions_no_evidence(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Headlines, links and questions in a text are not evidence."""
    text = (
        "How can Port Ellery pay for its new bridge?\n\n"
        "Port Ellery will pay for its new bridge with a toll of two dollars, the council decided.\n\n"
        "Read more: How Port Ellery will pay for its new bridge\n\n"
        "BRIDGE DEAL:Port Ellery to pay for new bridge\n\n"
        "The tide tables for March are out.\n"
    )
    write_article("a.md", text)
    run_build(assistant)
    answer = assistant.ask("How can Port Ellery pay for its new bridge?")
    assert answer.citations[0].quote.startswith("Port Ellery will pay for its new bridge with a toll")
    assert all(not cited.quote.endswith("?") for cited in answer.citations)
