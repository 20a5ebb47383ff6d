"""Numbers in digits or in words, with their value: 1,200, 1.200, 1 200, twelve hundred, 1.2 thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from assistant.text.languages import ENGLISH

DecimalMark = Literal[".", ","]

_WORDS = ENGLISH.numbers
_SPACES = "\u00a0\u2007\u2009\u202f "
_GROUP_MARKS = ",.'’" + _SPACES
_NUMERAL = (
    rf"\d{{1,3}}(?P<mark>[{_GROUP_MARKS}])\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)(?:(?!(?P=mark))[.,]\d+)?"
    r"|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|\d+(?:\.\d+|,\d{1,2}(?!\d))?"
)
_SCALE_WORD = "|".join(_WORDS.scales)
_SCALE_SHORT = "|".join(sorted(_WORDS.scale_abbreviations, key=len, reverse=True))
_CARDINAL = "|".join(sorted(_WORDS.cardinals, key=len, reverse=True))
_ARTICLE = "|".join(sorted(_WORDS.single_articles, key=len, reverse=True))
_SCALES = rf"(?P<scales>(?:[ \u00a0\u202f-](?:{_SCALE_WORD}))+\b|\s?(?P<short>{_SCALE_SHORT})(?![\w.]\w|\w))?"
_NUMBER_IN_DIGITS = rf"(?<![\w.,:/])(?P<digits>{_NUMERAL}){_SCALES}"
_NUMBER_IN_WORDS = (
    rf"\b(?P<words>(?:{_WORDS.half} (?:{_SCALE_WORD})|(?:{_ARTICLE}) (?:{_SCALE_WORD})|(?:{_CARDINAL}))"
    rf"(?: {_WORDS.and_half})?(?:[ -](?:and )?(?:{_CARDINAL}|{_SCALE_WORD}))*)\b"
)
_NUMBER = re.compile(f"{_NUMBER_IN_DIGITS}|{_NUMBER_IN_WORDS}", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_POINT_GROUPS_THOUSANDS = re.compile(r"\d\.\d{3}[.,]\d|\d,\d{1,2}(?![\d,])")
_COMMA_GROUPS_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number `text[start:end]`. It has several values if its spelling has several meanings (1.200).

    `precision` is half the unit of its last digit that counts, at the greatest value. `is_rounded` if it is written
    with a word such as "million". `scale` is the factor of these words, 1 without any.
    """

    start: int
    end: int
    values: tuple[float, ...]
    precision: float
    is_rounded: bool = False
    scale: float = 1.0
    is_in_words: bool = False
    has_short_scale: bool = False  # "5m": it may be a unit too


def detect_decimal_mark(text: str) -> DecimalMark | None:
    """The mark that a text writes before decimals, where other numbers in it tell; None if they do not."""
    has_point_groups = _POINT_GROUPS_THOUSANDS.search(text) is not None
    has_comma_groups = _COMMA_GROUPS_THOUSANDS.search(text) is not None
    if has_point_groups == has_comma_groups:
        return None
    return "," if has_point_groups else "."


def find_numbers(text: str, decimal_mark: DecimalMark | None = None) -> Iterator[Number]:
    """The numbers of a text, in order. `decimal_mark` is that of the article, if known.

    Ordinals, and digits within a word or code (G20, 12th), are none.
    """
    for match in _NUMBER.finditer(text):
        if match["words"]:
            yield _read_words(match)
            continue
        after = text[match.end() : match.end() + 1]
        if match["scales"] is None and after.isalpha() and not _is_unit_next(text, match.end()):
            continue
        yield _read_digits(match, decimal_mark)


def _is_unit_next(text: str, at: int) -> bool:
    """Whether letters that touch a number are a unit ("5km"), and not part of a word ("12th")."""
    touching = re.compile(r"[^\W\d_]+(?:/h)?").match(text, at)
    return touching is not None and touching[0].lower() in {*_WORDS.units, "c", "f"}


