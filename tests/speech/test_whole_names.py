"""Speakers under their whole name or none, in the place where they speak: firms, slogans, lists, titles, ranks."""

from __future__ import annotations

import re

import pytest

from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.layouts.speaker_state import find_named_speaker, find_signer
from assistant.speech.statements import find_statements
from assistant.speech.subjects import placement
from assistant.speech.subjects.candidate import Candidate
from assistant.speech.subjects.names_in_text import FullNames
from assistant.speech.words.lexicon import disambiguate_nouns
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.speech.masking import tag
from tests.speech.test_whose_words import list_said, list_speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Locks & Marr said it leaks. The locks are old.", ["Locks & Marr"]),
        (
            "Shelter the Sparrows said it leaks. “It is old,” Mend the Weir said.",
            ["Shelter the Sparrows", "Mend the Weir"],
        ),
        ("The gate leaks, and Bread Not Joy said it is old.", []),
        ("At night We Waters said it leaks.", []),
        ("Pelby Wood and Paper Co said it leaks.", ["Pelby Wood and Paper Co"]),
        ("Anchor Rope Corp said it leaks. The anchor held.", ["Anchor Rope Corp"]),
        ("Brandreth Plc <BRAN.L> said it leaks.", ["Brandreth Plc"]),
        ("Pelby News closed. News of the alleged leak came from the town.", []),
        ("“It is art,” said the painter behind Tarn, Marrow and Vane on the Fourth of July.", [None]),
        ("“It is art,” said the keeper of Pelby, Ada Brandreth.", ["Ada Brandreth"]),
        ("LEAVE PELBYNET\n\nPelbynet said it leaks.", ["Pelbynet"]),
        ("“It leaks,” al-Marri said.", ["al-Marri"]),
        ("Sir John Brandreth came. On Monday Sir John said it leaks.", ["John Brandreth"]),
    ],
)
def test_whole_name_or_none(text: str, speakers: list[str | None]) -> None:
    """No part of the name of a firm, a body or a list is a speaker."""
    assert list_speakers(text) == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # "Mrs. Tarn" is not the one whose gender nobody knows, and who is the only one that has spoken
        (
            "Zibb and Ada Tarn slept until Kief Tarn ran. “No,” Kief Tarn said.\n\n“He ran,” said Mrs. Tarn.",
            None,
        ),
        ("R. T. Tarn III rowed. “It leaks,” Tarn III said.\n\nThe elder Tarn said it held in his day.", None),
        ("Asked by Radio Marr for a word, the keeper, Bo Vane, had only one: “Late.”", "Bo Vane"),
        ("Minister for Locks Ada Marr: “It leaks.”", "Ada Marr"),
        ("“It leaks,” was Ada Marr’s answer.", "Ada Marr"),
        ("“A gate with a leak” was how Ada Marr summed it up.", "Ada Marr"),
    ],
)
def test_title_rank_and_place_of_the_speaker(text: str, speaker: str | None) -> None:
    """A title that may fit several, and a rank, leave the speaker open; who was asked speaks, not who asks."""
    assert list_said(text)[-1][0] == speaker


def test_role_without_the_verb_before_it() -> None:
    """The description of who is quoted begins behind the verb."""
    text = (
        "State radio earlier quoted Locks Minister Ada Marr as saying it leaks. "
        "A clip seems to show keeper Bo Vane saying “no”."
    )
    assert [each.role for each in find_statements(make_article(text), sentence_spans(text)) if each.speaker] == [
        "Locks Minister",
        "keeper",
    ]


def test_signature_and_next_speaker() -> None:
    """Only a line that begins with a mark is a signature; the first speaker with a name speaks in the next sentence."""
    resolver = CoreferenceResolver("Ada Marr left.")
    signer = find_signer("— Ada Marr, Pelby", resolver)
    assert signer is not None
    assert signer.speaker == "Ada Marr"
    assert find_signer("Ada Marr, Pelby", resolver) is None
    named = find_named_speaker(tag("He said that Marr said no."), resolver)
    assert named is not None
    assert named.speaker == "Ada Marr"


def test_full_names() -> None:
    """A surname, a given name and initials give the only person who has them; nobody takes over a body's name."""
    names = FullNames("In town Ada Marr met her friends, but the Paper Institute was shut to all of them.", ())
    assert names.complete("Marr") == "Ada Marr"
    assert names.complete("Ada") == "Ada Marr"
    assert names.complete("Mary") == "Mary"
    assert names.complete("Mend the Weir") == "Mend the Weir"
    two = FullNames("Sarah Jane Tarn said so. Sarah Marr was there.", ())
    assert two.complete("Sarah Jane Tarn") == "Sarah Jane Tarn"
    assert two.complete("Sarah") == "Sarah"


def test_name_that_goes_on() -> None:
    """A capitalized word that is part of no name makes the name behind it a rest."""
    sentence = tag("Here Not Vane said no.")
    place = sentence.tags.index("N")
    match = re.search(r"(?P<name>N)(?P<cue>S)", sentence.tags)
    assert match is not None
    assert not placement.is_person_name(Candidate(sentence, match, place, place + 1, place + 1))


def test_nouns_and_verbs() -> None:
    """ "claims" is a noun behind an article."""
    sentence = tag("the claims are old")
    assert disambiguate_nouns(list("DSBw"), sentence.tokens) == "DXBw"


def test_title_without_a_name_is_nobody() -> None:
    """Where only a title is written, there is no name to complete."""
    assert FullNames("Ada Marr met the Doctor.", ()).complete("") == ""
