"""The layout of an answer that all formats share: sentences grouped by article, and how a source is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from assistant.presentation.citation_text import format_attribution
from assistant.presentation.short_answer import ShortAnswer
from assistant.records.answer import AnswerSentence, Citation, Turn
from assistant.text.sanitize import sanitize_line

UNSUPPORTED_LABEL = "not supported by the articles"
_MARKER = re.compile(r"\[(\d+)\]")
_HTTP = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_SAFE_IN_URLS = "%:/?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A sentence of an answer with its citations; `quoted_citation` is the one it is copied from, if it is verbatim."""

    attribution: str  # "Jane Smith: ", or empty
    sentence: AnswerSentence
    citations: tuple[Citation, ...]
    quoted_citation: Citation | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines from one article, which `heading` names; it is empty if the answer is not grouped by article."""

    heading: str
    lines: tuple[AnswerLine, ...]


def group_lines(turn: Turn) -> list[LineGroup]:
    """The sentences of an answer in order; consecutive ones from the same article are a group."""
    groups: list[tuple[str, list[AnswerLine]]] = []
    for line in _build_lines(turn):
        heading = line.citations[0].source_line if line.citations and turn.answer.mode == "extractive" else ""
        if line.sentence.section:  # of a brief or timeline
            heading = f"{line.sentence.section}: {heading}"
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(line)
    return [LineGroup(heading, tuple(lines)) for heading, lines in groups]


def _build_lines(turn: Turn) -> Iterator[AnswerLine]:
    numbered = {cited.n: cited for cited in turn.answer.citations}
    for sentence in turn.answer.sentences:
        citations = tuple(numbered[n] for n in sentence.citations if n in numbered)
        quoted = citations[0] if sentence.support == "verbatim" and len(citations) == 1 else None
        yield AnswerLine(format_attribution(turn.query, quoted) if quoted else "", sentence, citations, quoted)


def list_short_answer_citations(short: ShortAnswer, turn: Turn) -> list[Citation]:
    """The citations of a short answer."""
    return [cited for cited in turn.answer.citations if cited.n in short.numbers]


def split_note(note: str, turn: Turn) -> Iterator[str | Citation]:
    """The text of a note on an answer, with citations in place of its markers."""
    numbered = {str(cited.n): cited for cited in turn.answer.citations}
    for place, part in enumerate(_MARKER.split(note)):
        if place % 2 == 0:
            yield part
        else:
            yield numbered.get(part, f"[{part}]")


def split_highlights(cited: Citation) -> Iterator[tuple[str, bool]]:
    """The quote in pieces, each with whether it is among the words that answer."""
    at = cited.start
    for start, end in (*sorted(cited.marks), (cited.end, cited.end)):
        start, end = max(start, at), max(end, at)
        for text, answers in ((at, start), False), ((start, end), True):
            piece = cited.quote[text[0] - cited.start : text[1] - cited.start]
            if piece:
                yield piece, answers
        at = end


def describe_source(cited: Citation) -> list[str]:
    """Author, “title”, outlet, day and other outlets, as far as they are known, without the URL."""
    others = cited.source_line.partition(" · also in ")[2]
    parts = (
        sanitize_line(cited.author or ""),
        f"“{sanitize_line(cited.title)}”",
        sanitize_line(cited.source or ""),
        sanitize_line((cited.published_at or "")[:10]),
        f"also in {sanitize_line(others)}" if others else "",
    )
    return [part for part in parts if part]


def get_safe_url(cited: Citation) -> str:
    """The URL of the article, percent-encoded so that it is safe in any format; empty if it is not a web address."""
    url = (cited.url or "").strip()
    return quote(url, safe=_SAFE_IN_URLS, errors="replace") if _HTTP.match(url) else ""


def describe_place(cited: Citation) -> str:
    """The place of the quote in its article."""
    place = f"{sanitize_line(cited.place)}, " if cited.place else ""
    return f"{place}characters {cited.start}–{cited.end} of {sanitize_line(cited.article_id)}"
