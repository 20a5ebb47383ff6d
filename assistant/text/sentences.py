"""Paragraph and sentence segmentation with exact offsets."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise

from assistant.text.languages import ENGLISH
from assistant.text.spans import Span

HARD_WRAP_WIDTH = 100  # maximum line length of a hard-wrapped text

_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LONG_WORD = re.compile(r"\S{1000,}")
# An opening quotation mark with spaces on both sides belongs to the next sentence.
_STRANDED_QUOTE = re.compile(r"[.!?]['\"”’]*\s+(''|[\"“‘])\s*$")
_ENDS_WITH_TITLE = re.compile(rf"\b(?:{'|'.join(ENGLISH.people.sentence_abbreviations)})\.$")
_CLOSING_MARK = re.compile(r"(?<=\S)[),;\]”]")
_SMALL_LETTER = re.compile(r"\s*[a-z]")
_ENDS_WITH_WORD = re.compile(r"[a-z]{2}[.…][\"'”’]*$")


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text, separated by newlines, or by blank lines if the text is hard-wrapped."""
    if not _is_hard_wrapped(text):
        return [span for match in _LINE.finditer(text) if (span := trim_span(text, *match.span()))]
    bounds = [0, *(match.start() for match in _BLANK_LINE.finditer(text)), len(text)]
    return [span for start, end in pairwise(bounds) if (span := trim_span(text, start, end))]


def _is_hard_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > HARD_WRAP_WIDTH:
        return False
    broken_off = sum(_ENDS_SENTENCE.search(line) is None for line in lines)
    return broken_off > len(lines) / 2 and statistics.median(map(len, lines)) > HARD_WRAP_WIDTH / 2


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them.

    Together they contain every character of the text that is not white space.
    """
    from nupunkt import sent_spans

    spans: list[Span] = []
    for paragraph_start, paragraph_end in paragraph_spans(text):
        paragraph = text[paragraph_start:paragraph_end]
        start = 0
        # nupunkt takes quadratic time for a long word with many full stops, and no sentence ends inside a word.
        for _, boundary in sent_spans(_LONG_WORD.sub(lambda word: "x" * len(word[0]), paragraph)):
            if _is_false_boundary(paragraph, start, boundary):
                continue
            stranded = _STRANDED_QUOTE.search(paragraph, start, boundary)
            if stranded and boundary < len(paragraph):
                boundary = stranded.start(1)
            if span := trim_span(text, paragraph_start + start, paragraph_start + boundary):
                spans.append(span)
            start = boundary
        if span := trim_span(text, paragraph_start + start, paragraph_end):
            spans.append(span)
    return spans


def _is_false_boundary(text: str, start: int, boundary: int) -> bool:
    """Whether nupunkt wrongly ends a sentence here: '“Mr.| Roe', '(D-Md.|), who', 'Jeb!| was'."""
    before = text[max(start, boundary - 40) : boundary].rstrip()
    if _ENDS_WITH_TITLE.search(before) or _CLOSING_MARK.match(text, boundary):
        return True
    # After a word and a full stop, a small letter can begin a sentence: some people write so.
    return bool(_SMALL_LETTER.match(text, boundary) and not _ENDS_WITH_WORD.search(before))


def trim_span(text: str, start: int, end: int) -> Span | None:
    """A span without the white space at its ends; None if nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
