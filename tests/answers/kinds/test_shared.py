"""Steps that several kinds of question share."""

from __future__ import annotations

from collections import Counter

from assistant.answers.kinds.kind import FollowUpMaterial
from assistant.answers.kinds.shared import (
    ask_about,
    ask_speakers,
    mention_elsewhere,
    propose_other_topics,
    select_quoted_words,
    select_ranked,
    sort_by_count,
)
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.answer import Evidence
from assistant.records.query import Query
from tests.support.bridge_news import BRIDGE, COPY, FERRY, make_library
from tests.support.memory_library import make_article

TOPICS = {
    "Ada Quill": Counter({"toll road": 1, "bridge": 3, "tunnel": 2}),
    "Tom Reed": Counter({"ferry": 1}),
    "Sam Dray": Counter({"harbour": 1}),
}


def make_follow_up_material(*, requested: list[str], after_refusal: bool = False) -> FollowUpMaterial:
    return FollowUpMaterial(
        Query("What about the bridge?", "said", ("bridge",)),
        question_words=frozenset({"bridge"}),
        title_words=frozenset(),
        requested_speakers=requested,
        cited_speakers=["Tom Reed"],
        sentences={"Ada Quill": ["It is shut.", "It is closed."], "Sam Dray": ["It is late."]},
        weigh_topics=TOPICS.__getitem__,
        after_refusal=after_refusal,
    )


def test_evidence_ranked() -> None:
    """The best evidence comes first, and its score is the confidence."""
    weak, strong = Evidence(FERRY, 0, 52, 0.2), Evidence(BRIDGE, 0, 62, 0.9)
    assert select_ranked([weak, strong]) == Selection((strong, weak), 0.9)
    assert select_ranked([]) == Selection((), 0.0)


def test_quoted_words_found() -> None:
    """The quoted words of the question are found with full confidence, or not at all."""
    snapshot = make_library().snapshot()
    for words, confidence in (("not reopen the bridge", 1.0), ("reopen the tunnel", 0.0)):
        query = Query(f"Who said “{words}”?", "who_said", (), quoted=(words,))
        selection = select_quoted_words(EvidenceRequest(query, snapshot, snapshot.passages))
        assert selection.confidence == confidence
        assert [each.article.id for each in selection.evidence] == ["bridge"] * bool(confidence)


def test_places_elsewhere_named_once() -> None:
    """A place is a source with a day, or the title if neither is known; at most three are named."""
    untitled = make_article("x", "It is shut.", title="Harbour shut")
    evidence = [Evidence(article, 0, 5, 0.5) for article in (BRIDGE, BRIDGE, untitled, COPY, FERRY)]
    assert mention_elsewhere(Selection((), 0.0, elsewhere=tuple(evidence))) == [
        "There is evidence elsewhere: in Evening Bell of 2025-05-04, “Harbour shut” and Morning Leaf of 2025-05-05."
    ]
    assert mention_elsewhere(Selection((), 0.0)) == []


def test_other_topics_of_each_speaker() -> None:
    """The requested speakers come first, each with the topics that are not those of the question."""
    material = make_follow_up_material(requested=["Ada Quill"])
    groups = [[each.question for each in group] for group in propose_other_topics(material)]
    assert groups == [
        ["What did Ada Quill say about tunnel?", "What did Ada Quill say about toll road?"],
        ["What did Tom Reed say about ferry?"],
    ]


def test_speakers_of_articles_asked_if_none_requested() -> None:
    """If the question names no speaker, those of the cited sentences come first, then the others."""
    material = make_follow_up_material(requested=[])
    groups = [[(each.speaker, each.topic) for each in group] for group in ask_speakers(material, lambda _: True)]
    assert [group[0] for group in groups] == [("Tom Reed", "ferry"), ("Ada Quill", "bridge"), ("Sam Dray", "harbour")]
    assert list(ask_speakers(make_follow_up_material(requested=[], after_refusal=True), lambda _: True)) == []


def test_counts_sorted() -> None:
    """The most frequent comes first, equal ones alphabetically."""
    assert sort_by_count(Counter({"b": 1, "c": 2, "a": 1})) == ["c", "a", "b"]
    assert ask_about("Ada Quill", "tolls").question == "What did Ada Quill say about tolls?"
