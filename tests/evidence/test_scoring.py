"""Weights of statements."""

from __future__ import annotations

from dataclasses import asdict

from assistant.evidence.scoring import STATEMENT_WEIGHTS, StatementWeights


def test_penalties_lower_a_score() -> None:
    """A penalty is a factor below one, and the parts of a score on a topic add up to one."""
    penalties = {name: value for name, value in asdict(STATEMENT_WEIGHTS).items() if name.endswith("penalty")}
    assert penalties
    assert all(0 < value < 1 for value in penalties.values())
    weights = StatementWeights()
    assert weights.coverage + weights.exact_phrase + weights.direct_speech + weights.brevity == 1.0
