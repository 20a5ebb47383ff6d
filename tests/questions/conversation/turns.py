"""Turns of a conversation for the tests, without a library."""

from __future__ import annotations

from assistant.questions.parser import parse_question
from assistant.records.answer import Answer, Citation, Turn


def make_citation(speaker: str | None, quote: str, published_at: str | None = "2024-05-02T08:00:00Z") -> Citation:
    """A citation of a whole article of these words."""
    return Citation(1, "tolls", "Tolls", None, None, published_at, None, 0, len(quote), quote, speaker, "0" * 64)


def make_turn(question: str, *citations: Citation) -> Turn:
    """A turn whose answer consists of these citations."""
    answer = Answer(question, "", not citations, None, (), citations, ())
    return Turn(question, parse_question(question), answer)
