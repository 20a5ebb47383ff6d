"""The state of a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.questions.conversation.dialogue import DialogueState
from assistant.records.answer import Turn
from tests.questions.conversation.turns import make_citation, make_turn

SPEAKERS = ("Maud Lindqvist", "Ivo Brandt", "Harbour Company", "Taiwan")
TOLLS = make_turn(
    "What did Brandt say about tolls?",
    make_citation("Ivo Brandt", "“Tolls are fair, and they stay.”", "2024-05-07T08:00:00Z"),
    make_citation("Ivo Brandt", "Tolls stay.", "2024-05-02"),
    make_citation("Ivo Brandt", "Tolls stay.", "not a date"),
)
QUOTED = make_turn("Who said “tolls are fair”?", make_citation("Maud Lindqvist", "tolls are fair"))
BRIDGE = make_turn("When did the bridge close?")


def make_dialogue(*turns: Turn) -> DialogueState:
    """The state after these turns, oldest first."""
    return DialogueState(tuple(reversed(turns)), SPEAKERS)


def test_topic_prefers_matter_to_quotation() -> None:
    """The topic is the newest subject that is not a quotation, or else the quotation."""
    assert make_dialogue(TOLLS, QUOTED).topic() == "tolls"
    assert make_dialogue(QUOTED).topic() == "“tolls are fair”"
    assert make_dialogue(TOLLS, BRIDGE).topic() == "the bridge"
    assert make_dialogue(make_turn("What did Brandt say?")).topic() is None


def test_speakers_from_question_or_answer() -> None:
    """The speakers are those in the newest question, or else the only one in its answer."""
    both = make_turn(
        "Who said “tolls”?", make_citation("Ivo Brandt", "tolls"), make_citation("Maud Lindqvist", "tolls")
    )
    assert make_dialogue(TOLLS).speakers() == ("Brandt",)
    assert make_dialogue(TOLLS, QUOTED).speakers() == ("Maud Lindqvist",)
    assert make_dialogue(TOLLS, both).speakers() == ("Brandt",)
    assert make_dialogue(BRIDGE).speakers() == ()


def test_speakers_on_same_topic() -> None:
    """The speakers of consecutive questions about one topic are collected in order."""
    lindqvist = make_turn("What did Lindqvist say about tolls?")
    assert make_dialogue(TOLLS, lindqvist).speakers_on_topic() == ("Brandt", "Lindqvist")
    assert make_dialogue(TOLLS, BRIDGE, lindqvist).speakers_on_topic() == ("Lindqvist",)


def test_antecedents_in_order() -> None:
    """Speakers come first, then people in the question and in the answer."""
    turn = make_turn("What did Brandt say about Alice Fairbrook?", make_citation("Ivo Brandt", "Victor Hale is wrong."))
    people = list(dict.fromkeys(make_dialogue(turn).antecedents()))
    assert people == ["Brandt", "Alice Fairbrook", "Ivo Brandt", "Victor Hale"]


def test_antecedents_include_marked_name() -> None:
    """The name that the answer to "who" marks is an antecedent, unless it is in the question."""
    turn = make_turn("Who bought the ferry?", make_citation(None, "Lindqvist bought the ferry."))
    citation = replace(turn.answer.citations[0], marks=((0, 9),))
    marked = replace(turn, answer=replace(turn.answer, citations=(citation,)))
    assert list(make_dialogue(marked).antecedents()) == ["Lindqvist"]
    assert list(make_dialogue(turn).antecedents()) == []


def test_whoever_is_asked_about_comes_before_what_the_answer_calls_them() -> None:
    """ "He", after "Who is Ivo Brandt?", is not "the prime minister" of the sentence that answers."""
    turn = make_turn("Who is Ivo Brandt?", make_citation(None, "The prime minister, Ivo Brandt, was late."))
    citation = replace(turn.answer.citations[0], marks=((0, 18),))
    described = replace(turn, answer=replace(turn.answer, citations=(citation,)))
    assert next(make_dialogue(described).antecedents()) == "Ivo Brandt"
    named = replace(described, answer=replace(turn.answer, citations=(replace(citation, marks=((20, 30),)),)))
    office = replace(named, question="Who is Prime Minister?")
    assert next(make_dialogue(office).antecedents()) == "Ivo Brandt"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lindqvist", True),
        ("ivo brandt", True),
        ("Alice", True),
        ("the prime minister", True),
        ("Taiwan", False),
        ("Company", False),
        ("us", False),
        ("tolls", False),
        ("", False),
        ("one two three four five six Brandt", False),
    ],
)
def test_person_recognized(name: str, expected: bool) -> None:
    """Known speakers, given names and titles are people; countries and organizations are not."""
    assert make_dialogue(TOLLS).is_person(name) is expected


def test_name_expanded() -> None:
    """A surname is expanded to the full name of a known speaker."""
    dialogue = make_dialogue(TOLLS)
    assert dialogue.expand_name("Brandt") == "Ivo Brandt"
    assert dialogue.expand_name("Ivo Brandt") == "Ivo Brandt"
    assert dialogue.expand_name("Okoro") == "Okoro"
    assert dialogue.expand_name("") == ""


def test_last_quotation_and_dates() -> None:
    """The last quotation is the first that is cited; dates are sorted, without those that cannot be read."""
    dialogue = make_dialogue(TOLLS)
    assert dialogue.last_quotation() == "Tolls are fair, and they stay"
    assert dialogue.dates() == [date(2024, 5, 2), date(2024, 5, 7)]
    assert make_dialogue(BRIDGE).last_quotation() is None
    assert make_dialogue(BRIDGE).dates() == []


def test_country_of_the_conversation() -> None:
    """The country that the last question names, in any form, or else its answer."""
    assert make_dialogue(make_turn("Who leads the Greek navy?")).country() == "Greece"
    answered = make_turn("Who opened the pier?", make_citation(None, "The mayor of Gdynia, Poland opened it."))
    assert make_dialogue(answered).country() == "Poland"
    assert make_dialogue(BRIDGE).country() is None
