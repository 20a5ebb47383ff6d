"""What a clause with a time says of what."""

from __future__ import annotations

import pytest

from assistant.answers.updates.clauses import Clause, are_same_work, list_clauses, list_like_events


def read(text: str) -> Clause:
    """The only clause with a month."""
    (clause,) = (each for each in list_clauses(text) if "May" in text[slice(*each.span)])
    return clause


@pytest.mark.parametrize(
    ("text", "head", "verb"),
    [
        ("The mayor said that the first ferry would dock in May.", "ferri", "dock"),
        ("The club said Rovers will move in May.", "rover", "move"),
        ("The trial of Ivo Lund, the banker, will begin in May.", "trial", "begin"),
        ("The tram line to Hobble Hill is now expected to open in May.", "line", "open"),
        ("The first ferry is expected in May.", "ferri", "expect"),
        ("The launch is put off until May.", "launch", "schedul"),
        ("The line opens in May.", "line", "open"),
        ("They still expect it to be finished in May.", "it", "finish"),
        ("It rained, and the town plans to open the pier in May.", "town", "open"),
    ],
)
def test_subject_and_verb(text: str, head: str, verb: str) -> None:
    clause = read(text)
    assert (clause.head, clause.verb, clause.is_to_come, clause.is_superseded) == (head, verb, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "The pier had been planned for May.",
        "Building was to have begun in May.",
        "The pier was originally due in May.",
        "Payments were set to resume in May, but the pause was extended.",
    ],
)
def test_older_plans(text: str) -> None:
    """What was planned once is no value of the article that tells of it."""
    assert read(text).is_superseded


def test_what_is_past() -> None:
    assert not read("The pier opened in May.").is_to_come


def test_words_of_like_meaning() -> None:
    assert "begin" in list_like_events("start")
    assert are_same_work("work", "construct")
    assert not are_same_work("work", "pier")
