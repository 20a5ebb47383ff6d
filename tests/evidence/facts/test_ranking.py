"""The stages of ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.ranking import (
    MAX_COMPARED,
    MAX_COMPARED_CHARACTERS,
    MAX_READ,
    MAX_WINDOWS,
    rank_sentences,
)
from assistant.evidence.facts.weights import ANSWERED_BY_MEANING, BY_MEANING, BY_READING, BY_WORDS
from assistant.evidence.selection import Reader
from assistant.ranking.ranker import Reading, Window
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
    assert "reading" not in BY_MEANING
    assert BY_READING["reading"] > 0
    assert ANSWERED_BY_MEANING["missing_names"] < 0 < ANSWERED_BY_MEANING["sentence_similarity"]


def test_ranker_reads_the_best_and_orders_them() -> None:
    """The ranker reads only the best sentences by words, each with its title; what it prefers comes first.

    No sentence is compared in meaning then.
    """

    def compare(texts: Sequence[str]) -> list[float]:
        raise AssertionError("compared in meaning")

    read: list[tuple[str, str]] = []

    def read_texts(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        read.extend(texts)
        return [Reading(9.0 if "number 4 " in sentence else -9.0) for _, sentence in texts]

    library = MemoryLibrary([make_article("a", MANY, title="Tarn")])
    request = replace(
        make_request("Which boat passed the bridge?", library, similarity=compare), reader=Reader(read_texts)
    )
    ranked = rank_sentences(read_question(request), request)
    assert len(read) == len(ranked) == MAX_READ < 30
    assert {title for title, _ in read} == {"Tarn"}
    assert ranked[0].candidate.sentence.text == "Boat number 4 passed the bridge."
    assert ranked[0].candidate.features["reading"] == 1.0
    assert sum(each.share for each in ranked) == pytest.approx(1.0)


def test_best_are_read_with_those_around_them() -> None:
    """Of the sentences that the ranker has read alone, those around the best are read in windows, each in one.

    What it says of a sentence among others counts beside what it says of it alone.
    """
    windows: list[Window] = []

    def read(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return [Reading(1.0 if "number 4 " in text else 0.5) for _, text in texts]

    def score_windows(given: Sequence[Window]) -> list[list[float]]:
        windows.extend(given)
        return [[8.0 if "number 6 " in text else -8.0 for text in window.sentences] for window in given]

    library = MemoryLibrary([make_article("a", MANY, title="Tarn")])
    request = replace(make_request("Which boat passed the bridge?", library), reader=Reader(read, score_windows))
    ranked = rank_sentences(read_question(request), request)
    texts = [text for window in windows for text in window.sentences]
    assert len(windows) == MAX_WINDOWS - 1 or len(windows) == MAX_WINDOWS
    assert len(texts) == len(set(texts))
    assert "Boat number 4 passed the bridge." in windows[0].sentences
    assert ranked[0].candidate.sentence.text == "Boat number 6 passed the bridge."
    features = {each.candidate.sentence.text: each.candidate.features for each in ranked}
    assert {text: feature["around"] for text, feature in features.items() if text in texts} == {
        text: 1.0 if "number 6 " in text else -1.0 for text in texts if text in features
    }
    assert all("alone" in feature for text, feature in features.items() if text not in texts)


def test_list_reads_further_articles() -> None:
    """Where a list is asked for, the best sentence of each further article is compared too."""
    articles = [make_article("a", MANY, title="Tarn"), make_article("b", "Ferries passed the bridge.", title="Ferries")]
    request = make_request(
        "Which boats passed the bridge?", MemoryLibrary(articles), similarity=lambda texts: [0.5] * len(texts)
    )
    assert request.query.asks_for_several
    ranked = rank_sentences(read_question(request), request)
    assert {each.candidate.sentence.article.id for each in ranked} == {"a", "b"}


def test_follow_up_compares_the_last_answers_articles_first() -> None:
    """A question that depends on the conversation is answered from the articles of the last answer, if they can."""
    articles = [make_article("a", MANY, title="Tarn"), make_article("b", "One boat passed the bridge.", title="Canal")]
    request = make_request(
        "Which boat passed the bridge?", MemoryLibrary(articles), similarity=lambda texts: [0.5] * len(texts)
    )
    follow_up = replace(request.query, is_follow_up=True, refers_back=True, earlier_articles=("b",))
    best = rank_sentences(read_question(replace(request, query=follow_up)), replace(request, query=follow_up))[0]
    assert best.candidate.sentence.article.id == "b"
    assert rank_sentences(read_question(request), request)[0].candidate.sentence.article.id == "a"


def test_days_are_read_where_a_day_is_asked_for() -> None:
    """ "Monday" is read with the day that it means, alone and in a window; not for other questions."""
    read: list[str] = []

    def read_texts(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        read.extend(text for _, text in texts)
        return [Reading(1.0) for _ in texts]

    def score_windows(windows: Sequence[Window]) -> list[list[float]]:
        read.extend(text for window in windows for text in window.sentences)
        return [[1.0 for _ in window.sentences] for window in windows]

    article = make_article("a", "The bridge opened on Monday.", title="Tarn", published_at="2019-08-07")
    for question, text in (
        ("When did the bridge open?", "The bridge opened on Monday (5 August 2019)."),
        ("Which bridge opened?", "The bridge opened on Monday."),
    ):
        read.clear()
        request = replace(make_request(question, MemoryLibrary([article])), reader=Reader(read_texts, score_windows))
        rank_sentences(read_question(request), request)
        assert read == [text, text]
