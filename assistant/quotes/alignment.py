"""Compares two texts word by word: where one occurs in the other, and how they differ. Words carry offsets.

Knows no articles and no library. Words are compared in a normalized form; typography and capitals come later."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from assistant.text.layout.joining import join_divided_words

MIN_WINDOW_SCORE = 40.0  # per cent of words in common
MAX_SLACK = 60  # words by which a window is moved and extended
APOSTROPHES = "'’‘ʼ´′＇"
_QUOTATION_MARKS = "\"“”„‟«»‹›`‘’‚‛'″〝〞「」『』＂"
_DASHES = "-‐‑‒–—―−﹣－"
# Everything else that is not a space is part of a word: "$5" and "5%" are not "5".
_SEPARATORS = (
    r"\s\x00-\x1f\x7f-\x9f!-#'-*,\-./:;<>?@\[-`{-~\u00a1\u00a7\u00ab\u00b4\u00b6\u00b7\u00bb\u00bf\u02bc\u037e\u0387\u055a-\u055f\u0589"
    r"\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965\u1362-\u1368\u2010-\u2027\u2032-\u205e"
    r"\u2e00-\u2e5d\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb\uff01-\uff03\uff05-\uff0a\uff0c-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff3f\uff5b-\uff65"
)
# Scripts that put no space between words: each character counts as one.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_LETTER = rf"[^{_SEPARATORS}{_UNSPACED}]"
_WORD = re.compile(
    rf"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|[{_UNSPACED}]|"
    rf"(?:\[[^\W\d_]\](?={_LETTER})|(?<![^\s(])-(?=\d))?{_LETTER}+(?:(?:[{APOSTROPHES}]|(?<=\d)[.,:](?=\d)){_LETTER}+)*"
)
_UNSPACED_TEXT = re.compile(rf"[{_UNSPACED}]{{2,}}")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
SENTENCE_END = re.compile(r"[.!?…:;。！？؟।\n“\"«]")
_EDGES = " \t\n" + _QUOTATION_MARKS + _DASHES + "([*"
_FIRST_SURROGATE, _SURROGATES = 0xD800, 0x800


class AlignedWord(NamedTuple):
    """A word `text[start:end]` with its normalized form."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=1 << 16)
def strip_typography(written: str) -> str:
    """Remove from a word what typography adds ("[W]e" becomes "We"); capitals stay."""
    if written.startswith("["):
        return strip_typography(written[1] + written[3:])
    if written.isascii():
        return written if "." not in written or any(c.isdigit() for c in written) else written.replace(".", "")
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", written))
    plain = "".join("'" if c in APOSTROPHES else c for c in plain)
    return plain if any(c.isdigit() for c in plain) else plain.replace(".", "")


@lru_cache(maxsize=1 << 16)
def _fold_word(written: str) -> str:
    return strip_typography(written).casefold()


def split_words(text: str, start: int = 0, end: int | None = None) -> list[AlignedWord]:
    """Split `text[start:end]` into words, with offsets into `text`."""
    words = _WORD.finditer(text, start, len(text) if end is None else end)
    return [AlignedWord(match.start(), match.end(), form) for match in words if (form := _fold_word(match[0]))]


