"""Attributions in a sentence: speaker, cue, kind and side; subjects, people and roles."""

from __future__ import annotations

import pytest

from assistant.speech.attribution import (
    find_attributions,
    find_roles,
    find_subject,
    find_subjectless_cues,
    find_titles,
    is_speech_tag,
)
from assistant.speech.layouts.speaker_state import find_signature
from assistant.speech.paragraphs import find_dateline_end
from assistant.speech.patterns import ContentSide, MentionKind
from assistant.speech.subjects.people import find_persons
from tests.speech.masking import tag


@pytest.mark.parametrize(
    ("text", "name", "cue", "kind", "side"),
    [
        ("“It is shut,” said Mrs. Ada Brandreth.", "Ada Brandreth", "said", "name", "before"),
        ("“It is shut,” she said.", "she", "said", "pronoun", "around"),
        ("The minister said it was shut.", "The minister", "said", "role", "around"),
        ("A spokesman for Ada Brandreth said it.", "A spokesman for Ada Brandreth", "said", "role", "around"),
        ("According to Ada Brandreth, it was shut.", "Ada Brandreth", "According to", "name", "around"),
        ("Ada Brandreth: “It is shut.”", "Ada Brandreth", ":", "name", "after"),
        ("“It is shut.” — Ada Brandreth", "Ada Brandreth", "—", "name", "before"),
        ("Ada Brandreth’s claim that it was shut was denied.", "Ada Brandreth", "claim", "name", "after"),
        ("Several said it was shut.", "Several", "said", "role", "around"),
        ("Ada Brandreth used her speech to call for a gate.", "Ada Brandreth", "call", "name", "around"),
        ("It was described by Ada Brandreth as a menace.", "Ada Brandreth", "described", "name", "around"),
    ],
)
def test_attribution_of_sentence(text: str, name: str, cue: str, kind: MentionKind, side: ContentSide) -> None:
    """The speaker is found as written, with the cue and the position of the words."""
    (attribution,) = find_attributions(tag(text))
    assert (attribution.name, attribution.cue, attribution.kind, attribution.side) == (name, cue, kind, side)


def test_attribution_has_title_role_and_offsets() -> None:
    """An attribution has the title and description of the speaker; its offsets enclose mention and cue."""
    text = "“It is shut,” said Mrs. Ada Brandreth, the keeper of the lock."
    (attribution,) = find_attributions(tag(text))
    assert (attribution.title, attribution.role) == ("Mrs.", "keeper of the lock")
    assert text[attribution.start : attribution.end] == "said Mrs. Ada Brandreth"
    assert attribution.cue_start == text.index("said")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“It leaks,” said Ada Marr, keeper of the Pelby lock in a statement.", "keeper of the Pelby lock"),
        ("In a blog post, Ada Marr said it leaks.", None),
        ("Ivo Moe and Ada Marr, both keepers, said it leaks.", None),
        ("Said the keeper Ivo Moe, Ada Marr, the nominee Zoe Tarn, and others. Ada Marr said it leaks.", None),
    ],
)
def test_role_beside_a_name(text: str, role: str | None) -> None:
    """Occasions, descriptions of several people and other people's names are no role."""
    found = [each for each in find_attributions(tag(text)) if each.name == "Ada Marr"]
    assert [each.role for each in found] == [role] * len(found)
    assert found or role is None


def test_joint_speakers_are_co_speakers() -> None:
    """ "Ada and Ivo said" has one attribution with a co-speaker; "Ada or Ivo said" names nobody."""
    (attribution,) = find_attributions(tag("Ada and Ivo Tarn said it was shut."))
    assert (attribution.name, attribution.co_speakers) == ("Ada", ("Ivo Tarn",))
    (attribution,) = find_attributions(tag("Ada or Ivo said it was shut."))
    assert (attribution.name, attribution.kind) == ("Ada or Ivo", "role")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth was asked to resign.",
        "Ada Brandreth cannot say that it was shut.",
        "Norland responded to the attack with tanks.",
        "Norland offered towns billions of crowns.",
        "Ada Brandreth shut the gate.",
        "",
    ],
)
def test_no_attribution(text: str) -> None:
    """Passives, negations and deeds are not attributions."""
    assert find_attributions(tag(text)) == []


