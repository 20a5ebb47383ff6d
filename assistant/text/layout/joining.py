"""A text as if it had never been wrapped: for sentences, statements, search and the comparison of quotations.

Lines of one paragraph are joined, words divided at the end of a line are whole, and ligatures are letters. Every
character of the joined text has its offset in the original, which stays what is shown and cited."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.text.languages import ENGLISH
from assistant.text.layout.lines import HYPHENS, paragraph_lines
from assistant.text.spans import Span

MAX_CACHED_TEXTS = 32

# Marks that no reader sees, and letters that a font draws as one.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_REPLACED = re.compile(f"[{_INVISIBLE}{''.join(_LIGATURES)}]")
_DIVISION = re.compile(rf"(?<=[^\W\d_])[{HYPHENS}][^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_SPACES = re.compile(r"\s{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,40}$")
_WORD_AFTER = re.compile(r"[^\W\d_]{1,40}")


@dataclass(frozen=True, slots=True, eq=False)
class JoinedText:
    """The joined form of a text. Where nothing is joined, it is the text itself.

    `paragraphs` are the spans of its paragraphs in `text`. `has_divisions` says whether a word was divided at the end
    of a line: such a word can also be written with or without a hyphen.
    """

    text: str
    paragraphs: Sequence[Span]
    has_divisions: bool = False
    offsets: Sequence[int] | None = None  # of each character in the original; None if they are the same

    def to_original(self, start: int, end: int) -> Span:
        """The span in the original text for a span that is not empty."""
        if self.offsets is None or start >= end:
            return (start, end) if self.offsets is None else (self._original(start), self._original(start))
        return self._original(start), self.offsets[end - 1] + 1

    def from_original(self, start: int, end: int) -> Span:
        """The span in the joined text for a span in the original."""
        if self.offsets is None:
            return start, end
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)

    def _original(self, at: int) -> int:
        assert self.offsets is not None
        if at < len(self.offsets):
            return self.offsets[at]
        return self.offsets[-1] + 1 if self.offsets else 0


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def join_text(text: str) -> JoinedText:
    """The joined form of the text of an article."""
    paragraphs = paragraph_lines(text)
    if all(len(lines) == 1 for lines in paragraphs) and (text.isascii() or not _REPLACED.search(text)):
        return JoinedText(text, [lines[0] for lines in paragraphs])
    return _Joiner(text).join(paragraphs)


class _Joiner:
    """Copies a text piece by piece, with the offset of each character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None
        self._parts: list[str] = []
        self._offsets = array("q")
        self._has_divisions = False

    def join(self, paragraphs: Sequence[Sequence[Span]]) -> JoinedText:
        """The text with the lines of each paragraph joined; what is between paragraphs stays."""
        spans: list[Span] = []
        end = 0
        for lines in paragraphs:
            self._copy(end, lines[0][0])
            start = len(self._offsets)
            self._copy_paragraph(lines)
            spans.append((start, len(self._offsets)))
            end = lines[-1][1]
        self._copy(end, len(self._text))
        return JoinedText("".join(self._parts), spans, self._has_divisions, self._offsets)

    def _copy_paragraph(self, lines: Sequence[Span]) -> None:
        if len(lines) == 1:
            self._copy_letters(*lines[0])
            return
        for (start, end), following in pairwise(lines):
            if self._is_divided(end, following[0]):
                self._has_divisions = True
                self._copy_line(start, end - 1)
                if self._words is None:
                    self._words = frozenset(_WORD.findall(self._text))
                self._insert(choose_joint(self._text, end - 1, following[0], self._words), end - 1)
            else:
                self._copy_line(start, end)
                self._insert(" ", end)
        self._copy_line(*lines[-1])

    def _is_divided(self, end: int, start: int) -> bool:
        text = self._text
        return text[end - 1] in HYPHENS and text[end - 2 : end - 1].isalpha() and text[start].isalpha()

    def _copy_line(self, start: int, end: int) -> None:
        """Copy a line of a wrapped paragraph; the spaces that fill it up to the width become one."""
        for match in _SPACES.finditer(self._text, start, end):
            self._copy_letters(start, match.start() + 1)
            start = match.end()
        self._copy_letters(start, end)

    def _copy_letters(self, start: int, end: int) -> None:
        """Copy text without invisible marks, and with the letters of ligatures."""
        for match in _REPLACED.finditer(self._text, start, end):
            self._copy(start, match.start())
            self._insert(_LIGATURES.get(match[0], ""), match.start())
            start = match.end()
        self._copy(start, end)

    def _copy(self, start: int, end: int) -> None:
        self._parts.append(self._text[start:end])
        self._offsets.extend(range(start, end))

    def _insert(self, letters: str, at: int) -> None:
        self._parts.append(letters)
        self._offsets.extend([at] * len(letters))


def join_divided_words(text: str) -> str:
    """A piece of text with its divided words whole, without invisible marks and ligatures; its lines stay."""
    text = join_divisions(text)
    return text if text.isascii() else _REPLACED.sub(lambda match: _LIGATURES.get(match[0], ""), text)


def join_divisions(text: str) -> str:
    """A piece of text with the words that are divided at the end of a line whole."""
    if "\n" not in text or not _DIVISION.search(text):
        return text
    words = frozenset(_WORD.findall(text))
    return _DIVISION.sub(lambda match: choose_joint(text, match.start(), match.end(), words), text)


def list_divided_words(text: str) -> Iterator[str]:
    """The words divided at the ends of lines, each without a hyphen and with one: "wellknown", "well-known"."""
    for match in _DIVISION.finditer(text) if "\n" in text else ():
        before, after = _words_around(text, match.start(), match.end())
        yield before + after
        yield f"{before}-{after}"


def choose_joint(text: str, hyphen: int, start: int, words: Collection[str]) -> str:
    """What is between the two parts of a word divided at `hyphen`, which goes on at `start`.

    Nothing, or a hyphen that the word has anyway: as elsewhere among the `words` of the text, or as in most words with
    such a beginning.
    """
    if text[hyphen] == "\u00ad":
        return ""
    before, after = _words_around(text, hyphen, start)
    if after in ENGLISH.grammar.conjunctions:
        return "- "  # "short-\nand long-term"
    if f"{before}-{after}" in words:
        return "-"
    if before + after in words:
        return ""
    if before.isupper() and after.isupper():
        return ""
    if after[0].islower() and before.lower() not in ENGLISH.grammar.compound_openings:
        return ""
    return "" if after in ENGLISH.grammar.word_endings else "-"


def _words_around(text: str, hyphen: int, start: int) -> tuple[str, str]:
    before, after = _WORD_BEFORE.search(text, max(0, hyphen - 40), hyphen), _WORD_AFTER.match(text, start)
    return before[0] if before else "", after[0] if after else ""
