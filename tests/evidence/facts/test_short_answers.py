"""The words that answer, alone."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.short_answers import find_short_answer
from tests.evidence.facts.requests import read_candidates


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("How many boats hit the bridge?", "The bridge closed after 40 boats hit it.", "40 boats"),
        ("How many boats hit the bridge?", "The bridge closed in 1999 after it was hit.", None),
        ("How long was the ferry late?", "The ferry was late by 22 minutes.", "22 minutes"),
        ("What was the cost of the bridge?", "The cost of the bridge of $48 million stood.", "$48 million"),
        ("Who shut the bridge?", "The bridge was shut by Ada Quill.", None),
        ("When was the bridge shut?", "The bridge was shut on 3 May.", None),
        ("Why was the bridge shut?", "The bridge was shut after boats hit it.", None),
        ("Was the bridge shut?", "The bridge was shut.", None),
        (
            "Who shut the bridge?",
            "Tom Reed met Ivo Lund there and left, and much later that night the bridge was shut by Ada Quill.",
            None,
        ),
        ("Who shut the bridge?", "Tom Reed, Ivo Lund, Ann Howe, Ada Quill and Mia Orr met at the bridge.", None),
    ],
)
def test_short_answer(question: str, sentence: str, words: str | None) -> None:
    """The words that are asked for, if there are no others beside them that may be meant."""
    read, (candidate,) = read_candidates(question, sentence)
    span = find_short_answer(read, candidate)
    assert (None if span is None else sentence[slice(*span)]) == words
