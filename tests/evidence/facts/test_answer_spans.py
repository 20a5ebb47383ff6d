"""Spans that can be the answer to a question."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.answer_spans import find_answer_spans, find_counted_deeds, is_count_of, is_count_of_deed
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
