"""Institutions whose name has several tokens."""

from __future__ import annotations

import pytest

from assistant.speech.institutions import BODY_RULES
from tests.speech.masking import tag


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Upland Bread and Cake Association said", ["Upland Bread and Cake Association"]),
        ("the Seed and Grain Federation said", ["Seed and Grain Federation"]),
        ("The Norland Department of Roads and Ferries said", ["Norland Department of Roads and Ferries"]),
        ("according to the Pelby Society for Moths", ["Pelby Society for Moths"]),
        ("Pellew & Marr said", ["Pellew & Marr"]),
        ("a lawyer of Pellew, Marr & Oake", ["Pellew, Marr & Oake"]),
        ("Q&Z said", ["Q&Z"]),
        ("Feed the Sparrows said", ["Feed the Sparrows"]),
        ("a member of Stop the Quarry said", ["Stop the Quarry"]),
        ("The U.N. Harbour Council said", ["U.N. Harbour Council"]),
        ("The U.S. Chamber of Millers said", ["U.S. Chamber of Millers"]),
        ("U.S. Copper said", ["U.S. Copper"]),
        ("Pellew Rope Inc. said", ["Pellew Rope Inc"]),
        ("Fizz! said", ["Fizz"]),
        ("the Norland Teachers’ Union said", ["Norland Teachers’ Union"]),
        ("the Pelby Keepers' Conference of Norland said", ["Pelby Keepers' Conference of Norland"]),
        ("Ada Marr of Pelby Fire and Rescue said", ["Ada Marr", "Pelby Fire and Rescue"]),
        ("The US Embassy said", ["US Embassy"]),
        ("the Major League Rowing board said", ["Major League Rowing"]),
        ("The Savings Bank of Pelby said", ["Savings Bank of Pelby"]),
        ("Royal Hospital of Norland said", ["Royal Hospital of Norland"]),
        # no names
        ("several CEOs said", []),
        ("Heated protests said", []),
        # two names, and not one
        ("Ada Pellew and Ivo Marr said", ["Ada Pellew", "Ivo Marr"]),
        ("the FBI and Roads Department said", ["FBI", "Roads Department"]),
        ("the Norland Ministry and Pelby Council said", ["Norland Ministry", "Pelby Council"]),
        ("Ada Pellew & Ivo Marr said", ["Ada Pellew", "Ivo Marr"]),
        ("Marr of Pelby said", ["Marr", "Pelby"]),
    ],
)
def test_names_of_institutions(text: str, names: list[str]) -> None:
    """The words of one institution are one name; two names stay two."""
    assert [token.name for token in tag(text).tokens if token.name] == names


def test_institution_before_role_is_no_name() -> None:
    """The institution of somebody with a role is a part of the role."""
    sentence = tag("said Norland Department of Roads spokesman Ivo Marr")
    assert [token.name for token in sentence.tokens if token.name][-1] == "Ivo Marr"
    assert sentence.tags == "SwTN"


def test_rules_find_nothing_in_plain_sentence() -> None:
    """No rule joins names that belong to different people."""
    sentence = tag("Ada Marr and Ivo Pellew left Pelby for Norland.")
    assert [list(find(sentence.tokens, sentence.tags)) for find in BODY_RULES] == [[] for _ in BODY_RULES]
