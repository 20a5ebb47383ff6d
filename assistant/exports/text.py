"""Answers, quotes and references as plain text, for the clipboard and the terminal; control characters are removed."""

from __future__ import annotations

from datetime import date

from assistant.exports.bibliography import parse_day
from assistant.exports.layout import (
    UNSUPPORTED_LABEL,
    describe_place,
    describe_source,
    get_safe_url,
    group_lines,
    write_day,
)
from assistant.presentation.short_answer import find_short_answer
from assistant.records.answer import Answer, Citation, Turn
from assistant.records.statement import describe_standing
from assistant.text.sanitize import sanitize_line, sanitize_text

DAY_PARTS = 3  # year, month and day


def render_answer_text(turn: Turn) -> str:
    """The question, the answer with its numbers, and the numbered sources."""
    answer = turn.answer
    lines = [sanitize_line(answer.question), ""]
    if answer.standalone_question:
        lines[1:1] = [f"(understood as: {sanitize_line(answer.standalone_question)})"]
    if answer.abstained:
        return "\n".join([*lines, *_render_refusal(answer)]).rstrip() + "\n"
    if (short := find_short_answer(answer)) is not None:
        lines += [sanitize_line(short.line), ""]
    for group in group_lines(turn):
        lines += [sanitize_line(group.heading)] if group.heading else []
        for line in group.lines:
            numbers = "".join(f"[{cited.n}]" for cited in line.citations)
            words = sanitize_line(line.quoted_citation.quote if line.quoted_citation else line.sentence.text)
            days = sanitize_line(line.quoted_citation.days_line) if line.quoted_citation else ""
            warning = f" ({UNSUPPORTED_LABEL})" if line.sentence.support == "unsupported" else ""
            lines.append(" ".join(f"- {sanitize_line(line.attribution)} {words} {numbers}{warning} {days}".split()))
        lines.append("")
    lines += [sanitize_line(note) for note in answer.notes]
    lines += [""] if answer.notes else []
    lines += ["Sources"] if answer.citations else []
    lines += [f"[{cited.n}] {render_reference(cited)}" for cited in answer.citations]
    return "\n".join(lines).rstrip() + "\n"


def _render_refusal(answer: Answer) -> list[str]:
    """The sentences near to an answer with their references, what they lack, and the reason."""
    near = [
        f"? {sanitize_line(cited.words_with_days)} [{cited.n}]\n  {render_reference(cited)}" for cited in answer.nearest
    ]
    missing = [sanitize_line(answer.missing_line)] if answer.missing_line else []
    return [answer.heading, *(["", *near, ""] if near else []), *missing, sanitize_line(answer.reason or "")]


def render_quote_text(cited: Citation) -> str:
    """The quote, and below it the speaker and the source."""
    standing = describe_standing(cited.status, cited.via)
    who = f"{cited.speaker} ({standing})" if standing else str(cited.speaker)
    speaker = f"{sanitize_line(who)}, " if cited.speaker else ""
    return f"{sanitize_text(cited.quote)}\n— {speaker}{render_reference(cited)}\n"


def render_clipping(cited: Citation) -> str:
    """A line to paste into a story: “words” (Jane Smith; Gazette, 4 March 2025). The words are those of the article."""
    words = " ".join(sanitize_line(cited.quote).split())
    is_marked = words[:1] in '“"' and words[-1:] in '”"'
    standing = describe_standing(cited.status, cited.via)
    who = f"{cited.speaker} ({standing})" if cited.speaker and standing else cited.speaker or ""
    day = parse_day(cited.published_at or "")
    when = write_day(date(*day[:3])) if len(day) == DAY_PARTS else sanitize_line((cited.published_at or "")[:10])
    where = ", ".join(part for part in (sanitize_line(cited.source or cited.title), when) if part)
    return (
        f"{words if is_marked else f'“{words}”'} ({'; '.join(part for part in (sanitize_line(who), where) if part)})\n"
    )


def render_reference(cited: Citation) -> str:
    """One line: author, “title”, outlet, day, URL, and the place in the article."""
    return ", ".join(part for part in (*describe_source(cited), get_safe_url(cited), describe_place(cited)) if part)
