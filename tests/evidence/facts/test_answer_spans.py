"""Spans that can be the answer to a question."""

from __future__ import annotations

import time

import pytest

from assistant.evidence.facts.answer_spans import (
    asks_margin,
    find_answer_spans,
    find_counted_deeds,
    find_margins,
    is_count_of,
    is_count_of_deed,
)
from assistant.records.query import AnswerType


@pytest.mark.parametrize(
    ("expects", "text", "words"),
    [
        ("number", "Some 40 boats and three men came.", ["40", "three"]),
        ("number", "Some 3 400 boats came, and 1.200 men.", ["3 400", "1.200"]),
        ("number", "It cost SEK9 million, on the A14.", ["SEK9 million"]),
        ("number", "It cost $3.4bn in 2019.", ["$3.4bn", "2019"]),
        ("number", "Quill, aged 68, owed 1,200, or 9%.", ["68", "1,200", "9%"]),
        ("date", "It closed on 3 May 2024.", ["3 May 2024"]),
        ("person", "The bridge was shut by Ada Quill.", ["Ada Quill"]),
        ("person", "Bridges were shut.", []),  # the capital of a first word says nothing
        ("reason", "It shut because of rust.", ["because of rust"]),
        ("reason", f"It shut because of {'rust ' * 40}", [f"because of{' rust' * 31}"]),  # no half word at its limit
        ("yes_no", "It shut because of rust.", []),
        (None, "Some 40 boats came.", []),
    ],
)
def test_spans_of_each_type(expects: AnswerType | None, text: str, words: list[str]) -> None:
    """The words of the expected type are found."""
    spans = find_answer_spans(expects, text, 0, len(text), frozenset())
    assert [text[start:end] for start, end in spans] == words


def test_words_of_the_question_are_no_answer() -> None:
    """A name that the question contains is not an answer to it."""
    text = "At noon Ada Quill met Tom Reed."
    spans = find_answer_spans("person", text, 0, len(text), {"ada", "quill"})
    assert [text[start:end] for start, end in spans] == ["Tom Reed"]


def test_only_the_sentence_is_searched() -> None:
    """Spans are offsets into the text and lie within the given bounds."""
    text = "Some 40 boats. Then 55 boats."
    assert find_answer_spans("number", text, 15, len(text), frozenset()) == ((20, 22),)


def test_number_counts_the_noun_after_it() -> None:
    """A number counts a noun that follows within three words."""
    text = "Some 40 old wooden boats and 3 men."
    assert is_count_of(text, (5, 7), len(text), {"boat"})
    assert not is_count_of(text, (29, 30), len(text), {"boat"})


@pytest.mark.parametrize(
    ("text", "is_counted"),
    [
        ("A total of 39 are confirmed dead, they said.", True),
        ("The fire killed at least 39.", True),
        ("The storm killed nobody, and 39 boats sank.", False),
        ("The 39 who came were glad.", False),
    ],
)
def test_number_counts_those_of_a_deed(text: str, is_counted: bool) -> None:
    """The verb stands beside the number, in the same clause."""
    start = text.index("39")
    assert is_count_of_deed(text, (start, start + 2), (0, len(text)), {"die", "dead", "kill"}) is is_counted


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("How many people died in the storm?", {"die", "kill"}),
        ("How many people lost their lives in the storm?", {"die", "kill"}),
        ("How many boats were sold after the storm closed the port?", set()),
        ("Who died in the storm?", set()),
    ],
)
def test_counted_deeds_are_the_verb_and_its_like(question: str, has: set[str]) -> None:
    """Who survived is not counted among the dead."""
    deeds = find_counted_deeds(question)
    assert deeds.isdisjoint({"surviv", "close"})
    assert deeds >= has
    assert bool(deeds) is (bool(has) or "sold" in question)


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("By how much did the members back the deal?", True),
        ("By how many votes was Ada Quill elected?", True),
        ("By what majority was the motion carried?", True),
        ("By what margin did the party lose the election?", True),
        ("By how much will electricity prices rise in Tarn?", False),
        ("By how much did passenger numbers in winter differ?", False),
        ("By how much did the carrier open the window?", False),
        ("By how much did the lead singer pay?", False),
        ("By how much did support for it shrink?", False),
        ("By how much did the bill passed in May lift wages?", False),
        ("By how much did Vantor beat forecasts?", False),
        ("By how much did the pound lose against the dollar?", False),
    ],
)
def test_margin_is_asked_for(question: str, is_asked: bool) -> None:
    """By a main verb of voting, winning or losing; not by a word that begins like one, nor by a noun."""
    assert asks_margin(question) is is_asked


@pytest.mark.parametrize(
    ("text", "margins"),
    [
        ("Parliament backed the deal by 62 votes to 58.", ["62 votes to 58"]),
        ("It was approved, 1,204 to 988.", ["1,204 to 988"]),
        ("Ada Quill won 52.3% to 47.7%.", ["52.3% to 47.7%"]),
        ("They lost by ten.", ["ten"]),
        ("They passed it to end coal by 2030.", []),
        ("They voted in 2024-25.", []),
        ("They voted from 9 to 5.", []),
        ("They can vote 9 to 5 p.m. on Friday.", []),
        ("Voters aged 18 to 24 backed it.", []),
        ("They backed it by 10 May.", []),
        ("They backed it on May 10-12.", []),
        ("It was approved by two ministers.", []),
        ("The vote was put off by 10 days.", []),
        ("They backed a rise of $3 to $5.", []),
        ("They backed it, and trains run 9 to 11 an hour.", []),
        ("It has 41 to 17 rooms.", []),
    ],
)
def test_margins(text: str, margins: list[str]) -> None:
    """In a clause that tells of a vote or a match; no years, days, times of day, ages, sums and ranges."""
    assert [text[start:end] for start, end in find_margins(text, 0, len(text))] == margins


def test_long_numbers_and_questions_are_read_in_linear_time() -> None:
    """Repeated digits, number words and openings of a question do not multiply."""
    started = time.process_time()
    for text in ("won " + "1,111" * 4000, "won " + "twenty-" * 4000, "won " + "by 1 " * 4000):
        find_margins(text, 0, len(text))
    asks_margin("by how much " * 4000)
    asks_margin("by how much did " + "vote " * 4000)
    assert time.process_time() - started < 10
