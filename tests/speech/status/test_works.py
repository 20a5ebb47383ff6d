"""Titles of works in quotation marks."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from assistant.speech.status.works import separate_titles
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


@pytest.mark.parametrize(
    ("before", "quotation", "is_title"),
    [
        ("her role in ", "“Low Tide”", True),
        ("author of ", "“Locks: How Water Was Tamed.”", True),
        ("NTK’s ", "“Morning Lock”", True),
        ("talk of ", "“a folly”", False),
        ("the end of ", "“It is late. We wait.”", False),
        ("he called it ", "“The Big Leak”", False),
    ],
)
def test_titles_are_told_from_words(before: str, quotation: str, is_title: bool) -> None:
    """A title has capitals and stands behind a word for a work, or a preposition."""
    sentence, span = before + quotation, (len(before), len(before) + len(quotation))
    outside = before + QUOTE_MASK * len(quotation)
    shown, others = separate_titles(sentence, outside, [span])
    assert (shown == sentence, others == []) == (is_title, is_title)


def test_titles_beside_a_speaker_are_not_said() -> None:
    """The book of the speaker and the show of the listener are no words."""
    text = "“It leaks,” Ada Brandreth, author of “Low Tide”, told NTK’s “Morning Lock” show."
    statements = find_statements(make_article(text), sentence_spans(text))
    assert [text[each.start : each.end] for each in statements] == ["“It leaks,”"]
