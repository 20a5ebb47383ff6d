"""The interface of a ranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.ranking.words import WordOdds


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence answers: its log-odds, and how likely its words are the answer.

    `words` is None if the model does not tell. It says which words are likeliest whether or not the sentence answers.
    """

    score: float
    words: WordOdds | None = None


class Ranker(Protocol):
    """A model that reads a question together with a sentence. Can be used from several threads."""

    runs_on: str  # runtime and precision: "OpenVINO, f32"

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each (title, sentence) answers the question; a title may be empty."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, and how likely the words of each sentence are the answer."""
