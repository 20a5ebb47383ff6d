"""The first line of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.presentation.short_answer import find_short_answer
from assistant.records.answer import Claim, Conflict, Correction
from tests.support.citations import make_answer, make_citation, make_refusal

CROSSING = make_citation("The crossing takes 22 minutes.", marks=((29, 31),))
LATE = make_citation("The ferry was late, and the mayor paid.", n=2, marks=((26, 35), (42, 46)))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("22 minutes", "22 minutes [1]"),
        ("the mayor", "the mayor [2]"),
        ("The  Ferry", "The  Ferry [2]"),  # case and spaces do not matter
        ("2 minutes", "2 minutes [1]"),  # in no sentence as whole words
        ("22 and late", "22 and late [1][2]"),  # gathered from two sentences
        ("never", "never [1]"),
    ],
)
def test_words_have_the_numbers_of_their_citations(words: str, line: str) -> None:
    """The number is that of the first sentence that contains the words, or of all that contain some of them."""
    late = replace(LATE, marks=((24, 28),))
    short = find_short_answer(make_answer(CROSSING, late, short_answer=words))
    assert short is not None
    assert short.line == line


def test_marked_words_come_first() -> None:
    """A sentence in which the words are marked as the answer is preferred to one that only contains them."""
    denied, given = make_citation("It is not 340."), make_citation("All 340 homes.", n=2, marks=((14, 17),))
    short = find_short_answer(make_answer(denied, given, short_answer="340"))
    assert short is not None
    assert short.numbers == (2,)


def test_doubts_are_in_the_first_line() -> None:
    """That the articles differ, or that the sentence was corrected, is said beside the words."""
    answer = make_answer(CROSSING, LATE, short_answer="22 minutes")
    differing = replace(answer, conflicts=(Conflict((Claim("22", 1), Claim("30", 2))),))
    corrected = replace(differing, corrections=(Correction(1, 2, None),))
    other = replace(answer, corrections=(Correction(2, 1, None),))  # of another sentence
    lines = [short.line for each in (differing, corrected, other) if (short := find_short_answer(each))]
    assert lines == [
        "22 minutes [1] (the articles differ)",
        "22 minutes [1] (corrected: see [2]; the articles differ)",
        "22 minutes [1]",
    ]


def test_no_short_answer() -> None:
    """A refusal has none, and an answer need not have one."""
    assert find_short_answer(make_answer(CROSSING)) is None
    assert find_short_answer(replace(make_refusal("Why."), short_answer="22")) is None


def test_age_stands_in_the_first_line() -> None:
    """How old an answer is, is told after the words that answer; a day alone answers nothing."""
    short = find_short_answer(make_answer(CROSSING, short_answer="22 minutes", as_of="2025-03-04"))
    assert short is not None
    assert short.line == "22 minutes [1] (as of 4 March 2025)"
    assert find_short_answer(make_answer(CROSSING, as_of="2025-03-04")) is None