def sample_unspaced_pieces(text: str, size: int, limit: int) -> list[str]:
    """Take short pieces, evenly spaced, of the parts of a text whose script puts no space between words."""
    runs = _UNSPACED_TEXT.findall(text)
    pieces = [run[at : at + size] for run in runs for at in range(max(1, len(run) - size + 1))]
    return list(dict.fromkeys(pieces[:: max(1, len(pieces) // limit)]))[:limit]


class Alphabet:
    """Maps every distinct word to a character, so that texts can be compared as strings."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def encode(self, forms: Sequence[str]) -> str:
        """One character per word; "\\x00" is never among them."""
        return "".join(self._letters.get(form) or self._add_letter(form) for form in forms)

    def _add_letter(self, form: str) -> str:
        number = len(self._letters) + 1
        letter = chr(number if number < _FIRST_SURROGATE else number + _SURROGATES)
        self._letters[form] = letter
        return letter


def find_occurrences(needle: str, haystack: str, limit: int, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Find `needle` in `haystack[start:end]`, at most `limit` times."""
    stop = len(haystack) if end is None else end
    at = haystack.find(needle, start, stop)
    while at >= 0 and limit > 0:
        yield at
        limit -= 1
        at = haystack.find(needle, at + 1, stop)


def find_nearest_window(needle: str, haystack: str) -> tuple[int, int]:
    """Find the part of `haystack` most similar to `needle`, without unmatched words at its ends."""
    if not needle or not haystack:
        return 0, 0
    best_window = partial_ratio_alignment(needle, haystack)
    if best_window and len(needle) <= len(haystack):
        start, end = best_window.dest_start, best_window.dest_end
    else:
        start, end = 0, len(haystack)
    if best_window and best_window.score < MIN_WINDOW_SCORE:
        return start, end  # a finer step would find no match either
    slack = min(MAX_SLACK, 6 + len(needle) // 4)

    def cost(first: int, last: int) -> tuple[int, int, int]:
        window = haystack[first:last]
        return Levenshtein.distance(needle, window), -LCSseq.similarity(needle, window), abs(len(window) - len(needle))

    for _ in range(2):
        ends = range(max(start + 1, end - slack), min(len(haystack), end + slack) + 1)
        end = min(ends, key=lambda at: cost(start, at))
        starts = range(max(0, start - slack), min(end - 1, start + slack) + 1)
        start = min(starts, key=lambda at: cost(at, end))
    return start, end


def measure_longest_prefix(needle: str, start: int, haystack: str) -> int:
    """Count how many characters of `needle` from `start` on occur contiguously in `haystack`."""
    low, high = 0, 1
    while start + high <= len(needle) and needle[start : start + high] in haystack:
        low, high = high, high * 2
    high = min(high, len(needle) - start + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if needle[start : start + middle] in haystack:
            low = middle
        else:
            high = middle
    return low


# ---------------------------------------------------------------------------------------------- differences


@dataclass(frozen=True, slots=True)
class Step:
    """A part in which two runs of words agree (`same`) or differ; indices into both runs."""

    same: bool
    real: tuple[int, int]
    given: tuple[int, int]


def align_words(real: Sequence[str], given: Sequence[str]) -> list[Step]:
    """Align the words `given` with the words `real`; returns steps in order that cover both."""
    alphabet = Alphabet()
    codes = Levenshtein.opcodes(alphabet.encode(real), alphabet.encode(given))
    steps: list[Step] = []
    for code in codes:
        step = Step(code.tag == "equal", (code.src_start, code.src_end), (code.dest_start, code.dest_end))
        if steps and not steps[-1].same and not step.same:
            last = steps.pop()
            step = Step(False, (last.real[0], step.real[1]), (last.given[0], step.given[1]))
        steps.append(step)
    return steps


def find_case_changes(
    real_text: str, real: Sequence[AlignedWord], given_text: str, given: Sequence[AlignedWord], free: Collection[int]
) -> list[int]:
    """Find matching words that differ in capitals.

    At the start of a sentence in either text, and in the words of `free`, the case of the first letter is ignored."""
    changes = []
    for number, (pair, other) in enumerate(zip(real, given, strict=True)):
        left, right = (
            strip_typography(join_divided_words(real_text[pair.start : pair.end])),
            strip_typography(join_divided_words(given_text[other.start : other.end])),
        )
        if left == right:
            continue
        begins = (
            number in free or _is_sentence_start(real_text, pair.start) or _is_sentence_start(given_text, other.start)
        )
        if not begins or left[1:] != right[1:]:
            changes.append(number)
    return changes


def _is_sentence_start(text: str, at: int) -> bool:
    """Whether a word at `at` starts a sentence or a quotation."""
    before = text[max(0, at - 4) : at]
    return not text[:at].strip(_EDGES) if at < 4 else SENTENCE_END.search(before) is not None


def compare_typography(real: Sequence[str], given: Sequence[str]) -> list[str]:
    """Describe how two texts of the same words differ in typography, given the separators between their words."""
    differences: dict[str, None] = {}
    for one, other in zip(real, given, strict=True):
        if one == other:
            continue
        if "".join(one.split()) == "".join(other.split()):
            differences["white space"] = None
            continue
        plain_one, plain_other = _normalize_punctuation(one), _normalize_punctuation(other)
        if plain_one != plain_other:
            differences["punctuation"] = None
            continue
        for name, characters in (("quotation marks", _QUOTATION_MARKS), ("dashes", _DASHES)):
            if [c for c in one if c in characters] != [c for c in other if c in characters]:
                differences[name] = None
    return list(differences)


def _normalize_punctuation(between: str) -> str:
    between = between.replace("...", "…").replace("''", '"').replace("``", '"').replace("--", "-")
    marks = ("'" if c in _QUOTATION_MARKS else "-" if c in _DASHES else c for c in between if not c.isspace())
    return "".join(marks)
