"""The words in previous turns that a follow-up question can refer to."""

from __future__ import annotations

import pytest

from assistant.questions.conversation.subjects import (
    find_person_names,
    find_subject,
    guess_gender,
    shorten_quotation,
)
from tests.questions.conversation.turns import make_citation, make_turn


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What did Brandt say about tolls?", "tolls"),
        ("Did Brandt say that the pier would sink?", "the pier would sink"),
        ("What did Brandt say?", None),
        ("Who said “tolls are fair”?", "“tolls are fair”"),
        ("Who denied the report?", "the report"),
        ("Who won the Lantern Prize?", "the Lantern Prize"),
        ("Who died in the Tarnhead collapse?", "the Tarnhead collapse"),
        ("What is the name of NASA's ferry rocket?", "NASA's ferry rocket"),
        ("When did the bridge close?", "the bridge"),
        ("Which country banned ferries?", "ferries"),
        ("Is it raining? Who won the Lantern Prize?", "the Lantern Prize"),
        ("How old is she?", None),
    ],
)
def test_subject_found(question: str, subject: str | None) -> None:
    """The subject is the topic, the quotation, the last name or the last noun phrase of a question."""
    assert find_subject(make_turn(question)) == subject


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alice Fairbrook met Victor Hale.", ["Alice Fairbrook", "Victor Hale"]),
        ("Did Minister Alice Fairbrook resign?", ["Alice Fairbrook"]),
        ("Queen Elizabeth's visit", ["Queen Elizabeth"]),
        ("Port Okoro is in the North Sea.", []),
        ("Nobody was there.", []),
    ],
)
def test_person_names_found(text: str, names: list[str]) -> None:
    """People are found by a common given name or a title; the title is removed."""
    assert find_person_names(text) == names


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [
        ("Victor Hale", "he"),
        ("Alice Fairbrook", "she"),
        ("Becky Moor", "she"),
        ("Mr Okoro", "he"),
        ("the Queen", "she"),
        ("Okoro", None),
        ("", None),
    ],
)
def test_gender_guessed(name: str, pronoun: str | None) -> None:
    """A title, a given name or a nickname tells the gender."""
    assert guess_gender(name) == pronoun


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("“Tolls are fair, and they stay.”", "Tolls are fair, and they stay"),
        ("He said: “Tolls are fair, and they will stay.” Nobody laughed.", "Tolls are fair, and they will stay"),
        ("One two three four five six seven eight nine ten eleven twelve thirteen", "One two three four five six seven"
         " eight nine ten eleven twelve"),
    ],
)  # fmt: skip
def test_quotation_shortened(quote: str, words: str) -> None:
    """The spoken words of a citation are shortened to twelve, without quotation marks."""
    assert shorten_quotation(make_citation("Brandt", quote)) == words
