"""Questions divided into quotations, context and core."""

from __future__ import annotations

import pytest

from assistant.questions.question_parts import (
    MAX_QUOTATIONS,
    QUOTE_PLACEHOLDER,
    asks_anywhere,
    mask_quotations,
    split_context,
)


@pytest.mark.parametrize(
    ("text", "context", "core"),
    [
        ("Who won?", "", "Who won"),
        ("A ferry sank. Who died?", "A ferry sank.", "Who died"),
        ("A ferry sank near St. Orrin. Who died?", "A ferry sank near St. Orrin.", "Who died"),
        ("Who won? The race was close.", "The race was close.", "Who won"),
        ("Who won the U.S. vote in the U.S.?", "", "Who won the U.S. vote in the U.S."),
        ("A ferry sank. It was new.", "A ferry sank.", "It was new"),
        ("", "", ""),
    ],
)
def test_context_and_core(text: str, context: str, core: str) -> None:
    """The core is the last sentence that asks; the other sentences are the context."""
    assert split_context(text) == (context, core)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Please, can you tell me who won, please?", "who won"),
        ("do you know if what they say is true", "what they say is true"),
        ("What's new?", "What is new"),
        ("whats new", "what is new"),
        ("who'd won", "who did won"),
        ("whore", "whore"),
        ("I wonder who won", "who won"),
        ("I wonder about it", "I wonder about it"),
    ],
)
def test_core_simplified(text: str, core: str) -> None:
    """Polite words are removed and contractions are written in full."""
    assert split_context(text)[1] == core


def test_quotations_masked_and_restored() -> None:
    """Quotations are replaced by placeholders, and can be put back with their marks."""
    masked = mask_quotations("Who said “a wreck” and 'a shame'?")
    second = chr(ord(QUOTE_PLACEHOLDER) + 1)
    assert masked.text == f"Who said {QUOTE_PLACEHOLDER} and {second}?"
    assert masked.quoted == ("a wreck", "a shame")
    assert masked.restore_quotations(f"and {second}") == "and 'a shame'"


def test_quotations_masked_up_to_limit() -> None:
    """More quotations than there are placeholders stay in the text; placeholders in the text are removed."""
    masked = mask_quotations(QUOTE_PLACEHOLDER + " “a wreck”" * (MAX_QUOTATIONS + 1))
    assert len(masked.quoted) == MAX_QUOTATIONS
    assert masked.text.startswith(f"  {QUOTE_PLACEHOLDER}")
    assert masked.text.endswith("“a wreck”")


def test_question_word_anywhere() -> None:
    """A question word is found anywhere in a text."""
    assert asks_anywhere("Okoro and why")
    assert not asks_anywhere("Okoro on tolls")
