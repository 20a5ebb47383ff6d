"""Answer, near, or nothing."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.decision import OPEN_PROBABILITY, Decision, decide, estimate_probability
from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.ranking import rank_sentences
from assistant.evidence.facts.signs import read_signs
from assistant.evidence.facts.weights import ANSWERED_BY_MEANING
from tests.evidence.facts.requests import make_request


@pytest.mark.parametrize(
    ("probability", "decision"), [(0.9, "answer"), (0.6, "answer"), (0.55, "near"), (0.3, "near"), (0.01, "nothing")]
)
def test_decision(probability: float, decision: Decision) -> None:
    """The probability decides."""
    assert decide(probability) == decision


def test_missing_names_count_against_an_answer() -> None:
    """A name that the best article lacks makes an answer less likely."""
    signs = {}
    for name in ("Tarn Head", "Port Ellery"):
        request = make_request(f"How many boats hit the bridge at {name}?", similarity=lambda texts: [0.6] * len(texts))
        read = read_question(request)
        signs[name] = read_signs(read, rank_sentences(read, request))
    assert signs["Tarn Head"]["missing_names"] == 0.0
    assert signs["Port Ellery"]["missing_names"] > 0.0
    assert estimate_probability(signs["Port Ellery"]) < estimate_probability(signs["Tarn Head"])


def test_signs_have_weights() -> None:
    """The signs of the decision are those that the weights name."""
    request = make_request("How many boats hit the bridge?", similarity=lambda texts: [0.6] * len(texts))
    read = read_question(request)
    signs = read_signs(read, rank_sentences(read, request))
    assert {"share", "missing_names", "sentence_similarity", "certainty"} <= set(signs) & set(ANSWERED_BY_MEANING)


def test_open_question_is_answered_by_what_is_on_its_topic() -> None:
    """What is said on the topic answers, whatever it is; a topic that no article has is not answered."""
    for question, enough in (
        ("What is the latest on the bridge?", True),
        ("What is the latest on the gold mine?", False),
    ):
        request = make_request(question, similarity=lambda texts: [0.3] * len(texts))
        read = read_question(request)
        ranked = rank_sentences(read, request)
        beside = sorted(ranked, key=lambda each: each.candidate.features.get("context_coverage", 0.0))
        for order in (ranked, beside):  # one that is on the topic need not be the first
            assert (estimate_probability(read_signs(read, order)) >= OPEN_PROBABILITY) == enough
