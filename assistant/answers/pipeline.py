"""One question, from what was retrieved for it to its answer: select, compose, annotate, or refuse.

The engine opens the library and retrieves; front ends consume the events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers.composition import (
    Notes,
    assemble_answer,
    choose_evidence,
    compose_parts,
    find_nearest,
    sort_for_reading,
)
from assistant.answers.corrections import prefer_corrected_sentences
from assistant.answers.notes import write_notes
from assistant.answers.refusal import explain_refusal
from assistant.config.schema import AnswerSettings
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import rerank_passages, select_evidence
from assistant.evidence.sentences import Similarity
from assistant.records import AnswerPart, AskEvent, Query, RetrievedPassage
from assistant.store.protocol import Library


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """The passages retrieved for a question, and how to compare sentences with it in meaning."""

    passages: Sequence[RetrievedPassage]
    similarity: Similarity


def stream_answer(
    query: Query,
    retrieved: RetrievalResult,
    library: Library,
    settings: AnswerSettings,
    *,
    scope: Collection[str] | None = None,
    asked_at: date | None = None,
) -> Iterator[AskEvent]:
    """A Found for each sentence of the answer, and the Answer last."""
    stories, corrections = DuplicateGroups(library), library.corrections()
    selection = select_evidence(query, retrieved.passages, library, retrieved.similarity, asked_at)
    if query.kind == "other" and corrections:
        selection = replace(
            selection, evidence=tuple(prefer_corrected_sentences(selection.evidence, corrections, library))
        )
    chosen = choose_evidence(query, selection, settings, stories)
    found: list[AnswerPart] = []
    for sentence in compose_parts(sort_for_reading(query, chosen), stories):
        found.append(sentence)
        yield sentence
    notes = Notes()
    if found:
        notes, more = write_notes(query, selection, found, corrections, library, stories)
        found += more
        yield from more
    reason = None if found else explain_refusal(query, selection, retrieved.passages, library, scope)
    passages = rerank_passages(retrieved.passages, selection.evidence)
    answer = assemble_answer(query, found, notes, passages, reason, selection.confidence, {})
    near = () if found else find_nearest(selection, retrieved.passages, library, stories)
    yield replace(answer, nearest=near)
