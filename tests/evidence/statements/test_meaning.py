"""The meaning of utterances relative to a question."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.statements.meaning import NO_MEANING, compare_meaning
from assistant.records.query import Query
from tests.support.memory_library import MemoryLibrary, embed_words, make_article

ARTICLE = make_article("a", "“It will sink,” Ada Quill said. “The tide is high,” Tom Reed said.", title="The pier")
SNAPSHOT = MemoryLibrary([ARTICLE]).snapshot()


def compare(text: str, others: Sequence[str]) -> list[float]:
    return [float(embed_words(text) @ embed_words(other)) for other in others]


def make_request(topic: str | None, *, has_model: bool = True) -> EvidenceRequest:
    query = Query("What did Quill say about the pier?", "said", ("pier",), ("Quill",), topic)
    if not has_model:
        return EvidenceRequest(query, SNAPSHOT, SNAPSHOT.passages)
    return EvidenceRequest(
        query,
        SNAPSHOT,
        SNAPSHOT.passages,
        similarity=lambda texts: compare(query.text, texts),
        compare_with=compare,
    )


def test_title_counts_only_where_it_is_given() -> None:
    """The title adds to the meaning of an utterance; the utterance alone is compared too, in order."""
    sinks, tide = compare_meaning(make_request("the pier"), SNAPSHOT.utterances(ARTICLE))
    assert sinks.topic > sinks.topic_alone == 0
    assert tide.topic > tide.topic_alone > 0
    assert min(sinks.question, tide.question) > 0


def test_nothing_compared() -> None:
    """Without a topic or a model nothing is compared."""
    utterances = SNAPSHOT.utterances(ARTICLE)
    assert compare_meaning(make_request(None), utterances) == [NO_MEANING] * 2
    assert compare_meaning(make_request("the pier", has_model=False), utterances) == [NO_MEANING] * 2
    assert compare_meaning(make_request("the pier"), []) == []
