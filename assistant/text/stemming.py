"""Stems, and stems that are kin (Europe, European)."""

from __future__ import annotations

import functools

import snowballstemmer

from assistant.text.transliteration import normalize_spelling
from assistant.text.words import split_words

MIN_RELATED_STEM_LENGTH = 5


DEMONYM_ENDINGS = frozenset("n an ian ean i ish es ese er ic".split())


_STEMMER = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case, as Snowball's English rules have it; one for all spellings of a name."""
    return str(_STEMMER.stemWord(normalize_spelling(word)))


def stem_words(text: str) -> set[str]:
    """The stems of all words of a text, parts of hyphenated ones too."""
    return set().union(*map(_stem_parts, split_words(text)))


@functools.lru_cache(maxsize=100_000)
def _stem_parts(word: str) -> frozenset[str]:
    parts = [part for part in word.split("-") if part] if "-" in word else []
    return frozenset(map(stem, [word, *parts]))


@functools.lru_cache(maxsize=10_000)
def related_stems(term: str) -> frozenset[str]:
    """The stems that are a place or thing to its people, or the other way round: europ and european."""
    longer = {term + ending for ending in DEMONYM_ENDINGS if len(term) >= MIN_RELATED_STEM_LENGTH}
    shorter = {term.removesuffix(ending) for ending in DEMONYM_ENDINGS if term.endswith(ending)}
    return frozenset(longer | {short for short in shorter if len(short) >= MIN_RELATED_STEM_LENGTH})
