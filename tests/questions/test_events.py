"""Events that a question names as its period."""

from __future__ import annotations

import pytest

from assistant.questions.events import extract_event


@pytest.mark.parametrize(
    ("text", "anchor", "relation"),
    [
        ("what did Okoro say about tolls since the regatta?", "the regatta", "since"),
        ("what did Okoro say about tolls before he resigned?", "he resigned", "before"),
        ("after the vote, what did Okoro say about tolls?", "the vote", "since"),
        ("after the vote what did Okoro say about tolls?", "the vote", "since"),
        ("what did Okoro say during the hearing about tolls?", "the hearing", "during"),
        ("what did Okoro say about tolls shortly after leaving office?", "leaving office", "since"),
        ("what did Okoro say about tolls ahead of Brandt's visit?", "Brandt's visit", "before"),
        ("what did Okoro say at the annual conference about tolls?", "the annual conference", "during"),
        ("what did Okoro say in his speech about tolls?", "his speech", "during"),
        ("In the wake of the leak, what did Okoro say about tolls?", "the leak", "since"),
        ("what did Okoro say about tolls until the regatta?", "the regatta", "before"),
    ],
)
def test_event_extracted(text: str, anchor: str, relation: str) -> None:
    """An event is the anchor of an undated period, and its words are removed from the question."""
    event = extract_event(text)
    assert event is not None
    assert (event.period.anchor, event.period.relation) == (anchor, relation)
    assert event.period.first is event.period.last is None
    assert event.remaining_text.strip(" ?") == "what did Okoro say about tolls"


@pytest.mark.parametrize(
    "text",
    [
        "what about life after prison?",
        "who looks after boats?",
        "what is at the pier?",
        "the paper was accused after what?",
    ],
)
def test_event_not_found(text: str) -> None:
    """ "After" and "at" do not always introduce an event."""
    assert extract_event(text) is None
