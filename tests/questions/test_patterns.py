"""Matching of questions against the table of phrasings."""

from __future__ import annotations

import pytest

from assistant.questions.patterns import match_phrasings
from assistant.questions.question_parts import QUOTE_PLACEHOLDER


def match_first(core: str) -> tuple[str, dict[str, str | None]]:
    """The name and the groups of the first phrasing that fits."""
    phrasing, match = next(match_phrasings(core))
    return phrasing.name, match.groupdict()


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        ("deny", "what did X say about Y"),
        ("denied", "what did X say about Y"),
        ("denies", "what did X say about Y"),
        ("announcing", "what did X say about Y"),
        ("said", "what did X say about Y"),
        ("swam", None),
    ],
)
def test_verb_forms_matched(verb: str, name: str | None) -> None:
    """All forms of a verb of saying match, other verbs do not."""
    phrasings = [phrasing for phrasing, _ in match_phrasings(f"what did Okoro {verb} about tolls")]
    questions = [phrasing.name for phrasing in phrasings if not phrasing.is_fragment]
    assert questions[:1] == ([name] if name else [])


def test_groups_of_match() -> None:
    """A match has groups for the speaker, the verb and the topic."""
    name, groups = match_first("what did the mayor really say to reporters about tolls")
    assert name == "what did X say about Y"
    assert (groups["speaker"], groups["cue"], groups["topic"]) == ("the mayor", "say", "tolls")


def test_verb_in_name_skipped() -> None:
    """A word of a name that looks like a verb is not taken as the verb."""
    _, groups = match_first("what did the Tidewater Post say about tolls")
    assert (groups["speaker"], groups["cue"]) == ("the Tidewater Post", "say")


def test_quotation_needed() -> None:
    """Phrasings for quotations match only if there is a quotation."""
    assert match_first(f"where does {QUOTE_PLACEHOLDER} come from")[0] == "where does “…” come from"
    assert list(match_phrasings("where does clay come from")) == []


def test_specific_phrasing_first() -> None:
    """Of several phrasings that fit, the more specific one comes first."""
    names = [phrasing.name for phrasing, _ in match_phrasings("what did Okoro say about tolls")]
    assert names[:2] == ["what did X say about Y", "what did X say on Y"]
