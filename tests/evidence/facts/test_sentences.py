"""Sentences of the retrieved passages with their surroundings."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence.facts.sentences import list_sentences
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article

TEXT = "Boats hit the bridge. It closed at noon. Ferries run instead."


def test_sentences_know_their_neighbours() -> None:
    """A sentence has its place, and the words around it."""
    library = MemoryLibrary([make_article("a", TEXT, title="Tarn Head")])
    first, second, third = list_sentences(make_request("Why did it close?", library))
    assert [each.text for each in (first, second, third)] == TEXT.replace(". ", ".|").split("|")
    assert [each.number for each in (first, second, third)] == [0, 1, 2]
    assert second.nearby_text == TEXT
    assert {"boat", "ferri", "tarn"} <= set(second.nearby_stems)
    assert "ferri" not in first.nearby_stems
    assert second.titled_text == "Tarn Head. It closed at noon."


def test_ranks_follow_the_passages() -> None:
    """Passages and articles are ranked in the order in which they were retrieved."""
    library = MemoryLibrary([make_article("a", "One."), make_article("b", "Two.")])
    sentences = list_sentences(make_request("What is new?", library))
    assert [(each.passage_rank, each.article_rank, each.passage_similarity) for each in sentences] == [
        (0, 0, 0.5),
        (1, 1, 0.5),
    ]


def test_follow_up_reads_whole_articles() -> None:
    """Of a retrieved article of the last answer, a question that depends on it reads every sentence."""
    request = make_request("Why did it close?", MemoryLibrary([make_article("a", TEXT, title="Tarn Head")]))
    hit = request.passages[0]
    only_first = replace(request, passages=[replace(hit, passage=replace(hit.passage, end=21))])
    assert [each.number for each in list_sentences(only_first)] == [0]
    query = replace(request.query, is_follow_up=True, earlier_articles=("a",))
    assert [each.number for each in list_sentences(replace(only_first, query=query))] == [0, 1, 2]
