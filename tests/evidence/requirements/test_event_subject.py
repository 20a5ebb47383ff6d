"""Whose death, arrest or resignation a sentence tells."""

from __future__ import annotations

import pytest

from assistant.evidence.requirements.event_subject import read_event_subject, tells_of_another

TEXT = "The news. Tarn mourns Queen Maud IV. Mayor Ada Quill spoke. Karl Lund, the town's former mayor, did not."


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When did the queen die?", {"queen"}),
        ("when did queen maud die and where", {"queen", "maud"}),
        ("How did Peter Quill die?", {"quill"}),
        ("where was Quill arrested", {"quill"}),
        ("Why did the mayor of Tarn resign?", {"mayor", "tarn"}),
        ("In what year was Ada Quill born?", {"quill"}),
        ("When did the driver die?", None),
        ("When did Quill's brother die?", None),
        ("When was the bridge opened?", None),
        ("When did Quill arrest the driver?", None),
        ("How many people died?", None),
    ],
)
def test_whose_event_is_asked_about(question: str, words: set[str] | None) -> None:
    found = read_event_subject(question)
    assert (set(found.words) if found else None) == words


@pytest.mark.parametrize(
    ("question", "sentence", "is_of_another"),
    [
        ("When did the queen die?", "Philip died on 9 April.", True),
        ("When did the queen die?", "Maud died on 8 September.", False),
        ("When did the queen die?", "The queen married Prince Philip, the Duke of Holm, who died in May.", True),
        ("When did the queen die?", "The town mourns Peter Quill, who was ill when he died.", True),
        ("When did the queen die?", "The queen saw Peter Quill before she died.", False),
        ("When did the queen die?", "She died in May.", False),
        ("When did the queen die?", "In Holm, people wept.", False),
        ("When did the mayor resign?", "Quill resigned in May.", False),
        ("When did the mayor resign?", "Lund resigned in May.", False),
        ("When did the mayor resign?", "Peter Holm resigned in May.", True),
        ("When was Peter Quill shot?", "Officer Karl Lund shot Quill in May.", False),
        ("When was Peter Quill shot?", "Officer Karl Lund was shot in May.", True),
        ("When was Peter Quill shot?", "On Monday he was shot in Tarn.", False),
        ("When was Peter Quill shot?", "The mayor said that Quill had been shot.", False),
    ],
)
def test_events_of_others(question: str, sentence: str, is_of_another: bool) -> None:
    asked = read_event_subject(question)
    assert asked is not None
    assert tells_of_another(asked, sentence, TEXT) is is_of_another
