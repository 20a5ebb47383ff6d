"""Stems of words, and stems of a place and its people (Europe, European)."""

from __future__ import annotations

import functools
from itertools import chain

import snowballstemmer

from assistant.text.languages import ENGLISH
from assistant.text.layout.joining import list_divided_words
from assistant.text.transliteration import normalize_spelling
from assistant.text.words import fold, split_words

MIN_RELATED_STEM_LENGTH = 5  # letters; shorter stems have too many relatives by chance

_DEMONYM_ENDINGS = ENGLISH.grammar.demonym_endings
_STEMMER = snowballstemmer.stemmer(ENGLISH.stemmer)


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a word in lower case, without accents. Spellings of a transliterated name have one stem."""
    return str(_STEMMER.stemWord(fold(normalize_spelling(word))))


def stem_words(text: str) -> set[str]:
    """The stems of all words of a text, including the parts of hyphenated words.

    A word divided at the end of a line counts with and without its hyphen.
    """
    divided = map(str.lower, list_divided_words(text))
    return set().union(*map(_stem_parts, chain(split_words(text), divided)))


@functools.lru_cache(maxsize=100_000)
def _stem_parts(word: str) -> frozenset[str]:
    parts = [part for part in word.split("-") if part] if "-" in word else []
    return frozenset(map(stem, [word, *parts]))


@functools.lru_cache(maxsize=10_000)
def related_stems(term: str) -> frozenset[str]:
    """The possible stems of a place for that of its people, and the reverse: "europ" and "european"."""
    longer = {term + ending for ending in _DEMONYM_ENDINGS if len(term) >= MIN_RELATED_STEM_LENGTH}
    shorter = {term.removesuffix(ending) for ending in _DEMONYM_ENDINGS if term.endswith(ending)}
    return frozenset(longer | {short for short in shorter if len(short) >= MIN_RELATED_STEM_LENGTH})
