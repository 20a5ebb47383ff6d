"""What is derived is examined by the function that stored it: a healthy library has no fault, whoever speaks in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.doctor.derived_checks import check_derived_data
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.store.library import SqliteLibrary
from tests.doctor.conftest import Damage
from tests.support.tiny_library import TINY_MODEL, build_tiny_library

SCRIPTS = (
    "ABCDEFabcdefghij",
    "ÁÇÉÑÖØŠŽßàçéñöøšžþđł",
    "ŁŃŚŻąęłńóśźż",
    "АБВГДабвгдіїєёЙ",
    "ΑΒΓαβγάέή",
    "אבגדהו",
    "ابتثجح",
    "अआइईउऊकखग",
    "漢字田中山本",
    "가나다라마",
)
JOINTS = ("", "’", "'", "-", ". ", "ʼ", "\u0301", "’s ")


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name of two or three words, with the letters of one script and marks within the words."""
    letters = st.sampled_from(draw(st.sampled_from(SCRIPTS)))
    words = []
    for _ in range(draw(st.integers(2, 3))):
        first, rest = draw(letters), draw(st.text(letters, min_size=1, max_size=6))
        words.append(first.upper() + draw(st.sampled_from(JOINTS)) + rest)
    return " ".join(words)


def derived_findings(folder: Path, *speakers: str) -> list[str]:
    text = "\n\n".join(f"The harbour is closed, {speaker} said on Monday." for speaker in speakers)
    config = build_tiny_library(folder, [], quay=text)
    examination = Examination(config, Diagnosis(), model=TINY_MODEL)
    examination.opened = SqliteLibrary.open(config.index)
    try:
        return [finding.message for finding in check_derived_data(examination) if finding.level == "error"]
    finally:
        examination.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(names(), min_size=4, max_size=8))
def test_no_name_makes_a_library_faulty(tmp_path: Path, speakers: list[str]) -> None:
    """Names of many scripts, with apostrophes, accents and hyphens."""
    assert derived_findings(tmp_path, *speakers) == []


def test_names_that_are_spelled_in_several_ways(tmp_path: Path) -> None:
    """Surnames that have another form for looking up."""
    speakers = ["Maeve O’Hanlon", "Yurii Zelenskyy", "Søren Kjær", "Zofia Müller-Łoś", "Dan Rostenkowski", "Ivo D'Arcy"]
    assert derived_findings(tmp_path, *speakers) == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM speaker_word", "the words by which speakers are found"),
        ("UPDATE statement SET passage = 0", "passages of the statements"),
        ("UPDATE story SET story = 1", "which articles are near-duplicates"),
        ("DELETE FROM band", "the bands of article"),
    ],
)
def test_what_is_altered_is_named(damage: Damage, statement: str, problem: str) -> None:
    """Each kind of derived data is compared with what the texts give."""
    (finding,) = check_derived_data(damage(statement))
    assert problem in finding.message
    assert finding.level == "error"
