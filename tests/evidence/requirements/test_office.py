"""Whose an office is in a sentence."""

from __future__ import annotations

import pytest

from assistant.evidence.requirements.office import Office, holds_office, read_description, read_office, tie_office
from assistant.records.article import Article

TEXT = (
    "The Norfield Harbour Trust met Orrin Shipping on Monday. Its chair, Ada Quill, asked for time. "
    "Chief engineer Karl Venn spoke. Orrin Shipping's chief engineer, Ivo Lund, said nothing. "
    "Maud Seel, the harbour master of Port Ellery, left early. The secretary of the trust, Jon Hale, took notes. "
    "Harbour master Nils Ott came late. Deputy mayor Una Crest waited."
)


def make_article(text: str = TEXT) -> Article:
    return Article("a", "The trust meets", text, "a.md", "Herald", None, None, None)


@pytest.mark.parametrize(
    ("question", "words", "owner"),
    [
        ("Who is the harbour master of Port Ellery?", ("harbour", "master"), "Port Ellery"),
        ("Who was the trust’s secretary?", ("secretary",), "trust"),
        ("who's the Norfield mayor?", ("mayor",), "Norfield"),
        ("Who is the leader of the seafarers' union?", ("leader",), "seafarers union"),
    ],
)
def test_an_office_and_its_body_are_read(question: str, words: tuple[str, ...], owner: str) -> None:
    office = read_office(question)
    assert office is not None
    assert (len(office.words), office.owner) == (len(words), owner)


@pytest.mark.parametrize(
    "question",
    ["Who is Ada Quill?", "Who is the mayor?", "Who was the man who led the union?", "Who is leading the inquiry?",
     "Who was arrested at the pier?", "Who was shot in Norfield?", "What did the mayor of Norfield say?",
     "Who was the first captain of late to win at Norfield?"],
)  # fmt: skip
def test_other_questions_ask_for_no_office_of_a_body(question: str) -> None:
    assert read_office(question) is None


@pytest.mark.parametrize(
    ("description", "sentence", "tie", "is_held"),
    [
        ("chair of the Norfield Harbour Trust", "Its chair", "named", True),
        ("chair of Orrin Quarries", "Its chair", "other", False),
        ("chief engineer of Orrin Shipping", "Orrin Shipping's", "named", True),
        ("chief engineer of the Norfield Harbour Trust", "Orrin Shipping's", "other", False),
        ("chief engineer of the Norfield Harbour Trust", "Chief engineer", "open", True),
        ("chief engineer of Orrin Shipping", "Chief engineer", "open", False),
        ("chief engineer", "Chief engineer", "open", True),
        ("harbour master of Port Ellery", "Maud Seel", "named", True),
        ("harbour master of Norfield", "Maud Seel", "other", False),
        ("secretary of the Norfield Harbour Trust", "The secretary", "named", True),
        ("mayor of Norfield", "Deputy mayor", "none", False),
        ("station master of Port Ellery", "Maud Seel", "none", False),
    ],
)
def test_a_sentence_says_whose_an_office_is(description: str, sentence: str, tie: str, is_held: bool) -> None:
    article, office = make_article(), read_description(description)
    start = article.text.index(sentence)
    span = (start, article.text.index(".", start) + 1)
    assert isinstance(office, Office)
    assert tie_office(office, article, span) == tie
    assert holds_office(office, article, span) is is_held


def test_a_minister_of_an_article_on_one_country_is_of_that_country() -> None:
    text = "Storms hit the Polish coast. Prime Minister Jan Tarnowski asked France for help."
    article = make_article(text)
    span = (text.index("Prime"), len(text))
    polish, french = read_description("the Polish prime minister"), read_description("the prime minister of France")
    assert polish is not None
    assert french is not None
    assert holds_office(polish, article, span)
    assert not holds_office(french, article, span)


def test_who_is_named_before_the_office_does_not_own_it() -> None:
    text = "Police arrested a man after Ada Quill, mayor of the Polish city of Norfield, was hurt."
    office = read_description("mayor of Norfield")
    assert office is not None
    assert tie_office(office, make_article(text), (0, len(text))) == "named"


def test_a_body_named_with_a_hyphen_is_two_names() -> None:
    """Both must be named, and neither is an internal error."""
    office = read_description("the fourth official at the Norfield-Saltmere match")
    assert office is not None
    for told, is_held in (("Norfield-Saltmere match", True), ("Norfield-Tarn Head match", False)):
        text = f"The {told} was short. The fourth official, Ivo Lund, left early."
        span = (text.index("The fourth"), len(text))
        assert holds_office(office, make_article(text), span) is is_held
