"""What a question says that somebody did."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.deeds import read_predicate, tells_of


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Did Tarn win the war?", "win"),
        ("Was the ferry deal approved?", "approved"),
        ("And did the ban on boats end?", "end"),
        ("Did Tarn's ban on Ivo Lund end?", "end"),
        ("Did Ada Quill sing?", None),
        ("Why did Ada Quill resign?", None),
        ("Who was arrested at the pier?", None),
    ],
)
def test_verbs_with_known_opposites(question: str, word: str | None) -> None:
    """Only of these, in questions of yes or no, it is known which other words tell of the same deed."""
    found = read_predicate(question)
    assert (found and found.word) == word


@pytest.mark.parametrize(
    ("sentences", "is_told"),
    [
        (["Quill resigned because she was ill."], True),
        (["Quill was ill.", "She quit on Monday."], True),
        (["Quill stepped down."], True),
        (["Quill refused to resign."], True),
        (["Quill left the hall because she was ill."], False),
        (["Lund resigned."], False),
        (["Quill could resign."], False),
        (["Lund asked Quill to resign."], False),
        (["Quill, called the Fox, was forced to resign."], True),
        (["Quill intends to resign by May."], False),
        (["Lund urged Quill, if she cannot lead, to please step down."], False),
        ([], False),
    ],
)
def test_the_deed_of_the_subject_is_told(sentences: list[str], is_told: bool) -> None:
    """By the verb, its like or its opposite, of the one who is asked about, and as something that happened."""
    asked = read_predicate("Did Ada Quill resign?")
    assert asked is not None
    assert tells_of(asked, sentences) is is_told


def test_a_plan_tells_of_what_somebody_planned() -> None:
    asked = read_predicate("Did Ada Quill plan to resign?")
    assert asked is not None
    assert tells_of(asked, ["Quill planned to resign."])


def test_the_title_tells_too() -> None:
    asked = read_predicate("Did Ada Quill resign?")
    assert asked is not None
    assert tells_of(asked, ["She was ill."], "Quill resigns")


def test_of_two_sides_one_wins() -> None:
    """The name of who lost comes after the verb, that of who won before it."""
    asked = read_predicate("Did Tarn win the war?")
    assert asked is not None
    assert tells_of(asked, ["Tarn won a battle against Ellery."])
    assert tells_of(asked, ["The war was won by Tarn."])
    assert not tells_of(asked, ["Ellery won a battle against Tarn."])
