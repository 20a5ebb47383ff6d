"""How likely words are the answer."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.ranking.words import WordOdds

SPANS = [(0, 2), (3, 10), (11, 15), (16, 20)]  # "22 minutes late then"


def make_odds(first: int, last: int) -> WordOdds:
    """The odds of a model that is sure of these first and last tokens."""
    ends = np.zeros((len(SPANS), 2), dtype=np.float32)
    ends[first, 0] = ends[last, 1] = 20.0
    return WordOdds(SPANS, ends)


def test_sure_words() -> None:
    """The words have all of the probability, also when the span leaves out what follows them."""
    odds = make_odds(0, 1)
    assert odds.find_likeliest() == (0, 10)
    assert odds.measure(0, 10) == pytest.approx(1.0)
    assert odds.measure(0, 2) == pytest.approx(1.0)
    assert odds.measure(11, 20) == pytest.approx(0.0, abs=1e-6)


def test_nothing_was_read() -> None:
    """No tokens: no words, no probability."""
    odds = WordOdds([], np.zeros((0, 2), dtype=np.float32))
    assert (odds.find_likeliest(), odds.measure(0, 5)) == ((0, 0), 0.0)


def test_words_beyond_what_was_read() -> None:
    """The end of a long sentence has no probability."""
    assert make_odds(0, 1).measure(50, 60) == 0.0
