"""Markdown (CommonMark with footnotes): quotes are block quotes, sources are footnotes, all text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.exports.layout import (
    NEAREST_HEADING,
    REFUSAL_LINE,
    UNSUPPORTED_LABEL,
    AnswerLine,
    describe_place,
    describe_source,
    get_safe_url,
    group_lines,
    split_note,
)
from assistant.records.answer import Citation, Turn
from assistant.text.markdown import escape_inline, escape_line_start, escape_markdown
from assistant.text.sanitize import sanitize_line


def render_markdown(turns: Sequence[Turn], title: str | None) -> str:
    """Questions and answers as a page, with `title` as the heading; a single answer has its question as the heading."""
    several = title is not None
    blocks = [f"# {escape_markdown(sanitize_line(title))}"] if title is not None else []
    notes: list[str] = []
    for number, turn in enumerate(turns, 1):
        prefix = f"{number}-" if several else ""
        blocks.append(f"{'##' if several else '#'} {escape_markdown(sanitize_line(turn.answer.question))}")
        blocks += _render_answer(turn, prefix)
        notes += [_render_footnote(cited, prefix) for cited in turn.answer.citations]
    return "\n\n".join([*blocks, *notes]) + "\n"


def _render_answer(turn: Turn, prefix: str) -> list[str]:
    answer = turn.answer
    blocks = []
    if answer.standalone_question:
        blocks.append(f"*Understood as: {escape_markdown(sanitize_line(answer.standalone_question))}*")
    if answer.abstained:
        near = "\n".join(f"- {_render_source(cited)}" for cited in answer.nearest)
        return [
            *blocks,
            f"**{REFUSAL_LINE}**",
            escape_markdown(sanitize_line(answer.reason or "")),
            *([NEAREST_HEADING, near] if near else []),
        ]
    for group in group_lines(turn):
        if group.heading:
            blocks.append(f"**{escape_markdown(sanitize_line(group.heading))}**")
        for line in group.lines:
            blocks += _render_line(line, prefix)
    for note in answer.notes:
        parts = split_note(sanitize_line(note), turn)
        text = "".join(
            _render_footnote_mark(part, prefix) if isinstance(part, Citation) else escape_inline(part) for part in parts
        )
        blocks.append(escape_line_start(text))
    return blocks


def _render_line(line: AnswerLine, prefix: str) -> list[str]:
    marks = "".join(_render_footnote_mark(cited, prefix) for cited in line.citations)
    if line.quoted_citation is None:
        warning = f" *({UNSUPPORTED_LABEL})*" if line.sentence.support == "unsupported" else ""
        return [escape_markdown(sanitize_line(line.sentence.text)) + marks + warning]
    quote = "\n".join(f"> {each}".rstrip() for each in escape_markdown(line.quoted_citation.quote).split("\n"))
    return [*([escape_markdown(line.attribution.strip())] if line.attribution else []), quote + marks]


def _render_footnote_mark(cited: Citation, prefix: str) -> str:
    return f"[^{prefix}{cited.n}]"


def _render_footnote(cited: Citation, prefix: str) -> str:
    return f"[^{prefix}{cited.n}]: {_render_source(cited)}"


def _render_source(cited: Citation) -> str:
    link = get_safe_url(cited)
    parts = [
        *map(escape_markdown, describe_source(cited)),
        f"<{link}>" if link else "",
        escape_markdown(describe_place(cited)),
    ]
    return ", ".join(part for part in parts if part)
