"""What an evaluation measures."""

from __future__ import annotations

from dataclasses import dataclass

MetricValues = dict[str, float]
"""Values by the name of the metric; `evaluation.metrics` explains each name."""


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """The effect of refusing below one confidence. `risk`: share of the answered questions that are unanswerable."""

    threshold: float
    coverage: float  # share of all questions that would be answered
    risk: float
    refusal_precision: float
    refusal_recall: float
    refusal_f1: float


@dataclass(frozen=True, slots=True)
class ExtractionSpeed:
    """How fast the statements of articles are extracted, given their sentences."""

    articles: int
    statements: int
    seconds: float

    @property
    def statements_per_second(self) -> float:
        """Statements extracted per second."""
        return self.statements / self.seconds if self.seconds else 0.0
