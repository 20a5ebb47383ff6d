"""Whom a pronoun means where its sentence does not tell: kept, left open or named by a trained estimate."""

from __future__ import annotations

import pytest

from assistant.speech.mention_history import Mention, MentionHistory
from assistant.speech.pronouns.choice import PronounChoice, choose_row, estimate_shares
from assistant.speech.pronouns.memory import NameMemory
from assistant.speech.pronouns.signs import Candidate, Place
from assistant.speech.pronouns.weights import WEIGHTS
from tests.speech.test_statements import list_speakers

NOBODY = ["nobody"]
SURE = {"sure": 4.0}


def test_speaker_of_another_paragraph_is_left_open() -> None:
    """Behind a sentence about another woman, "she" is not surely who was quoted in the paragraph before."""
    text = (
        "“It leaks,” Mary Pell said.\n\nIn addition to the lock, keepers say Ada Marr also advises her father on "
        "boats.\n\n“Gates are painted,” she said at the fair."
    )
    assert list_speakers(text)[-1] is None


def test_only_person_of_a_text_is_named() -> None:
    """Who a text is about is named, although the sentence of the pronoun begins with somebody else."""
    text = (
        "One of the jobs Bob Pell talks about most is that he carried stones. His father's sudden death drives him "
        "“to have purpose,” and he finds that in work, he said."
    )
    assert list_speakers(text) == ["Bob Pell"]


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks,” Bob Pell said. “It is late,” he added.",
        "Bob Pell said it leaks. The gate is old.\n\n“We wait,” he said.",
        "“It leaks,” Ivo Marr said. Bob Pell said it does not. “We wait,” he added.",
    ],
)
def test_plain_pronouns_keep_their_person(text: str) -> None:
    """A pronoun that goes on with somebody's words is still theirs."""
    assert list_speakers(text)[-1] == "Bob Pell"


def test_estimate_only_leaves_open_whom_rules_name() -> None:
    """Somebody else than whom the rules name is never named in their place."""
    assert choose_row([["sure"], [], NOBODY], 1, SURE) is None
    assert choose_row([["sure"], [], NOBODY], 0, SURE) == 0


def test_somebody_is_named_only_where_nobody_else_can_be_meant() -> None:
    """Where the rules name nobody, the likeliest is named, but not beside somebody unnamed or another who fits."""
    assert choose_row([["sure"], [], NOBODY], None, SURE) == 0
    assert choose_row([["sure"], ["sentence before"], NOBODY], None, SURE) == 0
    assert choose_row([["sure"], ["sentence before", "fit known"], NOBODY], None, SURE) is None
    for sign in ("unnamed subject", "unnamed person", "unnamed here"):
        assert choose_row([["sure"], [], ["nobody", f"nobody, {sign}"]], None, SURE) is None
    assert choose_row([[], [], NOBODY], None, SURE) is None


def test_without_candidates_rules_decide() -> None:
    """Without people near, or if whom the rules name is not among them, nothing is changed."""
    place = Place(Mention("he", "pronoun", start=0), "he", "Bo Pell", MentionHistory(), NameMemory())
    assert PronounChoice().choose([], place) == "Bo Pell"
    assert PronounChoice().choose([Candidate("Ivo Marr", "known")], place) == "Bo Pell"


def test_shares_sum_to_one() -> None:
    """The shares of rows sum up to 1, however large the scores are; unknown signs count nothing."""
    shares = estimate_shares([["high"], ["unheard"], []], {"high": 2000.0})
    assert shares == [1.0, 0.0, 0.0]
    assert estimate_shares([["unheard"], []], WEIGHTS) == [0.5, 0.5]
