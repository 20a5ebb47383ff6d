"""The newest of the sentences that answer, and how old an answer is."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence.latest import find_age, put_latest_first
from assistant.records.answer import Evidence
from assistant.records.query import Period, Query
from tests.support.citations import make_citation
from tests.support.memory_library import make_article


def find(text: str, published_at: str, score: float, *, marked: bool = True) -> Evidence:
    """A sentence as evidence, in an article of its own."""
    article = make_article(f"{published_at} {text}", text, published_at=published_at)
    return Evidence(article, 0, len(text), score, marks=((0, 1),) if marked else ())


OLD = find("40 boats sank.", "2025-05-01", 0.8)
NEW = find("55 boats sank.", "2025-05-09", 0.6)


def test_newest_that_may_answer_comes_first() -> None:
    """A newer sentence that fits nearly as well comes first; one that fits far worse, or has no figure, does not."""
    weak = find("The mayor spoke of 12 boats.", "2025-06-01", 0.3)
    unmarked = find("Boats sank.", "2025-06-02", 0.7, marked=False)
    assert put_latest_first([OLD, unmarked, NEW, weak]) == (NEW, OLD, unmarked, weak)
    assert put_latest_first([]) == ()


def test_last_day_of_the_newest_article_comes_first() -> None:
    """Of several figures in one article, the one of the latest day is the newest."""
    text = "On Monday 36 people were ill. On Thursday the number rose to 58. Eleven live there."
    article = make_article("clinic", text, published_at="2025-05-09")
    monday, thursday, plain = (
        Evidence(article, start, end, score, marks=((start, start + 1),))
        for start, end, score in ((0, 29, 0.8), (30, 64, 0.7), (65, 83, 0.75))
    )
    assert put_latest_first([monday, plain, thursday]) == (thursday, plain, monday)


def test_age_of_an_answer() -> None:
    """The age is told where the question asks how things stand now, and not for words or for a named time."""
    cited = make_citation("He won.", published_at="2025-05-09T10:00:00")
    now = Query("Who is the mayor now?", "other", ("mayor",), expects="person", latest_words="now")
    assert find_age(now, cited) == "2025-05-09"
    assert find_age(replace(now, latest_words=None), cited) is None
    assert find_age(replace(now, latest_words=None, asks_present=True), cited) == "2025-05-09"
    assert find_age(replace(now, kind="said"), cited) is None
    week = replace(now, latest_words=None, period=Period("this week"))
    assert (find_age(week, cited), find_age(week, cited, is_of_other_time=True)) == (None, "2025-05-09")
    assert find_age(now, make_citation("He won.", published_at="2025-05")) is None
