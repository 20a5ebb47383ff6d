"""One question, from what was retrieved for it to its answer: select, compose, annotate, or refuse.

The engine opens the library and retrieves; front ends consume the events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers.composition import Remarks, choose, compose, finish, in_order, nearest
from assistant.answers.corrections import put_right
from assistant.answers.notes import remarks
from assistant.answers.refusal import refusal
from assistant.config.schema import AnswerSettings
from assistant.evidence.overlap import Stories
from assistant.evidence.selection import reranked, select
from assistant.evidence.sentences import Similarity
from assistant.records import AskEvent, Found, Query, RetrievedPassage
from assistant.store.library import Library


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages retrieved for a question, and how to compare sentences with it in meaning."""

    passages: Sequence[RetrievedPassage]
    similarity: Similarity


def answer_events(
    query: Query,
    retrieved: Retrieved,
    library: Library,
    settings: AnswerSettings,
    *,
    scope: Collection[str] | None = None,
    asked_at: date | None = None,
) -> Iterator[AskEvent]:
    """A Found for each sentence of the answer, and the Answer last."""
    stories, corrections = Stories(library), library.corrections()
    selection = select(query, retrieved.passages, library, retrieved.similarity, asked_at)
    if query.kind == "other" and corrections:
        selection = replace(selection, evidence=tuple(put_right(selection.evidence, corrections, library)))
    chosen = choose(query, selection, settings, stories)
    found: list[Found] = []
    for sentence in compose(in_order(query, chosen), stories):
        found.append(sentence)
        yield sentence
    notes = Remarks()
    if found:
        notes, more = remarks(query, selection, found, corrections, library, stories)
        found += more
        yield from more
    reason = None if found else refusal(query, selection, retrieved.passages, library, scope)
    passages = reranked(retrieved.passages, selection.evidence)
    answer = finish(query, found, notes, passages, reason, selection.confidence, {})
    near = () if found else nearest(selection, retrieved.passages, library, stories)
    yield replace(answer, nearest=near)
