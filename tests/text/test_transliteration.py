"""Spelling variants of names from other scripts."""

from __future__ import annotations

import pytest

from assistant.text.transliteration import (
    is_same_given_name,
    is_same_transliterated_name,
    is_spelled_alike,
    normalize_letters,
    normalize_spelling,
    other_spellings,
)


@pytest.mark.parametrize(
    ("word", "standard"),
    [("zelenskyy", "zelensky"), ("kiev", "kyiv"), ("navalnyy", "navalny"), ("gate", "gate"), ("yuriy", "yuriy")],
)
def test_standard_spelling(word: str, standard: str) -> None:
    """Surnames and places have one standard spelling; given names are compared in groups instead."""
    assert normalize_spelling(word) == standard


def test_other_spellings_for_search() -> None:
    """A listed name and a name in -sky have other spellings; most words have none."""
    assert other_spellings("kyiv") == ("kiev", "kyyiv")
    assert other_spellings("zelensky")[:2] == ("zelenskyy", "zelenskiy")
    assert other_spellings("gate") == ()


def test_given_name_variants() -> None:
    """Given names are variants only if they are in one group."""
    assert is_same_given_name("vladimir", "volodymyr")
    assert not is_same_given_name("yuri", "vladimir")
    assert not is_same_given_name("ada", "ada")


def test_surname_letters() -> None:
    """Spellings of one surname have the same letters."""
    assert normalize_letters("moussawi") == normalize_letters("musaui") == "musaui"


def test_surname_variants_need_given_name() -> None:
    """Surnames are variants only after a given name from another script."""
    assert is_same_transliterated_name("lavroff", "sergei", "lavrov", "sergey")
    assert not is_same_transliterated_name("hansen", "jens", "hanson", "jens")


@pytest.mark.parametrize(
    ("surname", "other", "is_alike"),
    [("Vasquez", "Vázquez", True), ("Lamb", "Lam", True), ("Tarn", "Quill", False), ("Holm", "Tholm", False)],
)
def test_surnames_that_are_spelled_alike(surname: str, other: str, is_alike: bool) -> None:
    assert is_spelled_alike(surname, other) is is_alike
