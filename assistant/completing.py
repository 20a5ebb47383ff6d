"""What a question that is being typed may go on with: speakers, outlets and titles by the beginnings of their words."""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from assistant.records import Holdings
from assistant.wording import STOP_WORDS

Kind = Literal["speaker", "outlet", "article"]

MOST = 6
"""Completions offered at a time."""

_LOOKED_AT = 300  # names that share a beginning; more are told apart by the next letter
_WORDS_BEFORE = 8  # of what is being typed, that may belong to the name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASKING = "what who whom whose when where which why how did does has have said says tell about according".split()
_OPEN_QUOTE = re.compile(r'[“"«„]([^”"»“„]*)$')
_CLOSING = {"“": "”", '"': '"', "«": "»", "„": "“"}
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
        self._first_title = len(holdings.speakers) + len(holdings.outlets)
        self._places: dict[str, list[tuple[int, int]]] = {}  # of each word: which entry, and where in it
        for number, entry in enumerate(self._entries):
            for place, word in enumerate(entry.words):
                if word not in STOP_WORDS or place == 0:
                    self._places.setdefault(word, []).append((number, place))
        self._words = sorted(self._places)

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
        if len(typed[-1]) < 2:
            return ()
        if opened is not None:  # a quotation begins where its words do
            first = sum(start < opened.start(1) for start in starts)
            typed, starts = typed[first:], starts[first:]
            if not typed:
                return ()
        found: dict[int, tuple[float, int]] = {}
        for number, place in self._beginning(typed, titles_only=inside or after_article):
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
        completions = []
        for number, (_, length) in best:
            entry = self._entries[number]
            if len(typed) > length and typed[-1 - length] == "the" == entry.words[0]:
                length += 1  # not "the The Ellery Courier"
            text = (
                _in_marks(entry.name, opened[0][0] if opened else None, after)
                if entry.kind == "article"
                else entry.name
            )
            completions.append(Completion(text, starts[-length], entry.kind, entry.note))
        return tuple(completions)

    def _beginning(self, typed: Sequence[str], titles_only: bool) -> list[tuple[int, int]]:
        """Where the last word begins a word of a name: of many, the names that are most likely meant, and those that
        have the word before it too."""
        first = bisect_left(self._words, typed[-1])
        last = bisect_left(self._words, typed[-1] + "\U0010ffff", lo=first)
        places = list(chain.from_iterable(self._places[word] for word in self._words[first:last]))
        if titles_only:
            places = [place for place in places if place[0] >= self._first_title]
        if len(places) <= _LOOKED_AT:
            return places
        both = {number for number, _ in self._places.get(typed[-2], ())} if len(typed) > 1 else set()
        return heapq.nsmallest(_LOOKED_AT, places) + [place for place in places if place[0] in both][:_LOOKED_AT]


def _in_marks(title: str, opened: str | None, after: str) -> str:
    """A title as a quotation, as far as its marks are not there yet."""
    if opened is None:
        return f"“{title}”"
    return title if after[:1] and after[0] in _CLOSING.values() else title + _CLOSING[opened]


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
            return length == len(typed)
        if after_article:
            return True
        telling = [word for word in typed[-length:-1] if word not in STOP_WORDS]
        return length > 2 and len(telling) > 1
    if inside:
        return False
    if length > 1 and any(word not in STOP_WORDS for word in typed[-length:-1]):
        return True
    named = written[:1].isupper() and len(typed) > length  # "us" may be anybody, "Us" behind other words is a name
    if (last in STOP_WORDS and not named) or (len(typed) == length and any(word.startswith(last) for word in _ASKING)):
        return False
    return len(last) >= (2 if written[:1].isupper() else 3)
