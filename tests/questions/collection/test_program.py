"""Questions about the program, and wishes that it does not fulfil."""

from __future__ import annotations

import pytest

from assistant.questions.collection.program import TOPICS, ProgramTopic, find_program_topic


@pytest.mark.parametrize("topic", [pytest.param(each, id=each.name) for each in TOPICS])
def test_example_is_found(topic: ProgramTopic) -> None:
    """The example of each topic is found, with and without polite words."""
    assert find_program_topic(topic.example) == topic
    assert find_program_topic(f"{topic.example.rstrip('?')} please?") in (topic, None)
    assert topic.lines


@pytest.mark.parametrize(
    "question",
    [
        "How do farmers export wheat to Okrug?",
        "Who can help the flooded homes?",
        "What did the mayor write in her letter?",
        "Who wrote the report on the flood?",
        "Did the council close the bridge?",
        "What is the price of the terminal?",
        "Hello Dolly opens on Broadway",
        "What did Lindqvist think about the flood?",
        "What languages were the leaflets translated into?",
        "How many settings were changed?",
        "What is 9/11?",
        "How did the council remove the gate?",
    ],
)
def test_questions_to_the_articles_are_left(question: str) -> None:
    """Questions with the same words that are about the news."""
    found = find_program_topic(question)
    assert found is None


def test_arithmetic_needs_an_operation() -> None:
    """A number alone, a year or a date is none."""
    assert find_program_topic("12 * 7") is not None
    assert find_program_topic("2025") is None
    assert find_program_topic("2025-03-31") is None
