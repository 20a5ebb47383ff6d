"""Filters on a question, from words and to articles; no library is needed."""

from __future__ import annotations

import pytest

from assistant.errors import QuestionError
from assistant.presentation.question_filter import QuestionFilter, choose_articles, read_day, read_filter_words
from assistant.records.library import ArticleRow

ROWS = [
    ArticleRow("uk/a.md", "A", "The Gazette", None, "2019-09-03T10:00:00Z", 100, 0),
    ArticleRow("uk/b.md", "B", "Harbour Post", None, "2019-12-01", 100, 0),
    ArticleRow("c.md", "C", None, None, None, 100, 0),
]


def choose(**values: str) -> tuple[str, ...]:
    return choose_articles(
        QuestionFilter(**values),
        ROWS,
        lambda name: {"c.md"} if name == "Ann Lee" else set(),
        lambda tag: {"uk/b.md", "c.md"} if tag == "port" else set(),
    )


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({"outlet": "gazette"}, "uk/a.md"),
        ({"first_day": "2019-10"}, "uk/b.md"),
        ({"first_day": "2019-09", "last_day": "2019-09"}, "uk/a.md"),
        ({"last_day": "2019"}, "uk/a.md uk/b.md"),
        ({"folder": "/uk/"}, "uk/a.md uk/b.md"),
        ({"speaker": "Ann Lee"}, "c.md"),
        ({"tag": "port"}, "uk/b.md c.md"),
        ({"tag": "port", "folder": "uk"}, "uk/b.md"),
        ({"folder": "uk", "first_day": "2019-12-01"}, "uk/b.md"),
        ({}, "uk/a.md uk/b.md c.md"),
    ],
    ids=str,
)
def test_filter_lets_articles_through(values: dict[str, str], ids: str) -> None:
    """By outlet, days (also months and years), folder and speaker; an article without a day is of no day."""
    assert choose(**values) == tuple(ids.split())


def test_filter_without_articles_tells_what_there_is() -> None:
    """The error names the filter, the outlets and the days."""
    with pytest.raises(
        QuestionError, match=r"no article matches Guardian · 2020; .* from The Gazette and Harbour Post, 2019"
    ):
        choose(outlet="Guardian", first_day="2020", last_day="2020")


def test_filter_words_in_a_question() -> None:
    """They are taken out of the question; values of several words stand in quotation marks."""
    question, found = read_filter_words("what did he say outlet:Gazette from:2019-09 to:2019-12 speaker:“Ann Lee”?")
    assert question == "what did he say ?" or question == "what did he say"
    assert found.chips == ["Gazette", "2019-09 to 2019-12", "quotes Ann Lee"]
    assert read_filter_words("in:2019 who won?") == ("who won?", QuestionFilter(first_day="2019", last_day="2019"))
    assert read_filter_words("who  said to: me?") == ("who  said to: me?", QuestionFilter())
    with pytest.raises(QuestionError, match="'yesterday' is no day"):
        read_filter_words("from:yesterday what happened?")


def test_chips_and_combination() -> None:
    """Chips are short; a new filter replaces only what it has."""
    first = QuestionFilter(outlet="Gazette", first_day="2019")
    assert (first | QuestionFilter(outlet="Post", folder="uk")).chips == ["Post", "from 2019", "in uk"]
    assert QuestionFilter(last_day="2019").chips == ["to 2019"]
    both = QuestionFilter(outlet="Post", first_day="2019", last_day="2020", tag="ferry")
    assert both.without(1) == QuestionFilter(outlet="Post", tag="ferry")  # both days are one chip
    assert both.without(-1).chips == ["Post", "2019 to 2020"]
    assert read_day("2019-09-30") == "2019-09-30"
    for wrong in ("2019-13", "19", "2019-9"):
        with pytest.raises(QuestionError):
            read_day(wrong)
