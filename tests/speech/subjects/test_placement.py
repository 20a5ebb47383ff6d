"""What a name is governed by."""

from __future__ import annotations

import pytest

from assistant.speech.subjects.placement import has_new_verb, is_governed, is_object_lead
from tests.speech.test_statements import list_speakers, list_statements


@pytest.mark.parametrize(
    ("tags", "governed"),
    [("NooO", True), ("ToDwO", True), ("ToDNcD", True), ("ToN", True), ("NcD", False), ("o", False), ("Q", False)],
)
def test_governed_names(tags: str, governed: bool) -> None:
    """Behind a preposition, what belongs to somebody and the second of two places are no subjects."""
    assert is_governed(tags) is governed


def test_objects_of_inverted_verbs() -> None:
    """A thing before a preposition is the object of the verb; a person or an office is not."""
    assert is_object_lead("Dwo")
    assert not is_object_lead("DToDN")
    assert not is_object_lead("wT")


def test_new_verb_before_cue() -> None:
    """A finite verb behind a comma, or a semicolon, ends what a name is the subject of."""
    assert has_new_verb(", was left out of the book; ")
    assert has_new_verb("; ")
    assert not has_new_verb(", who was the keeper, ")


@pytest.mark.parametrize(
    "text",
    [
        "Surveyors working in Pelby in Norland’s Tarn Province reported that the lock leaks.",
        "On Monday, keepers in the Tarn Reach and the Pelby Basin announced that the lock leaks.",
        "“It leaks,” Ada Brandreth, chief engineer for the trust’s Division of LOCKS/WEIRS Maintenance, said.",
        "One boat was early: Zibb Marr, dressed in red, announced the winners alongside club president Ivo Tarn.",
        "Her rival, Ada Brandreth, was left out of the book; questions surround why the trust did it.",
        "Many of those who live in the 3rd Tarn Province say it leaks.",
        "It leaks, according to a Pelby Basin (PBN) spokesman.",
        "The hashtag #PelbyLock was everywhere, suggesting that people were angry.",
    ],
)
def test_places_parts_and_tags_are_no_speakers(text: str) -> None:
    """Places, parts of bodies, objects and hashtags say nothing."""
    assert {"Tarn Province", "Pelby Basin", "Division", "Maintenance", "Ivo Tarn", "PelbyLock"}.isdisjoint(
        list_speakers(text)
    )
    assert "surround" not in str(list_statements(text))
