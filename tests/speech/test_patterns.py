"""The table of speech patterns, and the checks of their matches."""

from __future__ import annotations

import pytest

from assistant.speech import checks
from assistant.speech.patterns import PATTERNS
from assistant.speech.subjects import placement
from assistant.speech.subjects.candidate import Candidate
from tests.speech.masking import tag


def candidate(text: str, name: str, cue: str) -> Candidate:
    """A candidate whose speaker and cue are the tokens with these texts."""
    sentence = tag(text)
    texts = [token.text for token in sentence.tokens]
    pattern = next(
        match
        for pattern in PATTERNS
        for match in pattern.regex.finditer(sentence.tags)
        if texts[match.start("name")] == name and texts[match.start("cue")] == cue
    )
    return Candidate(sentence, pattern, pattern.start("name"), pattern.end("name"), pattern.start("cue"))


def test_every_pattern_has_name_cue_and_checks() -> None:
    """Each pattern has the groups that the attribution needs, and at least one check."""
    assert len(PATTERNS) == 47
    for pattern in PATTERNS:
        assert {"name", "cue", *pattern.co_speakers} <= pattern.regex.groupindex.keys()
        assert pattern.accepts


def test_candidate_reads_tokens_between_name_and_cue() -> None:
    """The gap is what is between the speaker and the cue."""
    found = candidate("On Monday Ada Brandreth has repeatedly warned of a flood.", "Ada Brandreth", "warned")
    assert (found.name.name, found.cue, found.cue_tag) == ("Ada Brandreth", "warned", "S")
    assert (found.tags_before, found.gap, found.gap_text) == ("od", "AA", "has repeatedly")


@pytest.mark.parametrize(
    ("gap", "cue", "gap_text", "passive"),
    [
        ("B", "asked", "was", True),
        ("BA", "expected", "is also", True),
        ("A", "asked", "has", False),
        ("Bw2", "say", "was forced to", True),
        ("Bw2", "concede", "was quick to", False),
    ],
)
def test_passive(gap: str, cue: str, gap_text: str, passive: bool) -> None:
    """A form of "be" makes the cue passive, unless the speaker was willing."""
    assert checks.is_passive(gap, cue, gap_text) is passive


@pytest.mark.parametrize(
    ("check", "text", "name", "cue", "accepted"),
    [
        (checks.is_not_negated, "Ada can say that it is shut.", "Ada", "say", True),
        (checks.is_not_negated, "Ada cannot say that it is shut.", "Ada", "say", False),
        (checks.is_subject, "Ada Tarn said it was shut.", "Ada Tarn", "said", True),
        (checks.is_subject, "A spokesman for Ada Tarn said it.", "Ada Tarn", "said", False),
        (checks.reports_words, "Norland responded that it was shut.", "Norland", "responded", True),
        (checks.reports_words, "Norland responded to the attack.", "Norland", "responded", False),
        (checks.reports_words, "Norland offered towns money.", "Norland", "offered", False),
        (checks.reports_words, "Norland offered to help.", "Norland", "offered", True),
        (checks.has_no_plural_subject, "Ada Tarn, the keeper, said it.", "Ada Tarn", "said", True),
        (placement.is_person_name, "Ada Tarn said it.", "Ada Tarn", "said", True),
        (checks.is_active, "Ada Tarn was accused of it.", "Ada Tarn", "accused", False),
        (checks.is_active, "Ada Tarn has accused them.", "Ada Tarn", "accused", True),
    ],
)
def test_check_accepts(check: checks.Check, text: str, name: str, cue: str, accepted: bool) -> None:
    """Each check accepts speech and rejects what only looks like it."""
    assert check(candidate(text, name, cue)) is accepted
