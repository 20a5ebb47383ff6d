"""What copying, setting and scanning do to words, and what only looks like it."""

from __future__ import annotations

import pytest

from assistant.quotes.transit import (
    describe_lookalikes,
    find_lookalikes,
    is_lookalike,
    name_damage,
    name_letter_changes,
    split_article_words,
)


def test_divided_words_are_whole() -> None:
    """A word divided at the end of a line is one word, with its place in the article."""
    text = "The wells in the val-\nley are dry,\nand the pears are small and bitter in every one of them.\n"
    words = split_article_words(text, 0, len(text))
    assert [word.form for word in words[:6]] == ["the", "wells", "in", "the", "valley", "are"]
    assert text[words[4].start : words[4].end] == "val-\nley"


@pytest.mark.parametrize(
    ("real", "given", "names"),
    [
        ("the final flood", "the final flood", []),
        ("the ﬁnal ﬂood", "the final flood", ["ligatures"]),
        ("the val\u00adley", "the valley", ["soft hyphens"]),
        ("the val-\nley", "the valley", ["hyphens at line ends"]),
        ("the val\u200bley", "the valley", ["invisible characters"]),
        ("isn’t", "isn't", ["apostrophes"]),
        ("Ｏslo", "Oslo", ["forms of letters"]),
    ],
)
def test_changes_of_letters(real: str, given: str, names: list[str]) -> None:
    """The same word in other characters."""
    assert list(name_letter_changes(real, given)) == names


@pytest.mark.parametrize(
    ("real", "given"),
    [
        ("govemment", "government"),
        ("government", "govemment"),
        ("wel1", "well"),
        ("2O24", "2024"),
        ("l0st", "lost"),
        ("Iast", "last"),
        ("dimate", "climate"),
        ("dimate crisis", "climate crisis"),
    ],
)
def test_scanning_error(real: str, given: str) -> None:
    """Letters that a scanner confuses, where only one of the two is a word."""
    (name,) = name_damage(real, given)
    assert name.startswith("what looks like a scanning error (“")


@pytest.mark.parametrize(
    ("real", "given"),
    [
        ("modern", "modem"),
        ("clear", "dear"),
        ("corn", "com"),
        ("2024", "2025"),
        ("AI", "Al"),
        ("fail", "fall"),
        ("resign", "re-sign"),
        ("Re-sign", "resign"),
        ("1,200", "12,00"),
        ("1,200", "2,100"),
        ("may be", "maybe"),
        ("won", "lost"),
        ("not", "now"),
    ],
)
def test_other_words(real: str, given: str) -> None:
    """Two words, or two numbers, are no scanning error."""
    assert name_damage(real, given) == []


@pytest.mark.parametrize(
    ("real", "given"), [("af-\nford", "afford"), ("afford", "af- ford"), ("well-\nknown", "wellknown")]
)
def test_division(real: str, given: str) -> None:
    """A hyphen at the end of a line is no change."""
    assert name_damage(real, given) == ["hyphens at line ends"]


def test_accents() -> None:
    """Words without their accents are the same words."""
    assert name_damage("résumé", "resume") == ["accents"]
    assert name_damage("the résumé of Zoë", "the resume of Zoe") == ["accents"]


def test_lookalike_of_another_script() -> None:
    """A Cyrillic letter in a Latin word is found, and is another letter."""
    assert list(find_lookalikes("the pаint of Лев is dry")) == [("pаint", "а", "Cyrillic")]
    assert describe_lookalikes("paint", "pаint") == [
        "“pаint” has a letter of another script: Cyrillic “а”, which only looks like the Latin one."
    ]
    assert is_lookalike("paint", "pаint")
    assert is_lookalike("cop", "сор")
    assert not is_lookalike("paint", "point")
    assert not is_lookalike("paint", "Paint")
    assert name_damage("paint", "pаint") == []


@pytest.mark.parametrize(
    ("real", "given", "damage"),
    [
        ("well-known", "wellknown", "hyphens"),
        ("cooperated", "co-operated", "hyphens"),
        ("1,200", "1.200", "the way numbers are written"),
        ("1,200", "1 200", "the way numbers are written"),
        ("$1,200,000", "$1200000", "the way numbers are written"),
    ],
)
def test_ways_of_writing(real: str, given: str, damage: str) -> None:
    """Hyphens inside a word, and marks between the thousands of a number, change nothing."""
    assert name_damage(real, given) == [damage]
