"""Features of candidate sentences."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence.facts.features import build_candidates, score_freshness, states_nothing, states_reason
from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.sentences import list_sentences
from tests.evidence.facts.requests import make_request, read_candidates
from tests.support.bridge_news import BRIDGE
from tests.support.memory_library import MemoryLibrary, make_article


@pytest.mark.parametrize(
    ("question", "sentence", "feature"),
    [
        ("Who shut it?", "Town shuts bridge", "label"),
        ("Who shut it in 1987?", "The town shut it.", "other_year"),
        ("Who shut it according to the Morning Leaf?", "The town shut it.", "other_source"),
        ("What is the capital of France?", "The capital was shut.", "unrelated"),
        ("How many boats hit it?", "In all 40 boats hit it.", "counts_noun"),
        ("How many boats hit it?", "In 1999 it was hit.", "fills_number"),
        ("Who shut it?", "The town hired Ada Quill.", "full_name"),
        ("Where was the boat found?", "The boat was found near Tarn Head.", "names_place"),
        ("When was it shut?", "It was shut on 3 May.", "fills_date"),
        ("Why was it shut?", "It was shut after boats hit it.", "fills_reason"),
        ("How did the town pay?", "It paid by raising the tolls.", "manner"),
        ("Who shut it?", "He shut it.", "pronoun"),
        ("Who shut it?", "“We shut it because we must,” said Quill.", "quotation"),
        ("Who shut it?", "Quill shut it.", "short"),
        ("What is the bridge called now?", "It was renamed Tarn Crossing.", "fills_name"),
    ],
)
def test_feature_is_present(question: str, sentence: str, feature: str) -> None:
    """Each reason for or against a sentence is seen."""
    _, (candidate,) = read_candidates(question, sentence)
    assert candidate.features.get(feature) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence", "feature"),
    [
        ("Who shut it?", "The town shut it.", "label"),
        ("Who shut it in 2025?", "The town shut it.", "other_year"),
        ("Who shut it according to the Evening Bell?", "The town shut it.", "other_source"),
        ("What is the capital of France?", "France’s capital is Paris.", "unrelated"),
        ("How many boats hit it?", "It was shut in 1999.", "counts_noun"),
        ("Who shut it?", "The town hired nobody.", "full_name"),
        ("Why was it shut?", "It was shut by Quill.", "fills_reason"),
        ("What is the bridge called now?", "The bridge leads to Ivo Lund.", "fills_name"),
        (
            "What is the bridge called now?",
            "Boats called at the pier, and late that night all the boats that had come there left for Ivo Lund.",
            "fills_name",
        ),
        ("How old was the rower at the pier?", "She was 9 when she got her first boat.", "fills_number"),
    ],
)
def test_feature_is_absent(question: str, sentence: str, feature: str) -> None:
    """What does not hold is not counted."""
    _, (candidate,) = read_candidates(question, sentence, source="Evening Bell")
    assert feature not in candidate.features or not candidate.features[feature]


@pytest.mark.parametrize(
    ("text", "is_nothing"),
    [
        ("Hide Caption 3 of 9 Photos: Ada Quill at the bridge", True),
        ("Photo: the bridge", True),
        ("By Ada Quill and Tom Reed, Tarn News", True),
        ("Reporting by Ada Quill; Editing by Tom Reed", True),
        ("Ada Quill | Tarn News", True),
        ("(Photo by Ada Quill/Getty Images)", True),
        ("quill@tarn.example", True),
        ("By Monday Mayor Ada Quill had resigned.", False),
        ("By Ada Quill’s account, Tom Reed was late.", False),
        ("Ada Quill and Tom Reed shut it.", False),
    ],
)
def test_captions_and_bylines_state_nothing(text: str, is_nothing: bool) -> None:
    assert states_nothing(text) is is_nothing


def test_questions_are_no_candidates() -> None:
    """A sentence that asks does not answer."""
    _, candidates = read_candidates("Who shut it?", "Who shut it? The town shut it.")
    assert [each.sentence.text for each in candidates] == ["The town shut it."]
    assert states_nothing("“Who shut it?”")
    assert states_nothing("Read more: the town shut it.")
    assert not states_nothing("Quill: the town shut it.")


def test_coverage() -> None:
    """The words of the sentence, of its surroundings and of its article are told apart."""
    _, (first, second) = read_candidates("Did boats hit the bridge?", "Boats came. They hit the bridge.")
    assert first.features["own_coverage"] < second.features["own_coverage"] < 1
    assert second.features["context_coverage"] > second.features["own_coverage"]
    assert second.features["article_coverage"] == 1.0
    assert second.features["phrase"] > first.features.get("phrase", 0.0)


def test_newest_article_where_the_latest_is_asked_for() -> None:
    """The newest day has the feature 1, the one before it a half."""
    library = MemoryLibrary(
        [
            make_article("old", "The toll is 3 pounds.", published_at="2025-01-01"),
            make_article("new", "The toll is 4 pounds.", published_at="2025-02-01"),
        ]
    )
    request = make_request("What is the latest on the toll?", library)
    read = read_question(request)
    recency = {
        each.sentence.article.id: each.features["recency"] for each in build_candidates(read, list_sentences(request))
    }
    assert recency == {"old": 0.5, "new": 1.0}


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


def test_a_number_with_its_verb_counts_more_than_one_with_its_noun() -> None:
    """Who lived in the house is not who died there."""
    _, (lived, died) = read_candidates(
        "How many people died in Tarn?", "Over 900 people lived in it. Some 39 are dead."
    )
    assert (lived.features["counts_noun"], died.features["counts_noun"]) == (0.5, 1.0)
    _, (none,) = read_candidates("How many people died in Tarn?", "Nobody in the town was killed.")
    assert none.features["counts_noun"] == 1.0


def test_a_sentence_of_the_words_of_the_question_tells_nothing() -> None:
    """A heading repeats what is asked; a claim of a question of yes or no may answer."""
    heading, answer = "The best boats of Tarn", "It was the Tarn Queen."
    _, candidates = read_candidates("Which are the best boats of Tarn?", f"{heading}\n\n{answer}")
    assert [each.sentence.text for each in candidates] == [answer]
    _, candidates = read_candidates("Did the boats leave Tarn?", "The boats did leave Tarn.")
    assert len(candidates) == 1


@pytest.mark.parametrize(
    ("text", "is_stated"),
    [("Quill was fired for leaking it.", True), ("It shut because of rust.", True), ("Quill wants to go.", False)],
)
def test_words_that_introduce_a_reason(text: str, is_stated: bool) -> None:
    assert states_reason(text) is is_stated
