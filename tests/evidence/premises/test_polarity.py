"""Affirming and denying."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.polarity import is_negation, read_polarities
from assistant.text.stemming import stem


@pytest.mark.parametrize(
    ("text", "is_denied", "words"),
    [
        ("The bridge is open.", False, "open"),
        ("The bridge is not open.", True, "not open"),
        ("The bridge is closed.", True, "closed"),
        ("The bridge is never closed.", False, "never closed"),
        ("It hasn’t been open.", True, "hasn’t been open"),
        ("Not for long did the old bridge stay open.", False, "open"),
    ],
)
def test_polarity(text: str, is_denied: bool, words: str) -> None:
    """A negation shortly before a word, and its opposite, deny it."""
    polarity = read_polarities(text, {stem("open")})[stem("open")]
    assert (polarity.is_denied, text[slice(*polarity.words)]) == (is_denied, words)


def test_other_words_are_left_out() -> None:
    """Only the words of the question count."""
    assert read_polarities("The ferry is late.", {stem("open")}) == {}


def test_negations() -> None:
    """Contractions negate too."""
    assert is_negation("Cannot")
    assert is_negation("wasn’t")
    assert not is_negation("nothing-like")
