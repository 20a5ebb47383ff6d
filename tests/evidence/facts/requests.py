"""Requests for the evidence of a question, in a library of a few articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.evidence.facts.features import Candidate, build_candidates
from assistant.evidence.facts.question import FactQuestion, read_question
from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.selection import EvidenceRequest, Similarity
from assistant.questions.parser import parse_question
from tests.support.bridge_news import make_library
from tests.support.memory_library import MemoryLibrary, make_article


def make_request(
    question: str,
    library: MemoryLibrary | None = None,
    *,
    similarity: Similarity | None = None,
    asked_at: date | None = None,
) -> EvidenceRequest:
    """A request in which all articles were retrieved, in the order of the library."""
    snapshot = (library or make_library()).snapshot(meaning=0.5)
    return EvidenceRequest(parse_question(question), snapshot, snapshot.passages, similarity, asked_at)


def read_candidates(question: str, *texts: str, source: str | None = None) -> tuple[FactQuestion, Sequence[Candidate]]:
    """The question and the candidates of articles with these texts, published on 4 May 2025."""
    articles = [
        make_article(f"a{n}", text, title="Tarn news", source=source, published_at="2025-05-04")
        for n, text in enumerate(texts)
    ]
    request = make_request(question, MemoryLibrary(articles))
    read = read_question(request)
    return read, build_candidates(read, list_sentences(request))
