"""Lines and paragraphs: which ends of lines are only wraps, as in text copied from a PDF or a narrow column.

A text with one paragraph on each line, a list, a poem, a table or a transcript keeps its lines apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.text.languages import ENGLISH
from assistant.text.spans import Span

MIN_WIDTH, MAX_WIDTH = 20, 120  # characters in the lines of a wrapped text
MIN_SHARE = 0.3  # of the ends of lines that are inside a sentence, in a wrapped text
MIN_SHARE_ACROSS_BLANKS = 0.4  # the same where each line is followed by a blank one
MIN_WRAPS_ACROSS_BLANKS = 3
MIN_FULL_SHARE = 0.7  # of the wrapped lines that the next word would not fit into
FULL_LINE = 0.75  # of the width: letters of a PDF have different widths
LEAST_FULL_PERCENTILE = 0.1  # of the wrapped lines: a line that ends a sentence and is less full ends its paragraph
WIDTH_PERCENTILE = 0.9
MIN_BLOCK_LINES = 4  # lines from which a block has a width of its own
MIN_STRAY_LENGTH = 80  # characters in a line of prose that breaks off inside a sentence, in a text that is not wrapped

HYPHENS = "-\u2010\u00ad"
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,4}$")
_FINAL_CONTINUATION = re.compile(r"(?:[,(/—–&]|(?<![^\W\d_])-)$")
_LAST_WORD = re.compile(r"[^\W\d_]{1,12}$")
_SMALL_LETTER = re.compile(r"[\"'“‘(\[]{0,2}[a-zß-öø-ÿ]")
_FIRST_WORD = re.compile(r"\S{1,80}")
_DIVIDED_END = re.compile(rf"[^\W\d_][{HYPHENS}]$")
_LETTER = re.compile(r"[^\W\d_]")
# What begins a line of its own: an item of a list, a row of a table, a time, a label, a signature.
_OWN_LINE = re.compile(
    r"[-–—*•·▪◦‣>|#+~]{1,3}(?:\s|(?=\*))|[—–]|\(?(?:\d{1,3}|[a-z])[.)]\s|[\[(]?\d{1,2}:\d\d|\|"
    r"|(?:Q|A)[.:]\s|\*{0,2}@?[^\W\d_][\w.’'\- ]{0,40}(?:\([^()\n]{1,30}\))?:\*{0,2}(?:\s|$)"
)
_PAGE_NUMBER = re.compile(
    r"[-–—\[( ]{0,3}(?:(?:page|p\.|pg\.)\s{0,3})?\d{1,4}(?:\s{0,3}(?:/|of)\s{0,3}\d{1,4})?[-–—\]) .]{0,3}$"
    r"|.{0,90}(?:\s{3,60}|\s[|–—·]\s)(?:(?:page|p\.)\s{0,3})?\d{1,4}$",
    re.IGNORECASE,
)
_UNFINISHED_WORDS = ENGLISH.grammar.prepositions | ENGLISH.grammar.determiners | ENGLISH.grammar.conjunctions


@dataclass(frozen=True, slots=True)
class _Gap:
    """The end of a line: the line before it, the line after it, and the number of blank lines between them."""

    before: Span
    after: Span
    blank_lines: int


def paragraph_lines(text: str) -> list[list[Span]]:
    """The paragraphs of a text, each as the spans of its lines without the white space around them.

    A paragraph has several lines only where the end of a line is a wrap. Page numbers that a page break has put inside
    a paragraph are not among its lines.
    """
    lines = [span for match in _LINE.finditer(text) if (span := trim_span(text, *match.span()))]
    if len(lines) < 2:
        return [[line] for line in lines]
    return _Lines(text, lines).join()


class _Lines:
    """The lines of one text that are not blank."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self._text = text
        self._lines = lines
        self._gaps = [_Gap(left, right, text.count("\n", left[1], right[0]) - 1) for left, right in pairwise(lines)]
        self._is_wrapped, self._is_spaced = False, False
        self._width = 0
        self._full_last_line = FULL_LINE  # of the width: a line that ends a sentence and is fuller is a wrap

    def join(self) -> list[list[Span]]:
        """The paragraphs, each as its lines."""
        self._measure()
        paragraphs = [[self._lines[0]]]
        widths = self._block_widths() if self._is_wrapped else []
        number = 0
        while number < len(self._gaps):
            gap = self._gaps[number]
            skipped = self._find_text_after_page_break(number) if self._is_wrapped else None
            if skipped is not None:
                paragraphs[-1].append(self._lines[skipped])
                number = skipped
                continue
            if self._is_wrap(gap, widths[number] if widths else 0):
                paragraphs[-1].append(gap.after)
            else:
                paragraphs.append([gap.after])
            number += 1
        return paragraphs

    def _measure(self) -> None:
        """Decide whether the text is wrapped, and how wide its lines are."""
        close = [gap for gap in self._gaps if not gap.blank_lines]
        inside = [gap for gap in close if self._is_inside_sentence(gap)]
        if inside and len(inside) >= max(min(2, len(close) - 1), MIN_SHARE * len(close)):
            self._is_wrapped = self._has_full_lines(inside)
        if self._is_wrapped:
            return
        spaced = [gap for gap in self._gaps if gap.blank_lines == 1]
        inside = [gap for gap in spaced if self._is_inside_sentence(gap)]
        if len(inside) >= max(MIN_WRAPS_ACROSS_BLANKS, MIN_SHARE_ACROSS_BLANKS * len(self._gaps)):
            self._is_wrapped = self._is_spaced = self._has_full_lines(inside)

    def _has_full_lines(self, inside: Sequence[_Gap]) -> bool:
        """Whether lines end because the next word would not fit, and are no longer than those of a column."""
        lengths = sorted(gap.before[1] - gap.before[0] for gap in inside)
        self._width = lengths[min(len(lengths) - 1, int(WIDTH_PERCENTILE * len(lengths)))]
        if not MIN_WIDTH <= self._width <= MAX_WIDTH:
            return False
        shares = sorted(self._needed_length(gap) / self._width for gap in inside)
        if not any(gap.blank_lines or self._is_indented(gap) for gap in self._gaps):  # else that ends a paragraph
            self._full_last_line = max(FULL_LINE, shares[int(LEAST_FULL_PERCENTILE * len(shares))] - 0.01)
        return sum(share > FULL_LINE for share in shares) >= MIN_FULL_SHARE * len(shares)

    def _block_widths(self) -> list[int]:
        """For each gap the width of the block of lines around it; that of the text if the block has few lines."""
        widths: list[int] = []
        start = 0
        for end in range(1, len(self._lines) + 1):
            if end < len(self._lines) and not self._gaps[end - 1].blank_lines:
                continue
            lengths = sorted(last - first for first, last in self._lines[start:end])
            longest = lengths[-2] if len(lengths) >= MIN_BLOCK_LINES else self._width
            widths += [min(longest, MAX_WIDTH)] * (end - start)
            start = end
        return widths

    def _is_inside_sentence(self, gap: _Gap) -> bool:
        """Whether the line before breaks off, and the next one goes on with a small letter."""
        if self._is_divided(gap):
            return True
        return (
            _SMALL_LETTER.match(self._text, *gap.after) is not None
            and not self._ends_sentence(gap.before)
            and _OWN_LINE.match(self._text, *gap.after) is None
        )

    def _is_divided(self, gap: _Gap) -> bool:
        """Whether a word is divided with a hyphen at the end of the line."""
        end = gap.before[1]
        return (
            self._text[end - 1] in HYPHENS
            and _DIVIDED_END.search(self._text, max(0, end - 2), end) is not None
            and _LETTER.match(self._text, gap.after[0]) is not None
            and (self._is_wrapped or _SMALL_LETTER.match(self._text, gap.after[0]) is not None)
        )

    def _ends_sentence(self, line: Span) -> bool:
        return _SENTENCE_END.search(self._text, max(line[0], line[1] - 6), line[1]) is not None

    def _needed_length(self, gap: _Gap) -> int:
        """The length of a line together with the first word of the next line."""
        word = _FIRST_WORD.match(self._text, *gap.after)
        return gap.before[1] - gap.before[0] + 1 + (len(word[0]) if word else 0)

    def _is_full(self, gap: _Gap, width: int, share: float) -> bool:
        """Whether the first word of the next line would not have fit into the line before it."""
        return self._needed_length(gap) > share * width

    def _is_wrap(self, gap: _Gap, width: int) -> bool:
        """Whether the end of a line is a wrap."""
        if not gap.blank_lines and (self._is_divided(gap) or self._is_stray(gap)):
            return True
        if not self._is_wrapped or gap.blank_lines > (1 if self._is_spaced else 0):
            return False
        is_own_line = _OWN_LINE.match(self._text, *gap.after) is not None
        if self._ends_sentence(gap.before):
            return not is_own_line and not self._is_indented(gap) and self._is_full(gap, width, self._full_last_line)
        if is_own_line:
            is_word = _LETTER.match(self._text, gap.after[0]) is not None
            return is_word and self._is_full(gap, width, self._full_last_line)
        if _SMALL_LETTER.match(self._text, *gap.after) or self._is_unfinished(gap.before):
            return True
        return self._is_full(gap, width, FULL_LINE)

    def _is_stray(self, gap: _Gap) -> bool:
        """Whether a sentence of a long line goes on in the next one: no item of a list, and no line of a poem."""
        return gap.before[1] - gap.before[0] >= MIN_STRAY_LENGTH and self._is_inside_sentence(gap)

    def _is_unfinished(self, line: Span) -> bool:
        """Whether a line must go on: it ends with a comma, or with a word such as "of"."""
        if _FINAL_CONTINUATION.search(self._text, line[1] - 2 if line[1] - line[0] > 1 else line[0], line[1]):
            return True
        word = _LAST_WORD.search(self._text, max(line[0], line[1] - 12), line[1])
        return word is not None and word[0] in _UNFINISHED_WORDS

    def _is_indented(self, gap: _Gap) -> bool:
        """Whether the next line is indented more than the line before it, as the first of a paragraph."""
        return self._indent(gap.after) > self._indent(gap.before) + 1

    def _indent(self, line: Span) -> int:
        return line[0] - (self._text.rfind("\n", 0, line[0]) + 1)

    def _find_text_after_page_break(self, number: int) -> int | None:
        """The number of the line that continues a sentence after a page number or a page break; else None."""
        gap = self._gaps[number]
        at = number + 1
        while at < len(self._lines) - 1 and at - number <= 2 and self._is_page_number(self._lines[at]):
            at += 1
        if at == number + 1 and not gap.blank_lines:
            return None
        whole = _Gap(gap.before, self._lines[at], 0)
        if self._is_inside_sentence(whole) and self._is_full(whole, self._width, FULL_LINE):
            return at
        return None

    def _is_page_number(self, line: Span) -> bool:
        return line[1] - line[0] <= MAX_WIDTH and _PAGE_NUMBER.match(self._text, *line) is not None


def trim_span(text: str, start: int, end: int) -> Span | None:
    """A span without the white space at its ends; None if nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
