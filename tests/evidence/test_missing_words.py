"""The names, years and words of a question that the articles lack."""

from __future__ import annotations

import pytest

from assistant.evidence.missing_words import find_missing_names, find_missing_words
from assistant.questions.parser import parse_question
from assistant.records.article import Article

BRIDGE = Article(
    "bridge",
    "Britain pays for the bridge at Port Ellery",
    "The British government will pay for the new bridge, Mayor Susan Tarn said. Tarn had asked for it last year. "
    "The Harbour Safety Board (HSB) objects. Mikkel Brandt of the Vantor shipyard wants 300 new jobs. "
    "A museum in the United States lends the old crane. Sinnema spoke too.",
    "0" * 64,
    source="Harbour Times",
    published_at="2021-05-04",
)
DREDGER = Article("dredger", "A dredger sinks", "The dredger Aurora sank off Kvalby in 2014.", "0" * 64)


def missing_names(question: str, *articles: Article) -> list[str]:
    return list(find_missing_names(parse_question(question), articles or (BRIDGE,)))


@pytest.mark.parametrize(
    "question",
    [
        "Why does the UK pay for the bridge?",
        "Will Americans lend a crane?",
        "What does the harbour safety board think?",
        "Does the HSB object?",
        "What did Susan Tarn say in 2021?",
        "What did Tarn ask for in 2020?",
        "Is Sue Tarn mayor?",
        "Which crane comes from Europe's biggest island?",  # a narrower name shows the wider one
        "How many jobs does Mikkel Brandt's company want?",
        "What is built at Port Ellery's harbour?",
        "What does Kyrsten Sinnema want?",
        "What will Vantor Inc. do?",
        "What do the Harbour Times say?",
    ],
)
def test_names_in_another_form_are_there(question: str) -> None:
    assert missing_names(question) == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Why does France pay for the bridge?", ["France"]),
        ("What did Michael Tarn say?", ["Michael Tarn"]),  # another person of that surname
        ("What did Susan Vik say in 2018?", ["Susan Vik", "2018"]),
        ("What does the World Harbour Fund want?", ["World Harbour Fund"]),
        ("What is built at New Ellery?", ["New Ellery"]),
        ("why does france pay susan vik", ["france", "susan vik"]),
        ("What does the ILO say?", ["ILO"]),
    ],
)
def test_names_that_are_not_there_are_as_written(question: str, names: list[str]) -> None:
    assert missing_names(question) == names


def test_a_name_may_stand_in_any_of_the_articles() -> None:
    assert missing_names("Did Tarn see the Aurora sink off Kvalby in 2014?", BRIDGE, DREDGER) == []
    assert missing_names("Did Tarn see the Aurora sink off Kvalby in 2014?", BRIDGE) == ["Aurora", "Kvalby", "2014"]


def test_a_full_name_stands_for_an_acronym() -> None:
    assert missing_names("What does the HSB want?", DREDGER) == ["HSB"]
    board = Article("b", "", "The Harbour Safety Board met. It is small.", "0" * 64)
    assert missing_names("What does the HSB want?", board) == []


def test_no_articles_lack_every_name() -> None:
    assert find_missing_names(parse_question("Where is Port Ellery?"), ()) == ("Port Ellery",)


def test_missing_words_are_names_and_content_words_in_order() -> None:
    query = parse_question("Did the ferries collide with the bridge near Lund in 1999?")
    assert find_missing_words(query, (BRIDGE,)) == ("ferries", "collide", "Lund", "1999")


@pytest.mark.parametrize(
    "question",
    [
        "How many new jobs are wanted at the shipyards?",
        "What do British mayors ask?",
        "Who objected to the bridges?",
        "Is this the harbor's board?",
        "Has anyone or anybody asked something of the mayors?",
        "In what year was the bridge wanted, and by which company?",
    ],
)
def test_inflections_and_spellings_are_no_missing_words(question: str) -> None:
    assert find_missing_words(parse_question(question), (BRIDGE,)) == ()


FORT = Article(
    "fort",
    "Lorry driver fined",
    "A lorry stopped near Fort Tarnerdale. Ellery Dictionaries chose a word. The wall at the border of Britain grew.",
    "0" * 64,
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What stopped near Ft. Tarnerdale?", []),
        ("What stopped near Mt. Tarnerdale?", ["Mt. Tarnerdale"]),
        ("Which word did the Ellery Danish Dictionary choose?", []),
        ("Which word did the Harbour Danish Dictionary choose?", ["Harbour Danish Dictionary"]),
        ("What grew at the UK-France border?", []),
        ("What came of the UK-France talks?", ["France"]),
    ],
)
def test_short_forms_of_names(question: str, names: list[str]) -> None:
    """“Ft.” is a fort, a long name may lose its middle, and a border may be called by one of its sides."""
    assert missing_names(question, FORT) == names


def test_a_border_of_others_is_another_one() -> None:
    """Where an article names the sides of its border, it is that one."""
    other = Article("other", "A wall", "The wall at the UK-Ireland border grew.", "0" * 64)
    assert missing_names("What grew at the UK-France border?", other) == ["France"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("susann tarn bridge", ()),  # a name that is spelled otherwise there
        ("susan tarne bridge", ()),
        ("susan holme bridge", ("susan holme",)),
    ],
)
def test_misspelled_names_are_there(question: str, words: tuple[str, ...]) -> None:
    assert find_missing_words(parse_question(question), [BRIDGE]) == words
