"""Tells English words from misspelled ones, by the word lists that `english/words-LICENSE.txt` names."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

MIN_LETTERS = 4  # of the words in the list
WORD_LIST = Path(__file__).parent / "english" / "words.txt.gz"
MIN_PART_LETTERS = 4  # of the parts of a compound
MIN_COMPOUND_LETTERS = 9
MIN_BASE_LETTERS = 6  # of a word from which another is made; "twiter" is no word for somebody who twits

_PREFIXES = tuple(
    "un re non anti pre post over mis co sub super multi ex de out micro mini cyber eco pro under".split()
)
_INFLECTIONS = tuple("s es ed d ing ies".split())
_ENDINGS = tuple("er ers est ly ness ism ist ists like less ish ment able".split())


def is_english_word(word: str) -> bool:
    """Whether a word in lower case is an English word, or is made of one: with a prefix, an ending, another word."""
    if is_listed_word(word):
        return True
    if any(word.startswith(prefix) and is_listed_word(word[len(prefix) :]) for prefix in _PREFIXES):
        return True
    for ending in (*_INFLECTIONS, *_ENDINGS):
        shortest = MIN_LETTERS if ending in _INFLECTIONS else MIN_BASE_LETTERS
        bases = _list_bases(word, ending) if word.endswith(ending) else ()
        if any(len(base) >= shortest and is_listed_word(base) for base in bases):
            return True
    cuts = range(MIN_PART_LETTERS, len(word) - MIN_PART_LETTERS + 1)
    return len(word) >= MIN_COMPOUND_LETTERS and any(
        is_listed_word(word[:cut]) and is_listed_word(word[cut:]) for cut in cuts
    )


def _list_bases(word: str, ending: str) -> list[str]:
    """The words of which a word with an ending can be made: "hop", "hope" and "hopp" for "hopping"."""
    base = word[: -len(ending)]
    if ending == "ies":
        return [f"{base}y", f"{base}ie"]
    bases = [base]
    if ending[0] in "aei":
        bases += [f"{base}e", *([base[:-1]] if base[-1:] == base[-2:-1] else [])]
    return bases


def is_listed_word(word: str) -> bool:
    """Whether a word in lower case is itself in the list.

    It is a binary search in the bytes, because a set of all words takes long to make.
    """
    words, wanted = _read_list(), word.encode()
    first, last = 0, len(words)
    while first < last:
        middle = (first + last) // 2
        start = words.rfind(b"\n", first, middle) + 1 or first
        end = words.find(b"\n", middle)
        found = words[start : end if end >= 0 else len(words)]
        if found == wanted:
            return len(word) >= MIN_LETTERS
        if found < wanted:
            first = start + len(found) + 1
        else:
            last = start - 1 if start else 0
    return False


@cache
def _read_list() -> bytes:
    """The words in alphabetical order, one on a line. Raises OSError if the file cannot be read."""
    return gzip.decompress(WORD_LIST.read_bytes()).strip(b"\n")
