"""From evidence to an Answer: citations copied by offset, text with markers, notes on what must be known of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.config.schema import AnswerSettings
from assistant.evidence.overlap import DuplicateGroups, is_same_sentence
from assistant.evidence.selection import Selection
from assistant.presentation.citation_text import format_attribution, format_source_line
from assistant.records.answer import (
    Answer,
    AnswerPart,
    AnswerSentence,
    Citation,
    Conflict,
    Correction,
    Duplicate,
    Evidence,
    RetrievedPassage,
)
from assistant.records.query import Query
from assistant.store.protocol import Library
from assistant.text.names import is_same_person

MAX_NEAREST = 3  # passages shown under a refusal
_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")


def build_citation(n: int, evidence: Evidence, copies: tuple[Duplicate, ...] = ()) -> Citation:
    """The n-th citation: the words at the evidence's place, copied."""
    article = evidence.article
    return Citation(
        n=n,
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        published_at=article.published_at,
        url=article.url,
        start=evidence.start,
        end=evidence.end,
        quote=article.text[evidence.start : evidence.end],
        speaker=evidence.speaker,
        article_sha256=article.sha256,
        marks=evidence.marks,
        copies=copies,
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """What must be known about the evidence as a whole: in sentences, and the two kinds that are drawn as well."""

    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()


def choose_evidence(
    query: Query, selection: Selection, settings: AnswerSettings, stories: DuplicateGroups
) -> list[Evidence]:
    """The evidence worth showing, best first; one sentence that several prints of a story hold is taken once."""
    facts = query.kind == "other" and not query.over_time
    most = settings.max_facts if facts else settings.max_sentences
    best = max((one.score for one in selection.evidence), default=0.0)
    least = best * settings.keep_share
    chosen: list[Evidence] = []
    compared = _pick_best_of_each(query, selection.evidence)
    for evidence in (*compared, *selection.evidence):
        if len(chosen) >= most:
            break
        if evidence.score < least and evidence not in compared:
            continue
        if not any(is_same_sentence(evidence, other, stories) for other in chosen):
            chosen.append(evidence)
    return chosen


def _pick_best_of_each(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Where several people or outlets are compared, the best of each, so that each is heard."""
    found = []
    for outlet in query.outlets if len(query.outlets) > 1 else ():
        found += [one for one in evidence if one.article.source == outlet][:1]
    for asked in query.speakers if len(query.speakers) > 1 else ():
        found += [one for one in evidence if one.speaker and is_same_person(asked, one.speaker)][:1]
    return sorted(found, key=lambda one: -one.score)


def sort_for_reading(query: Query, chosen: Sequence[Evidence]) -> list[Evidence]:
    """In the order of reading: by article, the best first, or by day where the question is about change."""
    if query.over_time:
        return sorted(chosen, key=lambda e: (e.article.published_at or "9999", e.article.id, e.start))
    order = list(dict.fromkeys(evidence.article.id for evidence in chosen))
    return sorted(chosen, key=lambda e: order.index(e.article.id))


def cite_evidence(n: int, evidence: Evidence, stories: DuplicateGroups) -> AnswerPart:
    """The n-th sentence of an answer with its citation."""
    cited = build_citation(n, evidence, stories.duplicates(evidence.article))
    return AnswerPart(AnswerSentence(" ".join(cited.quote.split()), (n,), "verbatim"), (cited,))


def compose_parts(chosen: Sequence[Evidence], stories: DuplicateGroups) -> Iterator[AnswerPart]:
    """The sentences of an answer with their citations, one at a time."""
    for n, evidence in enumerate(chosen, 1):
        yield cite_evidence(n, evidence, stories)


def find_nearest(
    selection: Selection, passages: Sequence[RetrievedPassage], library: Library, stories: DuplicateGroups
) -> tuple[Citation, ...]:
    """What is nearest to a question that nothing answers: what others say on it, then the best passages.

    One of a story; with `speaker` where somebody else's words are meant.
    """
    shown: list[Evidence] = []
    for said in selection.other_speakers.values():
        if len(shown) < MAX_NEAREST and not any(stories.are_duplicates(said.article, other.article) for other in shown):
            shown.append(said)
    for hit in passages:
        article = library.article(hit.passage.article_id) if len(shown) < MAX_NEAREST else None
        if article and not any(stories.are_duplicates(article, other.article) for other in shown):
            shown.append(Evidence(article, hit.passage.start, hit.passage.end, hit.score))
    return tuple(build_citation(n, one, stories.duplicates(one.article)) for n, one in enumerate(shown, 1))


def assemble_answer(
    query: Query,
    found: Sequence[AnswerPart],
    remarks: Notes,
    passages: Sequence[RetrievedPassage],
    refusal: str | None,
    confidence: float,
    timings: dict[str, float],
) -> Answer:
    """The complete answer; `refusal` is the reason where nothing was found."""
    sentences = tuple(one.sentence for one in found)
    citations = tuple(cited for one in found for cited in one.citations)
    return Answer(
        question=query.text,
        answer=_render_text(query, found, remarks.notes) if found else (refusal or ""),
        abstained=not found,
        reason=None if found else refusal,
        sentences=sentences,
        citations=citations,
        passages=tuple(passages),
        timings=timings,
        confidence=confidence,
        notes=remarks.notes,
        conflicts=remarks.conflicts,
        corrections=remarks.corrections,
    )


def _render_text(query: Query, found: Sequence[AnswerPart], remarks: Sequence[str]) -> str:
    lines: list[str] = []
    heading = None
    for one in found:
        cited = one.citations[0]
        label = _escape_markers(format_source_line(cited))
        if label != heading:
            lines += ["", label] if lines else [label]
            heading = label
        marks = "".join(f"[{n}]" for n in one.sentence.citations)
        lines.append(f"- {format_attribution(query, cited)}{_escape_markers(one.sentence.text)} {marks}")
    if remarks:
        lines += ["", *remarks]
    return "\n".join(lines)


def _escape_markers(text: str) -> str:
    """An article's own "[3]" must not be taken for one of our markers."""
    return _BRACKETED_NUMBER.sub(r"⟦\1⟧", text)


# ------------------------------------------------------------------------------------------ the schema
