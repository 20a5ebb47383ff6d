"""Quantities in running text: a number with its unit or currency, and how exact it is meant to be.

Years, days, times, ranks, codes and parts of a whole ("another 40") are none."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.text.languages import ENGLISH
from assistant.text.languages.profile import Unit
from assistant.text.months import MONTH_WORD
from assistant.text.quantities.numbers import DecimalMark, Number, find_numbers

APPROXIMATION = 0.15  # share by which a number called approximate may be off
MAX_ROUNDING = 0.25  # share by which a rounded number ("2 million") may be off
_CONTEXT = 48  # characters before and after a number in which the words that belong to it are looked for
_SMALL = 1000  # below it, a plain number after a capitalized word may be a part of a name ("Route 66")
_NO_YEAR_BEFORE, _NO_YEAR_AFTER = 1500, 2100

_WORDS = ENGLISH.numbers
_COUNT = Unit("", 1.0)

Interval = tuple[float, float]
"""The lowest and the highest value that a number can stand for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range of numbers with its unit, `text[start:end]`, together with the words that qualify it.

    `dimension` is what is measured ("length", "percent", "$"); empty for a count of things. `intervals` are in the base
    unit of the dimension: one for each meaning of the spelling.
    """

    start: int
    end: int
    dimension: str
    unit: Unit
    intervals: tuple[Interval, ...]
    precision: float
    is_rounded: bool


def are_compatible(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities of one dimension can be the same.

    Rounded numbers, and those in different units, are compared to the precision with which they are given.
    """
    slack = [0.0, 0.0]
    if left.unit != right.unit:
        slack = [left.precision, right.precision]
    elif left.is_rounded or right.is_rounded:
        slack = [_limit_rounding(each) for each in (left, right)]
        coarser = slack.index(max(slack))
        slack[1 - coarser] = 0.0
    margin = max(slack) * (1 - 1e-9)
    return any(
        a <= d + margin + _tolerance(d) and c <= b + margin + _tolerance(b)
        for a, b in left.intervals
        for c, d in right.intervals
    )


def _limit_rounding(quantity: Quantity) -> float:
    greatest = max(abs(low) for low, _ in quantity.intervals)
    return min(quantity.precision, MAX_ROUNDING * greatest) if quantity.is_rounded else 0.0


def _tolerance(value: float) -> float:
    return 0.0 if math.isinf(value) else 1e-9 * abs(value)


def find_quantities(text: str, decimal_mark: DecimalMark | None = None) -> list[Quantity]:
    """The quantities of a text, in order. `decimal_mark` is that of the article, if known."""
    numbers = list(find_numbers(text, decimal_mark))
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        group = numbers[at : at + 2] if at + 1 < len(numbers) and _is_range(text, *numbers[at : at + 2]) else None
        group = group or numbers[at : at + 1]
        at += len(group)
        quantity = _read_quantity(text, group)
        if quantity is not None:
            found.append(quantity)
    return found


# ---------------------------------------------------------------------------------------------------- ranges

_DASH = re.compile(r"\s?[-–—−]\s?")
_JOINER = re.compile(rf"[ \u00a0](?:{'|'.join(_WORDS.range_joiners)})[ \u00a0]", re.IGNORECASE)
_AMOUNT_SIGN = re.compile(r"[$€£¥₹%]")


def _is_range(text: str, first: Number, last: Number) -> bool:
    """Whether two numbers are the ends of a range: 10-12, 10 to 12, between 10 and 12."""
    between = _AMOUNT_SIGN.sub("", text[first.end : last.start])
    if _DASH.fullmatch(between) or between in (" to ", " or "):
        return True
    opening = _last_word(text[: first.start].rstrip("$€£¥₹ "))
    return opening in (_WORDS.range_opener, _WORDS.change_opener) and _JOINER.fullmatch(between) is not None


def _collect_values(group: Sequence[Number]) -> tuple[Interval, ...]:
    """The intervals of a number, or of a range. "$1-2 million" is from one million."""
    if len(group) == 1:
        return tuple((value, value) for value in group[0].values)
    first, last = group
    factor = last.scale if first.scale == 1 and last.scale > 1 and first.values[0] < last.values[0] / last.scale else 1
    pairs = [(low * factor, high) for low in first.values for high in last.values]
    return tuple((min(pair), max(pair)) for pair in pairs)


