"""Answers, quotes and references as plain text, for the clipboard: a terminal that gets them obeys nothing in them."""

from __future__ import annotations

from assistant.exports.layout import NEAREST, REFUSED, UNSUPPORTED, address, described, groups, place
from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import one_line, visible


def answer_text(turn: Turn) -> str:
    """The question, the answer with its numbers, and the numbered sources."""
    answer = turn.answer
    lines = [one_line(answer.question), ""]
    if answer.standalone_question:
        lines[1:1] = [f"(understood as: {one_line(answer.standalone_question)})"]
    if answer.abstained:
        near = [f"- {reference(cited)}" for cited in answer.nearest]
        lines += [REFUSED, one_line(answer.reason or ""), *(["", NEAREST] if near else []), *near]
        return "\n".join(lines).rstrip() + "\n"
    for group in groups(turn):
        lines += [one_line(group.heading)] if group.heading else []
        for line in group.lines:
            numbers = "".join(f"[{cited.n}]" for cited in line.citations)
            words = one_line(line.quoted.quote if line.quoted else line.sentence.text)
            doubt = f" ({UNSUPPORTED})" if line.sentence.support == "unsupported" else ""
            lines.append(" ".join(f"- {one_line(line.attribution)} {words} {numbers}{doubt}".split()))
        lines.append("")
    lines += [one_line(note) for note in answer.notes]
    lines += [""] if answer.notes else []
    lines += ["Sources"] if answer.citations else []
    lines += [f"[{cited.n}] {reference(cited)}" for cited in answer.citations]
    return "\n".join(lines).rstrip() + "\n"


def quote_text(cited: Citation) -> str:
    """The quote as it stands, and below it who said it, and where."""
    said_by = f"{one_line(cited.speaker)}, " if cited.speaker else ""
    return f"{visible(cited.quote)}\n— {said_by}{reference(cited)}\n"


def reference(cited: Citation) -> str:
    """One line: author, “title”, outlet, day, address, and the place in the article."""
    return ", ".join(part for part in (*described(cited), address(cited), place(cited)) if part)
