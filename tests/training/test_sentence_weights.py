"""Fitting on made-up questions: what tells the answering sentence gets weight."""

from __future__ import annotations

from assistant.evaluation.datasets import GoldQuestion
from assistant.evidence.facts.features import build_candidates
from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.sentences import list_sentences
from assistant.questions.batch import BatchQuestion
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article
from tests.training.sentence_weights import Asked, fit_ranking, fit_signs, fit_stages

TEXT = "The ferry to {town} is late. {number} boats hit the pier of {town}. The weather in {town} is calm."


def ask(town: str, number: int, *, answerable: bool = True) -> Asked:
    """How many boats hit a pier, of an article on it, or on another town."""
    article = make_article(town, TEXT.format(town=town if answerable else "Oudeberg", number=number), title="Harbours")
    request = make_request(
        f"How many boats hit the pier of {town}?",
        MemoryLibrary([article]),
        similarity=lambda texts: [0.5] * len(texts),
    )
    question = read_question(request)
    gold = GoldQuestion(
        BatchQuestion(town, request.query.text),
        answerable=answerable,
        answers=(str(number),) if answerable else (),
        article_ids=frozenset({town}),
    )
    return Asked(gold, question, request, build_candidates(question, list_sentences(request)), 1.0)


ASKED = [
    *(ask(town, number) for number, town in enumerate(("Saltmere", "Tarn Head", "Val Morena"), 40)),
    *(ask(town, number, answerable=False) for number, town in enumerate(("Port Ellery", "Gannet Island"), 50)),
]


def test_the_asked_kind_gets_weight() -> None:
    """The sentence with the number of the counted thing is the one that answers."""
    assert fit_ranking(ASKED)["counts_noun"] > 0.5


def test_missing_names_speak_against_an_answer() -> None:
    """A question on a town that the article never names is not answered."""
    assert fit_signs(ASKED, fit_ranking(ASKED))["missing_names"] < -0.5


def test_stages_are_fitted_one_on_another() -> None:
    """Without a ranker there are no weights of reading."""
    assert set(fit_stages(ASKED)) == {"BY_WORDS", "BY_MEANING", "ANSWERED_BY_MEANING"}
