"""Paragraphs of a document as one text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n\s*")
# Invisible marks inside words: soft hyphens, joiners without effect, marks of direction, byte order marks.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")


def clean_paragraph(words: str) -> str:
    """One paragraph with single blanks and without invisible marks; its line breaks stay."""
    return _BREAKS.sub("\n", _BLANKS.sub(" ", _INVISIBLE.sub("", words))).strip()


def collect_paragraphs(paragraphs: Iterable[str]) -> str:
    """The paragraphs that have words, with blank lines between them."""
    return "\n\n".join(cleaned for words in paragraphs if (cleaned := clean_paragraph(words)))
