"""Topics of sentences: names and nouns that a question can ask about."""

from __future__ import annotations

from collections import Counter

from assistant.suggestions.keyphrases import extract_topics
from assistant.suggestions.starters import sort_by_count


def test_topics_are_names_and_nouns() -> None:
    """Names and nouns are topics, with "the" where they take it, counted per sentence."""
    topics = extract_topics(
        ["She criticised the ferry terminal.", "The council wants the ferry terminal.", "He spoke of Europe."]
    )
    assert topics["the ferry terminal"] == 2
    assert topics["Europe"] == 1


def test_vague_nouns_are_no_topics() -> None:
    """Nouns that say nothing alone, and outlets, are no topics."""
    assert not extract_topics(["This is a betrayal of American people.", "He spoke for the British."])
    assert not extract_topics(["He answered the question.", "She told the Associated Press about it."])


def test_counts_sorted() -> None:
    """Counted names are sorted by count, then alphabetically."""
    assert sort_by_count(Counter({"b": 1, "a": 1, "c": 2})) == ["c", "a", "b"]
