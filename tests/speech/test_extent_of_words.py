"""What somebody asks, denies or implies is told of them; the clause that they say is whole, and ends where it ends."""

from __future__ import annotations

import pytest

from tests.speech.test_whose_words import list_said


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth asked whether the lock was safe.",
        "Ada Brandreth was elected, and repeatedly asked why the town had not paid.",
        "Ada Brandreth began to wonder if the lock might be sold.",
        "Ada Brandreth denied that the lock would be sold.",
        "Ada Brandreth has declined to speak of what it calls “town matters”.",
        "Ada Brandreth hopes that a new lock will save the town.",
        "Ada Brandreth implied she would sell the lock.",
        "Ada Brandreth hinted that the lock would be sold, but later denied it.",
        "Ada Brandreth apparently concluded that she would rather leave than pay.",
        "Ada Brandreth talks through every meeting, shouting and never admitting she was late.",
        "Ada Brandreth had said goodnight to Ivo Tarn at the lock.",
        "Ada Brandreth declared for mayor with a talk that was long and loud.",
        "Tarn Partners is advising Pelby on its sale of the lock and is also advising the town.",
        "The board announced another step it will be taking to mend the lock.",
        "Ada Brandreth was asked if she had paid, and confirmed she had been.",
        "The town bought a lock, which Ada Brandreth said was an old kind of gate.",
        "The town kept a fee on boats, which the keeper Ada Brandreth has said do more harm than good.",
    ],
)
def test_told_and_not_claimed(text: str) -> None:
    """Questions, denials, hopes, hints, acts, answers without their matter and clauses without their subject."""
    assert list_said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Brandreth argued the lock was needed, a nod to the keepers of Tarn.", "the lock was needed"),
        (
            "Ada Brandreth warned that she would close the lock, but the threat has done little to help.",
            "that she would close the lock",
        ),
        (
            "Ada Brandreth claimed the lock held in May but she now takes full responsibility for it.",
            "the lock held in May",
        ),
        (
            "Ada Brandreth said about 50 lamps broke but her office later reduced the number to 22.",
            "about 50 lamps broke",
        ),
        (
            "Ada Brandreth said she would leave the board, drawing a sharp reply from Ivo Tarn.",
            "she would leave the board",
        ),
        ("Ada Brandreth claimed, without giving proof, that Tarn had paid.", "that Tarn had paid"),
        (
            "Ada Brandreth said she has no plans to leave and would not say who will follow.",
            "she has no plans to leave",
        ),
        ("Ada Brandreth said the lock should be sold, and her critics blame her for it.", "the lock should be sold"),
        (
            "Ada Brandreth said the children suffer from hunger, learning troubles, fear and are often ill.",
            "the children suffer from hunger, learning troubles, fear and are often ill",
        ),
        (
            "Ada Brandreth said she likes the plan of mending but not supporting the lock.",
            "she likes the plan of mending but not supporting the lock",
        ),
        (
            "Ada Brandreth said her talks show that cutting fees, and backing the keepers, would help the town.",
            "her talks show that cutting fees, and backing the keepers, would help the town",
        ),
        (
            "If the tide comes in, Ada Brandreth said that the lock will leak.",
            "If the tide comes in, Ada Brandreth said that the lock will leak",
        ),
        (
            "The lock leaks at the sill, according to Ada Brandreth, with a hole of two feet.",
            "The lock leaks at the sill",
        ),
        ("Ada Brandreth told Pelby News 24 the lock was “late”.", "the lock was “late”"),
        ("Ada Brandreth has warned the crew they must mend the gates.", "they must mend the gates"),
        ("Ada Brandreth wrote she closed the lock in May and now believes Ivo Tarn.", "she closed the lock in May"),
        ("Ada Brandreth blamed what she said were “keepers of old” for it.", "“keepers of old”"),
        ("Ada Brandreth tweeted that she hopes “even the keepers stay at the lock”.", None),
    ],
)
def test_words_begin_and_end_with_their_clause(text: str, words: str | None) -> None:
    """What the writer adds is left out; lists, conditions and listeners do not cut the words."""
    said = [each for speaker, each in list_said(text) if speaker == "Ada Brandreth"]
    assert said == [words] if words else len(said) == 1


def test_conditions_that_are_only_settings() -> None:
    """A condition without a consequence in the words, and words set off by a comma, stay apart."""
    assert list_said("If anything, Ada Brandreth said the lock will leak.") == [("Ada Brandreth", "the lock will leak")]
    assert list_said("If the tide comes, Ada Brandreth said it was late.") == [("Ada Brandreth", "it was late")]


def test_phrase_with_a_quotation_before_words() -> None:
    """A phrase that only opens a quotation is told; the quotation is said."""
    text = "To stop more “old, slow leaks,” Ada Brandreth said, “we must mend the gates.”"
    assert list_said(text) == [("Ada Brandreth", "“we must mend the gates.”")]
