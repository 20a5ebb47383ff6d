"""The English words that tell what is said from what is told."""

from __future__ import annotations

from dataclasses import fields

from assistant.text.languages.english.narration import NARRATION
from assistant.text.languages.narration import NarrationPatterns


def test_verbs_have_one_kind() -> None:
    """A verb after which all words are a clause is no act, and topics are acts or verbs of saying."""
    assert {field.name for field in fields(NarrationPatterns)} >= {"acts", "thoughts", "topics"}
    assert NARRATION.clause_verbs.isdisjoint(NARRATION.acts)
    assert NARRATION.plain_verbs <= NARRATION.clause_verbs
