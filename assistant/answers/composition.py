"""Composers: from evidence to the sentences of an answer, streamed, and the notes on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answers.citations import cite_evidence
from assistant.answers.kinds import kind_of
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes, write_notes
from assistant.config.schema import AnswerSettings
from assistant.evidence.members import gather_members
from assistant.evidence.overlap import is_same_sentence
from assistant.records.answer import AnswerPart, Evidence
from assistant.records.query import Query
from assistant.records.statement import StatementStatus
from assistant.text.names import is_same_person

# What is said, or told by the article itself, comes before what is said at second hand, and before what is not said.
_STATUS_ORDER: Mapping[StatementStatus, int] = {
    "asserted": 0,
    "narrated": 0,
    "reported": 1,
    "questioned": 2,
    "denied": 3,
    "corrected": 4,
}


class Composer(Protocol):
    """Makes an answer from evidence. Nothing that it yields says more than what it cites."""

    def compose(self, material: AnswerMaterial) -> Iterator[AnswerPart | Notes]:
        """The sentences with their citations, each as soon as it is certain, and `Notes` at most once.

        Yields nothing if the evidence is not enough for an answer.
        """


@dataclass(frozen=True, slots=True)
class ExtractiveComposer:
    """Answers with the best sentences themselves."""

    settings: AnswerSettings

    def compose(self, material: AnswerMaterial) -> Iterator[AnswerPart | Notes]:
        """The sentences in reading order, then the sentences that the notes cite besides, then the notes."""
        parts: list[AnswerPart] = []
        chosen = choose_evidence(material, self.settings)
        for n, evidence in enumerate(sort_for_reading(material.query, chosen), 1):
            parts.append(cite_evidence(n, evidence, material.groups))
            yield parts[-1]
        if parts:
            notes, added_parts = write_notes(material, parts)
            yield from added_parts
            yield notes


def choose_evidence(material: AnswerMaterial, settings: AnswerSettings) -> list[Evidence]:
    """The evidence worth showing, best first. A sentence that several articles of a story print is chosen once."""
    query, evidence = material.query, material.selection.evidence
    if query.asks_for_several or (query.traits.asks_for_speaker and not query.quoted):
        evidence = gather_members(query, evidence)
    is_brief = kind_of(query).is_brief and not (query.over_time or query.asks_for_several)
    limit = settings.max_facts if is_brief else settings.max_sentences * (1 + query.asks_for_several)
    is_open = query.traits.names_speaker and query.topic is None  # whatever they said, however short it is
    min_score = 0.0 if is_open else settings.keep_share * max((each.score for each in evidence), default=0.0)
    compared = _pick_best_of_each(query, evidence)
    chosen: list[Evidence] = []
    for candidate in (*compared, *evidence):
        if len(chosen) >= limit:
            break
        if candidate.score < min_score and candidate not in compared:
            continue
        if not any(is_same_sentence(candidate, other, material.groups) for other in chosen):
            chosen.append(candidate)
    return chosen


def _pick_best_of_each(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """If the question compares people or sources, the best of each; if it asks for a change, of its first and last day.

    None of them is left out.
    """
    best: list[Evidence] = []
    if query.over_time and query.traits.names_speaker:
        dated = [each for each in evidence if each.article.published_at]
        days = [(each.article.published_at or "")[:10] for each in dated]
        best += [each for each, day in zip(dated, days, strict=True) if day == max(days)][:1]
        best += [each for each, day in zip(dated, days, strict=True) if day == min(days)][:1]
    for outlet in query.outlets if len(query.outlets) > 1 else ():
        best += [each for each in evidence if each.article.source == outlet][:1]
    for speaker in query.speakers if len(query.speakers) > 1 else ():
        best += [each for each in evidence if each.speaker and is_same_person(speaker, each.speaker)][:1]
    return sorted(best, key=lambda each: -each.score)


def sort_for_reading(query: Query, chosen: Sequence[Evidence]) -> list[Evidence]:
    """By article, the best article first; by day if the question is about change."""
    if query.over_time:
        return sorted(chosen, key=lambda each: (each.article.published_at or "9999", each.article.id, each.start))
    order = list(dict.fromkeys(each.article.id for each in chosen))
    return sorted(chosen, key=lambda each: (order.index(each.article.id), _STATUS_ORDER[each.status]))