# ------------------------------------------------------------------------------------------- unit and currency

_UNIT = re.compile(
    r"[\s-]?(?P<unit>"
    + "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in sorted(_WORDS.units, key=len, reverse=True))
    + r")(?![\w²³])",
    re.IGNORECASE,
)
_DEGREE_LETTER = re.compile(r"\s?(?:°\s?)?(?P<letter>[CF])(?![\w.])")
_CURRENCY = re.compile(
    r"(?<!\w)(?P<sign>" + "|".join(map(re.escape, sorted(_WORDS.currency_signs, key=len, reverse=True))) + r")\s?$",
    re.IGNORECASE,
)
_MINUS = re.compile(rf"(?:(?<![\w)])[-−–]|\b{_WORDS.minus} )$", re.IGNORECASE)


def _find_currency(text: str, start: int) -> re.Match[str] | None:
    window = max(0, start - 6)
    return _CURRENCY.search(text[window:start])


def _find_unit(text: str, end: int) -> tuple[Unit, int]:
    """The unit after a number and where it ends; no unit for a count of things."""
    if match := _DEGREE_LETTER.match(text, end):
        return _WORDS.units["°c" if match["letter"] == "C" else "°f"], match.end()
    if match := _UNIT.match(text, end):
        name = " ".join(match["unit"].lower().replace("-", " ").split())
        unit = _WORDS.units.get(name) or _WORDS.units[match["unit"].lower()]
        return unit, match.end()
    return _COUNT, end


# ------------------------------------------------------------------------------------------------ exactness


