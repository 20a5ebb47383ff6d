"""Stems of words, and stems of a place and its people."""

from __future__ import annotations

from assistant.text.stemming import related_stems, stem, stem_words


def test_stem_same_for_all_forms() -> None:
    """Forms of one word have the same stem."""
    assert stem("promises") == stem("promised") == stem("promise")


def test_stem_same_for_all_spellings() -> None:
    """Spellings of a transliterated name have the same stem."""
    assert stem("zelenskyy") == stem("zelensky")


def test_stems_include_parts_of_hyphenated_words() -> None:
    """A hyphenated word counts as a whole and by its parts."""
    assert stem_words("Well-known Europeans") == {"well-known", "well", "known", "european"}


def test_related_stems_of_place_and_people() -> None:
    """A place and its people are related in both directions, unless the stem is short."""
    assert "european" in related_stems("europ")
    assert "europ" in related_stems("european")
    assert related_stems("us") == frozenset()


def test_divided_words_count_with_and_without_hyphen() -> None:
    """A word divided at the end of a line has the stems of both its forms."""
    assert stem_words("a well-\nknown pier") == {"a", "wellknown", "well-known", "well", "known", "pier"}


def test_accents_make_no_difference() -> None:
    """A question typed without accents finds the words."""
    assert stem("fährhafen") == stem("fahrhafen")
    assert stem_words("Les résumés") == stem_words("les resumes")
