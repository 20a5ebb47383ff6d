"""Differences that words take on when they are copied, set or scanned, and those that only look like it.

A line break, a font or a scanner changes no word. A letter of another script that looks the same is another letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from assistant.quotes.alignment import APOSTROPHES, AlignedWord, split_words, strip_typography
from assistant.text.languages import ENGLISH
from assistant.text.layout.joining import join_divided_words, join_text
from assistant.text.words import fold

CAPITALS = "capital letters"
MIN_LETTERS = 3  # in a word in which a capital I looks like an l
MIN_CONFUSED_LETTERS = 5  # in a word in which two letters look like one (rn and m): shorter ones are too often words

_DIVISION = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s+(?=[^\W\d_])")
_HYPHEN = re.compile(
    r"(?<![^\W\d_])(?!re-)[^\W\d_]+[-\u2010\u2011](?=[^\W\d_])", re.IGNORECASE
)  # "re-sign" is not "resign"
_GROUPED_NUMBER = re.compile(r"([^\w\s]?)(\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+|\d{4,15})([^\w\s]?)")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u206f\ufeff]")
_SCANNED = ((re.compile("[1Il]"), "l"), (re.compile("[0O]"), "o"))
_LETTER_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"))
_REAL_WORD_PAIRS = ENGLISH.grammar.scanning_pairs

# Letters of other scripts that look like a Latin one, in the order of those after them.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅαορυνικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwABEKMHOPCTYXIJSaopuviktABEZHIKMNOPTYX",
)


def split_article_words(text: str, start: int, end: int) -> list[AlignedWord]:
    """The words of a part of an article, with divided words whole and with offsets into its text."""
    joined = join_text(text)
    if joined.offsets is None:
        return split_words(text, start, end)
    words = split_words(joined.text, *joined.from_original(start, end))
    return [AlignedWord(*joined.to_original(word.start, word.end), word.form) for word in words]


def is_negation(form: str) -> bool:
    """Whether a word denies what follows."""
    return form in ENGLISH.grammar.negations or form.endswith(ENGLISH.grammar.negation_endings)


# ------------------------------------------------------------------------------------------- same letters


def name_letter_changes(real: str, given: str) -> Iterator[str]:
    """How two spellings of the same word differ, apart from capitals: "ligatures", "soft hyphens" …"""
    if real == given:
        return
    for name, shows in _LETTER_CHANGES:
        if shows(real) != shows(given):
            yield name


def _list_apostrophes(written: str) -> list[str]:
    return [character for character in written if character in APOSTROPHES]


def _has_other_form(written: str) -> bool:
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFC", _LIGATURE.sub("", written))))
    return unicodedata.normalize("NFKC", letters) != letters


_LETTER_CHANGES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("hyphens at line ends", lambda written: _DIVISION.search(written) is not None),
    ("ligatures", lambda written: _LIGATURE.search(written) is not None),
    ("soft hyphens", lambda written: "\u00ad" in _DIVISION.sub("", written)),
    ("invisible characters", lambda written: _INVISIBLE.search(written) is not None),
    ("apostrophes", _list_apostrophes),
    ("forms of letters", _has_other_form),
)


# ------------------------------------------------------------------------------------------- other letters


def name_damage(real: str, given: str) -> list[str]:
    """What happened to the words of an article on their way into a quotation; nothing if they are other words."""
    if _join(real) == _join(given):
        if _DIVISION.search(real) or _DIVISION.search(given):
            return ["hyphens at line ends"]
        if _HYPHEN.search(real) or _HYPHEN.search(given):
            return ["hyphens"]
    if _read_grouped_number(real) is not None and _read_grouped_number(real) == _read_grouped_number(given):
        return ["the way numbers are written"]
    ours, theirs = (list(map(strip_typography, text.split())) for text in (real, given))
    if len(ours) != len(theirs):
        return []
    differing = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    if differing and all(fold(one) == fold(other) for one, other in differing):
        return ["accents"]
    if not all(looks_scanned(one, other) for one, other in differing):
        return []
    return [f"what looks like a scanning error (“{other}” for “{one}”)" for one, other in differing]


def _read_grouped_number(written: str) -> str | None:
    """The digits of a whole number with or without marks between its thousands, and what is around them."""
    match = _GROUPED_NUMBER.fullmatch(written.strip())
    return f"{match[1]}{re.sub('[^0-9]', '', match[2])}{match[3]}" if match else None


def _join(words: str) -> str:
    joined = strip_typography(_DIVISION.sub("", join_divided_words(words)))
    return re.sub(r"[\s\u2010-]", "", joined).casefold()


def looks_scanned(real: str, given: str) -> bool:
    """Whether two words differ only in letters that a scanner confuses, and are not both words."""
    one, other = (strip_typography(word.strip(".,;:!?“”\"'()")) for word in (real, given))
    if one.isdigit() and other.isdigit():
        return False
    if one.isalpha() and other.isalpha() and min(len(one), len(other)) < MIN_LETTERS:
        return False  # "AI" and "Al"
    plain_one, plain_other = map(_replace_single_letters, (one, other))
    if plain_one.casefold() == plain_other.casefold():
        return True
    if min(len(one), len(other)) < MIN_CONFUSED_LETTERS or not (one + other).isalpha():
        return False
    if frozenset((one.casefold(), other.casefold())) in _REAL_WORD_PAIRS:
        return False
    return _replace_letter_pairs(one) == _replace_letter_pairs(other)


def _replace_single_letters(word: str) -> str:
    for pattern, letter in _SCANNED:
        word = pattern.sub(letter, word)
    return word


def _replace_letter_pairs(word: str) -> str:
    word = word.casefold()
    for pair, letter in _LETTER_PAIRS:
        word = word.replace(pair, letter)
    return word


# ------------------------------------------------------------------------------------------- other scripts


def find_lookalikes(words: str) -> Iterator[tuple[str, str, str]]:
    """The words with letters of two scripts, each with the letter that looks like a Latin one, and its script."""
    for word in re.findall(r"[^\W\d_]+", words):
        plain = word.translate(_LOOKALIKES)
        if plain == word or not re.search("[A-Za-z]", word):
            continue
        letter = next(one for one, other in zip(word, plain, strict=True) if one != other)
        yield word, letter, unicodedata.name(letter).split()[0].capitalize()


def is_lookalike(real: str, given: str) -> bool:
    """Whether two texts differ only in letters of another script that look the same."""
    one, other = (strip_typography(text).translate(_LOOKALIKES).casefold() for text in (real, given))
    return real != given and one == other and strip_typography(real).casefold() != strip_typography(given).casefold()


def describe_lookalikes(*texts: str) -> list[str]:
    """What the letters of another script are that only look like those of the other words."""
    return [
        f"“{word}” has a letter of another script: {script} “{letter}”, which only looks like the Latin one."
        for text in texts
        for word, letter, script in find_lookalikes(text)
    ]
