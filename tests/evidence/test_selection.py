"""Selecting evidence within the requested days and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.scope import has_assumed_period, is_in_period, is_in_scope, is_period_covered, split_by_scope
from assistant.evidence.selection import EvidenceRequest, Selection, rank_evidence, rerank_passages, select_evidence
from assistant.records.answer import Evidence
from assistant.records.query import Period, Query
from tests.support.bridge_news import BRIDGE, COPY, FERRY, make_library
from tests.support.memory_library import make_article

MAY_4 = Period("on 4 May", "2025-05-04", "2025-05-04")
JUNE = Period("in June", "2025-06-01", "2025-06-30")


def find_first_sentences(request: EvidenceRequest) -> Selection:
    """The first sentence of each article as evidence."""
    spans = request.snapshot.sentence_spans
    evidence = (Evidence(article, *spans(name)[0], 1.0) for name, article in request.articles.items())
    return Selection(tuple(evidence), 1.0)


def select(query: Query) -> Selection:
    snapshot = make_library().snapshot()
    return select_evidence(EvidenceRequest(query, snapshot, snapshot.passages), find_first_sentences)


def ids(evidence: tuple[Evidence, ...]) -> list[str]:
    return [each.article.id for each in evidence]


def test_all_passages_without_scope() -> None:
    """A question without days and sources searches everything that was retrieved."""
    selection = select(Query("What happened?", "who_said", ()))
    assert (ids(selection.evidence), selection.elsewhere) == (["bridge", "copy", "ferry"], ())


def test_requested_source() -> None:
    """Only articles of the requested source are evidence."""
    assert ids(select(Query("What happened?", "said", (), outlets=("The Valley",))).evidence) == ["ferry"]


def test_requested_day_and_the_day_after() -> None:
    """An article of the day after still reports on the day."""
    assert ids(select(Query("What happened?", "said", (), period=MAY_4)).evidence) == ["bridge", "copy"]


def test_fact_may_be_announced_or_reported_later() -> None:
    """A question for a fact also accepts articles long after its days."""
    assert ids(select(Query("What happened?", "other", (), period=MAY_4)).evidence) == ["bridge", "copy", "ferry"]


def test_elsewhere_if_nothing_is_in_scope() -> None:
    """If nothing is in scope, the rest is reported as found elsewhere."""
    selection = select(Query("What happened?", "said", (), period=JUNE))
    assert selection.evidence == ()
    assert ids(selection.elsewhere) == ["bridge", "copy", "ferry"]
    assert selection.period_uncovered


LAST_WEEK = Query("Which boat hit the bridge this week?", "other", (), period=JUNE, library_end="2025-06-30")


@pytest.mark.parametrize(
    ("inside", "anywhere", "other_day"),
    [
        (Selection((), 0.2), Selection((Evidence(FERRY, 0, 9, 1.0),), 0.8), "2025-05-09"),
        (Selection((Evidence(FERRY, 0, 9, 1.0),), 0.6), Selection((Evidence(BRIDGE, 0, 9, 1.0),), 0.8), "2025-05-04"),
        (Selection((Evidence(FERRY, 0, 9, 1.0),), 0.7), Selection((Evidence(BRIDGE, 0, 9, 1.0),), 0.7), None),
        (Selection((Evidence(FERRY, 0, 9, 1.0),), 0.5), Selection((), 0.8, near=(Evidence(BRIDGE, 0, 9, 1.0),)), None),
    ],
    ids=["nothing in that week", "better", "equal", "only near"],
)
def test_a_week_of_an_archive_is_its_last_unless_another_fits_better(
    inside: Selection, anywhere: Selection, other_day: str | None
) -> None:
    """The last week of an archive is what “this week” means by default, not what the question says."""
    snapshot = make_library().snapshot()
    request = EvidenceRequest(LAST_WEEK, snapshot, snapshot.passages)
    selection = select_evidence(request, lambda each: anywhere if each.passages else inside)
    assert selection.other_day == other_day
    assert selection.evidence == (anywhere if other_day else inside).evidence


def test_only_days_that_were_assumed_give_way() -> None:
    """Days that the question names are those asked for, and so is the day of a statement."""
    assert has_assumed_period(LAST_WEEK)
    assert not has_assumed_period(replace(LAST_WEEK, library_end=None))
    assert not has_assumed_period(replace(LAST_WEEK, kind="said"))
    assert not is_in_scope(replace(LAST_WEEK, outlets=("The Valley",)), BRIDGE, None)


def test_newest_first() -> None:
    """A question for the latest news orders the evidence by day."""
    selection = select(Query("What is the latest?", "said", (), newest_first=True))
    assert ids(selection.evidence) == ["ferry", "copy", "bridge"]


def test_scope_keeps_the_order_of_passages() -> None:
    """Both parts of the split keep the order of retrieval."""
    snapshot = make_library().snapshot("ferry", "copy", "bridge")
    in_scope, rest = split_by_scope(Query("?", "said", (), period=MAY_4), snapshot)
    assert [hit.passage.article_id for hit in in_scope] == ["copy", "bridge"]
    assert [hit.passage.article_id for hit in rest] == ["ferry"]


def test_undated_article_is_in_every_period() -> None:
    """An article without a date can be about any day."""
    assert is_in_period(make_article("a", "Text."), JUNE)
    assert not is_in_period(BRIDGE, JUNE)
    assert is_in_period(BRIDGE, None)


@pytest.mark.parametrize(
    ("published", "period", "is_in"),
    [
        ("2025-06", JUNE, True),
        ("2025", JUNE, True),
        ("2025-05", MAY_4, True),
        ("2025-04", MAY_4, False),
        ("2024", MAY_4, False),
        ("2026", JUNE, False),
    ],
)
def test_article_of_a_month_or_year(published: str, period: Period, is_in: bool) -> None:
    """An article that is dated by a month or a year can be of each of its days."""
    assert is_in_period(make_article("a", "Text.", published_at=published), period) is is_in


@pytest.mark.parametrize(
    ("period", "covered"),
    [(MAY_4, True), (JUNE, False), (Period("since 2020", "2020-01-01"), True), (None, True)],
)
def test_period_covered(period: Period | None, covered: bool) -> None:
    """A period is covered if it overlaps the days of the library."""
    assert is_period_covered(period, ("2025-05-04", "2025-05-09")) is covered
    assert is_period_covered(period, None)


def test_ranking_keeps_the_best_of_a_span() -> None:
    """Each span occurs once, with its best score, and equal scores are ordered by article and place."""
    low, high = Evidence(BRIDGE, 0, 62, 0.2), Evidence(BRIDGE, 0, 62, 0.9)
    other, equal = Evidence(COPY, 0, 62, 0.9), Evidence(FERRY, 0, 52, 0.5)
    assert rank_evidence([low, equal, other, high]) == [high, other, equal]


@pytest.mark.parametrize("likely", [1.0, 0.1])
def test_passages_with_evidence_come_first(likely: float) -> None:
    """The score of the best evidence in a passage is added to its own, as a share of the best score of all."""
    passages = make_library().snapshot().passages
    ranked = rerank_passages(passages, [Evidence(FERRY, 0, 52, 0.8 * likely), Evidence(FERRY, 53, 88, 0.3 * likely)])
    assert [(hit.passage.article_id, round(hit.score, 3)) for hit in ranked] == [
        ("ferry", 1.333),
        ("bridge", 1.0),
        ("copy", 0.5),
    ]
