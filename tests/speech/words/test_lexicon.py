"""The words of a sentence and their tags."""

from __future__ import annotations

from assistant.speech.words.lexicon import FIXED_TAGS, TOKEN, WORD_TAGS


def test_words_and_phrases() -> None:
    """A phrase is one word, an abbreviation keeps its full stop, and a quotation is one word."""
    words = [match[0] for match in TOKEN.finditer("According to Mr. Tarn, \x01\x01\x01 is over-long.")]
    assert words == ["According to", "Mr.", "Tarn", ",", "\x01\x01\x01", "is", "over-long", "."]
    assert FIXED_TAGS["According to"] == "K"
    assert (WORD_TAGS["said"], WORD_TAGS["told"], WORD_TAGS["keeper"], WORD_TAGS["he"]) == ("S", "L", "T", "H")
