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
        "Where is the library?",
        "How can the police see the original article?",
        "Where do I see the original treaty?",
        "Where are the files stored?",
        "Where are the articles of the treaty kept?",
        "Is the data safe?",
        "Did the ferry leave?",
        "What can't the mayor do?",
        "Which questions did she not answer?",
        "What are the limits of the harbour?",
    ],
)
def test_questions_to_the_articles_are_left(question: str) -> None:
    """Questions with the same words that are about the news."""
    found = find_program_topic(question)
    assert found is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("where do you keep my files", "data"),
        ("Where are our conversations stored?", "data"),
        ("where’s my data", "data"),
        ("is my data private?", "data"),
        ("does anything leave this computer", "data"),
        ("which questions can’t you answer", "limits"),
        ("what can you not do", "limits"),
        ("What are your limits?", "limits"),
        ("can i search the web with this", "web"),
        ("how can I see the original article", "original"),
        ("where can I read the full text of a quote", "original"),
        ("Can you search the internet?", "web"),
    ],
)
def test_other_words_for_a_topic(question: str, name: str) -> None:
    """As people type them."""
    found = find_program_topic(question)
    assert found is not None
    assert found.name == name


def test_arithmetic_needs_an_operation() -> None:
    """A number alone, a year or a date is none."""
    assert find_program_topic("12 * 7") is not None
    assert find_program_topic("2025") is None
    assert find_program_topic("2025-03-31") is None
