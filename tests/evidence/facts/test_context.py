"""How much is shown with a sentence."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.context import MAX_CHARACTERS, find_shown_span
from assistant.evidence.facts.sentences import list_sentences
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article


def show_second(text: str) -> str:
    library = MemoryLibrary([make_article("a", text)])
    request = make_request("What is new?", library)
    second = list_sentences(request)[1]
    start, end = find_shown_span(second, request.snapshot.sentence_spans("a"))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Quill spoke first. She shut the bridge.", "Ada Quill spoke first. She shut the bridge."),
        ("Ada Quill spoke first. “They hit it,” she said.", "Ada Quill spoke first. “They hit it,” she said."),
        ("Ada Quill spoke first. The town shut it.", "The town shut it."),
        ("Ada Quill spoke first.\n\nShe shut the bridge.", "She shut the bridge."),
        (f"Ada Quill {'spoke ' * 80}first. She shut it.", "She shut it."),
    ],
)
def test_sentence_without_subject_has_the_one_before_it(text: str, shown: str) -> None:
    """A pronoun at the start needs the sentence before it, within a paragraph and if both are short."""
    assert show_second(text) == shown
    assert len(shown) <= MAX_CHARACTERS
