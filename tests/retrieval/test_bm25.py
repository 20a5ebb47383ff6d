"""Searching for words in a large library: what is left out to be quick changes nothing that comes first."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.retrieval import bm25 as lexical
from assistant.retrieval.bm25 import any_of, search_any
from assistant.store.library import Library
from tests.support.workspace import Desk, jsonl

FREQUENT = "mayor said council today street".split()
RARE = "comet library ferry orchard".split()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: ModelFiles, embedder: Embedder) -> Library:
    """Some hundred short articles; every frequent word is in about half of them, every rare one in a few."""
    chance = random.Random(3)
    texts = {
        f"n{number}": " ".join(
            [word for word in FREQUENT * 2 if chance.random() < 0.4]
            + [w for w in RARE if chance.random() < 0.04]
            + ["Boats."]
        )
        for number in range(300)
    }
    desk = Desk(tmp_path_factory.mktemp("words"), model, embedder)
    desk.write("a.jsonl", jsonl(**texts))
    desk.build()
    return Library.open(desk.index)


@pytest.mark.parametrize(
    "phrases",
    [
        ["comet"],
        ["comet", "mayor"],
        ["orchard", "ferry", "mayor", "council", "said"],
        [*RARE, *FREQUENT],
        ["mayor", "comet mayor"],
    ],
)
def test_what_comes_first_is_the_same_when_frequent_words_only_help_to_rank(
    library: Library, phrases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = search_any(library, phrases, 8, 1.0)
    assert whole == library.search_words(any_of(phrases), 8, 1.0)
    monkeypatch.setattr(lexical, "RANKED", 60)
    found = search_any(library, phrases, 8, 1.0)
    assert [number for number, _ in found] == [number for number, _ in whole]
    assert [score for _, score in found] == pytest.approx([score for _, score in whole])


def test_where_every_word_is_frequent_the_rarest_of_them_chooses(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "RANKED", 10)
    rarest = min(FREQUENT, key=library.passages_with_word)
    found = [number for number, _ in search_any(library, FREQUENT, 50, 1.0)]
    holding = {number for number, _ in library.search_words(any_of([rarest]), 500, 1.0)}
    assert len(found) == 50
    assert set(found) <= holding


def test_the_most_frequent_words_count_nothing_beside_others(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "RANKED", 30)
    monkeypatch.setattr(lexical, "COUNTED", 40)
    assert search_any(library, ["comet", "mayor"], 5, 1.0) == search_any(library, ["comet"], 5, 1.0)


def test_a_choice_of_passages_is_searched_for_frequent_words_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    among = [number for number, _ in library.search_words(any_of(["mayor"]), 20, 1.0)]
    whole = search_any(library, ["comet", "mayor"], 100, 1.0, among)
    assert {number for number, _ in whole} == set(among)
    monkeypatch.setattr(lexical, "RANKED", 30)
    assert search_any(library, ["comet", "mayor"], 100, 1.0, among) == whole


def test_words_that_stand_nowhere_find_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "RANKED", 30)
    assert search_any(library, [], 5, 1.0) == []
    assert search_any(library, ["zeppelin"], 5, 1.0) == []
    assert search_any(library, ["zeppelin"], 5, 1.0, among=[1, 2]) == []
    assert Path(library.folder).is_dir()
