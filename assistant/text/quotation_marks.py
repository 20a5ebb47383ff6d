"""Quotations in a paragraph, in the styles of quotation marks that newspapers use."""

from __future__ import annotations

import re

from assistant.text.spans import Span

QUOTE_MASK = "\x01"
"""Replaces every character of a quotation, so that no rule reads the words inside."""

_QUOTATION_MARK = re.compile(r"[“”\"„«»‘]|''|``|(?<![\w'’])'(?=[^\W\d_])")
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
        elif (mark == "”" and text[start:opened].strip()) or (
            mark == "»" and not text[match.end() : match.end() + 1].strip()
        ):
            at = match.end()  # a closing mark without an opening one
        else:
            closing = _find_closing_mark(text, mark, match.end(), end)
            if closing and _is_opening_mark(text, mark, closing):
                # "One. "Two.": the first is not closed, and the mark opens the second
                at = closing - len(mark)
                spans.append((opened, len(text[:at].rstrip())))
                continue
            spans.append((opened, closing or end))
            if not closing:
                return spans, True
            at = closing
    return spans, False


def _find_closing_mark(text: str, mark: str, at: int, end: int) -> int | None:
    """The end of the quotation that a double mark opens, nested quotations included; None if it is not closed."""
    if mark == "“" and (nested := _NESTED_QUOTATION.match(text, at, end)):
        return nested.end()
    ends = [place + len(mark) for closing in _CLOSING_MARKS[mark] if (place := text.find(closing, at, end)) >= 0]
    return min(ends, default=None)


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
    for match in _SINGLE_CLOSING_MARK.finditer(text, opened + 2, end):
        last = match.end()
        if not _PLURAL_POSSESSIVE.match(text, match.start() - 1, end):
            break
        if text.find("‘" if text[opened] == "‘" else " '", last, end) >= 0:
            break  # another quotation opens after this mark
    return last