def _read_digits(match: re.Match[str], decimal_mark: DecimalMark | None) -> Number:
    values, decimals = read_numeral(match["digits"], decimal_mark)
    scale = _read_scales(match)
    digits = re.sub(r"\D", "", match["digits"])
    values = tuple(value * scale for value in values)
    precision = _compute_precision(digits, decimals) * scale
    short = match["short"] is not None
    return Number(match.start(), match.end(), values, precision, scale > 1, scale, has_short_scale=short)


def _read_scales(match: re.Match[str]) -> float:
    if match["short"]:
        return float(_WORDS.scale_abbreviations[match["short"].lower()])
    words = _WORD.findall((match["scales"] or "").lower())
    return float(reduce(lambda product, word: product * _WORDS.scales[word], words, 1))


def read_numeral(digits: str, decimal_mark: DecimalMark | None = None) -> tuple[tuple[float, ...], int]:
    """The possible values of a number in digits, the most likely first, and how many decimals it has.

    A point before three digits divides thousands in some articles and decimals in others.
    """
    plain = re.sub(rf"['’{_SPACES}]", "", digits)
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        mark = max(".", ",", key=plain.rfind)
        return _read_decimal(plain, mark)
    mark = "." if points else ","
    if not points and not commas:
        return (float(plain),), 0
    whole, _, last = plain.rpartition(mark)
    grouped = float(plain.replace(mark, ""))
    if points + commas > 1:
        return (grouped,), 0
    if len(last) != 3 or len(whole) > 3 or whole.startswith("0"):
        return _read_decimal(plain, mark)
    if mark == "," and decimal_mark != ",":
        return (grouped,), 0
    if mark == "." and decimal_mark == ",":
        return (grouped,), 0
    return (grouped, float(f"{whole}.{last}")), 0


def _read_decimal(plain: str, mark: str) -> tuple[tuple[float, ...], int]:
    whole, _, decimals = plain.rpartition(mark)
    return (float(f"{re.sub('[.,]', '', whole)}.{decimals}"),), len(decimals)


def _compute_precision(digits: str, decimals: int) -> float:
    """Half the unit of the last digit that counts. Zeros at the end count up to the second digit of a number."""
    if decimals:
        return 0.5 * 10.0**-decimals
    digits = digits.lstrip("0") or "0"
    significant = max(len(digits.rstrip("0")), min(2, len(digits)))
    return 0.5 * 10.0 ** (len(digits) - significant)


# ----------------------------------------------------------------------------------------- numbers in words


def _read_words(match: re.Match[str]) -> Number:
    written = match["words"].lower()
    value, scale = _compute_value(written)
    digits = f"{value / scale:g}"
    decimals = len(digits.partition(".")[2])
    precision = _compute_precision(re.sub(r"\D", "", digits) or "0", decimals) * scale
    return Number(match.start(), match.end(), (value,), precision, scale >= 1000, scale, is_in_words=True)


def _compute_value(written: str) -> tuple[float, float]:
    """The value of a number in words, and the factor of the last scale if nothing follows it."""
    total = current = 0.0
    last_scale = 1.0
    half = 0.0
    if written.startswith(_WORDS.half + " "):
        current, written = 0.5, written.removeprefix(_WORDS.half)
    if f" {_WORDS.and_half}" in written:
        half, written = 0.5, written.replace(f" {_WORDS.and_half}", "")
    for word in _WORD.findall(written):
        if word in _WORDS.cardinals:
            current += _WORDS.cardinals[word]
            last_scale = 1.0
        elif word in _WORDS.single_articles:
            current = 1.0
        elif word in _WORDS.scales:
            last_scale = float(_WORDS.scales[word])
            current = (current + half or 1.0) * last_scale
            half = 0.0
            if last_scale >= 1000:
                total, current = total + current, 0.0
    value = total + current + half
    return value, last_scale if value >= last_scale else 1.0
