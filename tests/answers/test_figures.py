"""When the figures of two sentences are of the same thing and differ."""

from __future__ import annotations

import time

import pytest

from assistant.answers.figures import (
    differ,
    find_differing_figures,
    find_figure_claims,
    read_figure_question,
)
from assistant.questions.parser import parse_question
from assistant.records.answer import Evidence
from assistant.records.article import Article
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
        (
            DEAD,
            "The landslide killed 40 people on Monday.",
            "The landslide killed 44 people, and schools stay shut until Friday.",
        ),
        (
            DEAD,
            "The landslide killed 40 people on Monday.",
            "It shut roads until Friday, and the landslide killed 44 people.",
        ),
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
        (DEAD, "The landslide killed 40 people on Monday.", "On Tuesday, the landslide killed 44 people."),
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


def _make_evidence(name: str, text: str) -> Evidence:
    return Evidence(make_article(name, text, published_at="2025-05-04"), 0, len(text), 0.9)


def test_figures_of_sentences_without_a_question() -> None:
    """Amounts of one thing differ, with the words around them; of different weekdays they do not."""
    texts = ["Repairs to the pier are put at $3 million.", "Repairs to the pier are put at $5 million, says the port."]
    evidence = [_make_evidence(text, text) for text in texts]
    assert [[each.words for each in pair] for pair in find_differing_figures(evidence, {"pier"}, are_same)] == [
        ["$3 million", "$5 million"]
    ]
    days = [
        _make_evidence(day, f"Repairs to the pier were put at {cost} on {day}.")
        for day, cost in (("Monday", "$3 million"), ("Friday", "$5 million"))
    ]
    assert list(find_differing_figures(days, {"pier"}, are_same)) == []


def are_same(left: Article, right: Article) -> bool:
    return left.id == right.id


def test_many_figures_are_compared_in_time() -> None:
    """Of a sentence with very many figures only the first are compared, and two sentences once."""
    evidence = [
        _make_evidence(
            str(k), "The pier got " + ", ".join(f"{k * 1000 + n * 7 + 1} new boats" for n in range(40)) + "."
        )
        for k in range(1, 9)
    ]
    started = time.process_time()
    assert list(find_differing_figures(evidence, {"pier"}, are_same))
    text = "The landslide killed 40 people" + " on Monday" * 150 + "."
    assert are_different(DEAD, text, "The landslide killed 44 people.")
    assert time.process_time() - started < 10
