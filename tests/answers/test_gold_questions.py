"""Minimum metrics on the project's gold questions over seeds/ (`gold.jsonl`)."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.evaluation.answers import ALL_TYPES, ask_all, make_text_lookup, report_by_type, score_answer
from assistant.evaluation.datasets import GoldQuestion, locate_words, read_questions
from assistant.records.evaluation import MetricValues
from tests.conftest import ROOT
from tests.support.sampling import in_campaign, sampled

# (type of question, metric, minimum). Raise a minimum when answers improve.
FLOORS = [
    (ALL_TYPES, "quote_exact", 1.0),
    (ALL_TYPES, "markers_resolve", 1.0),
    (ALL_TYPES, "passage_hit@1", 0.88),
    (ALL_TYPES, "passage_hit@10", 0.98),
    (ALL_TYPES, "refusal_precision", 0.78),
    (ALL_TYPES, "refusal_recall", 0.88),
    (ALL_TYPES, "refusal_auroc", 0.92),
    ("what_said_about", "answered", 0.82),
    ("what_said_about", "cite_hit@1", 0.74),
    ("what_said_about", "cite_precision", 0.82),
    ("who_said", "cite_hit@1", 0.93),
    ("who_said", "speaker_named", 0.93),
    ("fact", "cite_hit@1", 0.85),
    ("fact", "answer_in_quotes@3", 0.85),
    ("conflict", "cite_hit@1", 1.0),
    ("find_quote", "cite_hit@1", 1.0),
    ("outlet", "cite_hit@1", 0.66),
    ("misattribution_negative", "abstained_right", 1.0),
    ("absent_person", "abstained_right", 1.0),
    ("absent_topic", "abstained_right", 0.69),
    ("other_time", "abstained_right", 1.0),
    ("other_outlet", "abstained_right", 0.66),
]


@pytest.fixture(scope="module")
def questions(seeds: Assistant) -> list[GoldQuestion]:
    with seeds.open_library() as library:
        return [
            locate_words(question, make_text_lookup(library))
            for question in read_questions(ROOT / "tests" / "gold.jsonl")
        ]


@pytest.fixture(scope="module")
def metrics(seeds: Assistant, questions: list[GoldQuestion]) -> dict[str, MetricValues]:
    """Of all questions in a campaign, else of a fifth of each kind."""
    kinds = sorted({question.type for question in questions})
    asked = [one for kind in kinds for one in sampled((q for q in questions if q.type == kind), 5)]
    with seeds.open_library() as library:
        text_of = make_text_lookup(library)
        return report_by_type([score_answer(*pair, text_of) for pair in ask_all(seeds, asked)])


@pytest.mark.parametrize(
    ("kind", "name", "least"),
    [*(row for row in FLOORS if row[2] == 1), *in_campaign(*(row for row in FLOORS if row[2] < 1))],
)
def test_gold_metrics_above_floors(kind: str, name: str, least: float, metrics: dict[str, MetricValues]) -> None:
    """Every metric on the gold questions is at least its recorded floor: what must always hold, of a part of them."""
    assert metrics[kind][name] >= least


def test_gold_third_unanswerable(questions: list[GoldQuestion]) -> None:
    """At least a third of the gold questions are unanswerable."""
    unanswerable = [question for question in questions if not question.answerable]
    assert len(questions) >= 70
    assert 3 * len(unanswerable) >= len(questions)
    assert all(not question.article_ids and not question.answers for question in unanswerable)
    assert all(question.article_ids for question in questions if question.answerable)


def test_gold_questions_and_ids_unique(questions: list[GoldQuestion]) -> None:
    """Gold questions and their ids are unique."""
    assert len({question.batch_question.id for question in questions}) == len(questions)
    assert len({question.batch_question.question for question in questions}) == len(questions)


def test_gold_answers_occur_in_articles(seeds: Assistant, questions: list[GoldQuestion]) -> None:
    """Gold answers occur in the articles that are named for them."""
    assert len(questions) >= 70
    with seeds.open_library() as library:
        for question in questions:
            texts = [make_text_lookup(library)(name) for name in question.article_ids]
            assert all(texts), question.batch_question.id
            if question.type == "fact":
                assert all(any(answer in text for answer in question.answers) for text in texts), (
                    question.batch_question.id
                )
