"""Fitting on made-up questions, and what they are compared with: what tells the answering sentence gets weight."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.evaluation.datasets import GoldQuestion
from assistant.evidence.facts.features import build_candidates
from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.sentences import list_sentences
from assistant.questions.batch import BatchQuestion
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article
from tests.training.candidates import leave_out_alike, write_candidates, write_windows
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


def test_compared_sentences_are_written(tmp_path: Path) -> None:
    """The wrong ones of a question, the likeliest first, but none of an article that is left out."""
    asked = ask("Saltmere", 40), ask("Port Ellery", 50, answerable=False), ask("Tarn Head", 41)
    write_candidates(asked, {"Tarn Head"}, tmp_path / "written")
    rows = [json.loads(line) for line in (tmp_path / "written").read_text(encoding="utf-8").splitlines()]
    calm, ferry = "The weather in Saltmere is calm.", "The ferry to Saltmere is late."
    assert rows[0] == {"id": "Saltmere", "wrong": [["Harbours", calm], ["Harbours", ferry]]}
    assert rows[1]["wrong"][0] == ["Harbours", "50 boats hit the pier of Oudeberg."]
    assert rows[2] == {"id": "Tarn Head", "wrong": []}


def test_windows_are_written(tmp_path: Path) -> None:
    """What lies around the best sentences, but of no article that is left out."""
    write_windows((ask("Saltmere", 40), ask("Tarn Head", 41)), {"Tarn Head"}, tmp_path / "written")
    rows = [json.loads(line) for line in (tmp_path / "written").read_text(encoding="utf-8").splitlines()]
    text = TEXT.format(town="Saltmere", number=40)
    starts = [0, text.index("40"), text.index("The weather")]
    assert ["Saltmere", starts] in rows[0]["windows"]
    assert all(article != "Tarn Head" for row in rows for article, _ in row["windows"])


def test_what_may_say_the_same_is_no_wrong_sentence() -> None:
    """A sentence with most words of a right one, in another article, is left out."""
    texts = [("", "At Oudeberg 50 boats hit the old pier."), ("", "The pier of Oudeberg is calm.")]
    assert leave_out_alike(texts, ["50 boats hit the pier of Oudeberg."]) == texts[1:]
