"""Numbers of people whom a sentence calls dead."""

from __future__ import annotations

import time

import pytest

from assistant.text.quantities.deaths import find_dead, tells_of_dead


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("It left 19 children and two teachers dead.", ["19", "two"]),
        ("It killed at least 62, among them a nurse.", ["at least 62"]),
        ("The flood killed 19 children and two teachers in Tarn.", ["19", "two"]),
        ("To date, 53 storm related deaths were counted.", ["53"]),
        ("A total of 39 are confirmed dead.", ["39"]),
        ("Some 12 people have died.", ["Some 12"]),
        ("Two men were killed by a nurse.", ["Two"]),
        ("Two men killed in the flood were brothers.", ["Two"]),
        ("The flood led to the deaths of 12 people.", ["12"]),
        ("The 40 people in the old town were killed.", ["40"]),
        ("The death toll rose to 53.", ["53"]),
        ("Nine sailors lost their lives.", ["Nine"]),
        ("Six deaths were of children.", []),
        ("Two days after the death of a nurse, 40 people were hurt.", []),
        ("The storm took 40 roofs. It cost $3 million.", []),
        ("Police arrested 12 people after the death of a nurse.", []),
        ("Some 300 people mourned the dead.", []),
        ("Some 300 people at the church mourned the dead.", []),
        ("The 40 people survived the deadly flood.", []),
        ("Two men killed a nurse.", []),
        ("Two men have killed a nurse.", []),
        ("The two men who killed a nurse fled.", []),
        ("A man was killed and two people were hurt.", []),
        ("The flood killed a man and 12 people were hurt.", []),
        ("The flood killed two people and 40 people fled.", ["two"]),
        ("The flood caused 12 deaths and 40 injuries.", ["12"]),
        ("The strike cost 40 people who lost their jobs.", []),
        ("The flood killed 40 cows.", []),
        ("The 40 nurses say two died.", ["two"]),
        ("The flood could kill in 40 towns.", []),
        ("Some 40 people were not killed.", []),
        ("Three men were shot dead.", ["Three"]),
        ("Three officers shot dead a man.", []),
        ("Doctors treated 40 people and two died.", ["two"]),
        ("The blast hurt 40 people and two nurses died.", ["two"]),
        ("There are 12 dead trees.", []),
    ],
)
def test_numbers_of_dead(text: str, dead: list[str]) -> None:
    """The death word is their noun, or their verb in the right voice; no killers, no living, no part of the dead."""
    assert [text[each.start : each.end] for each in find_dead(text)] == dead


def test_words_for_death() -> None:
    assert tells_of_dead("Two killed in flood")
    assert not tells_of_dead("Two hurt in flood")


def test_many_numbers_are_read_in_time() -> None:
    """Only the words near a number are read; a text as long as a table is not."""
    started = time.process_time()
    for text in ("1 " * 990, "killed two and " * 130, "12 people in " * 150, "death toll 1 " * 150):
        find_dead(text)
    assert find_dead("The flood killed 12 people. " * 100) == []
    assert time.process_time() - started < 10
