"""The names and years in a question."""

from __future__ import annotations

import pytest

from assistant.questions.names.finding import find_names, find_years


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Mayor Ada Tarn say about Super Tuesday?", ["Ada Tarn", "Super Tuesday"]),
        ("Who is the King of Spain?", ["Spain"]),
        ("Did the US and the UK sign it on Tuesday?", ["US", "UK"]),
        ("Will the Bank of England move in May?", ["Bank of England"]),
        ("How long is Port Ellery's new bridge?", ["Port Ellery"]),
        ("Which harbour did Vantor CEO Ada Tarn visit?", ["Vantor", "Ada Tarn"]),
        ("Where was March for Our Lives held?", ["March for Our Lives"]),
        ("Ursula von der Leyen's plan", ["Ursula von der Leyen"]),
        ("Is the US-Mexico border open?", ["US", "Mexico"]),
        ("Why was the bridge closed?", []),
        ("Explain the new rules", []),
        ("Vantor's price", ["Vantor"]),
        ("What happened on Jan. 6?", []),
        ("How much is the new iPhone 14?", ["iPhone 14"]),
        ("What did the Prime Minister say?", []),
        ("Where is Mt. Hood?", ["Mt. Hood"]),
    ],
)
def test_names_are_runs_of_capitals(question: str, names: list[str]) -> None:
    assert [name.text for name in find_names(question)] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did susan tarn say about russia", ["susan tarn", "russia"]),
        ("who wrote the report", []),
        ("tell us who won", []),
        ("HOW DID RUSSIA LOSE THE BERTHS", ["RUSSIA"]),
    ],
)
def test_without_capitals_only_known_names_are_found(question: str, names: list[str]) -> None:
    found = find_names(question)
    assert [name.text for name in found] == names
    assert all(name.is_guessed for name in found)


def test_outlets_are_no_names_of_the_question() -> None:
    assert [
        name.text for name in find_names("According to the Harbour Times, where is Ada Tarn?", ["Harbour Times"])
    ] == ["Ada Tarn"]


def test_a_name_says_where_it_begins_and_whether_it_is_a_person() -> None:
    question = "Did Susan Tarn join the Port Ellery Council?"
    person, body = find_names(question)
    assert (person.is_person, body.is_person) == (True, False)
    assert question[body.start :].startswith("Port Ellery Council")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Who won in 2019 and in 2020?", ["2019", "2020"]),
        ("Were 2,019 people there, or $2020?", []),
        ("Is the 1990s fleet sold?", []),
    ],
)
def test_years(question: str, years: list[str]) -> None:
    assert [year for _, year in find_years(question)] == years
