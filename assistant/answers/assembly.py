"""The complete Answer: its sentences, its text with markers, and what belongs to it as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.evidence.latest import find_age
from assistant.evidence.selection import Selection, rerank_passages
from assistant.presentation.citation_text import format_attribution
from assistant.presentation.short_answer import ShortAnswer, find_short_answer
from assistant.records.answer import Answer, AnswerPart, Citation
from assistant.records.query import Query

_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")


def assemble_answer(material: AnswerMaterial, parts: Sequence[AnswerPart], notes: Notes) -> Answer:
    """The answer of these sentences, at least one."""
    answer = Answer(
        question=material.query.text,
        answer="",
        abstained=False,
        reason=None,
        sentences=tuple(part.sentence for part in parts),
        citations=tuple(citation for part in parts for citation in part.citations),
        passages=tuple(rerank_passages(material.snapshot.passages, material.selection.evidence)),
        confidence=material.selection.confidence,
        notes=notes.sentences,
        conflicts=notes.conflicts,
        corrections=notes.corrections,
        short_answer=_find_short_answer(material.selection, parts[0].citations[0]),
        as_of=_find_day(material, parts[0].citations[0]),
    )
    return replace(answer, answer=render_text(material.query, parts, answer))


def _find_day(material: AnswerMaterial, first: Citation) -> str | None:
    """The day of the first article, if what it says was otherwise before or may be otherwise now."""
    selection = material.selection
    if selection.history and selection.history[0].evidence.article.id == first.article_id:
        return selection.history[0].day
    return find_age(material.query, first, is_of_other_time=selection.other_day is not None)


def _find_short_answer(selection: Selection, first: Citation) -> str | None:
    """The words of the first citation that answer; None if they are not certain."""
    place = (first.article_id, first.start)
    return next((each.short_answer for each in selection.evidence if (each.article.id, each.start) == place), None)


def assemble_refusal(material: AnswerMaterial, reason: str, nearest: tuple[Citation, ...]) -> Answer:
    """The refusal to answer, with the sentences that are near to an answer, if there are any."""
    compared = material.selection.near or material.selection.evidence or material.selection.compared
    return Answer(
        question=material.query.text,
        answer=reason,
        abstained=True,
        reason=reason,
        sentences=(),
        citations=(),
        passages=tuple(rerank_passages(material.snapshot.passages, compared)),
        confidence=material.selection.confidence,
        nearest=nearest,
        missing=material.selection.missing,
        difference=material.selection.difference if nearest else None,
    )


def render_text(query: Query, parts: Sequence[AnswerPart], answer: Answer) -> str:
    """The text of an answer: the short answer, the sentences as a list under the source of each, and the notes."""
    short = find_short_answer(answer)
    lines = [_render_short_answer(short)] if short else []
    heading, section = None, None
    for part in parts:
        if part.sentence.section and part.sentence.section != section:
            section, heading = part.sentence.section, None
            lines += ["", section.upper()] if lines else [section.upper()]
        citation = part.citations[0]
        source = _escape_markers(citation.source_line)
        if source != heading:
            is_first = not lines or (section is not None and heading is None)
            lines += [source] if is_first else ["", source]
            heading = source
        markers = "".join(f"[{n}]" for n in part.sentence.citations)
        sentence = f"{format_attribution(query, citation)}{_escape_markers(part.sentence.text)}"
        lines.append(" ".join(filter(None, (f"- {sentence}", markers, citation.days_line))))
    if answer.notes:
        lines += ["", *answer.notes]
    return "\n".join(lines)


def _render_short_answer(short: ShortAnswer) -> str:
    return replace(short, words=_escape_markers(short.words)).line


def _escape_markers(text: str) -> str:
    """An article's own "[3]" must not be mistaken for a marker of the answer."""
    return _BRACKETED_NUMBER.sub(r"⟦\1⟧", text)
