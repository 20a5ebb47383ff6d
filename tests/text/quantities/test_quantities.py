"""Quantities: units, currencies, ranges, and how exact they are."""

from __future__ import annotations

import math

import pytest

from assistant.text.quantities.quantities import are_compatible, find_quantities


def read(text: str) -> list[tuple[str, str, tuple[float, float]]]:
    """The words, dimension and first interval of each quantity."""
    return [(text[q.start : q.end], q.dimension, q.intervals[0]) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "words", "dimension", "interval"),
    [
        ("hit 40 barns", "40", "", (40.0, 40.0)),
        ("hit about 40 barns", "about 40", "", (34.0, 46.0)),
        ("hit more than 40 barns", "more than 40", "", (40.0, math.inf)),
        ("hit no fewer than 40 barns", "no fewer than 40", "", (40.0, math.inf)),
        ("hit 40+ barns", "40+", "", (40.0, math.inf)),
        ("hit up to 40 barns", "up to 40", "", (-math.inf, 40.0)),
        ("hit nearly 40 barns", "nearly 40", "", (34.0, 40.0)),
        ("hit 40 or so barns", "40 or so", "", (34.0, 46.0)),
        ("hit 10-12 barns", "10-12", "", (10.0, 12.0)),
        ("hit 10 to 12 barns", "10 to 12", "", (10.0, 12.0)),
        ("hit between 10 and 12 barns", "between 10 and 12", "", (10.0, 12.0)),
        ("rose from 10 to 12 barns", "10 to 12", "", (-math.inf, math.inf)),
        ("paid $1-2 million", "$1-2 million", "$", (1e6, 2e6)),
        ("paid US$3.5bn", "US$3.5bn", "$", (3.5e9, 3.5e9)),
        ("paid 3.5 million euros", "3.5 million euros", "€", (3.5e6, 3.5e6)),
        ("five per cent", "five per cent", "percent", (5.0, 5.0)),
        ("at -5 °C", "-5 °C", "temperature", (-5.0, -5.0)),
        ("at 212°F", "212°F", "temperature", (100.0, 100.0)),
        ("12 sq km", "12 sq km", "area", (12e6, 12e6)),
        ("7m people", "7m", "", (7e6, 7e6)),
        ("5 per cent of the votes", "5 per cent", "percent", (5.0, 5.0)),
    ],
)
def test_quantity(text: str, words: str, dimension: str, interval: tuple[float, float]) -> None:
    """The words around a number say what it measures and how exact it is."""
    ((found, measured, (low, high)),) = read(text)
    assert (found, measured) == (words, dimension)
    assert (low, high) == pytest.approx(interval)


@pytest.mark.parametrize(
    "text",
    [
        "Category 5 storm",
        "in 2019",
        "on 5 May",
        "on May 5",
        "at 5:30",
        "at 8 a.m.",
        "a 40-year-old",
        "the old Route 66 motels",
        "COVID-19 cases",
        "another 40 barns",
        "40 more barns",
        "40 of them",
        "not 40 barns",
        "one in five barns",
        "a length of 5m.",
    ],
)
def test_no_quantity(text: str) -> None:
    """Ranks, years, days, times, ages, codes and parts of a whole are none."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("left", "right", "compatible"),
    [
        ("3,400", "3.400", True),
        ("3.4 million", "3,387,000", True),
        ("3.4 million", "3.8 million", False),
        ("10 miles", "16 km", True),
        ("10 miles", "20 km", False),
        ("100°F", "38°C", True),
        ("100°F", "30°C", False),
        ("1,000 acres", "405 hectares", True),
        ("150 lb", "68 kg", True),
        ("six feet", "1.83 metres", True),
        ("3,400", "3,387", False),
        ("about 3,400", "3,387", True),
        ("10-12", "11", True),
        ("10-12", "14", False),
        ("$3,400 million", "$3.4bn", True),
    ],
)
def test_compatibility(left: str, right: str, compatible: bool) -> None:
    """Spelling, unit and rounding make no difference; another value does."""
    (ours,), (theirs,) = find_quantities(left), find_quantities(right)
    assert ours.dimension == theirs.dimension
    assert are_compatible(ours, theirs) is are_compatible(theirs, ours) is compatible
