"""Words of the kind that is asked for."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.answer_spans import find_answer_spans
from assistant.evidence.short_answers.candidates import (
    add_asked_noun,
    add_noun,
    asks_for_two,
    counts_others,
    find_candidates,
)
from assistant.questions.parser import parse_question
from assistant.text.stemming import stem


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Who opened the bridge?",
            "On Monday it was opened by Anna Tarn of the Harbour Council.",
            ["Anna Tarn"],
        ),
        ("Where was the fire?", "The fire in Utrecht on Tuesday was seen by Anna Tarn.", ["Utrecht"]),
        ("Which company built it?", "It was built by Vantor’s men, said Peter Lund.", ["Vantor"]),
        ("Which show won?", "The prize went to “Night Ferry” on Sunday.", ["Night Ferry"]),
        ("Which country signed?", "A French envoy and one of Japan signed.", ["Japan"]),
        ("How many came?", "Thousands came, 300 of them by boat.", ["300"]),
        ("How many shops are there?", "The 140,000-acre estate has 12 shops.", ["12"]),
        ("How long is the ban?", "The six-week ban is new.", ["six"]),
        ("How many days did it last?", "The 12-day trip was long.", ["12"]),
        ("When did it open?", "It opened on Monday.", ["Monday"]),
        ("Where was he flown?", "He was flown from Tarn to Ellery.", ["Ellery"]),
        ("Where was he flown from?", "He was flown from Tarn to Ellery.", ["Tarn", "Ellery"]),
        ("How much is the toll?", "The toll rises from $4 to $6 in May.", ["$6"]),
        ("How many came?", "Of the 40 from 12 towns, all went to sleep.", ["40", "12"]),
    ],
)
def test_candidates(question: str, text: str, words: list[str]) -> None:
    """No days for places, no people for companies, no peoples for countries, no quotation marks."""
    query = parse_question(question)
    marks = find_answer_spans(query.expects, text, 0, len(text), set(map(stem, query.terms)))
    assert [text[slice(*span)] for span in find_candidates(query, text, marks)] == words


@pytest.mark.parametrize(
    ("text", "nouns", "words"),
    [
        ("22 minutes", {"minut"}, "22 minutes"),
        ("63 hot dogs were", {"hot", "dog"}, "63 hot dogs"),
        ("218 seats needed", {"seat", "need"}, "218 seats"),
        ("$48 million stood", {"cost"}, "$48 million"),
        ("30% of them", {"share"}, "30%"),
    ],
)
def test_nouns_of_numbers(text: str, nouns: set[str], words: str) -> None:
    """What a number counts belongs to it."""
    end = text.index(" ") if not text.startswith("$") else len("$48 million")
    assert text[slice(*add_noun(text, (0, end), len(text), nouns))] == words


def test_counting_something_else() -> None:
    """Nine people are no firemen."""
    assert counts_others("nine people died", (0, 4), 16, {"firemen"})
    assert not counts_others("nine firemen came", (0, 4), 17, {"firemen"})
    assert not counts_others("nine came", (0, 4), 9, {"firemen"})


def test_asked_nouns() -> None:
    """The kind that is asked for belongs to a name."""
    text = "a vaccine against Tarn fever was found"
    assert text[slice(*add_asked_noun(text, (18, 22), len(text), "Which fever is it?"))] == "Tarn fever"
    assert text[slice(*add_asked_noun(text, (18, 22), len(text), "Which ship has fever?"))] == "Tarn"


def test_two_questions() -> None:
    """No words alone answer two questions."""
    assert asks_for_two("How many came and who won?")
    assert not asks_for_two("Who came and won?")