def test_subject_before_plural_subject_is_no_speaker() -> None:
    """The speaker is the plural subject next to the verb, not the name before it."""
    (attribution,) = find_attributions(tag("Ada Brandreth beat Ivo, analysts at the club say."))
    assert attribution.name == "analysts at the club"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ada Brandreth waits at the gate.", ("Ada Brandreth", "name")),
        ("While Ada Tarn waits, Ivo Pell has gone.", ("Ivo Pell", "name")),
        ("She is gone.", ("She", "pronoun")),
        ("The keeper of the lock has left.", ("The keeper of the lock", "role")),
        ("The minister, Ada Tarn, has left.", ("Ada Tarn", "name")),
        ("It has rained.", None),
    ],
)
def test_subject_of_main_clause(text: str, subject: tuple[str, MentionKind] | None) -> None:
    """The subject is that of the main clause."""
    assert find_subject(tag(text)) == subject


def test_subject_after_offset_does_not_count() -> None:
    """A subject at or after the offset is not returned."""
    sentence = tag("Ada Brandreth waits at the gate.")
    assert find_subject(sentence, 0) is None
    assert find_subject(sentence, 1) == ("Ada Brandreth", "name")


@pytest.mark.parametrize(
    ("text", "is_tag"),
    [
        ("Todd asked the candidate.", True),
        ("Ada Brandreth said.", True),
        ("He warned of a closure.", False),
        ("She said it was safe.", False),
        ("“No,” she said.", False),
    ],
)
def test_speech_tag_only_names_speaker(text: str, is_tag: bool) -> None:
    """A sentence that also reports something is not a speech tag."""
    assert is_speech_tag(tag(text)) is is_tag


def test_subjectless_cues_and_their_offsets() -> None:
    """Participles and second verbs have no subject of their own."""
    assert list(find_subjectless_cues(tag("He left after arguing that it was shut."))) == [("arguing", 14, 21)]
    assert list(find_subjectless_cues(tag("Ada said it was shut and warned of a flood."))) == [("warned", 25, 31)]
    assert list(find_subjectless_cues(tag("Ada said it was shut."))) == []


def test_persons_and_roles_by_description() -> None:
    """A title or description makes a name a person's; a description after the name is the role."""
    sentence = tag("Ada Brandreth, a loss adjuster for the town, met Mr. Tarn and Norland.")
    assert set(find_persons(sentence)) == {("Ada Brandreth", False), ("Tarn", True)}
    assert list(find_roles(sentence)) == [("Ada Brandreth", "loss adjuster for the town")]


def test_signature_and_dateline() -> None:
    """A signature begins with a dash; a dateline ends with one."""
    assert find_signature(tag("— Michelle Marks, Philadelphia.")) == "Michelle Marks"
    assert find_signature(tag("Michelle Marks left.")) is None
    assert find_dateline_end("WASHINGTON, June 10 (UPI) — The gate") == 28
    assert find_dateline_end("The gate") == 0


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("The mayor, Ada Brandreth, left early.", [("Ada Brandreth", "mayor")]),
        ("They met the transport minister, Ivo Tarn.", [("Ivo Tarn", "transport minister")]),
        ("The keeper, Ada Brandreth and Ivo Tarn left.", []),
    ],
)
def test_description_set_off_before_a_name(sentence: str, roles: list[tuple[str, str]]) -> None:
    """A description with an article belongs to the name that is set off after it; an enumeration does not."""
    assert list(find_titles(tag(sentence))) == roles


def test_field_of_a_body() -> None:
    """The field of a ministry is part of its name."""
    assert [found.name for found in find_attributions(tag("The Norland Department of Justice said no."))] == [
        "Norland Department of Justice"
    ]
