"""The snapshot of what a question retrieved."""

from __future__ import annotations

from assistant.records.answer import Duplicate
from tests.support.bridge_news import BRIDGE, CORRECTION, make_corrected_library


def test_each_kind_of_data_is_read_once_for_all_articles() -> None:
    """The first use reads the data of all retrieved articles, and nothing is read before."""
    library = make_corrected_library()
    snapshot = library.snapshot("bridge", "ferry")
    assert library.reads == []
    assert snapshot.sentence_spans("ferry") == [(0, 52), (53, 88)]
    assert snapshot.sentence_spans("bridge")[0] == (0, 62)
    assert library.reads == [("sentences", ("bridge", "ferry"))]


def test_article_that_was_not_retrieved_is_read_when_needed() -> None:
    """A correction that was not retrieved is read by itself."""
    library = make_corrected_library()
    snapshot = library.snapshot("bridge")
    snapshot.sentence_spans("bridge")
    assert snapshot.sentence_spans("correction")[0] == (0, 54)
    assert library.reads == [("sentences", ("bridge",)), ("sentences", ("correction",))]


def test_articles_keep_the_order_of_passages() -> None:
    """Articles are in the order in which they were retrieved, without those that are gone."""
    snapshot = make_corrected_library().snapshot("ferry", "bridge")
    assert list(snapshot.articles_of(snapshot.passages)) == ["ferry", "bridge"]
    assert snapshot.article("gone") is None


def test_utterances_are_grouped_statements() -> None:
    """The statements of an article come sentence by sentence, with their speakers."""
    snapshot = make_corrected_library().snapshot()
    speakers = [utterance.speaker for utterance in snapshot.utterances(BRIDGE)]
    assert speakers == ["Ada Quill", "Ada Quill", "Tom Reed"]
    assert snapshot.utterances(BRIDGE) is snapshot.utterances(BRIDGE)


def test_duplicates_are_read_together() -> None:
    """The duplicates of all retrieved articles are read at once."""
    library = make_corrected_library()
    snapshot = library.snapshot()
    expected = (Duplicate("copy", "Tarn Head bridge shut", "Morning Leaf", "2025-05-05"),)
    assert snapshot.duplicates("bridge") == snapshot.duplicates("bridge") == expected
    assert library.reads == [("duplicates", ("bridge", "copy", "ferry", "correction"))]


def test_figures_of_the_library() -> None:
    """The snapshot tells what the library covers."""
    snapshot = make_corrected_library().snapshot("bridge")
    assert (snapshot.article_count, snapshot.passage_count()) == (4, 4)
    assert snapshot.date_range == ("2025-05-04", "2025-05-09")
    assert snapshot.corrections == (CORRECTION,)
    assert snapshot.count_passages_with_word("ferry") == 1
    assert snapshot.speaker_names("Quill") == [("Ada Quill", True)]
