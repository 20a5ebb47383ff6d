"""Who did harm, and of what somebody died."""

from __future__ import annotations

import pytest

from assistant.evidence.requirements.harm import (
    asks_cause_of_death,
    asks_who_did_harm,
    tells_cause_of_death,
    tells_who_did_harm,
)


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Who shot the mayor?", True),
        ("who opened fire at the market", True),
        ("Which man has attacked Quill?", True),
        ("Who attacked the plan?", False),
        ("Who was shot?", False),
        ("Who said that Quill was shot?", False),
        ("Who won?", False),
    ],
)
def test_questions_for_the_doer(question: str, is_asked: bool) -> None:
    assert asks_who_did_harm(question) is is_asked


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("Karl Lund shot the mayor.", True),
        ("The mayor was shot by Karl Lund.", True),
        ("The gunman ran away.", True),
        ("Lund, 40, was charged on Monday.", True),
        ("The mayor was shot on Monday.", False),
        ("Among those killed were Ada Quill, 64, and Ivo Lund.", False),
        ("Ada Quill, 64, of Tarn", False),
        ("The market will open again.", False),
    ],
)
def test_doers(sentence: str, is_told: bool) -> None:
    """A victim is not named as the one who did it."""
    assert tells_who_did_harm(sentence) is is_told


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("How did Ada Quill die?", True),
        ("What did Quill die of?", True),
        ("What was the cause of Quill's death?", True),
        ("When did Quill die?", False),
        ("How many people died?", False),
    ],
)
def test_questions_for_the_cause(question: str, is_asked: bool) -> None:
    assert asks_cause_of_death(question) is is_asked


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("Quill died of cancer.", True),
        ("She was hit by a tram.", True),
        ("Quill took her own life.", True),
        ("Quill has died, her family said.", False),
        ("Quill was found dead in an hotel.", False),
    ],
)
def test_causes(sentence: str, is_told: bool) -> None:
    assert tells_cause_of_death(sentence) is is_told
