"""The weight of words, and how much of a question a text covers."""

from __future__ import annotations

import math

import pytest

from assistant.evidence.term_weights import TermWeights


class Counts:
    """A library of 99 passages, in which "bridge" is frequent and "rust" is rare."""

    def passage_count(self) -> int:
        return 99

    def count_passages_with_word(self, word: str) -> int:
        return {"bridge": 98, "rust": 0}[word]


WEIGHTS = TermWeights(("bridge", "rust"), Counts())
BRIDGE, RUST = math.log(2), math.log(100)


def test_rare_word_weighs_more() -> None:
    """The weight is log(1 + passages / (1 + passages with the word))."""
    assert WEIGHTS.total == pytest.approx(BRIDGE + RUST, abs=0.01)
    assert WEIGHTS.measure_coverage({"rust"}) == pytest.approx(RUST / (BRIDGE + RUST), abs=0.01)


def test_nearby_word_counts_less() -> None:
    """A word that only occurs nearby counts half, or as much as requested."""
    full = WEIGHTS.measure_coverage({"rust"})
    assert WEIGHTS.measure_coverage(set(), {"rust"}) == pytest.approx(full / 2)
    assert WEIGHTS.measure_coverage(set(), {"rust"}, 0.9) == pytest.approx(full * 0.9)


def test_share_of_absent_words() -> None:
    """Words that no passage has count by their weight."""
    assert WEIGHTS.absent_share == pytest.approx(RUST / (BRIDGE + RUST), abs=0.01)
    assert TermWeights(("bridge",), Counts()).absent_share == TermWeights((), Counts()).absent_share == 0.0


def test_no_terms_cover_nothing() -> None:
    """Without words there is no coverage."""
    assert TermWeights((), Counts()).measure_coverage({"rust"}) == 0.0
