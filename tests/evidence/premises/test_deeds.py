"""What a question says that somebody did."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.deeds import read_counted_deeds, read_predicate, tells_of


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Why did Ada Quill resign?", "resign"),
        ("Did Tarn win the war?", "win"),
        ("Was the ferry deal approved?", "approved"),
        ("When did the ban on boats end?", "end"),
        ("When did Tarn's ban on Ivo Lund end?", "end"),
        ("Why did Ada Quill sing?", None),
        ("How many boats did Ada Quill sell?", "sell"),
        ("How much did Ada Quill pay back?", None),
        ("Where was Ada Quill buried?", "buried"),
        ("Where did the march take place?", None),
        ("Who won?", None),
        ("Who leads the race?", None),
        ("Who stepped down as mayor?", "resign"),
        ("Who was arrested at the pier?", "arrested"),
        ("Who sang at the pier?", None),
        ("How many people died in the storm?", "died"),
        ("How many people lost their lives in the storm?", "die"),
        ("How many boats were sold after the storm closed the port?", "sold"),
        ("How many people came after the port closed?", None),
        ("How did Quill win?", None),
    ],
)
def test_verbs_with_known_opposites(question: str, word: str | None) -> None:
    """Only of these it is known which other words tell of the same deed."""
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


def test_counted_deeds_are_the_verb_and_its_like() -> None:
    """Who survived is not counted among the dead."""
    deeds = read_counted_deeds("How many people died in the storm?")
    assert {"die", "kill"} <= deeds
    assert "surviv" not in deeds
    assert read_counted_deeds("Who died in the storm?") == frozenset()


def test_a_plan_tells_of_what_somebody_planned() -> None:
    asked = read_predicate("Did Ada Quill plan to resign?")
    assert asked is not None
    assert tells_of(asked, ["Quill planned to resign."])


def test_the_title_tells_too() -> None:
    asked = read_predicate("Why did Ada Quill resign?")
    assert asked is not None
    assert tells_of(asked, ["She was ill."], "Quill resigns")


def test_what_is_expected_will_come() -> None:
    asked = read_predicate("When will the Tarn Queen arrive?")
    assert asked is not None
    assert tells_of(asked, ["The Tarn Queen is expected on Thursday."])
    assert not tells_of(asked, ["The Tarn Queen was painted on Thursday."])


def test_of_two_sides_one_wins() -> None:
    """The name of who lost comes after the verb, that of who won before it."""
    asked = read_predicate("Did Tarn win the war?")
    assert asked is not None
    assert tells_of(asked, ["Tarn won a battle against Ellery."])
    assert tells_of(asked, ["The war was won by Tarn."])
    assert not tells_of(asked, ["Ellery won a battle against Tarn."])
