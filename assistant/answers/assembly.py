"""The complete Answer: its sentences, its text with markers, and what belongs to it as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.evidence.selection import rerank_passages
from assistant.presentation.citation_text import format_attribution
from assistant.records.answer import Answer, AnswerPart, Citation
from assistant.records.query import Query

_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")


def assemble_answer(material: AnswerMaterial, parts: Sequence[AnswerPart], notes: Notes) -> Answer:
    """The answer of these sentences, at least one."""
    return Answer(
        question=material.query.text,
        answer=_render_text(material.query, parts, notes.sentences),
        abstained=False,
        reason=None,
        sentences=tuple(part.sentence for part in parts),
        citations=tuple(citation for part in parts for citation in part.citations),
        passages=tuple(rerank_passages(material.snapshot.passages, material.selection.evidence)),
        confidence=material.selection.confidence,
        notes=notes.sentences,
        conflicts=notes.conflicts,
        corrections=notes.corrections,
        short_answer=material.selection.short_answer,
    )


def assemble_refusal(material: AnswerMaterial, reason: str, nearest: tuple[Citation, ...]) -> Answer:
    """The refusal to answer, with the passages that are nearest to the question."""
    return Answer(
        question=material.query.text,
        answer=reason,
        abstained=True,
        reason=reason,
        sentences=(),
        citations=(),
        passages=tuple(rerank_passages(material.snapshot.passages, material.selection.evidence)),
        confidence=material.selection.confidence,
        nearest=nearest,
        missing=material.selection.missing,
    )


def _render_text(query: Query, parts: Sequence[AnswerPart], notes: Sequence[str]) -> str:
    """The sentences as a list under the source of each, and the notes."""
    lines: list[str] = []
    heading = None
    for part in parts:
        citation = part.citations[0]
        source = _escape_markers(citation.source_line)
        if source != heading:
            lines += ["", source] if lines else [source]
            heading = source
        markers = "".join(f"[{n}]" for n in part.sentence.citations)
        lines.append(f"- {format_attribution(query, citation)}{_escape_markers(part.sentence.text)} {markers}")
    if notes:
        lines += ["", *notes]
    return "\n".join(lines)


def _escape_markers(text: str) -> str:
    """An article's own "[3]" must not be mistaken for a marker of the answer."""
    return _BRACKETED_NUMBER.sub(r"⟦\1⟧", text)
