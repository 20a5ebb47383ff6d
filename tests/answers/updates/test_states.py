"""Whether a sentence says that something is so."""

from __future__ import annotations

import pytest

from assistant.answers.updates.states import asks_state, read_states
from assistant.records.answer import Evidence
from tests.support.memory_library import make_article

QUESTION = "Is the pier at Tarn closed?"


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ("The pier at Tarn is closed.", True, "is closed"),
        ("The pier at Tarn remains closed.", True, "closed"),
        ("The pier at Tarn is no longer closed.", False, "is no longer closed"),
        ("The pier at Tarn has reopened.", False, "has reopened"),
        ("The pier at Tarn is open again.", False, "is open"),
        ("The pier at Tarn may be closed.", None, ""),
        ("The pier at Tarn had been closed.", None, ""),
        ("The pier at Tarn is old.", None, ""),
    ],
)
def test_state(text: str, state: bool | None, words: str) -> None:
    article = make_article("a", text, published_at="2025-03-04")
    found = read_states(QUESTION, Evidence(article, 0, len(text), 0.5))
    assert [(each.state, each.words) for each in found] == ([] if state is None else [(state, words)])


def test_what_asks_for_a_state() -> None:
    assert asks_state(QUESTION)
    assert not asks_state("Was the pier closed?")
    assert not asks_state("Why is the pier closed?")
