"""Quotations inside quotations."""

from __future__ import annotations

import pytest

from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.status.quoted_speech import find_quoted_speech


def list_quoted_speech(text: str) -> list[tuple[str | None, str]]:
    found = find_quoted_speech(text, (0, text.index("”") + 1), CoreferenceResolver(text))
    return [(attribution.speaker, text[start:end]) for attribution, (start, end) in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Cosmo Pellew told me, ‘Sell the lock,’” she said.", [("Cosmo Pellew", "‘Sell the lock,’")]),
        ("“‘Sell the lock,’ Cosmo Pellew said,” she said.", [("Cosmo Pellew", "‘Sell the lock,’")]),
        ("“And Cosmo Pellew said: 'Sell the lock.' We did.” She sighed.", [("Cosmo Pellew", "'Sell the lock.'")]),
        ("“He told me, ‘Sell the lock,’” she said.", []),
        ("“I said, ‘Sell the lock,’” she said.", []),
        ("“No Tarner would say ‘sell the lock’,” she said.", []),
        ("“The sign on Cosmo Pellew’s door is ‘Locks’,” she said.", []),
        ("“The lock’s old. It’s Pellew’s.” She sighed.", []),
    ],
)
def test_speaker_named_in_quotation(text: str, expected: list[tuple[str, str]]) -> None:
    """The quotation inside belongs to a person whom the quotation names with a verb of saying."""
    assert list_quoted_speech(text) == expected


def test_long_quotation_is_not_read() -> None:
    """A quotation of several pages costs nothing."""
    assert list_quoted_speech("“Cosmo Pellew told me, ‘Sell.’ " + "And on. " * 400 + "”") == []
