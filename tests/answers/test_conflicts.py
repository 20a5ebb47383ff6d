"""Conflicting claims in the evidence."""

from __future__ import annotations

import pytest

from assistant.answers.conflicts import find_conflict
from assistant.evidence.overlap import DuplicateGroups
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.records.query import AnswerType, Query
from tests.support.memory_library import MemoryLibrary, make_article


def conflicting_values(expects: AnswerType, question: str, *texts: str, is_one_story: bool = False) -> list[str]:
    articles: list[Article] = [
        make_article(str(number), text, published_at="2025-05-04") for number, text in enumerate(texts)
    ]
    stories = {article.id: 1 if is_one_story else number for number, article in enumerate(articles)}
    groups = DuplicateGroups(MemoryLibrary(articles, stories).snapshot())
    terms = tuple(word for word in question.lower().strip("?").split() if word not in {"how", "many", "the", "did"})
    evidence = [Evidence(article, 0, len(article.text), 0.9) for article in articles]
    return [side.value for side in find_conflict(Query(question, "other", terms, expects=expects), evidence, groups)]


def test_different_figures() -> None:
    """Figures that count the noun of the question differ."""
    values = conflicting_values("number", "How many boats hit?", "Some 40 boats hit it.", "Then 55 boats hit it.")
    assert values == ["Some 40", "55"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The roof of the new school hall costs $3 million.", "The floor of the new school hall costs $5 million."),
        ("The school hall gets $3 million from the state.", "The school hall gets $5 million from the council."),
        ("Works on the hall are put at $3 million.", "Works on the hall were put at $1 million ten years ago."),
    ],
)
def test_amounts_of_other_things(left: str, right: str) -> None:
    """Of parts, from others or of another time do not differ, however alike the sentences are."""
    assert conflicting_values("number", "How much will mending the hall cost?", left, right) == []


def test_days_of_different_weekdays_differ() -> None:
    """A weekday beside a day does not make another event of it."""
    texts = ("The fair opens on Monday, 4 May.", "The fair opens on Tuesday, 5 May.")
    assert conflicting_values("date", "The fair opens when?", *texts) == ["4 May", "5 May"]


def test_equal_figures_in_different_form() -> None:
    """A thousands separator does not make a figure different."""
    assert conflicting_values("number", "How many boats hit?", "1,000 boats hit it.", "1000 boats hit it.") == []


def test_figures_of_something_else() -> None:
    """Figures that count different things do not differ."""
    assert conflicting_values("number", "How many boats hit?", "Some 40 boats hit it.", "Boats hit 55 piers.") == []


def test_rank_is_no_figure() -> None:
    """The number in "category 5" counts nothing."""
    texts = ("A category 5 storm hit homes.", "A category 4 storm hit homes.")
    assert conflicting_values("number", "How many storm hit?", *texts) == []


def test_copies_do_not_differ() -> None:
    """Articles of one story are copies."""
    texts = ("Some 40 boats hit it.", "Then 55 boats hit it.")
    assert conflicting_values("number", "How many boats hit?", *texts, is_one_story=True) == []


def test_different_days() -> None:
    """Days are compared however they are written."""
    texts = ("The bridge closed on 3 May.", "The bridge closed on May 4.", "The bridge closed on 3rd of May.")
    assert conflicting_values("date", "bridge closed", *texts) == ["3 May", "May 4"]


def test_day_of_something_else() -> None:
    """A day far from the words of the question is the day of something else."""
    texts = (
        "The siege began on 3 May.",
        "A boy who was hurt in the market on 7 May is the first whose family asked the town for help since the siege "
        "began.",
    )
    assert conflicting_values("date", "siege began", *texts) == []


@pytest.mark.parametrize(
    ("other", "values"),
    [
        ("The bridge at Tarn is not open.", ["open", "not open"]),
        ("The bridge at Tarn is closed.", ["open", "closed"]),
        ("The bridge at Tarn is not closed.", []),
        ("The bridge at Tarn is open.", []),
    ],
)
def test_yes_and_no(other: str, values: list[str]) -> None:
    """An antonym or a negation denies the claim; both together affirm it."""
    assert conflicting_values("yes_no", "bridge tarn open", "The bridge at Tarn is open.", other) == values


def test_other_questions_have_no_conflict() -> None:
    """Only figures, days and yes or no are compared."""
    assert conflicting_values("person", "Who closed?", "Some 40 boats.", "Some 55 boats.") == []
