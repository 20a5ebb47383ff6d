"""Markdown (CommonMark with footnotes): quotes are block quotes, sources are footnotes, all text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.exports.layout import (
    UNSUPPORTED_LABEL,
    AnswerLine,
    describe_place,
    describe_source,
    get_safe_url,
    get_words_url,
    group_lines,
    list_offsets,
    list_short_answer_citations,
    split_note,
)
from assistant.exports.provenance import describe_export
from assistant.presentation.short_answer import ShortAnswer, find_short_answer
from assistant.records.answer import Answer, Citation, Turn
from assistant.text.markdown import escape_inline, escape_line_start, escape_markdown
from assistant.text.sanitize import sanitize_line


def render_markdown(turns: Sequence[Turn], title: str | None, on: date) -> str:
    """Questions and answers as a page, with `title` as the heading; a single answer has its question as the heading.

    The numbers of the footnotes run through the conversation. `on` is the day of the export.
    """
    several = title is not None
    blocks = [f"# {escape_markdown(sanitize_line(title))}"] if title is not None else []
    notes: list[str] = []
    for turn, offset in zip(turns, list_offsets(turns), strict=True):
        blocks.append(f"{'##' if several else '#'} {escape_markdown(sanitize_line(turn.answer.question))}")
        blocks += _render_answer(turn, offset)
        notes += [_render_footnote(cited, offset) for cited in turn.answer.citations]
    return "\n\n".join([*blocks, f"*{escape_markdown(describe_export(on))}*", *notes]) + "\n"


def _render_answer(turn: Turn, offset: int) -> list[str]:
    answer = turn.answer
    blocks = []
    if answer.standalone_question:
        blocks.append(f"*Understood as: {escape_markdown(sanitize_line(answer.standalone_question))}*")
    if answer.abstained:
        return [*blocks, *_render_refusal(answer, offset)]
    if (short := find_short_answer(answer)) is not None:
        blocks.append(_render_short_answer(short, turn, offset))
    for group in group_lines(turn):
        if group.heading:
            blocks.append(f"**{escape_markdown(sanitize_line(group.heading))}**")
        for line in group.lines:
            blocks += _render_line(line, offset)
    for note in answer.notes:
        parts = split_note(sanitize_line(note), turn)
        text = "".join(
            _render_footnote_mark(part, offset) if isinstance(part, Citation) else escape_inline(part) for part in parts
        )
        blocks.append(escape_line_start(text))
    return blocks


def _render_refusal(answer: Answer, offset: int) -> list[str]:
    """The heading, the sentences near to an answer with their sources (no footnotes), what they lack, the reason."""
    near = [
        f"{cited.n + offset}. {escape_inline(sanitize_line(cited.words_with_days))}  \n   {_render_source(cited)}"
        for cited in answer.nearest
    ]
    missing = [escape_markdown(sanitize_line(answer.missing_line))] if answer.missing_line else []
    reason = escape_markdown(sanitize_line(answer.reason or ""))
    return [f"**{answer.heading}**", *(["\n".join(near)] if near else []), *missing, reason]


def _render_short_answer(short: ShortAnswer, turn: Turn, offset: int) -> str:
    marks = "".join(_render_footnote_mark(cited, offset) for cited in list_short_answer_citations(short, turn))
    remark = f" ({escape_inline(short.remark)})" if short.remark else ""
    return f"**{escape_markdown(sanitize_line(short.words))}**{marks}{remark}"


def _render_line(line: AnswerLine, offset: int) -> list[str]:
    marks = "".join(_render_footnote_mark(cited, offset) for cited in line.citations)
    if line.quoted_citation is None:
        warning = f" *({UNSUPPORTED_LABEL})*" if line.sentence.support == "unsupported" else ""
        return [escape_markdown(sanitize_line(line.sentence.text)) + marks + warning]
    days_line = sanitize_line(line.quoted_citation.days_line)
    days = f" {escape_inline(days_line)}" if days_line else ""
    quote = "\n".join(f"> {each}".rstrip() for each in escape_markdown(line.quoted_citation.quote).split("\n"))
    return [*([escape_markdown(line.attribution.strip())] if line.attribution else []), quote + marks + days]


def _render_footnote_mark(cited: Citation, offset: int) -> str:
    return f"[^{cited.n + offset}]"


def _render_footnote(cited: Citation, offset: int) -> str:
    return f"[^{cited.n + offset}]: {_render_source(cited)}"


def _render_source(cited: Citation) -> str:
    link = get_safe_url(cited)
    parts = [
        *map(escape_markdown, describe_source(cited)),
        f"<{link}> ([open the words](<{get_words_url(cited)}>))" if link else "",
        escape_markdown(describe_place(cited)),
    ]
    return ", ".join(part for part in parts if part)
