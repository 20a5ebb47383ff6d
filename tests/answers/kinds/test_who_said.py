"""Questions for the speaker of some words."""

from __future__ import annotations

import pytest

from assistant.answers.kinds.who_said import WHO_SAID
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.query import Query
from tests.support.bridge_news import make_library
from tests.support.memory_library import embed_words

SNAPSHOT = make_library().snapshot()


def find_speakers(query: Query) -> set[str | None]:
    selection = WHO_SAID.find_evidence(EvidenceRequest(query, SNAPSHOT, SNAPSHOT.passages))
    return {each.speaker for each in selection.evidence}


def test_speaker_of_quoted_words() -> None:
    """The speaker of quoted words is found by the words."""
    words = "not reopen the bridge"
    assert find_speakers(Query(f"Who said “{words}”?", "who_said", (), quoted=(words,))) == {"Ada Quill"}


def test_speakers_on_topic() -> None:
    """Without quotation marks the speakers of statements on the topic are found."""
    query = Query("Who said the bridge was unsafe?", "who_said", ("bridge", "unsafe"), topic="the bridge was unsafe")
    assert "Ada Quill" in find_speakers(query)


@pytest.mark.parametrize(
    ("quoted", "reason"),
    [
        (("late",), "No article found for this question contains these words."),
        ((), "No article found for this question clearly attributes such words to anybody."),
    ],
)
def test_refusal(quoted: tuple[str, ...], reason: str) -> None:
    """A refusal says whether words or statements were searched."""
    query = Query("Who said it?", "who_said", (), quoted=quoted)
    assert WHO_SAID.explain_refusal(query, Selection((), 0.0), SNAPSHOT) == [reason]


def test_fact_where_nobody_clearly_said_it() -> None:
    """Where no statement fits, a sentence can answer; else statements that are near in meaning are shown as near."""
    question = "Who shouted about the unsafe bridge?"
    vector = embed_words(question)
    query = Query(question, "who_said", ("shouted", "unsafe", "bridge"), cue="shouted", expects="person")
    request = EvidenceRequest(
        query, SNAPSHOT, SNAPSHOT.passages, similarity=lambda texts: [float(embed_words(t) @ vector) for t in texts]
    )
    selection = WHO_SAID.find_evidence(request)
    assert selection.evidence == ()
    assert selection.near
    assert all(each.speaker is None or each.speaker in ("Ada Quill", "Tom Reed") for each in selection.near)
    assert selection.missing
