"""Paragraph and sentence segmentation with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import is_listed_word
from assistant.text.layout.joining import join_text
from assistant.text.layout.lines import paragraph_lines, trim_span
from assistant.text.spans import Span

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

LONGEST_PIECE = 100_000  # characters that nupunkt is given at once: for each it takes up to 0.7 kB of memory
_LONG_WORD = re.compile(r"\S{1000,}")
# An opening quotation mark with spaces on both sides belongs to the next sentence.
_STRANDED_QUOTE = re.compile(r"[.!?]['\"”’]*\s+(''|[\"“‘])\s*$")
_ENDS_WITH_TITLE = re.compile(rf"\b(?:{'|'.join(ENGLISH.people.sentence_abbreviations)})\.$")
_LETTERS_AT_END = re.compile(r"(?<![\w.&])(?:([A-Z]{3,5})|(?<=\bWar )I{1,2}|(?<= )no)\.\s+(?=[A-Z][a-z])")
_TITLES_IN_CAPITALS = frozenset(
    map(str.lower, (*ENGLISH.people.sentence_abbreviations, *ENGLISH.people.title_abbreviations))
)
_CLOSING_MARK = re.compile(r"(?<=\S)[),;\]”]")
_SMALL_LETTER = re.compile(r"\s*[a-z]")
_ENDS_WITH_WORD = re.compile(r"[a-z]{2}[.…][\"'”’]*$")


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text: its lines, or several lines together where they are only wraps."""
    return [(lines[0][0], lines[-1][1]) for lines in paragraph_lines(text)]


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them.

    Together they contain every character of the text that is not white space.
    """
    joined = join_text(text)
    spans = list(_split_paragraphs(joined.text, joined.paragraphs))
    if joined.offsets is None:
        return spans
    return _cover_left_out(text, [joined.to_original(*span) for span in spans])


def _cover_left_out(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences of a text, extended over what its joined form leaves out between them: marks, page numbers."""
    covering: list[Span] = []
    end = 0
    for start, last in [*spans, (len(text), len(text))]:
        if left_out := trim_span(text, end, start):
            if covering:
                covering[-1] = (covering[-1][0], left_out[1])
            else:
                start = left_out[0]
        if start < last or not covering:
            covering.append((start, last))
        end = last
    return [span for each in covering if (span := trim_span(text, *each))]


def _split_paragraphs(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    for paragraph_start, paragraph_end in paragraphs:
        paragraph = text[paragraph_start:paragraph_end]
        start = 0
        for boundary in sorted({*find_boundaries(paragraph), *_find_missed(paragraph)}):
            if _is_false_boundary(paragraph, start, boundary):
                continue
            stranded = _STRANDED_QUOTE.search(paragraph, start, boundary)
            if stranded and boundary < len(paragraph):
                boundary = stranded.start(1)
            if span := trim_span(text, paragraph_start + start, paragraph_start + boundary):
                yield span
            start = boundary
        if span := trim_span(text, paragraph_start + start, paragraph_end):
            yield span


def _find_missed(paragraph: str) -> Iterator[int]:
    """Where a sentence ends behind what looks like an abbreviation: "a new PAC. Ada Tarn", "War I. But", "no. It"."""
    for match in _LETTERS_AT_END.finditer(paragraph):
        if (match[1] or "").lower() not in _TITLES_IN_CAPITALS:
            yield match.end()


def find_boundaries(paragraph: str, longest: int = LONGEST_PIECE) -> Iterator[int]:
    """Where nupunkt ends the sentences of a paragraph, in order; the last is the end of the paragraph.

    It is given at most `longest` characters at once. Each piece begins where a sentence does, or within a sentence that
    is longer than a piece.
    """
    splitter = _load_splitter()
    # nupunkt takes quadratic time for a long word with many full stops, and no sentence ends inside a word.
    plain = _LONG_WORD.sub(lambda word: "x" * len(word[0]), paragraph)
    start = 0
    while len(plain) - start > longest:
        blank = plain.rfind(" ", start + longest // 2, start + longest)
        end = blank + 1 or start + longest
        ends = [start + boundary for _, (_, boundary) in splitter.tokenize_with_spans(plain[start:end])]
        whole = ends[:-2] or ends[:-1]  # the last may go on in the next piece, which can also tell of the one before
        yield from whole
        if whole:
            start = whole[-1]
        else:  # one sentence goes on through the whole piece; no word is divided
            start = end if blank >= 0 else plain.find(" ", end)
            if start < 0:
                yield len(paragraph)
                return
    yield from (start + boundary for _, (_, boundary) in splitter.tokenize_with_spans(plain[start:]))


@cache
def _load_splitter() -> PunktSentenceTokenizer:
    """nupunkt with its model of legal and financial texts, without the English words that are abbreviations there.

    For it, "stock.", "book." and "john." do not end a sentence.
    """
    from nupunkt import load_default_model

    splitter = load_default_model()
    words = ENGLISH.grammar.words_like_abbreviations
    for abbreviation in splitter.abbreviations - ENGLISH.grammar.abbreviations_like_words:
        if abbreviation in words or is_listed_word(abbreviation):
            splitter.remove_abbreviation(abbreviation)
    return splitter


def _is_false_boundary(text: str, start: int, boundary: int) -> bool:
    """Whether nupunkt wrongly ends a sentence here: '“Mr.| Roe', '(D-Md.|), who', 'Jeb!| was'."""
    before = text[max(start, boundary - 40) : boundary].rstrip()
    if _ENDS_WITH_TITLE.search(before) or _CLOSING_MARK.match(text, boundary):
        return True
    # After a word and a full stop, a small letter can begin a sentence: some people write so.
    return bool(_SMALL_LETTER.match(text, boundary) and not _ENDS_WITH_WORD.search(before))
