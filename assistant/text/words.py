"""Words of a text, content words, and the quotations in a question."""

from __future__ import annotations

import re
import unicodedata

from assistant.text.languages import ENGLISH
from assistant.text.layout.joining import join_divided_words
from assistant.text.spans import Span

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")

STOP_WORDS = ENGLISH.grammar.stop_words

_OPENING_MARK = re.compile("''|[“„«»\"]|(?<!\\w)[‘'`](?=\\S)")
_CLOSING_MARKS = {"„": "[“”]", "«": "»", "»": "«", '"': '"', "''": "''"}
_SINGLE_MARKS = frozenset("‘'`")
_SINGLE_CLOSING_MARK = re.compile(r"[’'](?!\w)")


def split_words(text: str) -> list[str]:
    """The words of a text in lower case, without possessive endings, with accents. Divided words are whole."""
    text = unicodedata.normalize("NFKC", join_divided_words(text)).replace("’", "'").lower()
    return [word.removesuffix("'s") for word in _WORD.findall(text)]


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that are not stop words, each once, in order."""
    return tuple(dict.fromkeys(word for word in split_words(text) if word not in STOP_WORDS))


def find_quotations(text: str) -> list[tuple[int, int, str]]:
    """The quotations in a text: start and end with their marks, and the words between the marks.

    A nested quotation is part of the words of the outer one. A quotation without a closing mark extends to the end of
    the text, unless its opening mark may be an apostrophe.
    """
    quotations: list[tuple[int, int, str]] = []
    position = 0
    while match := _OPENING_MARK.search(text, position):
        inner = position = match.end()
        closing = _find_closing_mark(text, inner, match[0])
        if closing is None and match[0] in _SINGLE_MARKS:
            continue
        last, position = closing or (len(text), len(text))
        words = text[inner:last].strip() if closing else text[inner:].strip(" ?")
        if len(words) > 1:
            quotations.append((match.start(), position, words))
    return quotations


def _find_closing_mark(text: str, inner: int, mark: str) -> Span | None:
    """The span of the closing mark of the quotation whose words begin at `inner`; None if there is no such mark."""
    if mark == "“":
        return _find_balancing_mark(text, inner)
    pattern = _SINGLE_CLOSING_MARK if mark in _SINGLE_MARKS else re.compile(_CLOSING_MARKS[mark])
    match = pattern.search(text, inner)
    return match.span() if match and text[inner : match.start()].strip() else None


def _find_balancing_mark(text: str, inner: int) -> Span | None:
    """The ” that balances a “. If a text closes more than it opens, the quotation ends at the last ”."""
    depth = 1
    last = None
    for place in re.finditer("[“”]", text[inner:]):
        depth += 1 if place[0] == "“" else -1
        if depth <= 0:
            last = inner + place.start()
            if text.count("”", last + 1) <= text.count("“", last + 1):
                break
    if last is None:  # a straight mark may close a curly one
        straight = text.find('"', inner)
        last = straight if straight >= 0 else None
    return None if last is None else (last, last + 1)


def fold(text: str) -> str:
    """Lower case without accents: "lindqvist" for "Lindqvíst"."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
