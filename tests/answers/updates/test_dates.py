"""Times for what a question asks when of."""

from __future__ import annotations

import pytest

from assistant.answers.updates.claims import TimeClaim, read_day, tells_change
from assistant.answers.updates.dates import are_for_same_thing, asks_when_planned, can_follow, read_times
from assistant.records.answer import Evidence
from tests.support.memory_library import make_article

QUESTION = "When will the Mira mission launch?"


def read(text: str, day: str = "2025-03-04") -> list[TimeClaim]:
    article = make_article(text, text, title="News", published_at=day)
    return read_times(QUESTION, Evidence(article, 0, len(text), 0.5))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Mira mission will launch in June.", ["June"]),
        ("The Mira mission has been postponed from June to August.", ["August"]),
        ("The launch of the Mira mission is delayed until August.", ["August"]),
        ("The Mira mission will lift off in August instead of June.", ["August"]),
        ("The Mira mission was to have been launched in June.", []),
        ("The Mira mission will end in June.", []),
        ("The clock was stopped after the launch of the Mira mission was delayed on 29 August.", []),
        ("The launch of the Mira mission was put off on 3 May until June.", ["June"]),
        ("The crew of the Mira mission will train in June.", []),
    ],
)
def test_times_of_the_question(text: str, words: list[str]) -> None:
    assert [each.words for each in read(text)] == words


def test_change_of_a_plan() -> None:
    (june,) = read("The Mira mission will launch in June.")
    (august,) = read("The Mira mission is now expected in August.", "2025-05-04")
    assert are_for_same_thing(QUESTION, june, august)
    assert can_follow(june, august)
    assert (tells_change(june), tells_change(august)) == (False, True)
    assert not june.agrees_with(august)


def test_what_is_over_is_no_plan() -> None:
    assert asks_when_planned(QUESTION)
    assert not asks_when_planned("When did the Mira mission launch?")
    assert not asks_when_planned("When was the launch originally planned?")


def test_article_without_a_day() -> None:
    assert read_day(make_article("a", "Text.", published_at="2025")) is None
