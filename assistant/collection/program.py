"""Answers of the program about itself, and to wishes that it does not fulfil."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.questions.collection.program import ProgramTopic, find_program_topic
from assistant.records.answer import Answer, AskEvent, QuestionUnderstood
from assistant.records.query import Query


def answer_program_question(question: str) -> Iterator[AskEvent] | None:
    """What the program says to a question about itself; None for a question to the articles."""
    topic = find_program_topic(question)
    return None if topic is None else answer_about_program(question, topic)


def answer_about_program(question: str, topic: ProgramTopic) -> Iterator[AskEvent]:
    """What the program says; a wish that it does not fulfil is refused, with what it can do instead."""
    yield QuestionUnderstood(Query(question, "collection", ()))
    text = "\n".join(topic.lines)
    if topic.is_outside:
        reason = " ".join(topic.lines)
        yield Answer(question, reason, True, reason, (), (), ())
    else:
        first, *others = topic.lines
        yield Answer(question, text, False, None, (), (), (), summary=first, notes=tuple(others))
