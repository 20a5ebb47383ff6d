"""How much of a question's words a text holds: stems, words that are kin, and what each word weighs."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence, Set

import snowballstemmer

from assistant.question import words
from assistant.spellings import one_spelling
from assistant.store import Library

CONTEXT_WEIGHT = 0.5  # of a word that stands in the title or the sentence before, not in the sentence
KIN_WEIGHT = 0.8  # of a word with the same stem but another ending: Europe, Europeans
KIN_LETTERS = 5
KIN_ENDINGS = frozenset("n an ian ean i ish es ese er ic".split())

_STEMMER = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case, as Snowball's English rules have it; one for all spellings of a name."""
    return str(_STEMMER.stemWord(one_spelling(word)))


def stems(text: str) -> set[str]:
    """The stems of all words of a text, parts of hyphenated ones too."""
    return set().union(*map(_stems_of, words(text)))


@functools.lru_cache(maxsize=100_000)
def _stems_of(word: str) -> frozenset[str]:
    parts = [part for part in word.split("-") if part] if "-" in word else []
    return frozenset(map(stem, [word, *parts]))


@functools.lru_cache(maxsize=10_000)
def kindred(term: str) -> frozenset[str]:
    """The stems that are a place or thing to its people, or the other way round: europ and european."""
    longer = {term + ending for ending in KIN_ENDINGS if len(term) >= KIN_LETTERS}
    shorter = {term.removesuffix(ending) for ending in KIN_ENDINGS if term.endswith(ending)}
    return frozenset(longer | {short for short in shorter if len(short) >= KIN_LETTERS})


class Weights:
    """How much each word of a question tells: the rarer in the collection, the more."""

    def __init__(self, terms: Sequence[str], library: Library) -> None:
        total = max(1, library.passage_count())
        self._weights = {stem(term): math.log(1 + total / (1 + library.passages_with_word(term))) for term in terms}
        self.total = sum(self._weights.values())

    def coverage(self, here: Set[str], around: Set[str] = frozenset(), context: float = CONTEXT_WEIGHT) -> float:
        """The share, in 0..1, of the question's weight that these stems hold; `around` counts `context` each."""
        if not self.total:
            return 0.0
        held = 0.0
        for term, weight in self._weights.items():
            if term in here:
                held += weight
            elif not kindred(term).isdisjoint(here):
                held += weight * KIN_WEIGHT
            elif term in around or not kindred(term).isdisjoint(around):
                held += weight * context
        return held / self.total
