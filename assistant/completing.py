"""What a question that is being typed may go on with: speakers, outlets and titles by the beginnings of their words."""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.records import Holdings
from assistant.wording import STOP_WORDS

Kind = Literal["speaker", "outlet", "article"]

MOST = 6
"""Completions offered at a time."""

_LOOKED_AT = 2_000  # names that share a beginning; more are told apart by the next letter
_WORDS_BEFORE = 8  # of what is being typed, that may belong to the name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASKING = (
    "what who whom whose when where which why how did does has have said says tell about according".split()
)
_OPEN_QUOTE = re.compile(r'[“"«„]([^”"»“„]*)$')
_OF_ARTICLE = re.compile(r"\b(?:in|about|from|of|does|did) (?:the )?(?:article|story|report|piece) $", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Completion:
    """Text to put in place of the characters from `start` to the cursor; `note` says what it is."""

    text: str
    start: int
    kind: Kind
    note: str


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    words: tuple[str, ...]  # folded
    kind: Kind
    weight: float
    note: str


def folded(text: str) -> str:
    """Without case and accents: what names are compared in."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(character for character in bare if not unicodedata.combining(character))


class Completer:
    """A lookup made once of what a library holds; making it takes a fraction of a second, asking it milliseconds."""

    def __init__(self, holdings: Holdings) -> None:
        self._entries = tuple(_entries(holdings))
        pairs = sorted(
            (word, number, place)
            for number, entry in enumerate(self._entries)
            for place, word in enumerate(entry.words)
            if word not in STOP_WORDS or place == 0
        )
        self._words = [word for word, _, _ in pairs]
        self._places = [(number, place) for _, number, place in pairs]

    def complete(self, before: str, after: str = "") -> tuple[Completion, ...]:
        """What the text before the cursor may go on with, best first; nothing in the middle of a word."""
        if not before or not _is_letter(before[-1]) or (after and _is_letter(after[0])):
            return ()
        tokens = list(_WORD.finditer(before, max(0, before.rfind("\n", 0, len(before)) + 1, len(before) - 400)))
        if not tokens or tokens[-1].end() != len(before):
            return ()
        typed = [folded(token[0]) for token in tokens[-_WORDS_BEFORE:]]
        starts = [token.start() for token in tokens[-_WORDS_BEFORE:]]
        opened = _OPEN_QUOTE.search(before)
        if opened is not None and opened[0][0] == '"' and before.count('"') % 2 == 0:
            opened = None
        inside = opened is not None
        after_article = bool(_OF_ARTICLE.search(before[: starts[-1]]))
        if opened is not None:  # a quotation begins where its words do
            first = sum(start < opened.start(1) for start in starts)
            typed, starts = typed[first:], starts[first:]
            if not typed:
                return ()
        found: dict[int, tuple[float, int]] = {}
        for number, place in self._beginning(typed[-1]):
            entry = self._entries[number]
            length = _matched(typed, entry.words, place)
            if not _offered(entry, length, typed, tokens[-1][0], inside, after_article):
                continue
            rank = length * 10 + (place == length - 1) * 3 + entry.weight
            if rank > found.get(number, (-1.0, 0))[0]:
                found[number] = (rank, length)
        if any(self._entries[number].words == tuple(typed[-length:]) for number, (_, length) in found.items()):
            return ()  # it stands there already
        best = heapq.nsmallest(MOST, found.items(), key=lambda one: (-one[1][0], self._entries[one[0]].name))
        return tuple(self._completion(number, starts[-length], inside, after) for number, (_, length) in best)

    def _beginning(self, prefix: str) -> Iterator[tuple[int, int]]:
        first = bisect_left(self._words, prefix)
        last = bisect_left(self._words, prefix + "\U0010ffff", lo=first)
        yield from self._places[first : min(last, first + _LOOKED_AT)]

    def _completion(self, number: int, start: int, inside: bool, after: str) -> Completion:
        entry = self._entries[number]
        text = entry.name
        if entry.kind == "article":
            text = text if inside else f"“{text}"
            text = text if inside and after[:1] in ("”", '"', "»") and after else f"{text}”"
        return Completion(text, start, entry.kind, entry.note)


def _is_letter(character: str) -> bool:
    return bool(_WORD.match(character))


def _entries(holdings: Holdings) -> Iterator[_Entry]:
    """Everything that can be completed, what is most likely meant first."""
    for name, statements in holdings.speakers:
        note = f"speaker · {statements:,} statement{'' if statements == 1 else 's'}"
        yield _Entry(name, _words(name), "speaker", 4 + min(statements, 10_000) ** 0.25 / 4, note)
    for name, articles in holdings.outlets:
        note = f"outlet · {articles:,} article{'' if articles == 1 else 's'}"
        yield _Entry(name, _words(name), "outlet", 3.0, note)
    for title, day in holdings.titles:
        yield _Entry(title, _words(title), "article", 0.0, f"article · {day}" if day else "article")


def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in _WORD.findall(name))


def _matched(typed: list[str], words: tuple[str, ...], place: int) -> int:
    """How many of the words typed last are words of the name, the last of them its beginning only."""
    length = 1
    while length < len(typed) and length <= place and typed[-1 - length] == words[place - length]:
        length += 1
    return length


def _offered(entry: _Entry, length: int, typed: list[str], written: str, inside: bool, after_article: bool) -> bool:
    """Whether so many words are enough to offer a name: questions are made of other words too."""
    last = typed[-1]
    if entry.kind == "article":
        if inside:
            return length == len(typed) and (length > 1 or len(last) > 1)
        if after_article:
            return length > 1 or len(last) > 1
        telling = [word for word in typed[-length:-1] if word not in STOP_WORDS]
        return length > 2 and len(telling) > 1
    if inside:
        return False
    if length > 1 and any(word not in STOP_WORDS for word in typed[-length:-1]):
        return True
    if last in STOP_WORDS or (len(typed) == length and any(word.startswith(last) for word in _ASKING)):
        return False
    return len(last) >= (2 if written[:1].isupper() else 3)
