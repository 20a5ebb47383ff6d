"""When the figures of two sentences are of the same thing and differ."""

from __future__ import annotations

import pytest

from assistant.answers.figures import differ, find_dead, find_figure_claims, read_figure_question
from assistant.questions.parser import parse_question
from assistant.records.answer import Evidence
from assistant.text.stemming import stem
from tests.support.memory_library import make_article

BARNS = "How many barns did the gale wreck in Oxcombe?"
DEAD = "How many people were killed in the landslide?"
COST = "How much did the viaduct cost?"


def are_different(question: str, *texts: str, days: tuple[str, str] = ("2025-05-04", "2025-05-04")) -> bool:
    query = parse_question(question)
    asked = read_figure_question(query)
    articles = [make_article(day, text, published_at=day) for text, day in zip(texts, days, strict=True)]
    claims = [find_figure_claims(asked, Evidence(article, 0, len(article.text), 0.9)) for article in articles]
    stems = {stem(term) for term in query.terms}
    return any(differ(asked, left, right, stems) for left in claims[0] for right in claims[1])


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        (BARNS, "The gale in Oxcombe wrecked 3,400 barns.", "The gale in Oxcombe wrecked 900 barns."),
        (BARNS, "The gale in Oxcombe wrecked 3 400 barns.", "The gale in Oxcombe wrecked 400 barns."),
        (DEAD, "The landslide killed 40 people.", "Forty-four people died in the landslide."),
        (DEAD, "The landslide killed 40 people and injured 12 people.", "The landslide killed 44 people."),
        (COST, "The viaduct cost $3.4 billion.", "The viaduct cost $3.9bn."),
        (DEAD, "The landslide killed 40 people, police said Monday.", "The landslide killed 44 people on Tuesday."),
        ("How many acres did the fire burn?", "The fire burned 900 acres.", "The fire burned 900 hectares."),
    ],
)
def test_different_figures(question: str, left: str, right: str) -> None:
    """Figures of the same thing of one event that cannot both be right."""
    assert are_different(question, left, right)


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        (BARNS, "The gale in Oxcombe wrecked 3,400 barns.", "The gale in Oxcombe wrecked 3.400 barns."),
        (BARNS, "The gale in Oxcombe wrecked about 3,400 barns.", "The gale in Oxcombe wrecked 3,287 barns."),
        (BARNS, "The gale in Oxcombe wrecked 340 barns.", "The gale in Oxcombe wrecked 12 stone barns."),
        (BARNS, "The gale in Oxcombe wrecked 340 barns.", "The gale in Oxcombe could wreck 900 barns."),
        (BARNS, "The gale in Oxcombe wrecked 340 barns.", "There are 900 barns in Oxcombe."),
        (BARNS, "The gale in Oxcombe wrecked 340 barns.", "The gale wrecked 12 barns in Hatherley."),
        (DEAD, "The landslide killed 40 people.", "The landslide injured 55 people."),
        (DEAD, "The landslide killed 40 people.", "The landslide killed 12 people a day."),
        (DEAD, "The landslide killed 40 people.", "The landslide killed 3 people, and 5 people died in the storm."),
        (COST, "The viaduct cost $3.4 billion.", "The viaduct cost €3.9 billion."),
        (COST, "The viaduct cost $3.4 billion.", "The viaduct cost $3,400 million."),
        (DEAD, "The landslide killed 40 people on Monday.", "The landslide killed 44 people on Tuesday."),
        ("How many jobs were added?", "In May 300 jobs were added.", "Last year 9,000 jobs were added."),
        ("How much is the prize?", "The prize grew to $8 million on Monday.", "A nurse won a prize of $2 million."),
    ],
)
def test_figures_of_other_things(question: str, left: str, right: str) -> None:
    """Other spellings, other outcomes, other places, other times and forecasts are no difference."""
    assert not are_different(question, left, right)


def test_near_days() -> None:
    """A figure of another year is of another event."""
    texts = "The gale in Oxcombe wrecked 340 barns.", "The gale in Oxcombe wrecked 90 barns."
    assert are_different(BARNS, *texts, days=("2025-05-04", "2025-05-09"))
    assert not are_different(BARNS, *texts, days=("2024-05-04", "2025-05-09"))


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("It left 19 children and two teachers dead.", ["19", "two"]),
        ("It killed at least 62, among them a nurse.", ["at least 62"]),
        ("To date, 53 storm related deaths were counted.", ["53"]),
        ("A total of 39 are confirmed dead.", ["39"]),
        ("Six deaths were of children.", []),
        ("Two days after the death of a nurse, 40 people were hurt.", []),
        ("The storm took 40 roofs. It cost $3 million.", []),
    ],
)
def test_numbers_of_dead(text: str, dead: list[str]) -> None:
    """Before people or deaths, or after a word for killing; no days, no sums, no part of the dead."""
    assert [text[each.start : each.end] for each in find_dead(text)] == dead
