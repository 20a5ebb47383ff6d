"""Answers and citations for tests that need no library."""

from __future__ import annotations

from typing import Any

from assistant.records.answer import Answer, AnswerSentence, Citation, Turn
from assistant.records.query import Query


def make_citation(quote: str, **fields: Any) -> Citation:
    """A citation of `quote` at offset 10 of an article; `fields` override the other values."""
    values: dict[str, Any] = {
        **dict.fromkeys(("author", "url", "speaker")),
        **{"n": 1, "article_id": "a.md", "title": "A title", "source": "Post", "published_at": "2025-03-04"},
        **{"start": 10, "end": 10 + len(quote), "article_sha256": "0" * 64},
    }
    return Citation(quote=quote, **(values | fields))


def make_answer(*citations: Citation, question: str = "why?", **fields: Any) -> Answer:
    """An answer with one sentence for each citation, rendered like a real answer."""
    sentences = tuple(AnswerSentence(" ".join(cited.quote.split()), (cited.n,), "verbatim") for cited in citations)
    lines = [f"- {sentence.text} [{sentence.citations[0]}]" for sentence in sentences]
    heading = [citations[0].source_line] if citations else []
    notes = list(fields.get("notes", ()))
    text = "\n".join([*heading, *lines, *(["", *notes] if notes else [])])
    values: dict[str, Any] = {"answer": text, "abstained": False, "reason": None, "passages": (), **fields}
    return Answer(question=question, sentences=sentences, citations=citations, **values)


def make_refusal(reason: str, *nearest: Citation, question: str = "why?") -> Answer:
    """A refusal with its reason and the nearest passages."""
    return Answer(question, reason, True, reason, (), (), (), nearest=nearest)


def make_turn(answer: Answer, kind: Any = "other") -> Turn:
    """A turn of a conversation with this answer and a query of this kind."""
    return Turn(answer.question, Query(answer.question, kind, ()), answer)
