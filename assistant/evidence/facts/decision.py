"""Whether the best sentences are given as an answer, as near to one, or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from assistant.evidence.facts.ranking import score_features
from assistant.evidence.facts.weights import ANSWERED_BY_CONTEXT, ANSWERED_BY_MEANING, ANSWERED_BY_READING

MIN_ANSWER_PROBABILITY = 0.57  # below it, sentences are near at best; less gives more right answers and more wrong ones
SURE_PROBABILITY = 0.82  # from it on, what is read as a reason needs no "because": nine of ten such answers were right
MIN_FRESH_PROBABILITY = 0.3  # the same if a question is about the news of a known day, and the article of that time
MIN_STALE_PROBABILITY = 0.65  # and if the article is of another time
MIN_FRESHNESS = 0.5  # of an article of that time
MIN_NEAR_PROBABILITY = 0.08  # and below this, nothing is shown
OPEN_PROBABILITY = 0.65  # of sentences on the topic of an open question ("What is the latest on …?")

Decision = Literal["answer", "near", "nothing"]


def estimate_probability(signs: Mapping[str, float]) -> float:
    """The probability, in 0..1, that the first sentences contain the answer.

    What is said on the topic of an open question answers it.
    """
    weights = ANSWERED_BY_MEANING
    if "reading" in signs:
        weights = ANSWERED_BY_CONTEXT if {"around", "alone"} & signs.keys() else ANSWERED_BY_READING
    probability = 1 / (1 + math.exp(-score_features(signs, weights)))
    return max(probability, OPEN_PROBABILITY) if signs.get("open") and signs.get("on_topic") else probability


def decide(probability: float, freshness: float | None = None) -> Decision:
    """What is shown at this probability.

    `freshness` in 0..1 is that of the best article, if the question is about the news of a known day: the day tells
    what is answered better than anything else.
    """
    needed = MIN_ANSWER_PROBABILITY
    if freshness is not None:
        needed = MIN_FRESH_PROBABILITY if freshness >= MIN_FRESHNESS else MIN_STALE_PROBABILITY
    if probability >= needed:
        return "answer"
    return "near" if probability >= MIN_NEAR_PROBABILITY else "nothing"
