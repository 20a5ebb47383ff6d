"""The words that an attribution reports, given the sentence and its resolved attributions."""

from __future__ import annotations

import pytest

from assistant.speech.content_spans import find_content_spans
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.quotation_marks import is_mostly_quoted, is_quoted
from tests.speech.masking import mask_sentence


def attribute(text: str, speaker: str, words: str, cue: str, side: str = "around") -> ResolvedAttribution:
    """An attribution at the place of `words`, which enclose the mention of the speaker and the cue."""
    start = text.index(words)
    return ResolvedAttribution(speaker, None, cue, side, start, start + len(words))


def contents(text: str, *attributions: ResolvedAttribution) -> list[tuple[str | None, str]]:
    masked, quotes = mask_sentence(text)
    spans = find_content_spans(masked, quotes, attributions)
    return [(span.attribution.speaker, text[span.start : span.end]) for span in spans]


@pytest.mark.parametrize(
    ("text", "mention", "cue", "said"),
    [
        ("Ada said the gate was shut.", "Ada said", "said", ["the gate was shut"]),
        ("“It is shut,” Ada said, “for good.”", "Ada said", "said", ["“It is shut,”", "“for good.”"]),
        ("The gate was shut, Ada told a local paper on Monday.", "Ada told", "told", ["The gate was shut"]),
        ("Ada told reporters on Monday that it was shut.", "Ada told", "told", ["that it was shut"]),
        ("The gate was shut, according to Ada.", "according to Ada", "according to", ["The gate was shut"]),
        ("The gate is too old, as Ada noted in a letter.", "Ada noted", "noted", ["The gate is too old"]),
        ("Ada promised to mend the gate.", "Ada promised", "promised", ["to mend the gate"]),
    ],
)
def test_words_before_or_after_attribution(text: str, mention: str, cue: str, said: list[str]) -> None:
    """The words are before or after the attribution, without listener, time and punctuation."""
    assert contents(text, attribute(text, "Ada", mention, cue)) == [("Ada", words) for words in said]


def test_words_continue_after_inverted_attribution() -> None:
    """Words continue after an attribution in the middle of them."""
    text = "The gate, said Ada, is shut."
    assert contents(text, attribute(text, "Ada", "said Ada", "said", "before")) == [
        ("Ada", "The gate"),
        ("Ada", "is shut"),
    ]


def test_reported_attribution_is_dropped() -> None:
    """A wish that somebody else reports is part of the words reported."""
    text = "Ivo said Ada wants to sue."
    ivo, ada = attribute(text, "Ivo", "Ivo said", "said"), attribute(text, "Ada", "Ada wants", "wants")
    assert contents(text, ivo, ada) == [("Ivo", "Ada wants to sue")]


def test_two_attributions_share_sentence() -> None:
    """Each of two attributions reports its own words."""
    text = "Ada said it was shut and warned of a flood."
    said = attribute(text, "Ada", "Ada said", "said")
    warned = attribute(text, "Ada", "warned", "warned", "after")
    assert contents(text, said, warned) == [("Ada", "it was shut"), ("Ada", "of a flood")]


def test_mostly_quoted() -> None:
    """More than four fifths of a span must be quoted; an empty span is not quoted."""
    assert is_mostly_quoted(0, 10, [(0, 9)])
    assert not is_mostly_quoted(0, 10, [(0, 4), (6, 10)])
    assert not is_mostly_quoted(0, 10, [])
    assert is_quoted(2, 8, [(0, 9)])
    assert not is_quoted(2, 2, [(0, 9)])
