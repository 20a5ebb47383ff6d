"""Stems, and stems that are kin (Europe, European)."""

from __future__ import annotations

import functools

import snowballstemmer

from assistant.text.transliteration import one_spelling
from assistant.text.words import words

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
