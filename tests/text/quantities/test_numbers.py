"""Numbers in digits and in words."""

from __future__ import annotations

import pytest

from assistant.text.quantities.numbers import detect_decimal_mark, find_numbers, read_numeral


@pytest.mark.parametrize(
    ("text", "words", "values"),
    [
        ("3,400 barns", "3,400", (3400.0,)),
        ("3.400 barns", "3.400", (3400.0, 3.4)),
        ("3 400 barns", "3 400", (3400.0,)),
        ("3\u00a0400 barns", "3\u00a0400", (3400.0,)),
        ("3\u202f400 barns", "3\u202f400", (3400.0,)),
        ("3\u2009400 barns", "3\u2009400", (3400.0,)),
        ("3'400 barns", "3'400", (3400.0,)),
        ("3’400 barns", "3’400", (3400.0,)),
        ("34,00,000 rupees", "34,00,000", (3400000.0,)),
        ("3.400,50", "3.400,50", (3400.5,)),
        ("3,400.50", "3,400.50", (3400.5,)),
        ("0.340", "0.340", (0.34,)),
        ("3,4", "3,4", (3.4,)),
        ("thirty-four hundred barns", "thirty-four hundred", (3400.0,)),
        ("3.4 thousand barns", "3.4 thousand", (3400.0,)),
        ("three thousand four hundred and five", "three thousand four hundred and five", (3405.0,)),
        ("half a million", "half a million", (500000.0,)),
        ("two and a half million", "two and a half million", (2500000.0,)),
        ("two dozen", "two dozen", (24.0,)),
        ("3.4bn", "3.4bn", (3.4e9,)),
        ("3,400 million", "3,400 million", (3.4e9,)),
    ],
)
def test_value_in_every_spelling(text: str, words: str, values: tuple[float, ...]) -> None:
    """One number is found, whole, with all values that its spelling can have."""
    (number,) = find_numbers(text)
    assert text[number.start : number.end] == words
    assert number.values == pytest.approx(values)


@pytest.mark.parametrize("text", ["the 34th barn", "G34 states", "A34b", "thirtyfold"])
def test_no_number(text: str) -> None:
    """Ordinals and codes are no numbers."""
    assert list(find_numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("It cost 3.400.000, and 1.250 came.", ","),
        ("Sales rose by 3,4 per cent.", ","),
        ("Some 3,400 barns.", "."),
        ("Sales rose by 3.4 per cent.", "."),
        ("Some 3.400 barns.", None),
        ("Some 34 barns.", None),
    ],
)
def test_decimal_mark_of_an_article(text: str, mark: str | None) -> None:
    """The other numbers of an article tell which mark it writes before decimals."""
    assert detect_decimal_mark(text) == mark


def test_decimal_mark_decides() -> None:
    """A point before three digits divides thousands where decimals have a comma."""
    assert read_numeral("3.400", ",") == ((3400.0,), 0)
    assert read_numeral("3,400", ",") == ((3400.0, 3.4), 0)


def test_precision() -> None:
    """Zeros at the end count up to the second digit."""
    precisions = [number.precision for number in find_numbers("5; 50; 500; 1,230; 1.25 million")]
    assert precisions == [0.5, 0.5, 5.0, 5.0, 5000.0]
