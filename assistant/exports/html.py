"""A self-contained web page: no scripts, no external resources, all text escaped, light and dark colors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

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
    split_highlights,
    split_note,
)
from assistant.exports.provenance import describe_export
from assistant.presentation.short_answer import ShortAnswer, find_short_answer
from assistant.records.answer import Answer, Citation, Turn
from assistant.text.sanitize import sanitize_line, sanitize_text

STYLE = """
:root { color-scheme: light dark; --ink: #1b1d21; --paper: #fdfdfc; --soft: #5d636e; --line: #d4d7dc; --mark: #ffe58a;
  --link: #1a56a8; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e6ea; --paper: #16181c; --soft: #a0a6b1; --line: #3a3f48;
  --mark: #6b5600; --link: #8ab8f5; --warn: #f0b46a; } }
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
h1, h2, h3, .small, ol, ul, footer { font-family: system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { font-size: 1.2rem; line-height: 1.35; margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h3 { font-size: .95rem; margin: 1.75rem 0 .5rem; }
blockquote { margin: .5rem 0 1rem; padding: 0 0 0 1rem; border-left: 3px solid var(--line); }
q { quotes: none; white-space: pre-line; }
mark { background: var(--mark); color: inherit; }
a { color: var(--link); }
sup { line-height: 0; }
sup a { text-decoration: none; }
ol, ul { padding-left: 1.5rem; font-size: .9rem; }
li { margin: .4rem 0; }
.small, footer { font-size: .875rem; color: var(--soft); }
.short { font-size: 1.2rem; }
.near { padding-left: 2rem; border-left: 3px dashed var(--warn); font-style: italic; }
.refusal, .doubt { color: var(--warn); font-weight: bold; }
footer { margin-top: 3rem; }
:target { outline: 2px solid var(--mark); outline-offset: 3px; }
""".strip()
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
"""
FOOT = """<footer>{about}</footer>
</body>
</html>
"""


def render_html(turns: Sequence[Turn], title: str | None, on: date) -> str:
    """Questions and answers as a page, with `title` as the heading; a single answer has its question as the heading.

    The numbers of the notes run through the conversation. `on` is the day of the export.
    """
    several = title is not None
    heading = _escape_text(title if title is not None else turns[0].answer.question)
    lines = [f"<h1>{heading}</h1>"]
    for turn, offset in zip(turns, list_offsets(turns), strict=True):
        lines.append("<article>")
        if several:
            lines.append(f"<h2>{_escape_text(turn.answer.question)}</h2>")
        lines += [*_render_answer(turn, offset), "</article>"]
    return (
        HEAD.format(title=heading, style=STYLE)
        + "\n".join(lines)
        + "\n"
        + FOOT.format(about=escape(describe_export(on)))
    )


def _escape_text(text: str) -> str:
    return escape(sanitize_line(text))


class _NoteLinks:
    """Links from numbers in the text to the notes, and back from a note to its first number."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._seen: set[int] = set()

    def link_to_note(self, cited: Citation) -> str:
        number = cited.n + self._offset
        anchor = "" if number in self._seen else f' id="r{number}"'
        self._seen.add(number)
        return f'<sup{anchor}><a href="#n{number}">[{number}]</a></sup>'

    def link_back(self, cited: Citation) -> str:
        number = cited.n + self._offset
        return f' <a href="#r{number}" aria-label="Back to the text">↩</a>' if number in self._seen else ""


def _render_answer(turn: Turn, offset: int) -> Iterator[str]:
    answer, marks = turn.answer, _NoteLinks(offset)
    if answer.standalone_question:
        yield f'<p class="small">Understood as: {_escape_text(answer.standalone_question)}</p>'
    if answer.abstained:
        yield from _render_refusal(answer, offset)
        return
    if (short := find_short_answer(answer)) is not None:
        yield _render_short_answer(short, turn, marks)
    for group in group_lines(turn):
        if group.heading:
            yield f"<h3>{_escape_text(group.heading)}</h3>"
        for line in group.lines:
            yield _render_line(line, marks)
    for note in answer.notes:
        parts = split_note(sanitize_line(note), turn)
        text = "".join(marks.link_to_note(part) if isinstance(part, Citation) else escape(part) for part in parts)
        yield f'<p class="small">{text}</p>'
    if answer.citations:
        yield "<ol>"
        for cited in answer.citations:
            number = cited.n + offset
            yield f'<li id="n{number}" value="{number}">{render_note(cited)}{marks.link_back(cited)}</li>'
        yield "</ol>"


def _render_refusal(answer: Answer, offset: int) -> Iterator[str]:
    """The heading, the sentences near to an answer with their sources, what they lack, and the reason."""
    yield f'<p class="refusal">{escape(answer.heading)}</p>'
    if answer.nearest:
        yield '<ol class="near">'
        for cited in answer.nearest:
            attribution = f"<b>{_escape_text(cited.attribution)}</b> " if cited.attribution else ""
            words = f"<q>{_render_words(cited)}</q>{_render_days(cited)}"
            yield f'<li value="{cited.n + offset}">{attribution}{words}<br>{render_note(cited)}</li>'
        yield "</ol>"
    if answer.missing_line:
        yield f"<p><b>{_escape_text(answer.missing_line)}</b></p>"
    yield f"<p>{_escape_text(answer.reason or '')}</p>"


def _render_short_answer(short: ShortAnswer, turn: Turn, marks: _NoteLinks) -> str:
    numbers = "".join(map(marks.link_to_note, list_short_answer_citations(short, turn)))
    remark = f" ({_escape_text(short.remark)})" if short.remark else ""
    return f'<p class="short"><b>{_escape_text(short.words)}</b>{numbers}{remark}</p>'


def _render_words(cited: Citation) -> str:
    """The quote with the words that answer marked."""
    return "".join(
        f"<mark>{escape(sanitize_text(piece))}</mark>" if answers else escape(sanitize_text(piece))
        for piece, answers in split_highlights(cited)
    )


def _render_days(cited: Citation) -> str:
    """What words of the quote for days mean."""
    return f" <small>{_escape_text(cited.days_line)}</small>" if cited.days_line else ""


def _render_line(line: AnswerLine, marks: _NoteLinks) -> str:
    numbers = "".join(marks.link_to_note(cited) for cited in line.citations)
    if line.quoted_citation is None:
        warning = f' <span class="doubt">({UNSUPPORTED_LABEL})</span>' if line.sentence.support == "unsupported" else ""
        return f"<p>{_escape_text(line.sentence.text)}{numbers}{warning}</p>"
    words = _render_words(line.quoted_citation)
    days = _render_days(line.quoted_citation)
    link = get_safe_url(line.quoted_citation)
    source = f' cite="{escape(link)}"' if link else ""
    attribution = f"<b>{_escape_text(line.attribution)}</b> " if line.attribution else ""
    return f'<blockquote{source} dir="auto">{attribution}<q>{words}</q>{numbers}{days}</blockquote>'


def render_note(cited: Citation) -> str:
    """The source of a citation, with a link if it has a web address."""
    link = get_safe_url(cited)
    parts = [escape(part) for part in describe_source(cited)]
    if link:
        words = escape(get_words_url(cited))
        parts.append(
            f'<a href="{escape(link)}" rel="noopener noreferrer">{escape(link)}</a> '
            f'(<a href="{words}" rel="noopener noreferrer">open the words</a>)'
        )
    return ", ".join([*parts, escape(describe_place(cited))])
