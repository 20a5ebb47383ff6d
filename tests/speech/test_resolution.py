"""Attributions with resolved speakers."""

from __future__ import annotations

from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.resolution import resolve_attributions
from tests.speech.masking import tag


def resolve(text: str) -> list[tuple[str | None, str | None, str]]:
    attributions = resolve_attributions(tag(text), CoreferenceResolver(text))
    return [(attribution.speaker, attribution.role, attribution.cue) for attribution in attributions]


def test_cue_shares_speaker_of_attribution_before() -> None:
    """A second verb has the speaker of the first."""
    assert resolve("Ada Brandreth said it was shut and warned of a flood.") == [
        ("Ada Brandreth", None, "said"),
        ("Ada Brandreth", None, "warned"),
    ]


def test_leading_participle_has_speaker_of_main_clause() -> None:
    """A participle before the subject has its speaker."""
    assert resolve("Noting the tide, Ada Brandreth said it was shut.") == [
        ("Ada Brandreth", None, "Noting"),
        ("Ada Brandreth", None, "said"),
    ]


def test_participle_has_subject_of_main_clause() -> None:
    """A participle without an attribution before it has the subject of the main clause as speaker."""
    assert resolve("Ada Brandreth has walked off after arguing that it was shut.") == [
        ("Ada Brandreth", None, "arguing")
    ]


def test_role_is_kept_without_speaker() -> None:
    """A group is no person: there is a role but no speaker."""
    assert resolve("The campaign said it was shut.") == [(None, "The campaign", "said")]


def test_first_name_of_couple_gets_surname() -> None:
    """ "Mary and Ivo Tarn" are Mary Tarn and Ivo Tarn."""
    text = "Mary and Ivo Tarn said it was shut."
    (attribution,) = resolve_attributions(tag(text), CoreferenceResolver(text))
    assert (attribution.speaker, attribution.co_speakers) == ("Mary Tarn", ("Ivo Tarn",))


def test_role_next_to_name_is_remembered() -> None:
    """The description of a speaker is remembered for the article."""
    text = "Ada Brandreth, the chief engineer, said it was shut."
    coreference = CoreferenceResolver(text)
    resolve_attributions(tag(text), coreference)
    assert coreference.role_of("Ada Brandreth") == "chief engineer"
