"""Relations between pieces of evidence."""

from __future__ import annotations

from assistant.evidence.overlap import DuplicateGroups, collect_content_stems, is_same_sentence, is_same_subject
from assistant.records.answer import Duplicate, Evidence
from tests.support.bridge_news import BRIDGE, COPY, FERRY, make_library

GROUPS = DuplicateGroups(make_library().snapshot())
FIRST = Evidence(BRIDGE, 0, 62, 0.9)
FIRST_IN_COPY = Evidence(COPY, 0, 62, 0.9)
FERRY_FIRST = Evidence(FERRY, 0, 52, 0.8)


def test_articles_of_one_story_are_duplicates() -> None:
    """Articles with the same story number are duplicates."""
    assert GROUPS.are_duplicates(BRIDGE, COPY)
    assert not GROUPS.are_duplicates(BRIDGE, FERRY)
    assert GROUPS.duplicates(BRIDGE) == (Duplicate("copy", "Tarn Head bridge shut", "Morning Leaf", "2025-05-05"),)
    assert GROUPS.duplicates(FERRY) == ()


def test_independent_sources() -> None:
    """Two prints of one story are one source."""
    assert GROUPS.count_independent([BRIDGE, COPY]) == 1
    assert GROUPS.count_independent([BRIDGE, COPY, FERRY]) == 2


def test_same_sentence() -> None:
    """The same words are one sentence; nearly the same words only in duplicates."""
    assert is_same_sentence(FIRST, FIRST_IN_COPY, GROUPS)
    assert is_same_sentence(FIRST, Evidence(COPY, 4, 62, 0.9), GROUPS)
    assert not is_same_sentence(FIRST, Evidence(BRIDGE, 4, 62, 0.9), GROUPS)
    assert not is_same_sentence(FIRST, FERRY_FIRST, GROUPS)


def test_same_subject_within_days() -> None:
    """Sentences with the words of the question are on one subject if their days are near."""
    assert is_same_subject(FIRST, FERRY_FIRST, {"boat", "bridg"})
    assert not is_same_subject(FIRST, FERRY_FIRST, {"boat", "hit"})


def test_content_stems_have_no_figures() -> None:
    """Figures and stop words are left out."""
    assert collect_content_stems(FERRY_FIRST) == {"ferri", "carri", "boat", "past", "bridg", "may"}
