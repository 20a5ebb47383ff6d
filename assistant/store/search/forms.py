"""Whether a word of a text is a form of the word that was searched for.

The full-text index compares stems, and one stem is that of several words: "import" and "important", "us" and "used".
A count is exact only if the words found are forms of the one asked for: another number, tense or person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.store.fts import split_tokens
from assistant.text.languages.word_list import is_listed_word
from assistant.text.words import fold

MIN_BASE = 3  # letters that two forms of a word share
MAX_ACRONYM = 5  # letters of a word in capitals that means an acronym: "US" is not "us"

_OF_THEIR_OWN = frozenset("news series species means always perhaps does goes was has is this thus evening".split())
_SIBILANT = re.compile(r"(?:[sxzo]|ch|sh)es$")  # "glasses" is of "glass", "planes" not of "plan"
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgklmnprstvz])\1$")
# A short word doubles its last letter before an ending, so that "noted" is of "note", and not of "not" ("notted").
_DOUBLES = re.compile(r"(?!bus$)(?:[^aeiouy]|qu|(?<!.)y)*[aeiouy][bcdfgklmnprstvz]$")
# Some words have a double letter of their own: "telling" is of "tell", and not of "tel"; "canvassed" not of "canvas".
# Only where there is no such word is the letter doubled before an ending: "quizzed" is of "quiz".
_HAS_DOUBLE = re.compile(r"(?:(?:[^aeiouy]|qu|(?<!.)y)*[aeiouy]([flz])\1|.*ss)$")


@lru_cache(maxsize=20_000)
def list_bases(word: str) -> frozenset[str]:
    """The words of which a word in lower case may be a form, itself included."""
    bases = {word}
    if word in _OF_THEIR_OWN:
        return frozenset(bases)
    if word.endswith(("ies", "ied")):
        bases.add(word[:-3] + "y")
    if word.endswith("s") and not word.endswith("ss"):
        bases.add(word[:-1])
        if _SIBILANT.search(word):
            bases.update(_undouble(word[:-2]))
    for ending in ("ed", "ing"):
        root = word.removesuffix(ending)
        if root != word and _VOWEL.search(root.removesuffix("e")):  # else it is of the word itself: "thing", "seed"
            bases.add(root + "e")
            if not _DOUBLES.fullmatch(root):
                bases.update(_undouble(root))
            if ending == "ing" and len(root) < MIN_BASE and root.endswith("y"):  # "dying", "lying"
                bases.add(root[:-1] + "ie")
    return frozenset(base for base in bases if base == word or len(base) >= MIN_BASE)


def _undouble(root: str) -> frozenset[str]:
    """What is before an ending, and also without a last letter that the ending may have doubled."""
    has_double = _HAS_DOUBLE.fullmatch(root) is not None and is_listed_word(root)
    return frozenset({root} if has_double else {root, _DOUBLED.sub(r"\1", root)})


@lru_cache(maxsize=50_000)
def is_form(asked: str, found: str) -> bool:
    """Whether `found` is `asked` in any form. Case counts for an acronym only, accents never."""
    if asked.isupper() and 1 < len(asked) <= MAX_ACRONYM:
        return found == asked or found == f"{asked}s"
    wanted, other = fold(asked), fold(found)
    return wanted == other or not list_bases(wanted).isdisjoint(list_bases(other))


def has_phrase(phrase: str, text: str, *, is_prefix: bool = False) -> bool:
    """Whether a text surely has a phrase, its words as they are, with a space between; quicker than `find_forms`.

    With `is_prefix`, the last word is the beginning of a word.
    """
    if not phrase[:1].isalnum() or not phrase[-1:].isalnum():
        return False
    if any(1 < len(word) <= MAX_ACRONYM and word.isupper() for word in phrase.split()):
        return _has_words(phrase, text, is_prefix)
    lower = phrase.lower()
    usual = dict.fromkeys((phrase, lower, lower.capitalize()))  # the text need not be made lower
    return any(_has_words(each, text, is_prefix) for each in usual) or _has_words(lower, text.lower(), is_prefix)


def has_form(word: str, text: str) -> bool:
    """Whether a text surely has a word in some form of it; quicker than `find_forms`, but may miss one."""
    return any(
        is_form(word, found[0])
        for begins in _match_beginnings(word)
        for found in begins.finditer(text)
        if not text[found.start() - 1 : found.start()].isalnum()
    )


@lru_cache(maxsize=1_000)
def _match_beginnings(word: str) -> tuple[re.Pattern[str], ...]:
    """What most forms of a word begin with, small or capital; empty for what is not one word of some length.

    A pattern that begins with plain letters is searched quickly.
    """
    if not word.isalpha() or len(word) <= MIN_BASE or (word.isupper() and len(word) <= MAX_ACRONYM):
        return ()
    shortest = min(list_bases(fold(word)), key=lambda base: (len(base), base))
    beginning = shortest if len(shortest) <= MIN_BASE else shortest[:-1]  # "tries" is of "try"
    return tuple(re.compile(rf"{re.escape(each)}\w*") for each in (beginning, beginning.capitalize()))


def _has_words(phrase: str, text: str, is_prefix: bool) -> bool:
    """Whether a text has a phrase exactly so, as whole words."""
    end = 0
    while (start := text.find(phrase, end)) >= 0:
        end = start + len(phrase)
        if not text[start - 1 : start].isalnum() and (is_prefix or not text[end : end + 1].isalnum()):
            return True
    return False


def find_forms(phrase: str, text: str, *, is_prefix: bool = False) -> list[tuple[int, int]]:
    """The places of a phrase in a text, its words in any form; those that overlap an earlier one are left out.

    With `is_prefix`, the last word is the beginning of a word.
    """
    asked = [word for word, _, _ in split_tokens(phrase)]
    words = split_tokens(text)
    places: list[tuple[int, int]] = []
    at = 0
    while asked and at + len(asked) <= len(words):
        window = words[at : at + len(asked)]
        if _fits(asked, [word for word, _, _ in window], is_prefix=is_prefix):
            places.append((window[0][1], window[-1][2]))
            at += len(asked)
        else:
            at += 1
    return places


def _fits(asked: Sequence[str], found: Sequence[str], *, is_prefix: bool) -> bool:
    *firsts, last = zip(asked, found, strict=True)
    if not all(is_form(word, other) for word, other in firsts):
        return False
    return fold(last[1]).startswith(fold(last[0])) if is_prefix else is_form(*last)
