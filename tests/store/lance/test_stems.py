"""The BM25 score that is computed from stems is that of SQLite's full-text index."""

from __future__ import annotations

import random

import pytest

from assistant.store.fts import render_expression
from assistant.store.lance.stems import ScratchIndex, Statistics, StemmedQuery
from assistant.store.protocol import WordQuery

WORDS = ("ferry", "ferries", "bridge", "harbour", "Mayor", "said", "the", "O’Brien", "crane", "café")


@pytest.fixture(scope="module")
def texts() -> list[tuple[int, str, str]]:
    chance = random.Random(7)
    return [
        (number, " ".join(chance.choices(WORDS, k=3)), " ".join(chance.choices(WORDS, k=chance.randint(1, 40))))
        for number in range(1, 60)
    ]


@pytest.mark.parametrize(
    ("phrases", "title_weight"),
    [(["crane"], 1.0), (["crane", "cafe"], 4.0), (["the mayor", "bridge"], 1.0), (["O'Brien said", "zebra"], 2.0)],
)
def test_score_is_that_of_the_full_text_index(
    texts: list[tuple[int, str, str]], phrases: list[str], title_weight: float
) -> None:
    """Each passage has the same score, so both stores rank alike."""
    index = ScratchIndex()
    query = StemmedQuery((tuple(index.stem_phrases(phrases)),))
    index.fill(texts)
    stems = index.stems()
    containing = {
        phrase: sum(query.count(phrase, title) + query.count(phrase, body) > 0 for title, body in stems.values())
        for phrase in query.phrases()
    }
    mean = sum(len(title) + len(body) for title, body in stems.values()) / len(texts)
    statistics = Statistics(len(texts), mean, containing)
    expected = {
        number: -distance
        for number, distance in index.select(
            "SELECT rowid, bm25(passage_words, ?, 1.0) FROM passage_words WHERE passage_words MATCH ?",
            (title_weight, render_expression(WordQuery.any_of(phrases))),
        )
    }
    scores = {
        number: statistics.score(query, title, body, title_weight)
        for number, (title, body) in stems.items()
        if query.matches(title, body)
    }
    assert len(expected) > 3
    assert scores == pytest.approx(expected, rel=1e-12)


def test_beginning_of_a_word() -> None:
    """The last word of a phrase may be incomplete, the others are whole."""
    query = StemmedQuery(((("the", "may"),),), beginning=("the", "may"))
    assert query.count(("the", "may"), ["the", "mayor", "the", "may", "mayor"]) == 2
    assert not query.matches(["mayor"], ["the", "bridg"])
