"""The project's own questions over seeds/ (`gold.jsonl`, written from reading the articles): a gate on answers."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.evaluation.answers import ALL, ask_all, report, score, texts_of
from assistant.evaluation.datasets import Question, located, read_questions
from assistant.evaluation.metrics import Figures
from tests.conftest import ROOT

# (type of question, figure, the least that is accepted). Raise a floor when answers become better.
FLOORS = [
    (ALL, "quote_exact", 1.0),
    (ALL, "markers_resolve", 1.0),
    (ALL, "passage_hit@1", 0.88),
    (ALL, "passage_hit@10", 0.98),
    (ALL, "refusal_precision", 0.78),
    (ALL, "refusal_recall", 0.93),
    (ALL, "refusal_auroc", 0.92),
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
    ("absent_topic", "abstained_right", 0.92),
    ("other_time", "abstained_right", 1.0),
    ("other_outlet", "abstained_right", 0.66),
]


@pytest.fixture(scope="module")
def questions(seeds: Assistant) -> list[Question]:
    with seeds.library() as library:
        return [located(one, texts_of(library)) for one in read_questions(ROOT / "tests" / "gold.jsonl")]


@pytest.fixture(scope="module")
def figures(seeds: Assistant, questions: list[Question]) -> dict[str, Figures]:
    with seeds.library() as library:
        text_of = texts_of(library)
        return report([score(*pair, text_of) for pair in ask_all(seeds, questions)])


@pytest.mark.parametrize(("kind", "name", "least"), FLOORS)
def test_answers_are_as_good_as_they_were(kind: str, name: str, least: float, figures: dict[str, Figures]) -> None:
    assert figures[kind][name] >= least


def test_a_third_of_the_questions_cannot_be_answered(questions: list[Question]) -> None:
    unanswerable = [one for one in questions if not one.answerable]
    assert len(questions) >= 70
    assert 3 * len(unanswerable) >= len(questions)
    assert all(not one.article_ids and not one.answers for one in unanswerable)
    assert all(one.article_ids for one in questions if one.answerable)


def test_questions_and_their_names_are_not_repeated(questions: list[Question]) -> None:
    assert len({one.asked.id for one in questions}) == len(questions)
    assert len({one.asked.question for one in questions}) == len(questions)


def test_answers_stand_in_the_articles_named(seeds: Assistant, questions: list[Question]) -> None:
    with seeds.library() as library:
        for one in questions:
            texts = [texts_of(library)(name) for name in one.article_ids]
            assert all(texts), one.asked.id
            if one.type == "fact":
                assert all(any(answer in text for answer in one.answers) for text in texts), one.asked.id
