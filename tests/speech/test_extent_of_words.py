"""What somebody asks, hopes or implies is told of them; the clause that they say is whole, and ends where it ends."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.speech.test_whose_words import list_said


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth asked whether the lock was safe.",
        "Ada Brandreth was elected, and repeatedly asked why the town had not paid.",
        "Ada Brandreth began to wonder if the lock might be sold.",
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
        "The town praised the gate on Monday, that Ada Brandreth said was an old one.",
        "The town kept a fee on boats, which the keeper Ada Brandreth has said do more harm than good.",
    ],
)
def test_told_and_not_claimed(text: str) -> None:
    """Questions, hopes, hints, acts, answers without their matter and clauses without their subject."""
    assert list_said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Brandreth argued the lock was needed, a nod to the keepers of Tarn.", "the lock was needed"),
        ("Ada Brandreth claimed, without giving proof, that Tarn had paid.", "that Tarn had paid"),
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
            "The lock leaks at the sill, according to Ada Brandreth, with a hole of two feet.",
            "The lock leaks at the sill",
        ),
        ("Ada Brandreth told Pelby News 24 the lock was “late”.", "the lock was “late”"),
        ("Ada Brandreth has warned the crew they must mend the gates.", "they must mend the gates"),
        ("The keepers blamed what Ada Brandreth said were “fools of old” for it.", "“fools of old”"),
        ("Ada Brandreth tweeted that she hopes “even the keepers stay at the lock”.", None),
    ],
)
def test_words_begin_and_end_with_their_clause(text: str, words: str | None) -> None:
    """What the writer adds is left out; lists, conditions and listeners do not cut the words."""
    said = [each for speaker, each in list_said(text) if speaker == "Ada Brandreth"]
    assert said == [words] if words else len(said) == 1


def test_phrase_with_a_quotation_before_words() -> None:
    """A phrase that only opens a quotation is told; the quotation is said."""
    text = "To stop more “old, slow leaks,” Ada Brandreth said, “we must mend the gates.”"
    assert list_said(text) == [("Ada Brandreth", "“we must mend the gates.”")]


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("said", "the ferry rule, which has never been used, should go at once"),
        ("said", "the main pipe burst, prompting the ferry to close"),
        ("said", "that the fee was 9% last year but is now 2%"),
        ("said", "the board used to be weak but it is now strong"),
        ("said", "the firm would close but its keepers will be paid"),
        ("said", "the mayor was asked and would not comment"),
        ("said", "two boats sank and a third later drifted home"),
        ("said", "the statue, a nod to the old keepers, should go"),
        ("said", "had the gate been shut, the town would be dry"),
        ("said", "do not open the gate"),
        ("said", "will power is all that counts"),
        ("speculated", "the keepers made it hard to pay"),
        ("asked", "that the gate be shut"),
        ("asked", "if “the gate is safe at night” or not"),
        ("denied", "that the gate would be sold"),
        ("called", "it a “complete and utter waste” deal"),
    ],
)
def test_words_that_go_on(verb: str, words: str) -> None:
    """A clause is not cut in the middle of its sense; requests, orders, denials and quotations are said."""
    assert list_said(f"Ada Brandreth {verb} {words}.") == [("Ada Brandreth", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If the tide comes, as Ivo Tarn said it would, Ada Brandreth said the gate will leak.", "the gate will leak"),
        ("If Monday’s talks were calm, Ada Brandreth said the next will not be.", "the next will not be"),
        ("The board has rules under which Ada Brandreth said the gate must be shut.", "the gate must be shut"),
        ("The mayor wrote, in a letter, that Ada Brandreth said the gate was late.", "the gate was late"),
        ("The talks, through which Ada Brandreth said the gate was saved, are over.", "the gate was saved"),
        ("Ada Brandreth asked: Is the gate safe at night?", "Is the gate safe at night?"),
    ],
)
def test_words_that_the_speaker_says(text: str, words: str) -> None:
    """Neither what is before the speaker nor a preposition with "which" makes words another's or the writer's."""
    assert ("Ada Brandreth", words) in list_said(text)


@pytest.mark.parametrize(
    "words",
    [
        "advised the crew that the sea is calm on its north side",
        "advised travellers not to go on the ice",
        "declared for the third time that the gate leaks",
    ],
)
def test_deeds_that_are_none(words: str) -> None:
    """Advice and declarations of a clause are told; they are not dropped like a firm's "advising on its sale"."""
    text = f"Ada Brandreth {words}."
    assert [each.speaker for each in find_statements(make_article(text), sentence_spans(text))] == ["Ada Brandreth"]


def test_participle_behind_own_words() -> None:
    """What somebody suggests behind their own words is said too."""
    text = "The gate leaks, Ada Brandreth said, suggesting that the town must pay."
    assert list_said(text)[-1] == ("Ada Brandreth", "that the town must pay")


def test_quoted_question_inside_words_of_another() -> None:
    """Who asked it stays the speaker of a quotation that somebody else tells."""
    text = "Ada Brandreth said Ivo Tarn asked her if “the gate holds for years on end” or not."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [(each.speaker, each.via) for each in found if each.status == "reported"] == [("Ivo Tarn", "Ada Brandreth")]


def test_hopes_of_two_unnamed_people() -> None:
    """What one unnamed person hopes in the words of another is not the same person's thought."""
    text = "The keeper said that a pilot hopes “the gate holds for years on end”."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [each.role for each in found if each.status == "reported"] == ["a pilot"]
