"""Queries on a library of three articles, many articles at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import WordQuery
from tests.support.workspace import Workspace, make_jsonl

REPORT = "The quay of Port Ellery was closed for repairs on Monday after a crane had fallen on it. " * 3
TEXTS = {
    "a": f"{REPORT}“It will take a month,” said Maud Lindqvist.",
    "b": f"{REPORT}“It will take a month,” said Maud Lindqvist.",
    "c": "“Nobody asked us,” said the mayor. Maud Lindqvist did not answer.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: ModelFiles, embedder: Embedder) -> Iterator[SqliteLibrary]:
    desk = Workspace(tmp_path_factory.mktemp("queries"), model, embedder)
    desk.write("a.jsonl", make_jsonl(**TEXTS))
    desk.build()
    with SqliteLibrary.open(desk.index) as library:
        yield library


def test_many_articles_loaded_as_one_by_one(library: SqliteLibrary) -> None:
    """What is loaded for many articles equals what is loaded for each."""
    names = ["c", "a", "none", "b", "\ud800"]
    assert {name: article.text for name, article in library.load_articles(names).items()} == TEXTS
    assert library.load_sentence_spans(names) == {name: library.sentence_spans(name) for name in TEXTS}
    assert library.load_statements(names) == {name: library.statements(name) for name in TEXTS}
    assert all(map(len, library.load_statements(names).values()))
    assert library.load_story_numbers(names) == {name: library.story_number(name) for name in TEXTS}
    assert library.article("none") is None
    assert library.story_number("none") is None
    assert library.sentence_spans("none") == []
    assert library.statements("none") == []
    assert library.duplicates("none") == []


def test_duplicates_of_many_articles(library: SqliteLibrary) -> None:
    """Near-duplicates name each other, and other articles none."""
    loaded = library.load_duplicates(["a", "b", "c"])
    duplicates = {name: [duplicate.article_id for duplicate in group] for name, group in loaded.items()}
    assert duplicates == {"a": ["b"], "b": ["a"]}
    assert library.duplicate_ids("a") == ["b"]
    assert library.event_groups() == [["a", "b"]]


def test_words_searched_in_text(library: SqliteLibrary) -> None:
    """A passage matches if it contains a phrase of each group."""
    both = WordQuery.all_of(["quay", "month"])
    found = [number for number, _ in library.search_words(both, 10, 1.0)]
    assert {passage.article_id for passage in library.passages(found).values()} == {"a", "b"}
    assert len(library.search_words(WordQuery.any_of(["quay", "mayor"]), 10, 1.0)) == 3
    assert library.search_words(WordQuery.all_of(["quay", "mayor"]), 10, 1.0) == []
    assert library.search_words(WordQuery(()), 10, 1.0) == []
    assert library.count_passages_with_word("crane") == 2
    stems = library.list_stems("cra")
    assert stems["crane"] == 2
    assert all(name.startswith("cra") for name in stems)
    numbers = library.find_passages_with_stem("crane", 5)
    assert len(numbers) == 2
    assert library.find_passages_with_stem("crane", 1)[0] in numbers
    assert library.list_stems("qqq") == {}


def test_word_places_found(library: SqliteLibrary) -> None:
    """The places of words are offsets into the article."""
    spans = library.find_word_spans(WordQuery.any_of(["asked us", "answer"]), "c")
    assert [TEXTS["c"][start:end] for start, end in spans] == ["asked us", "answer"]
    assert library.find_word_spans(WordQuery.any_of(["quay"]), "c") == []


def test_speakers_counted(library: SqliteLibrary) -> None:
    """Speakers have their statements, articles and roles."""
    assert library.speakers() == [("Maud Lindqvist", 2, 2)]
    assert library.count_statements("Maud Lindqvist") == library.count_articles_of(["Maud Lindqvist"]) == 2
    assert library.count_statements("\ud800") == library.count_statements("Nobody") == 0
    assert library.articles_of_speaker("Maud Lindqvist", 1) == ["a"]
