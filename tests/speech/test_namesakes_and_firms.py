"""People who share a surname, people of an office, firms with names like people's, and words that were not said."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.speech.test_whose_words import list_said, list_speakers

THE_TARNS = (
    "Peter Tarn is keeper of Pelby. His son, Simon Tarn, said it leaks.\n\n“It is old,” Simon Tarn said.\n\n"
    "{} “It holds,” {} said."
)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (THE_TARNS.format("Keeper Tarn said it was late.", "the keeper"), "Peter Tarn"),
        (THE_TARNS.format("Keeper Tarn said it was late.\n\nTarn, a baker, shut the gate.", "he"), None),
        (THE_TARNS.format("The gate is shut.", "the elder Tarn"), None),
        ("Ada Marr met Lis Marr. “No,” said Ada Marr.\n\nTheir brother, Ulfwin, left. “Go,” he said by phone.", None),
        ("Ada Marr and Ivo Marr came. “No,” both said.\n\nMarr was brief. “It leaks,” she said.", "Ada Marr"),
        ("Peter F. “Bix” Tarn Jr. came. “It leaks,” Tarn said. Peter Tarn Sr. slept.", "Peter F. Tarn Jr."),
    ],
)
def test_who_of_one_surname(text: str, speaker: str | None) -> None:
    """A title tells namesakes apart; without one, a pronoun means the only one whom it fits, or is left open."""
    assert list_said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Officials in the office of Prime Minister Ivo Tarn said it leaks. “It is old,” one of them said.", [None]),
        ("An aide at the office of the governor, Ivo Tarn, told the Post it leaks.", []),
        (
            "Peter Tarn left.\n\nThe Lock Courier said Tarn had paid. “No,” he told reporters.",
            ["Lock Courier", "Peter Tarn"],
        ),
        ("Feed the Keepers told them to go.\n\nIts chair, Ada Marr, was brief. “No,” she said.", ["Ada Marr"]),
        ("Hope & Marr called it “late”.", ["Hope & Marr"]),
        ("Ivo Tarn and Sons said they would go.", ["Ivo Tarn and Sons"]),
        ("Save Our Locks said: “Go.”", ["Save Our Locks"]),
        ("Tarnby’s said it would go. Tarnby’s reported loss is old.", ["Tarnby’s"]),
        ("Lockwell found that it leaks, the Ministry of Justice and Public Locks said.", [None]),
        ("Stop calling it late", []),
        ("The council voted no. Ivo Tarn said it was late.", ["Ivo Tarn"]),
    ],
)
def test_bodies_and_people_of_an_office(text: str, speakers: list[str | None]) -> None:
    """A body speaks under its whole name and is never "he"; who works for an office is not its holder."""
    assert list_speakers(text) == speakers


def test_names_that_a_text_explains_are_one_person() -> None:
    """A real name, a pen name and initials that the text explains are the person's, and the description tells it."""
    text = (
        "The rapper Zibb Ekern, whose real name is Peter Oakley, left. “No,” Oakley said.\n\n"
        "Ada Marr, the Norland envoy, known as AQX, left. “Go,” AQX said.\n\n“Yes,” said Ana del Moor de los Tarn."
    )
    found = [(each.speaker, each.role) for each in find_statements(make_article(text), sentence_spans(text))]
    assert found == [
        ("Zibb Ekern", "known as Oakley"),
        ("Ada Marr", "known as AQX"),
        ("Ana del Moor de los Tarn", None),
    ]


def test_occupation_before_a_name_is_a_description() -> None:
    """What somebody does, told before the name where nothing is said, describes them where they speak."""
    text = "The geologist Ada Marr shut the lock on Monday. “It leaks,” Marr said."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [(each.speaker, each.role) for each in found] == [("Ada Marr", "geologist")]


def test_surname_that_is_a_pronoun_too() -> None:
    """He Weimin is "He" with a capital behind a quotation, and not somebody named before."""
    text = "He Weimin, who teaches, came. Ivo Tarn sang. “He is late,” He said."
    assert list_said(text)[-1] == ("He Weimin", "“He is late,”")


@pytest.mark.parametrize(
    ("text", "words", "speaker", "status"),
    [
        ("Rather than saying “sorry”, Ada Marr said she was “late”.", "“sorry”", "Ada Marr", "denied"),
        ("Nobody said “we leak”, the keeper said.", "“we leak”", None, "denied"),
        ("Ada Marr said “it is late”, not “it is old”.", "“it is old”", "Ada Marr", "denied"),
        ("Ada Marr imagined the reply: “It is late.”", "“It is late.”", "Ada Marr", "questioned"),
        ("“It is old,” Ada Marr was reported as saying by Radio Tarn.", "“It is old,”", "Ada Marr", "reported"),
    ],
)
def test_words_that_were_not_said(text: str, words: str, speaker: str | None, status: str) -> None:
    """Words that somebody used others instead of, that nobody said or that are imagined are not theirs."""
    found = [each for each in find_statements(make_article(text), sentence_spans(text)) if each.direct]
    assert [(each.speaker, each.status) for each in found if text[each.start : each.end] == words] == [
        (speaker, status)
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ada Marr, head of the keepers’ union: “It leaks.”", ["Ada Marr"]),
        ("Ada Marr, in a letter: “It leaks.”", ["Ada Marr"]),
        ("It leaks.\n\n“We are late for it.” (Ada Marr, town keeper)", ["Ada Marr"]),
        ("Bix, Tarn.\n\n“We are late for it.” (Tarn Post)", [None]),
        ("Ada Marr’s reply to Ivo Tarn was not long in coming: “It leaks.”", ["Ada Marr"]),
    ],
)
def test_names_beside_a_quotation(text: str, speakers: list[str | None]) -> None:
    """A described name before a colon, or in parentheses below a quotation, says whose it is."""
    assert list_speakers(text) == speakers


def test_correction_that_names_no_error() -> None:
    """In a column of corrections, what was reported and what was said in fact need no word for an error."""
    text = "We quoted Ada Marr as saying that it is “late”. In fact she said it is “lame”."
    article = make_article(text, title="Corrections and clarifications")
    found = [(each.speaker, each.status) for each in find_statements(article, sentence_spans(text))]
    assert found == [("Ada Marr", "denied"), ("Ada Marr", "asserted")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The rapper Zibb Ekern, whose real name is Peter Ekern, left. “No,” Ekern said.", "Zibb Ekern"),
        ("Ivo Tarn, also known as Tarn, left. “No,” Tarn said.", "Ivo Tarn"),
        ("The singer Ada Tarn, better known as Mary Tarn, left. “No,” Tarn said.", "Ada Tarn"),
        ("Ada Tarn, known as Ivo, left. Bo Ivo, known as Tarn, left. “No,” Ada Tarn said.", "Ada Tarn"),
    ],
)
def test_another_name_with_the_same_surname(text: str, speaker: str) -> None:
    """Names that stand for each other, or for themselves, end at a person."""
    assert list_speakers(text) == [speaker]
