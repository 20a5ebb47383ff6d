"""Markdown (CommonMark with footnotes): quotes as block quotes, sources as footnotes, nothing read as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.exports.layout import (
    NEAREST,
    REFUSED,
    UNSUPPORTED,
    Line,
    address,
    described,
    groups,
    place,
    remark_parts,
)
from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import one_line, visible

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$^]|(?<=\w)://|(?<=\bwww)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_LINE_START = re.compile(r"^([#+=:%!-])|^(\d{1,9})([.)])")
_SPACE_AT_EDGES = re.compile(r"^[ \t\xa0]+|[ \t]+$")


def escaped(text: str) -> str:
    """Text of which nothing is read as Markdown or HTML; its lines stay lines."""
    return "\n".join(_escaped_line(line) for line in visible(text).split("\n"))


def _escaped_line(line: str) -> str:
    line = _begun(_inline(line))
    # Four spaces would begin a block of code, two at the end a new line.
    return _SPACE_AT_EDGES.sub(lambda match: "".join(f"&#{ord(space)};" for space in match[0]), line)


def _inline(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _begun(line: str) -> str:
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def written(turns: Sequence[Turn], title: str | None) -> str:
    """Questions and answers as a page; `title` heads a conversation, an answer by itself is headed by its question."""
    several = title is not None
    blocks = [f"# {escaped(one_line(title))}"] if title is not None else []
    notes: list[str] = []
    for number, turn in enumerate(turns, 1):
        prefix = f"{number}-" if several else ""
        blocks.append(f"{'##' if several else '#'} {escaped(one_line(turn.answer.question))}")
        blocks += _answer(turn, prefix)
        notes += [_footnote(cited, prefix) for cited in turn.answer.citations]
    return "\n\n".join([*blocks, *notes]) + "\n"


def _answer(turn: Turn, prefix: str) -> list[str]:
    answer = turn.answer
    blocks = []
    if answer.standalone_question:
        blocks.append(f"*Understood as: {escaped(one_line(answer.standalone_question))}*")
    if answer.abstained:
        near = "\n".join(f"- {_source(cited)}" for cited in answer.nearest)
        return [*blocks, f"**{REFUSED}**", escaped(one_line(answer.reason or "")), *([NEAREST, near] if near else [])]
    for group in groups(turn):
        if group.heading:
            blocks.append(f"**{escaped(one_line(group.heading))}**")
        for line in group.lines:
            blocks += _line(line, prefix)
    for remark in answer.notes:
        parts = remark_parts(one_line(remark), turn)
        text = "".join(_mark(one, prefix) if isinstance(one, Citation) else _inline(one) for one in parts)
        blocks.append(_begun(text))
    return blocks


def _line(line: Line, prefix: str) -> list[str]:
    marks = "".join(_mark(cited, prefix) for cited in line.citations)
    if line.quoted is None:
        doubt = f" *({UNSUPPORTED})*" if line.sentence.support == "unsupported" else ""
        return [escaped(one_line(line.sentence.text)) + marks + doubt]
    quote = "\n".join(f"> {each}".rstrip() for each in escaped(line.quoted.quote).split("\n"))
    return [*([escaped(line.attribution.strip())] if line.attribution else []), quote + marks]


def _mark(cited: Citation, prefix: str) -> str:
    return f"[^{prefix}{cited.n}]"


def _footnote(cited: Citation, prefix: str) -> str:
    return f"[^{prefix}{cited.n}]: {_source(cited)}"


def _source(cited: Citation) -> str:
    link = address(cited)
    parts = [*map(escaped, described(cited)), f"<{link}>" if link else "", escaped(place(cited))]
    return ", ".join(part for part in parts if part)
