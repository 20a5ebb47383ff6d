"""Refusals to speak are statements of their own kind, and no words."""

from __future__ import annotations

import pytest

from assistant.records.statement import describe_standing
from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.statements import find_statements
from assistant.speech.status.refusals import find_refusals
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Ada Brandreth declined to comment on the lock.", "to comment on the lock"),
        ("Ada Brandreth did not respond to requests for comment.", "to requests for comment"),
        ("Ada Brandreth would not say whether it leaks, and left.", "whether it leaks"),
        ("Ada Brandreth refused to answer questions but smiled.", "to answer questions"),
        ("Ada Brandreth has not replied.", "has not replied"),
    ],
)
def test_refusals(text: str, refusal: str) -> None:
    """A refusal has its speaker, its clause and a status of its own."""
    found = find_statements(make_article(text), sentence_spans(text))
    told = [(each.speaker, text[each.start : each.end], each.direct) for each in found if each.status == "declined"]
    assert told == [("Ada Brandreth", refusal, False)]
    assert not [each for each in found if each.status in ("asserted", "reported")]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth refused to say “it leaks”.",  # the words are denied
        "Ada Brandreth declined to run again.",
        "Ada Brandreth did not say that it leaks.",
        "Nothing would change, and Ada Brandreth said so.",
    ],
)
def test_no_refusals(text: str) -> None:
    """Other deeds, and words that were not said, are no refusals to speak."""
    found = find_statements(make_article(text), sentence_spans(text))
    assert "declined" not in [each.status for each in found]


def test_nobody_refuses() -> None:
    """Where it is not known who refused, there is no statement."""
    outside = "declined to comment"
    assert list(find_refusals(outside, [ResolvedAttribution(None, None, "declined", "around", 0, 8)])) == []
    ada = ResolvedAttribution("Ada", None, "declined", "around", 0, 8)
    (found,) = find_refusals(outside, [ada])
    assert isinstance(found, ContentSpan)
    assert found.attribution.status == "declined"
    assert describe_standing("declined", None) == "no comment"