def _words_before(words: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s(“\"‘'—–-]))(?:{alternatives})(?: (?:the|a|a total of|some))?\s$", re.IGNORECASE)


def _words_after(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _widen_about(low: float, high: float) -> Interval:
    return low - APPROXIMATION * abs(low), high + APPROXIMATION * abs(high)


def _widen_below(low: float, high: float) -> Interval:
    return low - APPROXIMATION * abs(low), high


def _widen_above(low: float, high: float) -> Interval:
    return low, high + APPROXIMATION * abs(high)


def _at_least(low: float, _high: float) -> Interval:
    return low, math.inf


def _at_most(_low: float, high: float) -> Interval:
    return -math.inf, high


def _exactly(low: float, high: float) -> Interval:
    return low, high


_BEFORE = (
    (_words_before(_WORDS.nearly), _widen_below),
    (_words_before(_WORDS.just_over), _widen_above),
    (_words_before(_WORDS.at_most), _at_most),
    (_words_before(_WORDS.at_least), _at_least),
    (_words_before(_WORDS.approximate), _widen_about),
    (_words_before((_WORDS.range_opener,)), _exactly),
    (re.compile(r"[~≈≃]\s?$"), _widen_about),
    (re.compile(r"[>≥]\s?$"), _at_least),
    (re.compile(r"[<≤]\s?$"), _at_most),
)
_AFTER = (
    (_words_after(_WORDS.approximate_after), _widen_about),
    (_words_after(_WORDS.at_least_after), _at_least),
    (_words_after(_WORDS.at_most_after), _at_most),
    (re.compile(r"\+(?!\d)"), _at_least),
)


# ------------------------------------------------------------------------------------- what is no quantity

_MONTH_BEFORE = re.compile(rf"\b(?:{MONTH_WORD})\.?\s$", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"(?:\sof)?\s(?:{MONTH_WORD})\b", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"[:/]\d|\s?[ap]\.?m\b|\s?o['’]clock", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"[^\W\d_][-–]$|[#@]$|[^\W\d_]$")
_NAME_BEFORE = re.compile(r"[\w’']\s+[A-Z][\w’'-]*\s$|\b[A-Z]{2,}\s$")
_NUMBER_WORD = "|".join(sorted(_WORDS.cardinals, key=len, reverse=True))
_RATIO_WORD = rf"[ -](?:{'|'.join(_WORDS.ratio_words)})[ -](?:every )?"
_RATIO_BEFORE = re.compile(rf"(?:\d|\b(?:{_NUMBER_WORD})){_RATIO_WORD}$", re.IGNORECASE)
_RATIO_AFTER = re.compile(rf"{_RATIO_WORD}(?:\d|(?:{_NUMBER_WORD})\b)", re.IGNORECASE)
_AGE_AFTER = re.compile(r"-(?:year|month|week|day)s?-old\b")


def _is_no_quantity(text: str, number: Number, before: str) -> bool:
    end = number.end
    if any(pattern.search(before) for pattern in (_CODE_BEFORE, _RATIO_BEFORE)):
        return True
    if any(pattern.match(text, end) for pattern in (_CLOCK_AFTER, _AGE_AFTER, _RATIO_AFTER)):
        return True
    value = number.values[0]
    is_plain = number.scale == 1 and not number.is_in_words and value.is_integer()
    if is_plain and value <= 31 and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(text, end)):
        return True
    if is_plain and end - number.start == 4 and _NO_YEAR_BEFORE < value < _NO_YEAR_AFTER:
        return _last_word(before) in _WORDS.year_openers or _MONTH_BEFORE.search(before) is not None
    return _last_word(before) in _WORDS.label_words


def _is_part_of_name(before: str, number: Number, unit: Unit) -> bool:
    is_small = number.scale == 1 and not number.is_in_words and number.values[0] < _SMALL
    return is_small and not unit.dimension and _NAME_BEFORE.search(before) is not None


def _is_not_whole(text: str, end: int, before: str, unit: Unit) -> bool:
    """Whether a number is only a part or an addition: "another 40 homes", "40 more homes", "not 40".

    "40 of them" is one too, but "5 per cent of the votes" is a share, and "5 tonnes of fish" an amount.
    """
    next_word = _first_word(text, end)
    is_of_unit = bool(unit.dimension) and next_word == "of"
    return _last_word(before) in _WORDS.not_whole_before or (next_word in _WORDS.not_whole_after and not is_of_unit)


def _last_word(text: str) -> str:
    words = text[-_CONTEXT:].lower().split()
    return words[-1] if words else ""


def _first_word(text: str, at: int) -> str:
    match = re.compile(r"\s([^\W\d_]+)").match(text, at)
    return match[1].lower() if match else ""


# ------------------------------------------------------------------------------------------------ quantities


def _read_quantity(text: str, group: Sequence[Number]) -> Quantity | None:
    first, last = group[0], group[-1]
    start, end = first.start, last.end
    before = text[max(0, start - _CONTEXT) : start]
    if _is_no_quantity(text, first, before):
        return None
    unit, end = _find_unit(text, end)
    if unit is _COUNT and last.has_short_scale and not _find_currency(text, start) and _first_word(text, end) == "":
        return None  # "5m" may be metres
    if currency := _find_currency(text, start):
        start -= len(currency[0])
        unit = Unit(_WORDS.currency_signs[currency["sign"].lower()], 1.0)
        before = text[max(0, start - _CONTEXT) : start]
    elif _is_part_of_name(before, first, unit):
        return None
    intervals = _collect_values(group)
    if len(group) == 2 and _last_word(before) == _WORDS.change_opener:
        intervals = ((-math.inf, math.inf),)  # a change: either number may be meant
    if minus := _MINUS.search(before):
        start -= len(minus[0])
        before = before[: minus.start()]
        intervals = tuple((-high, -low) for low, high in intervals)
    if _is_not_whole(text, end, before, unit):
        return None
    start, end, intervals = _qualify(text, start, end, before, intervals)
    return Quantity(
        start,
        end,
        unit.dimension,
        unit,
        tuple((low * unit.factor + unit.offset, high * unit.factor + unit.offset) for low, high in intervals),
        max(number.precision for number in group) * unit.factor,
        any(number.is_rounded for number in group),
    )


def _qualify(
    text: str, start: int, end: int, before: str, intervals: tuple[Interval, ...]
) -> tuple[int, int, tuple[Interval, ...]]:
    """Widen the values by the words that say how exact they are, and the span by these words."""
    matches = [(match, widen) for pattern, widen in _BEFORE if (match := pattern.search(before))]
    if matches:
        match, widen = max(matches, key=lambda found: len(found[0][0]))
        start -= len(match[0])
        intervals = tuple(widen(*interval) for interval in intervals)
    for pattern, widen in _AFTER:
        if match_after := pattern.match(text, end):
            end = match_after.end()
            intervals = tuple(widen(*interval) for interval in intervals)
            break
    return start, end, intervals
