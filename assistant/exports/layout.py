"""The layout of an answer that all formats share: sentences grouped by article, and how a source is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from urllib.parse import quote

from assistant.presentation.citation_text import format_attribution
from assistant.presentation.short_answer import ShortAnswer
from assistant.records.answer import PARTIAL_MARK, AnswerSentence, Citation, Turn
from assistant.text.months import MONTHS
from assistant.text.sanitize import sanitize_line

UNSUPPORTED_LABEL = "not supported by the articles"
FRAGMENT_WORDS = 5  # words at each end of a quotation by which a browser finds it
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
        PARTIAL_MARK if cited.partial else "",
    )
    return [part for part in parts if part]


def get_safe_url(cited: Citation) -> str:
    """The URL of the article, percent-encoded so that it is safe in any format; empty if it is not a web address."""
    url = (cited.url or "").strip()
    return quote(url, safe=_SAFE_IN_URLS, errors="replace") if _HTTP.match(url) else ""


def get_words_url(cited: Citation) -> str:
    """The address of the article with a text fragment: browsers scroll to the quoted words and mark them. Or empty."""
    url = get_safe_url(cited)
    words = cited.quote.split()
    if not url or not words:
        return url
    if len(words) > 2 * FRAGMENT_WORDS:  # the first and the last words, because a quotation may span paragraphs
        parts = [" ".join(words[:FRAGMENT_WORDS]), " ".join(words[-FRAGMENT_WORDS:])]
    else:
        parts = [" ".join(words)]
    # Hyphens and commas have a meaning in a fragment, so they are encoded too.
    fragment = ",".join(quote(part, safe="", errors="replace").replace("-", "%2D") for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def count_numbers(turn: Turn) -> int:
    """The highest number of a citation in an answer, so that the next answer can go on counting."""
    return max((cited.n for cited in (*turn.answer.citations, *turn.answer.nearest)), default=0)


def list_offsets(turns: Sequence[Turn]) -> list[int]:
    """What to add to the numbers of each answer, so that they run through the whole conversation."""
    return list(accumulate((count_numbers(turn) for turn in turns[:-1]), initial=0))


def write_day(day: date) -> str:
    """A day in words: "29 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def describe_place(cited: Citation) -> str:
    """The place of the quote in its article."""
    place = f"{sanitize_line(cited.place)}, " if cited.place else ""
    return f"{place}characters {cited.start}–{cited.end} of {sanitize_line(cited.article_id)}"
