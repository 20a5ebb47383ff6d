"""Tests of BM25 search: the optimizations for large libraries do not change the first results."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.retrieval import bm25
from assistant.retrieval.bm25 import search_any_phrase
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library, PassageFilter, WordQuery
from tests.support.workspace import Workspace, make_jsonl

FREQUENT = "mayor said council today street".split()
RARE = "comet library ferry orchard".split()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: ModelFiles, embedder: Embedder) -> Library:
    """Some hundred short articles; frequent words occur in about half of them, rare words in a few."""
    chance = random.Random(3)
    texts = {
        f"n{number}": " ".join(
            [word for word in FREQUENT * 2 if chance.random() < 0.4]
            + [w for w in RARE if chance.random() < 0.04]
            + ["Boats."]
        )
        for number in range(300)
    }
    desk = Workspace(tmp_path_factory.mktemp("words"), model, embedder)
    desk.write("a.jsonl", make_jsonl(**texts))
    desk.build()
    return SqliteLibrary.open(desk.index)


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
def test_frequent_words_only_rank(library: Library, phrases: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first results stay the same if frequent words are only used for ranking."""
    whole = search_any_phrase(library, phrases, 8, 1.0)
    assert whole == library.search_words(WordQuery.any_of(phrases), 8, 1.0)
    monkeypatch.setattr(bm25, "MAX_RANKED", 60)
    found = search_any_phrase(library, phrases, 8, 1.0)
    assert [number for number, _ in found] == [number for number, _ in whole]
    assert [score for _, score in found] == pytest.approx([score for _, score in whole])


def test_all_frequent_words_rarest_selects(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """If every word is frequent the rarest one selects the passages."""
    monkeypatch.setattr(bm25, "MAX_RANKED", 10)
    rarest = min(FREQUENT, key=library.count_passages_with_word)
    found = [number for number, _ in search_any_phrase(library, FREQUENT, 50, 1.0)]
    holding = {number for number, _ in library.search_words(WordQuery.any_of([rarest]), 500, 1.0)}
    assert len(found) == 50
    assert set(found) <= holding


def test_most_frequent_words_ignored(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The most frequent words count nothing if there are others."""
    monkeypatch.setattr(bm25, "MAX_RANKED", 30)
    monkeypatch.setattr(bm25, "MAX_COUNTED", 40)
    assert search_any_phrase(library, ["comet", "mayor"], 5, 1.0) == search_any_phrase(library, ["comet"], 5, 1.0)


def test_frequent_words_in_passage_subset(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subset of passages is searched for frequent words too."""
    best = [number for number, _ in library.search_words(WordQuery.any_of(["mayor"]), 20, 1.0)]
    where = PassageFilter(frozenset(passage.article_id for passage in library.passages(best).values()))
    whole = search_any_phrase(library, ["comet", "mayor"], 100, 1.0, where)
    assert len(best) == 20
    assert {number for number, _ in whole} == set(best)
    monkeypatch.setattr(bm25, "MAX_RANKED", 30)
    assert search_any_phrase(library, ["comet", "mayor"], 100, 1.0, where) == whole


def test_unknown_words_find_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that occur nowhere find nothing."""
    monkeypatch.setattr(bm25, "MAX_RANKED", 30)
    assert search_any_phrase(library, [], 5, 1.0) == []
    assert search_any_phrase(library, ["zeppelin"], 5, 1.0) == []
    assert search_any_phrase(library, ["zeppelin"], 5, 1.0, PassageFilter(frozenset({"n1", "n2"}))) == []
    assert Path(library.location).is_dir()
