"""Quotations in a paragraph, in the styles of quotation marks that newspapers use."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from assistant.text.spans import Span

QUOTE_MASK = "\x01"
"""Replaces every character of a quotation, so that no rule reads the words inside."""

_QUOTATION_MARK = re.compile(r"[“”\"„«»‘]|''|``|(?<![\w'’])'(?=[^\W\d_])")
_NOT_SPACE = re.compile(r"\S")
_NESTED_QUOTATION = re.compile(r"[^“”\"\n]{0,2000}(?:“[^“”\"\n]{1,300}”[^“”\"\n]{0,2000}){1,5}”")
_CLOSING_MARKS = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "”": ("”",),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "''": ("''",),
    "``": ("''", "”"),
}
# Words that begin with an apostrophe: 'tis, 'em, rock 'n' roll.
_ELISION = re.compile(r"[‘'](?:\d0s|tis|twas|em|til|till|cause|cos|bout|round|n|s)\b", re.IGNORECASE)
# A single mark closes a quotation after a word or its punctuation; after a plural ("the clerks’ room") only if no other
# mark does.
_SINGLE_CLOSING_MARK = re.compile(r"(?<=[^\s‘'])[’'](?![\w’'])")
_PLURAL_POSSESSIVE = re.compile(r"s[’'] [a-z]")


def quotation_spans(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """The spans of the quotations in one paragraph with their marks, and whether the last one has no closing mark."""
    spans: list[Span] = []
    at, singles = start, True
    places = _MarkPlaces(text, end)
    words = _NOT_SPACE.search(text, start, end)
    first = words.start() if words else end
    while match := _QUOTATION_MARK.search(text, at, end):
        mark, opened = match[0], match.start()
        if mark in ("‘", "'"):
            at = match.end()
            if singles and _is_opening_single_mark(text, opened, start, end):
                closed = _find_single_closing_mark(text, opened, end)
                singles = closed is not None  # if nothing closes this mark, nothing closes a later one
                if closed:
                    spans.append((opened, closed))
                    at = closed
        elif (mark == "”" and first < opened) or (mark == "»" and not text[match.end() : match.end() + 1].strip()):
            at = match.end()  # a closing mark without an opening one
        else:
            closing = _find_closing_mark(text, mark, match.end(), end, places)
            if closing and _is_opening_mark(text, mark, closing):
                # "One. "Two.": the first is not closed, and the mark opens the second
                at = closing - len(mark)
                spans.append((opened, _skip_space_back(text, opened, at)))
                continue
            spans.append((opened, closing or end))
            if not closing:
                return spans, True
            at = closing
    return spans, False


def mask_spans(text: str, spans: Iterable[Span]) -> str:
    """A text in which every character of some spans, which are in order, is replaced, so that no rule reads them."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], QUOTE_MASK * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def close_quotation(text: str) -> str:
    """A paragraph with a closing mark at its end if its last quotation has none."""
    spans, is_open = quotation_spans(text, 0, len(text))
    mark = _QUOTATION_MARK.match(text, spans[-1][0]) if is_open else None
    return text + _CLOSING_MARKS[mark[0]][0] if mark else text


class _MarkPlaces:
    """Where each mark comes next. What was found once is not searched for again, so a whole paragraph is read once."""

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end
        self._next: dict[str, int] = {}

    def find(self, mark: str, at: int) -> int:
        """The first place of a mark at or after `at`; the end of the paragraph if there is none. `at` must not fall."""
        place = self._next.get(mark, -1)
        if place < at:
            place = self._text.find(mark, at, self._end)
            self._next[mark] = place = self._end if place < 0 else place
        return place


def _skip_space_back(text: str, start: int, end: int) -> int:
    """The end of a part of a text without the white space at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _find_closing_mark(text: str, mark: str, at: int, end: int, places: _MarkPlaces) -> int | None:
    """The end of the quotation that a double mark opens, nested quotations included; None if it is not closed."""
    if mark == "“" and (nested := _NESTED_QUOTATION.match(text, at, end)):
        return nested.end()
    found = ((places.find(closing, at), closing) for closing in _CLOSING_MARKS[mark])
    return min((place + len(closing) for place, closing in found if place < end), default=None)


def _is_opening_mark(text: str, mark: str, closing: int) -> bool:
    """Whether a mark that can open and close a quotation opens one here: it follows a full stop and a space."""
    before = text[max(0, closing - len(mark) - 2) : closing - len(mark)]
    return (
        mark in ('"', "''") and before[:1] in ".!?" and before[1:].isspace() and text[closing : closing + 1].isalnum()
    )


def _is_opening_single_mark(text: str, opened: int, start: int, end: int) -> bool:
    """Whether a single mark opens a quotation and is not an apostrophe."""
    before = text[opened - 1 : opened] if opened > start else " "
    return (before.isspace() or before in "([—–-:") and not _ELISION.match(text, opened, end)


def _find_single_closing_mark(text: str, opened: int, end: int) -> int | None:
    """The end of the quotation that a single mark opens; None if it is not closed."""
    last = None
    latest_opening = text.rfind("‘" if text[opened] == "‘" else " '", opened + 1, end)
    for match in _SINGLE_CLOSING_MARK.finditer(text, opened + 2, end):
        last = match.end()
        if not _PLURAL_POSSESSIVE.match(text, match.start() - 1, end):
            break
        if latest_opening >= last:
            break  # another quotation opens after this mark
    return last


def is_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    """Whether a span is not empty and mostly in quotation marks."""
    return start < end and is_mostly_quoted(start, end, quotes)


def is_mostly_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    """Whether more than four fifths of a span are in quotation marks. `quotes` must be in order."""
    inside = 0
    for a, b in islice(quotes, max(0, bisect_left(quotes, (start, start)) - 1), None):
        if a >= end:
            break
        inside += max(0, min(b, end) - max(a, start))
    return inside > (end - start) * 0.8
