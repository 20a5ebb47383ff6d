"""Cuts a typed search into its tokens. Whatever is typed is cut: nothing is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "phrase", "field", "open", "close", "and", "or", "not", "near"]

FIELD_NAMES = {
    "speaker": "speaker",
    "by": "speaker",
    "outlet": "outlet",
    "source": "outlet",
    "author": "author",
    "from": "from",
    "since": "from",
    "to": "to",
    "until": "to",
    "tag": "tag",
    "title": "title",
    "like": "like",
}
"""What may stand before a colon, and the field that it means."""

MAX_DISTANCE = 999
DEFAULT_DISTANCE = 10  # words between those of NEAR

_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_FIELD = re.compile(rf"(?P<name>{'|'.join(FIELD_NAMES)}):\s*", re.IGNORECASE)
_NEAR = re.compile(r"NEAR(?:/(?P<distance>\d{1,3}))?(?![\w/])")
_DISTANCE = re.compile(r"\s*-?(\d+)\s*")
_BARE_DISTANCE = re.compile(r"\d{1,3}")  # "covid 2020" are two words
_PLAIN = re.compile(r"[^\s()\"“”„«»]+")
_HAS_CHARACTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a search. `name` is that of a field; `mark` the sign after a word: "*" or "~"; NEAR has a distance."""

    kind: TokenKind
    text: str = ""
    name: str = ""
    mark: str = ""
    distance: int = DEFAULT_DISTANCE


def split_search(typed: str) -> Iterator[Token]:
    """The tokens of a search, in order. Signs that are no part of a word are left out."""
    at = 0
    while at < len(typed):
        character = typed[at]
        if character.isspace():
            at += 1
        elif character in "()":
            yield Token("open" if character == "(" else "close", character)
            at += 1
        elif character == "-" and (at == 0 or typed[at - 1] in " (") and typed[at + 1 : at + 2].strip():
            yield Token("not", "-")
            at += 1
        elif near := _NEAR.match(typed, at):
            yield Token("near", near[0], distance=int(near["distance"] or DEFAULT_DISTANCE))
            at = near.end()
        elif field := _FIELD.match(typed, at):
            value, at = _read_value(typed, field.end())
            yield Token("field", value, FIELD_NAMES[field["name"].lower()])
        else:
            token, at = _read_term(typed, at)
            if token is not None:
                yield token


def split_distance(text: str) -> tuple[str, int | None]:
    """The words and the number of "harbour wall, 5", as in NEAR(harbour wall, 5).

    Without a comma, a number is the distance only of two or more other words: "boeing 737" are two words.
    """
    words, comma, number = text.rpartition(",")
    if comma and (found := _DISTANCE.fullmatch(number)):
        return words, min(int(found[1][:9]), MAX_DISTANCE)
    words, _, number = text.rstrip().rpartition(" ")
    if _BARE_DISTANCE.fullmatch(number) and sum(each.kind in ("word", "phrase") for each in split_search(words)) > 1:
        return words, int(number)
    return text, None


def _read_value(typed: str, at: int) -> tuple[str, int]:
    """The value of a field that begins here: a phrase or one word; empty if there is none."""
    if typed[at : at + 1] in _PAIRS:
        return _read_phrase(typed, at)
    plain = _PLAIN.match(typed, at)
    return (plain[0], plain.end()) if plain else ("", at)


def _read_phrase(typed: str, at: int) -> tuple[str, int]:
    """The words from a quotation mark to its closing one, or to the end."""
    closing = _PAIRS[typed[at]]
    end = next((place for place in range(at + 1, len(typed)) if typed[place] in closing + '"'), len(typed))
    return " ".join(typed[at + 1 : end].split()), end + 1


def _read_term(typed: str, at: int) -> tuple[Token | None, int]:
    if typed[at] in _PAIRS:
        phrase, at = _read_phrase(typed, at)
        mark = typed[at : at + 1] if typed[at : at + 1] == "*" else ""
        return (Token("phrase", phrase, mark=mark) if _HAS_CHARACTER.search(phrase) else None), at + len(mark)
    plain = _PLAIN.match(typed, at)
    if plain is None:  # a closing quotation mark alone
        return None, at + 1
    word = plain[0].rstrip(",;")
    if word in ("AND", "&&", "OR", "||", "NOT"):
        return Token({"AND": "and", "&&": "and", "OR": "or", "||": "or", "NOT": "not"}[word], word), plain.end()  # type: ignore[arg-type]
    bare = word.rstrip("*~")
    mark = word[len(bare) : len(bare) + 1]
    return (Token("word", bare, mark=mark) if _HAS_CHARACTER.search(bare) else None), plain.end()
