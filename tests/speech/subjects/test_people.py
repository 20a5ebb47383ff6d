"""People without a name, whom a pronoun can mean."""

from __future__ import annotations

import pytest

from assistant.speech.subjects.people import find_identified, find_unnamed_persons
from assistant.speech.tagger import tag_sentence
from tests.speech.test_statements import list_speakers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A letter by the driver was found.", ["the driver"]),
        ("They read the monarch’s letter.", ["the monarch"]),
        ("Ada Brandreth, the keeper, left.", []),
        ("Ada Brandreth is a keeper.", []),
        ("The keeper Ada Brandreth left.", []),
        ("The keepers left.", []),
    ],
)
def test_unnamed_persons(text: str, found: list[str]) -> None:
    """A single person with an article and without a name is found, also as an owner."""
    assert list(find_unnamed_persons(tag_sentence(text))) == found


def test_listeners_and_gender() -> None:
    """Before a pronoun, a listener does not count, nor somebody whom it does not fit."""
    sentence = tag_sentence("In a talk with the driver, she spoke of it.")
    assert list(find_unnamed_persons(sentence, len(sentence.text))) == []
    sentence = tag_sentence("After the widow left, he spoke.")
    assert list(find_unnamed_persons(sentence, len(sentence.text), "he")) == []
    assert list(find_unnamed_persons(sentence, len(sentence.text), "she")) == ["the widow"]


def test_identified_person() -> None:
    """A sentence can say who a described person is."""
    assert find_identified(tag_sentence("The driver was Ivo Tarn, 41.")) == "Ivo Tarn"
    assert find_identified(tag_sentence("The driver was tired.")) is None


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Bob Pell opened the talk. The driver was Ivo Marr.\n\nHe said the brakes had failed.", ["Ivo Marr"]),
        ("Bob Pell met Jon Marr. Rain fell on the town. He said the brakes had failed.", [None]),
        (
            "“It broke,” Bob Pell said. A note by the driver was read out. He wrote that it was late.",
            ["Bob Pell", None],
        ),
        ("Anna Pell spoke. In the widow’s letter she said that it was late.", [None]),
        ("Zibb Ekern was brief. “No,” he said.", ["Zibb Ekern"]),
        ("Bob Pell sat near. Zibb Ekern was brief. “No,” he said.", [None]),
        ("“It broke,” Bob Pell said. The widow wept. “It was old,” he said.", ["Bob Pell", None]),
        ("“It broke,” Bob Pell said. It rained on the widow. “It was old,” he said.", ["Bob Pell", "Bob Pell"]),
    ],
)
def test_pronouns_near_other_people(text: str, speakers: list[str | None]) -> None:
    """ "He" is the subject or speaker before it, or the only man near; where somebody else may be meant, nobody."""
    assert list_speakers(text) == speakers
