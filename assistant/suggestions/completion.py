"""Completes speakers, outlets and titles while a question is typed, by the beginnings of their words."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from assistant.records.library import LibrarySummary
from assistant.text.words import STOP_WORDS, fold

CompletionKind = Literal["speaker", "outlet", "article"]

MAX_COMPLETIONS = 6
"""Completions offered at a time."""

_MAX_CANDIDATES = 300  # names that share a prefix; the next letter separates more of them
_MAX_WORDS_BEFORE = 8  # words being typed that may belong to the name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUESTION_WORDS = (
    "what who whom whose when where which why how did does has have said says tell about according".split()
)
_OPEN_QUOTE = re.compile(r'[“"«„]([^”"»“„]*)$')
_CLOSING = {"“": "”", '"': '"', "«": "»", "„": "“"}
_OF_ARTICLE = re.compile(r"\b(?:in|about|from|of|does|did) (?:the )?(?:article|story|report|piece) ", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Completion:
    """Text that replaces the characters from `start` to the cursor; `note` describes it."""

    text: str
    start: int
    kind: CompletionKind
    note: str


@dataclass(frozen=True, slots=True)
class _CompletionEntry:
    name: str
    words: tuple[str, ...]  # folded
    kind: CompletionKind
    weight: float
    note: str


def fold_accents(text: str) -> str:
    """Normalize text for comparing names: no case, no accents."""
    return fold(text.casefold().translate(_LETTERS))


class Completer:
    """A lookup table of the names in a library. Building it takes a fraction of a second, a lookup milliseconds."""

    def __init__(self, holdings: LibrarySummary) -> None:
        self._entries = tuple(_list_entries(holdings))
        self._first_title = len(holdings.speakers) + len(holdings.outlets)
        self._places: dict[str, list[tuple[int, int]]] = {}  # per word: the entry and the position in it
        for number, entry in enumerate(self._entries):
            for place, word in enumerate(entry.words):
                if word not in STOP_WORDS or place == 0:
                    self._places.setdefault(word, []).append((number, place))
        self._words = sorted(self._places)

    def complete(self, before: str, after: str = "") -> tuple[Completion, ...]:
        """Completions of the text before the cursor, best first; none in the middle of a word."""
        tokens = list(_WORD.finditer(before))[-_MAX_WORDS_BEFORE:]
        if not tokens or tokens[-1].end() != len(before) or len(tokens[-1][0]) < 2 or _WORD.match(after):
            return ()
        begins, mark = _find_title_start(before)
        if begins is not None:
            of_title = [token for token in tokens if token.start() >= begins]
            ranked = self._rank_entries(of_title, titles_only=True) if of_title else {}
            if ranked or mark:
                return self._build_completions(ranked, of_title, mark, after)
        return self._build_completions(self._rank_entries(tokens, titles_only=False), tokens, "", after)

    def _rank_entries(self, tokens: Sequence[re.Match[str]], titles_only: bool) -> dict[int, tuple[float, int]]:
        """Rank the entries to offer, each with the number of last typed words that belong to it."""
        typed = [fold_accents(token[0]) for token in tokens]
        matches: dict[int, tuple[float, int]] = {}
        for number, place in self._find_by_prefix(typed, titles_only):
            entry = self._entries[number]
            length = _count_matched(typed, entry.words, place)
            if length == len(typed) if titles_only else _is_enough(entry, length, typed, tokens[-1][0]):
                rank = length * 10 + (place == length - 1) * 3 + entry.weight
                if rank > matches.get(number, (-1.0, 0))[0]:
                    matches[number] = (rank, length)
        if any(self._entries[number].words == tuple(typed[-length:]) for number, (_, length) in matches.items()):
            return {}  # it is already typed
        return matches

    def _find_by_prefix(self, typed: Sequence[str], titles_only: bool) -> list[tuple[int, int]]:
        """Find names with a word that starts with the last typed word.

        Of many, the most likely ones and those that also contain the word before it."""
        first = bisect_left(self._words, typed[-1])
        last = bisect_left(self._words, typed[-1] + "\U0010ffff", lo=first)
        places = list(chain.from_iterable(self._places[word] for word in self._words[first:last]))
        if titles_only:
            places = [place for place in places if place[0] >= self._first_title]
        if len(places) <= _MAX_CANDIDATES:
            return places
        both = {number for number, _ in self._places.get(typed[-2], ())} if len(typed) > 1 else set()
        return (
            heapq.nsmallest(_MAX_CANDIDATES, places) + [place for place in places if place[0] in both][:_MAX_CANDIDATES]
        )

    def _build_completions(
        self, matches: Mapping[int, tuple[float, int]], tokens: Sequence[re.Match[str]], mark: str, after: str
    ) -> tuple[Completion, ...]:
        best = heapq.nsmallest(MAX_COMPLETIONS, matches.items(), key=lambda match: (-match[1][0], match[0]))
        completions = []
        for number, (_, length) in best:
            entry = self._entries[number]
            if len(tokens) > length and fold_accents(tokens[-1 - length][0]) == "the" == entry.words[0]:
                length += 1  # not "the The Ellery Courier"
            text = _quote_title(entry.name, mark, after) if entry.kind == "article" else entry.name
            completions.append(Completion(text, tokens[-length].start(), entry.kind, entry.note))
        return tuple(completions)


def _find_title_start(before: str) -> tuple[int | None, str]:
    """Find the start of the title being typed, and the quotation mark before it."""
    opened = _OPEN_QUOTE.search(before)
    if opened and (opened[0][0] != '"' or before.count('"') % 2):
        return opened.start(1), opened[0][0]
    *_, last = (None, *_OF_ARTICLE.finditer(before))
    return (last.end(), "") if last else (None, "")


def _quote_title(title: str, mark: str, after: str) -> str:
    """Put a title in quotation marks; marks that are already typed are not repeated."""
    if not mark:
        return f"“{title}”"
    return title if after[:1] and after[0] in _CLOSING.values() else title + _CLOSING[mark]


def _list_entries(holdings: LibrarySummary) -> Iterator[_CompletionEntry]:
    """List everything that can be completed, the most likely first."""
    for name, statements in holdings.speakers:
        note = f"speaker · {statements:,} statement{'' if statements == 1 else 's'}"
        yield _CompletionEntry(name, _split_words(name), "speaker", 4 + min(statements, 10_000) ** 0.25 / 4, note)
    for name, articles in holdings.outlets:
        note = f"outlet · {articles:,} article{'' if articles == 1 else 's'}"
        yield _CompletionEntry(name, _split_words(name), "outlet", 3.0, note)
    for title, day in holdings.titles:
        yield _CompletionEntry(title, _split_words(title), "article", 0.0, f"article · {day}" if day else "article")


def _split_words(name: str) -> tuple[str, ...]:
    return tuple(fold_accents(word) for word in _WORD.findall(name))


def _count_matched(typed: list[str], words: tuple[str, ...], place: int) -> int:
    """Count how many of the last typed words are words of the name; the last one may be a prefix."""
    length = 1
    while length < len(typed) and length <= place and typed[-1 - length] == words[place - length]:
        length += 1
    return length


def _is_enough(entry: _CompletionEntry, length: int, typed: list[str], written: str) -> bool:
    """Whether this many matching words are enough to offer a name: questions also contain other words."""
    telling = [word for word in typed[len(typed) - length : -1] if word not in STOP_WORDS]
    if entry.kind == "article":
        return length > 2 and len(telling) > 1
    if telling:
        return True
    last = typed[-1]
    named = written[:1].isupper() and len(typed) > length  # "us" may be anybody, "Us" after other words is a name
    if (last in STOP_WORDS and not named) or (
        len(typed) == length and any(word.startswith(last) for word in _QUESTION_WORDS)
    ):
        return False
    return len(last) >= (2 if written[:1].isupper() else 3)
