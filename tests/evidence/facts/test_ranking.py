"""The stages of ranking."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.ranking import MAX_COMPARED, MAX_COMPARED_CHARACTERS, rank_sentences
from assistant.evidence.facts.weights import ANSWERED, BY_MEANING, BY_WORDS
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article

MANY = " ".join(f"Boat number {n} passed the bridge." for n in range(30))


def test_words_choose_what_is_compared_and_meaning_orders_it() -> None:
    """Only the best sentences by words are compared; the one nearest in meaning then comes first."""
    compared: list[str] = []

    def similarity(texts: Sequence[str]) -> list[float]:
        compared.extend(texts)
        return [float("number 7 " in text) for text in texts]

    library = MemoryLibrary([make_article("a", MANY, title="Tarn")])
    request = make_request("Which boat passed the bridge?", library, similarity=similarity)
    ranked = rank_sentences(read_question(request), request)
    assert len(compared) == MAX_COMPARED < 30
    assert all(text.startswith("Tarn. Boat number") and len(text) <= MAX_COMPARED_CHARACTERS for text in compared)
    assert ranked[0].candidate.sentence.text == "Boat number 7 passed the bridge."
    assert sum(each.share for each in ranked) == pytest.approx(1.0)


def test_without_meaning_words_decide() -> None:
    """A request that cannot compare meaning is ranked by words."""
    request = make_request("How many boats hit the bridge?")
    best = rank_sentences(read_question(request), request)[0].candidate.sentence
    assert best.text == "The bridge at Tarn Head closed on 3 May after 40 boats hit it."


def test_no_sentences() -> None:
    """Without passages there is nothing to rank."""
    request = make_request("How many boats?", MemoryLibrary([]))
    assert rank_sentences(read_question(request), request) == []


def test_meaning_counts_only_where_it_was_compared() -> None:
    """The cosine has a weight in the second stage alone, and more of it is better."""
    assert "sentence_similarity" not in BY_WORDS
    assert BY_MEANING["sentence_similarity"] > 0
    assert ANSWERED["missing_names"] < 0 < ANSWERED["sentence_similarity"]
