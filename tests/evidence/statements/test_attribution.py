"""Whose words an utterance is."""

from __future__ import annotations

import pytest

from assistant.evidence.statements.attribution import is_by, is_namesake, name_other_speaker, speaks_for
from assistant.speech.utterances import Utterance
from tests.support.memory_library import MemoryLibrary, make_article


def utter(text: str) -> Utterance:
    article = make_article("a", text)
    (utterance,) = MemoryLibrary([article]).snapshot().utterances(article)
    return utterance


def test_by_name_or_role() -> None:
    """Words are those of a name, or of a role where the speaker has no name."""
    assert is_by(utter("“It sinks,” Ada Quill said."), {("Ada Quill", True)})
    assert not is_by(utter("“It sinks,” Ada Quill said."), {("Ada Quill", False)})
    assert is_by(utter("The police said the ferry was late."), {("The police", False)})


def test_namesake_by_occupation() -> None:
    """Who has another occupation than the question says is somebody else."""
    utterance = utter("“It sinks,” said Ada Quill, a geologist.")
    assert is_namesake(utterance, {"goalkeeper"})
    assert not is_namesake(utterance, {"geologist"})
    assert not is_namesake(utterance, set())


@pytest.mark.parametrize(
    ("role", "speaks"), [("Quill’s office", True), ("the Quill campaign", True), ("a critic of Quill", False)]
)
def test_mouthpieces(role: str, speaks: bool) -> None:
    """An office or a campaign speaks for a person, a critic does not."""
    assert speaks_for(role, "Quill") == speaks


def test_names_of_others() -> None:
    """Another speaker has a name, or a role that mentions the requested speaker."""
    assert name_other_speaker(utter("“It sinks,” Tom Reed said."), "Quill") == "Tom Reed"
    assert name_other_speaker(utter("The police said the ferry was late."), "Quill") is None
