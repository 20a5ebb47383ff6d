"""Paragraph and sentence segmentation with exact offsets."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise

from assistant.records.article import Span

HARD_WRAP_WIDTH = 100  # no line of a hard-wrapped text is longer


_LINE = re.compile(r"[^\n]+")


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")


_LONG_WORD = re.compile(r"\S{1000,}")


# An opening quotation mark set apart by spaces on both sides belongs to the sentence that follows it.
_STRANDED_QUOTE = re.compile(r"[.!?]['\"”’]*\s+(''|[\"“‘])\s*$")


_ENDS_WITH_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Gov|Sen|Sens|Rep|Reps|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Cmdr)\.$"
)


_CLOSING_MARK = re.compile(r"(?<=\S)[),;\]”]")


_SMALL_LETTER = re.compile(r"\s*[a-z]")


_ENDS_WITH_WORD = re.compile(r"[a-z]{2}[.…][\"'”’]*$")


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text. A newline ends one, except in hard-wrapped text, where a blank line does."""
    if not _is_hard_wrapped(text):
        return [span for match in _LINE.finditer(text) if (span := _trim_span(text, *match.span()))]
    bounds = [0, *(match.start() for match in _BLANK_LINE.finditer(text)), len(text)]
    return [span for start, end in pairwise(bounds) if (span := _trim_span(text, start, end))]


def _is_hard_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > HARD_WRAP_WIDTH:
        return False
    broken_off = sum(_ENDS_SENTENCE.search(line) is None for line in lines)
    return broken_off > len(lines) / 2 and statistics.median(map(len, lines)) > HARD_WRAP_WIDTH / 2


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them; together they hold every
    character of it that is not white space."""
    from nupunkt import sent_spans

    spans: list[Span] = []
    for paragraph_start, paragraph_end in paragraph_spans(text):
        paragraph = text[paragraph_start:paragraph_end]
        start = 0
        # No sentence ends within a word; nupunkt's time grows with the square of a word full of full stops.
        for _, boundary in sent_spans(_LONG_WORD.sub(lambda word: "x" * len(word[0]), paragraph)):
            if _is_false_boundary(paragraph, start, boundary):
                continue
            stranded = _STRANDED_QUOTE.search(paragraph, start, boundary)
            if stranded and boundary < len(paragraph):
                boundary = stranded.start(1)
            if span := _trim_span(text, paragraph_start + start, paragraph_start + boundary):
                spans.append(span)
            start = boundary
        if span := _trim_span(text, paragraph_start + start, paragraph_end):
            spans.append(span)
    return spans


def _is_false_boundary(text: str, start: int, boundary: int) -> bool:
    """Whether nupunkt is wrong that a sentence ends here: '“Mr.| Roe', '(D-Md.|), who', 'Jeb!| was'."""
    before = text[max(start, boundary - 40) : boundary].rstrip()
    if _ENDS_WITH_TITLE.search(before) or _CLOSING_MARK.match(text, boundary):
        return True
    # After a word and a full stop, a small letter is how some people begin their sentences.
    return bool(_SMALL_LETTER.match(text, boundary) and not _ENDS_WITH_WORD.search(before))


def _trim_span(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
