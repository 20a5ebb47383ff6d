"""The queries that find a word in all of its forms in the full-text index, which compares stems.

One word can have several stems: "try" and "tried", "add" and "added", "virus" and "viruses". What a query finds beyond
the forms of a word is left out afterwards, by `forms`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod

import snowballstemmer

from assistant.records.collection.search import Near, Words
from assistant.store.fts import count_words, split_tokens
from assistant.store.protocol import WordQuery
from assistant.store.search.forms import MAX_ACRONYM, is_form, list_bases
from assistant.text.words import fold

MAX_PREFIX = 4  # letters of the beginning of a word that are compared with the beginnings of stems
MAX_PHRASES = 32  # of a phrase whose words have several stems; of more, one word at a time is in another form
MAX_NEARS = 16  # the same of phrases that are near each other
MAX_WORDS = 30  # of a phrase, or of phrases that are near each other; longer ones are searched as they are typed

_ENDINGS = (
    *("", "s", "es", "ies", "ed", "ied", "ing", "ings", "ying", "y", "e", "er", "ly"),
    *("ful", "fully", "ness", "nesses", *(f"ativ{end}" for end in ("e", "ely", "ity"))),
)
"""Endings that the stemmer takes from a short word, so that its stem does not begin as the word does."""

_CAN_DOUBLE = re.compile(r"[aeiouy][bcdfgklmnprstvz]$")
_PORTER = snowballstemmer.stemmer("porter")  # the stemmer of the full-text index


def make_query(words: Words) -> WordQuery:
    """The query for a word or phrase in all forms, or for those of its words before the beginning of one."""
    phrases = list_indexed_forms(words.phrase, is_prefix=words.is_prefix)
    return WordQuery((phrases,), is_prefix=words.is_prefix, title_only=words.title_only)


def list_indexed_nears(near: Near) -> Iterator[Near]:
    """Phrases near each other in all forms; very long ones only as they are."""
    if sum(map(count_words, near.phrases)) > MAX_WORDS:
        yield near
        return
    choices = [list_indexed_forms(phrase) for phrase in near.phrases]
    if prod(map(len, choices)) <= MAX_NEARS:
        yield from (Near(phrases, near.distance) for phrases in product(*choices))
        return
    yield near
    for at, forms in enumerate(choices):
        for form in forms[1:]:
            yield Near((*near.phrases[:at], form, *near.phrases[at + 1 :]), near.distance)


def list_indexed_forms(phrase: str, *, is_prefix: bool = False) -> tuple[str, ...]:
    """A phrase, and with words of it in forms that have other stems: “virus”, “viruses”. The first is the phrase.

    With `is_prefix`, the last word is the beginning of a word: the last phrase is to be searched so. The others have
    whole words that begin with it, but whose stems do not: “losing” for “losi”. A very long phrase is only as typed.
    """
    places = split_tokens(phrase)
    if not places:
        return (phrase,)
    is_long = len(places) > MAX_WORDS
    choices = [(word,) if is_prefix or is_long else _list_stem_forms(word) for word, _, _ in places]
    if is_prefix:
        beginnings = _list_beginnings(places[-1][0])
        choices[-1] = beginnings[-1:] if is_long else beginnings
    if prod(map(len, choices)) <= MAX_PHRASES:
        chosen: list[Sequence[str]] = list(product(*choices))
    else:
        chosen = [tuple(forms[0] for forms in choices)]
        chosen += [(*chosen[0][:at], form, *chosen[0][at + 1 :]) for at, forms in enumerate(choices) for form in forms]
    return tuple(dict.fromkeys(_replace_words(phrase, places, words) for words in chosen))


@lru_cache(maxsize=1_000)
def _list_beginnings(beginning: str) -> tuple[str, ...]:
    """Whole words that begin so and whose stems do not, and last what is stemmed to the beginning of the others.

    The last has the letters that were typed: the index folds them as it did those of the texts.
    """
    typed = beginning[:MAX_PREFIX]
    start = _fold_as_indexed(typed)
    last = next((word for word in (typed, f"{typed}e", f"{typed}s") if _stem(word) == start), typed)
    begin = _fold_as_indexed(beginning)
    words = {begin[:at] + ending for at in range(1, len(begin) + 1) for ending in _ENDINGS}
    short = (word for word in words if word.startswith(begin) and not _PORTER.stemWord(word).startswith(start))
    by_stem = {_PORTER.stemWord(word): word for word in sorted(short, reverse=True)}
    return (*sorted(by_stem.values()), last)


def _stem(word: str) -> str:
    return str(_PORTER.stemWord(_fold_as_indexed(word)))


def _fold_as_indexed(word: str) -> str:
    """Latin letters in lower case without marks. The index keeps the marks of others: “й” is not “и” there."""
    bases = ((char, unicodedata.normalize("NFD", char)[0]) for char in word if not unicodedata.combining(char))
    return "".join(base.lower() if base.isascii() else char for char, base in bases)


def _replace_words(phrase: str, places: Sequence[tuple[str, int, int]], words: Sequence[str]) -> str:
    parts, at = [], 0
    for (_, start, end), word in zip(places, words, strict=True):
        parts += [phrase[at:start], word]
        at = end
    return "".join([*parts, phrase[at:]])


@lru_cache(maxsize=20_000)
def _list_stem_forms(word: str) -> tuple[str, ...]:
    """A word, and a form of it for each other stem that its forms have."""
    if word.isupper() and 1 < len(word) <= MAX_ACRONYM:
        forms = [f"{word}s"]
    else:
        forms = [form for base in sorted(list_bases(fold(word))) for form in _inflect(base) if is_form(word, form)]
    by_stem = {_PORTER.stemWord(fold(form)): form for form in reversed(forms)}
    by_stem.pop(_PORTER.stemWord(fold(word)), None)
    return (word, *sorted(by_stem.values()))


def _inflect(base: str) -> Iterator[str]:
    """What may be a form of a word: it with each ending, in each spelling that an ending may give it."""
    yield base
    doubled = base + base[-1] if _CAN_DOUBLE.search(base) else base
    for root in sorted({base, base[:-1] + "i", base.removesuffix("e"), doubled}):
        for ending in ("s", "es", "ed", "ing"):
            if not root.endswith("e") or ending[0] != "e":
                yield root + ending
    if base.endswith("ie"):
        yield base[:-2] + "ying"
