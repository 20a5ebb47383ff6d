"""Whether the words that an attribution reports stand before it."""

from __future__ import annotations

import pytest

from assistant.speech.extent.sides import find_verb_behind, is_content_before
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.quotation_marks import QUOTE_MASK
from tests.speech.test_whose_words import list_said

QUOTE = QUOTE_MASK * 8


@pytest.mark.parametrize(
    ("before", "cue", "after", "expected"),
    [
        ("The lock leaks, ", "said", " on Monday.", True),
        ("The lock leaks, ", "said", " on Monday, after a flood that broke it.", True),
        ("In May, ", "said", " the lock leaks.", False),
        ("However, earlier this year, ", "said", " the lock leaks.", False),
        (f"{QUOTE}, ", "said", ".", True),
        (f"In a post called {QUOTE}, ", "said", f", {QUOTE}", False),
        (f"As part of the plan for a {QUOTE}, ", "said", " she would leave.", False),
        (f"Asked what {QUOTE} means, ", "said", f": {QUOTE}", False),
    ],
)
def test_side_of_the_words(before: str, cue: str, after: str, expected: bool) -> None:
    """An occasion before a speaker is not said, even if it has a quotation; a clause is."""
    attribution = ResolvedAttribution("Ada Marr", None, cue, "around", len(before), len(before) + 9)
    assert is_content_before(attribution, before, after) is expected


def test_verb_behind_a_source() -> None:
    """A clause that a source divides goes on with its verb, also behind an occasion."""
    assert find_verb_behind(", is old") == 0
    assert find_verb_behind(" in May, is old") == len(" in May")
    assert find_verb_behind(", the mayor") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Marr said at a talk last night the lock leaks.", "the lock leaks"),
        ("Ada Marr said on Monday, boats had to wait.", "boats had to wait"),
        ("Ada Marr said late Sunday the lock leaks.", "the lock leaks"),
        ("Ada Marr has said publicly the lock leaks.", "the lock leaks"),
        ("Ada Marr announced ahead of the Pelby Fair that she leaves.", "that she leaves"),
        ("Ada Marr said in a talk with Pelby Radio she leaves.", "she leaves"),
        ("Ada Marr told our reporter a gate is open.", "a gate is open"),
        ("Ada Marr told the state-run Pelby Press Agency the gate is open.", "the gate is open"),
        ("Ada Marr informed a keeper that the gate is open.", "that the gate is open"),
        ("Ada Marr told TRN viewers that it leaks.", "that it leaks"),
        ("Ada Marr warned her gate would leak.", "her gate would leak"),
        ("Ada Marr told TRN it’s “sad” that it leaks.", "it’s “sad” that it leaks"),
        ("According to the Pelby Fishing Board (PFB), boats had to wait.", "boats had to wait"),
        ("(TRN) The gate is open, Ada Marr said.", "The gate is open"),
        ("“It leaks,” another keeper and old friend of Moe, Ada Marr, wrote.", "“It leaks,”"),
    ],
)
def test_settings_listeners_and_abbreviations_are_no_words(text: str, said: str) -> None:
    """When, where and to whom somebody speaks is not what they say."""
    assert [words for _, words in list_said(text)] == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Marr told TRN she didn’t know it, and added that it leaks.", ["she didn’t know it", "that it leaks"]),
        ("Ada Marr said it is a “gate” that she says Ivo Moe shut.", ["it is a “gate”", "Ivo Moe shut"]),
        ("Ada Marr wrote the gate is “old,” a claim that Ivo Moe rejected.", ["the gate is “old,”"]),
        ("Ada Marr says boats could wait but didn’t specify how long.", ["boats could wait"]),
        ("Ada Marr said she was leaving in May, only to come back.", ["she was leaving in May"]),
        ("The gate is “not” shut, Ada Marr said, despite a report that it is.", ["The gate is “not” shut"]),
        ("After Ada Marr called the gate “old,” she went home and closed the lock.", ["the gate “old,”"]),
        ("Ada Marr told TRN that while it leaks, she stays.", ["that while it leaks, she stays"]),
        (
            "While Ada Marr added that it is old and stressed that it leaks, her gate was shut.",
            ["that it is old", "that it leaks"],
        ),
        (
            "Months after the flood, Ada Marr said, she was there.",
            ["Months after the flood, Ada Marr said, she was there"],
        ),
    ],
)
def test_words_end_where_another_clause_begins(text: str, said: list[str]) -> None:
    """Words are a whole clause, and end where the writer or another report goes on."""
    assert [words for _, words in list_said(text)] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("According to conservative talk radio host Ada Marr, the gate reeks.", ("Ada Marr", "the gate reeks")),
        ("It is not old, Ada Marr told her closest keepers as she left.", ("Ada Marr", "It is not old")),
        ("Ada Marr continued to say she had shut it.", ("Ada Marr", "she had shut it")),
        ("Ivo Moe came. One keeper, pub singer Ada Marr, said it leaks.", ("Ada Marr", "it leaks")),
        ("Ada Marr and others said it leaks.", ("Ada Marr", "it leaks")),
        ("Ada Marr of the lock group Pelby Watch Norland said it leaks.", ("Ada Marr", "it leaks")),
        ("The Pelby Bureau states that it leaks.", ("Pelby Bureau", "that it leaks")),
        ("The Norland Keepers’ Union said it leaks.", ("Norland Keepers Union", "it leaks")),
        ("Interview with the keeper Ivo Moe: “It leaks,” says Ada Marr.", ("Ada Marr", "“It leaks,”")),
    ],
)
def test_forms_of_reports(text: str, said: tuple[str, str]) -> None:
    """Descriptions with words that are often verbs, companions, and what stands between a subject and its verb."""
    assert list_said(text) == [said]
