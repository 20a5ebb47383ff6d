"""What the recognition of text in a picture (OCR) does to words: for places of articles that were so read only.

Whether a reading is wrong cannot be seen from it alone: a word of an article passes for another word of a quotation
only if it is no word itself, and differs in shapes that are confused. A number never passes for another, and no word
for its denial."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from assistant.quotes.alignment import APOSTROPHES, strip_typography
from assistant.quotes.transit import is_negation, looks_scanned
from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import MIN_LETTERS, is_english_word, is_listed_word
from assistant.text.layout.joining import join_divided_words

MAX_JOINED = 3  # words that lost the spaces between them
MAX_WORDS = 40  # in a row that differ: more were not misread but are other words
MIN_JOINED_LETTERS = 5  # of words that lost the space between them
MIN_SHAPE_LETTERS = 5  # of a name: "Alia" and "Aila" are two
LETTERS_PER_ERROR = 4  # one confused letter in so many
MAX_ERRORS = 2  # confused letters in one word
MIN_SLIP_LETTERS = 6  # of a word that may have lost or won one letter, whatever it is
KEPT_ENDING = 2  # letters at the end that are not lost: they tell "approved" from "approve"

_GAP = re.compile(r"[\s\u2010-\u2015-]+")
_DIVISION = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_EDGES = ".,;:!?\"“”«»()[]‘’'"
_ONE_SHAPE = (("[1|i]", "l"), ("0", "o"), ("rn", "m"), ("cl", "d"), ("vv", "w"))  # of words in lower case
_ALIKE_FIGURES = frozenset(("1l", "1I", "1i", "1|", "0o", "0O"))
_CONFUSED_LETTERS = (
    "i:l i:j j:l l:t f:t c:e b:h n:u u:v v:y g:q c:o h:n e:o a:o a:e "
    "m:rn d:cl w:vv m:in m:ni m:nn h:li n:ri u:ii k:lc b:lo y:ij ff:fi ff:fl"
)
_NUMBERS = frozenset((*ENGLISH.numbers.cardinals, *ENGLISH.numbers.scales))


def name_misreadings(real: str, given: str) -> list[str]:
    """The words of an article that its recognition may have got wrong, each with the word given: “havc” for “have”.

    `real` and `given` are words that differ, of the article and of a quotation. Empty if any of them is another word.
    """
    ours, theirs = _split(real), _split(given)
    if not ours or not theirs or max(len(ours), len(theirs)) > MAX_WORDS:
        return []
    pairs = _pair_words(ours, theirs) or ()
    return [f"“{' '.join(one)}” for “{' '.join(other)}”" for one, other in pairs if one != other]


def _split(words: str) -> list[str]:
    """The words between spaces and hyphens, without marks at their edges."""
    whole = unicodedata.normalize("NFKC", _DIVISION.sub("", join_divided_words(words))).replace("\u00ad", "")
    return [part for written in _GAP.split(whole) if (part := strip_typography(written.strip(_EDGES)))]


def _pair_words(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]] | None:
    """The words of the article, each with that of which it may be a reading; None if one of them is another word."""
    if not ours and not theirs:
        return []
    more = range(2, MAX_JOINED + 1)
    for first, second in ((1, 1), *((1, size) for size in more), *((size, 1) for size in more)):
        if first > len(ours) or second > len(theirs):
            continue
        one, other = ours[:first], theirs[:second]
        if _is_same(one, other) or _is_misreading(one, other):
            rest = _pair_words(ours[first:], theirs[second:])
            if rest is not None:
                return [(one, other), *rest]
    return None


def _is_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) == 1 and _fold(ours[0]) == _fold(theirs[0])


def _fold(word: str) -> str:
    return "".join("'" if character in APOSTROPHES else character for character in word.casefold())


def _is_misreading(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether words of an article may be a wrong reading of those of a quotation, which are not the same."""
    if re.search(r"\d", "".join((*ours, *theirs))):
        return _has_same_figures(ours, theirs)
    if len(ours) != len(theirs):
        return _lost_space(ours, theirs)
    real, given = ours[0], theirs[0]
    if real.replace("I", "l") == given.replace("I", "l") or looks_scanned(real, given):
        return True
    one, other = _fold(real), _fold(given)
    if len(one) < MIN_LETTERS or is_english_word(one) or real[0].isupper() != given[0].isupper():
        return False
    if one == other.replace("'", ""):
        return True
    if len(one) >= MIN_SHAPE_LETTERS and _find_shape(one) == _find_shape(other):
        return True  # also names: "Vaicourt"
    if {one, other} & _NUMBERS or is_negation(one) or is_negation(other) or not is_english_word(other):
        return False
    return _has_confused_letters(one, other)


def _has_same_figures(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether numbers are the same: in each place the same figure, or a letter in the shape of it ("2O24")."""
    one, other = "".join(ours), "".join(theirs)
    if len(ours) != len(theirs):
        parts = max(ours, theirs, key=len)
        joins_figures = any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(parts))
        return one == other and not joins_figures
    return len(one) == len(other) and all(
        a == b or f"{a}{b}" in _ALIKE_FIGURES or f"{b}{a}" in _ALIKE_FIGURES for a, b in zip(one, other, strict=True)
    )


def _lost_space(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a space was lost or won ("thewells", "reser voir"): the words of the article are then none."""
    one, other = (_find_shape(_fold("".join(words))) for words in (ours, theirs))
    if len(one) < MIN_JOINED_LETTERS:
        return False
    if len(ours) == 1:
        return one == other and not is_listed_word(_fold(ours[0]))
    given, words = _fold(theirs[0]), [_fold(word) for word in ours]
    if not any(len(word) >= MIN_LETTERS and not is_english_word(word) for word in words):
        return False
    return is_english_word(given) and (one == other or given in _confuse_once("".join(words)))


def _find_shape(word: str) -> str:
    for pattern, letter in _ONE_SHAPE:
        word = re.sub(pattern, letter, word)
    return word


# ------------------------------------------------------------------------------------------ confused letters


def _has_confused_letters(real: str, given: str) -> bool:
    """Whether a few letters of a word were confused, or one was lost or won; `real` is no word, `given` is one.

    Of two words that it may be it is that which needs fewer errors: "hcarings" is "hearings" and not "bearings".
    """
    most = min(MAX_ERRORS, max(1, len(given) // LETTERS_PER_ERROR))
    nearest = set(_confuse_once(real))
    if given in nearest:
        return True
    if any(map(is_english_word, nearest)):
        return False
    if most > 1 and any(given in _confuse_once(word) for word in nearest):
        return True
    return _has_slip(real, given)


@cache
def _list_confusions() -> dict[str, tuple[str, ...]]:
    """The letters for which each letter or pair of letters is taken."""
    table: dict[str, list[str]] = {}
    for pair in _CONFUSED_LETTERS.split():
        one, other = pair.split(":")
        table.setdefault(one, []).append(other)
        table.setdefault(other, []).append(one)
    return {letters: tuple(others) for letters, others in table.items()}


def _confuse_once(word: str) -> Iterator[str]:
    """The words that differ from a word in one confused letter, or pair of letters."""
    for at in range(len(word)):
        for size in (1, 2):
            for other in _list_confusions().get(word[at : at + size], ()):
                yield word[:at] + other + word[at + size :]


def _has_slip(real: str, given: str) -> bool:
    """Whether one letter within a word was lost or won."""
    shorter, longer = sorted((real, given), key=len)
    if len(longer) != len(shorter) + 1 or len(shorter) < MIN_SLIP_LETTERS - 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - KEPT_ENDING))
