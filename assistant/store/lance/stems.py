"""The stems of a text as SQLite's full-text index has them, and the BM25 score of that index for a list of stems.

Both stores then find and rank the same passages: Lance proposes candidates by the same stems, and this formula ranks
them (https://www.sqlite.org/fts5.html#the_bm25_function)."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.store.fts import TOKENIZER

_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6  # of a phrase that most passages contain

Stems = tuple[str, ...]


class ScratchIndex:
    """A full-text index in memory, for the texts at hand: it divides them into stems, and marks matches in them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(f"CREATE VIRTUAL TABLE passage_words USING fts5 (title, body, tokenize = '{TOKENIZER}')")
        self._database.execute("CREATE VIRTUAL TABLE token USING fts5vocab (passage_words, instance)")

    def fill(self, texts: Iterable[tuple[int, str, str]]) -> None:
        """Replace what is in the index by these texts: number, title, body."""
        self._database.execute("DELETE FROM passage_words")
        self._database.executemany("INSERT INTO passage_words (rowid, title, body) VALUES (?, ?, ?)", texts)

    def select(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query on the table `passage_words`."""
        yield from self._database.execute(query, values).fetchall()

    def stems(self) -> dict[int, tuple[list[str], list[str]]]:
        """The stems of the title and of the body of each text, in order; a text without a word is left out."""
        found: dict[int, tuple[list[str], list[str]]] = {}
        for number, column, term in self._database.execute(
            "SELECT doc, col, term FROM token ORDER BY doc, col, offset"
        ):
            found.setdefault(number, ([], []))[column == "body"].append(term)
        return found

    def stem_phrases(self, phrases: Sequence[str]) -> list[Stems]:
        """The stems of each phrase."""
        self.fill((number, "", phrase) for number, phrase in enumerate(phrases))
        found = self.stems()
        return [tuple(found[number][1]) if number in found else () for number in range(len(phrases))]


@dataclass(frozen=True, slots=True)
class StemmedQuery:
    """A query as the index reads it: at least one phrase of each group. The last stem of `beginning` is incomplete."""

    groups: tuple[tuple[Stems, ...], ...]
    beginning: Stems | None = None
    title_only: bool = False

    def phrases(self) -> Iterator[Stems]:
        """All phrases."""
        for group in self.groups:
            yield from group

    def count(self, phrase: Stems, stems: Sequence[str]) -> int:
        """How often a phrase of the query is in a list of stems."""
        if not phrase:
            return 0
        *whole, last = phrase
        if phrase != self.beginning:
            if not whole:
                return stems.count(last)
            starts = (at for at, stem in enumerate(stems) if stem == phrase[0])
            return sum(tuple(stems[at : at + len(phrase)]) == phrase for at in starts)
        return sum(
            stem.startswith(last) and at >= len(whole) and list(stems[at - len(whole) : at]) == whole
            for at, stem in enumerate(stems)
        )

    def matches(self, title: Sequence[str], body: Sequence[str]) -> bool:
        """Whether a passage has a phrase of each group."""
        texts = (title,) if self.title_only else (title, body)
        return all(any(self.count(phrase, text) for phrase in group for text in texts) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of passages: all, and those with each phrase; and the mean number of stems of a passage."""

    passages: int
    mean_stems: float
    with_phrase: Mapping[Stems, int]

    def score(self, query: StemmedQuery, title: Sequence[str], body: Sequence[str], title_weight: float) -> float:
        """The BM25 score of a passage that matches; higher is better."""
        length = len(title) + len(body)
        score = 0.0
        for phrase in query.phrases():
            frequency = title_weight * query.count(phrase, title)
            if not query.title_only:
                frequency += query.count(phrase, body)
            if not frequency:
                continue
            norm = frequency + _K1 * (1 - _B + _B * length / self.mean_stems)
            score += max(math.log(self._rarity(phrase)), _LEAST_IDF) * (frequency * (_K1 + 1) / norm)
        return score

    def boost(self, stem: str) -> float:
        """By what Lance multiplies its score for a stem, so that its weight is the one of `score`.

        Lance adds 1 before it takes the logarithm, so that a stem of most passages still weighs something.
        """
        rarity = self._rarity((stem,))
        return max(math.log(rarity), _LEAST_IDF) / math.log1p(rarity)

    def _rarity(self, phrase: Stems) -> float:
        containing = self.with_phrase[phrase]
        return (max(self.passages - containing, 0) + 0.5) / (containing + 0.5)
