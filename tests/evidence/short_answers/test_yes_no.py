"""Yes and No."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.short_answers.yes_no import judge
from assistant.text.sentences import sentence_spans
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("Did the council approve the toll?", "The council approved the toll on Monday.", "Yes"),
        ("Did the council approve the toll?", "The council rejected the toll.", "No"),
        ("Did the council approve the toll?", "The council did not approve the toll.", "No"),
        ("Did the council approve the toll?", "The council met. Boats came.", None),
        ("Did the council approve or reject the toll?", "The council rejected the toll.", None),
        ("Did the council refuse the toll?", "The council refused the toll.", "Yes"),
    ],
)
def test_verdicts(question: str, text: str, words: str | None) -> None:
    """What is said on the same subject and object."""
    request = make_request(question, MemoryLibrary([make_article("a", text, title="News")]))
    verdict = judge(question, list_sentences(request)[0], sentence_spans(text))
    assert (verdict.words if verdict else None) == words
    assert (verdict is not None and verdict.contradiction is not None) == (words == "No")
