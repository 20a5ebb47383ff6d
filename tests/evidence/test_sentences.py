"""Features and scores of candidate sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

import pytest

from assistant.evidence.scoring import SENTENCE_WEIGHTS
from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.sentences import MAX_COMPARED, SentenceFeatures, find_candidates, score_freshness
from assistant.records.query import Query
from tests.support.bridge_news import BRIDGE, make_library
from tests.support.memory_library import MemoryLibrary, make_article

QUERY = Query("How many boats hit the bridge?", "other", ("boats", "hit", "bridge"), expects="number")
ALL = SentenceFeatures(1.0, 1.0, 1.0, 1.0, 1.0, has_question_date=True, sentence_similarity=1.0)


def make_request(query: Query, library: MemoryLibrary, meaning: float = 0.5) -> EvidenceRequest:
    snapshot = library.snapshot(meaning=meaning)
    return EvidenceRequest(query, snapshot, snapshot.passages)


def test_weights_add_up_to_one() -> None:
    """A sentence with all features has the score 1."""
    assert ALL.compute_score() == pytest.approx(1.0)
    names = {each.name for each in fields(SENTENCE_WEIGHTS)}
    assert {"own_coverage", "context_coverage", "passage_similarity", "sentence_similarity"} <= names


def test_undated_question_divides_the_score() -> None:
    """Without the day of the question, freshness cannot count and the score is divided instead."""
    undated = replace(ALL, freshness=0.0, has_question_date=False)
    assert undated.compute_score() == pytest.approx(0.85 / 0.91)
    assert replace(undated, penalty=0.5).compute_score() == pytest.approx(0.85 / 0.91 / 2)


def test_features_of_the_answering_sentence() -> None:
    """The sentence with all words of the question and the number comes first."""
    best = find_candidates(make_request(QUERY, make_library()))[0]
    assert (best.article.id, best.text) == ("bridge", "The bridge at Tarn Head closed on 3 May after 40 boats hit it.")
    assert best.features == SentenceFeatures(1.0, 1.0, 0.5, 1.0, 0.0, has_question_date=False)
    assert [BRIDGE.text[start:end] for start, end in best.marks] == ["40"]


def test_number_of_something_else_is_worth_half() -> None:
    """A number that does not count the noun of the question matches the type by half."""
    library = MemoryLibrary([make_article("a", "In 1999 the bridge was hit.")])
    (candidate,) = find_candidates(make_request(QUERY, library))
    assert candidate.features.type_match == 0.5


def test_best_sentences_are_compared_in_meaning() -> None:
    """Only the first candidates are compared, and a negative cosine counts nothing."""
    compared: list[str] = []

    def similarity(texts: Sequence[str]) -> list[float]:
        compared.extend(texts)
        return [-1.0, *([0.5] * (len(texts) - 1))]

    request = replace(make_request(QUERY, make_library()), similarity=similarity)
    candidates = find_candidates(request)
    assert len(compared) == MAX_COMPARED < len(candidates)
    assert [each.features.sentence_similarity for each in candidates[:5]] == [0.0, 0.5, 0.5, 0.5, 0.0]


@pytest.mark.parametrize(
    ("question", "sentence", "penalty"),
    [
        ("Who shut it?", "The town shut it.", 1.0),
        ("Who shut it?", "Who shut it, the town or the county?", 0.5),
        ("Who shut it?", "Town shuts bridge", 0.9),
        ("Who shut it?", "Read more: the town shut it.", 0.9),
        ("Who shut it in 1987?", "The town shut it.", 0.6),
        ("Who shut it in 2025?", "The town shut it.", 1.0),
        ("Who shut it according to the Morning Leaf?", "The town shut it.", 0.6),
        ("Who shut it according to the Evening Bell?", "The town shut it.", 1.0),
        ("What is the capital of France?", "The capital was shut.", 0.75),
        ("What is the capital of France?", "France’s capital is Paris.", 1.0),
        ("Who shut it in 1987?", "Town shuts bridge", 0.9 * 0.6),
    ],
)
def test_penalties(question: str, sentence: str, penalty: float) -> None:
    """Each reason against a sentence is a factor of its score."""
    article = make_article("a", sentence, source="Evening Bell", published_at="2025-05-04")
    query = Query(question, "other", ("shut",))
    (candidate,) = find_candidates(make_request(query, MemoryLibrary([article])))
    assert candidate.features.penalty == pytest.approx(penalty)


def test_partial_yes_no_is_penalised() -> None:
    """A sentence that lacks most of a claim hardly confirms or denies it."""
    query = Query("Did 40 boats hit the bridge?", "other", ("boats", "hit", "bridge"), expects="yes_no")
    penalties = {each.text: each.features.penalty for each in find_candidates(make_request(query, make_library()))}
    assert penalties["The bridge at Tarn Head closed on 3 May after 40 boats hit it."] == 1.0
    assert penalties["Mayor Ada Quill said the bridge was unsafe."] == 0.85


@pytest.mark.parametrize(
    ("asked_at", "freshness"),
    [(date(2025, 5, 4), 1.0), (date(2025, 5, 14), 1.0), (date(2025, 5, 29), 0.5), (date(2026, 5, 4), 0.0), (None, 0.0)],
)
def test_freshness(asked_at: date | None, freshness: float) -> None:
    """Freshness is 1 for ten days and then falls to 0 within thirty."""
    assert score_freshness(BRIDGE, asked_at) == pytest.approx(freshness)


def test_undated_article_is_not_fresh() -> None:
    """An article without a date, or with a broken one, has no freshness."""
    for published_at in (None, "yesterday"):
        assert score_freshness(make_article("a", "Text.", published_at=published_at), date(2025, 5, 4)) == 0.0
