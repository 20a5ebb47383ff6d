"""The interface of a ranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence answers: its log-odds, and the words that answer, sentence[start:end], in code points.

    `start` and `end` are 0 if the model does not tell the words. They are the likeliest words whether or not the
    sentence answers.
    """

    score: float
    start: int
    end: int


class Ranker(Protocol):
    """A model that reads a question together with a sentence. Can be used from several threads."""

    runs_on: str  # runtime and precision: "OpenVINO, f32"

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each (title, sentence) answers the question; a title may be empty."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, and the words of each sentence that answer."""
