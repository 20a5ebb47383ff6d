"""Derived properties of the records."""

from __future__ import annotations

from dataclasses import is_dataclass, replace

import pytest

from assistant import records
from assistant.records.article import Notice, Passage
from assistant.records.build import BuildReport, PendingChanges
from assistant.records.checks import QuoteCheck, QuoteVerdict
from assistant.records.library import ArticleRow, SpeakerPage, SpeakerStatement, Story
from assistant.records.query import Query


def test_records_are_frozen() -> None:
    """No record can be changed after it was made."""
    values = [getattr(records, name) for name in records.__all__]
    classes = [value for value in values if isinstance(value, type) and is_dataclass(value)]
    assert len(classes) > 30
    assert [record.__name__ for record in classes if not vars(record)["__dataclass_params__"].frozen] == []


def test_passage_id_has_article_and_span() -> None:
    """The id of a passage does not depend on its ordinal."""
    assert Passage("a", 0, 10, 20).id == Passage("a", 3, 10, 20).id == "a#10-20"


def test_notice_as_text() -> None:
    """A notice is shown with its file."""
    assert str(Notice("a.txt", "not UTF-8")) == "a.txt: not UTF-8"


def test_build_report_counts() -> None:
    """Articles after the build do not include removed ones; only notices that skip something count."""
    notices = (Notice("a", "empty"), Notice("b", "no date", skipped=False))
    report = BuildReport(2, 1, 4, 3, passages=9, embedded=5, reused=4, seconds=0.1, notices=notices)
    assert (report.articles, report.skipped) == (6, 1)


@pytest.mark.parametrize(
    ("changes", "any_change"),
    [
        (PendingChanges(), False),
        (PendingChanges(sources=("news",)), False),
        (PendingChanges(added=("a",)), True),
        (PendingChanges(removed=("a",)), True),
        (PendingChanges(moved=("a",)), True),
        (PendingChanges(otherwise=True), True),
    ],
)
def test_pending_changes_are_true_if_any(changes: PendingChanges, any_change: bool) -> None:
    """Pending changes are false if the next build would find nothing."""
    assert bool(changes) is any_change


def test_statements_of_speaker_grouped_by_sentence() -> None:
    """Statements next to each other in one sentence of an article are one group."""
    places = [("a", 0), ("a", 0), ("a", 9), ("b", 9)]
    statements = tuple(
        SpeakerStatement(article, "Title", None, None, "words", number, number + 1, True, "words", sentence)
        for number, (article, sentence) in enumerate(places)
    )
    groups = SpeakerPage("Ada", (), statements).group_by_sentence()
    assert [[statement.start for statement in group] for group in groups] == [[0, 1], [2], [3]]


def test_statements_that_count_as_said() -> None:
    """Denied statements are on the page of a speaker, but do not count, as in the list."""
    said = SpeakerStatement("a", "A", None, None, "“yes”", 0, 5, True, "“yes”", 0)
    denied = replace(said, status="denied")
    assert SpeakerPage("Ada", (), (said, denied)).said == (said,)


def test_day_of_row_and_outlets_of_story() -> None:
    """A day is the date without the time; each outlet of a story comes once."""
    rows = tuple(
        ArticleRow(str(number), "Title", outlet, None, published_at, 100, 2)
        for number, (outlet, published_at) in enumerate(
            [("The Tarn Post", "2025-10-05T10:00"), (None, None), ("The Tarn Post", "2025")]
        )
    )
    assert [row.day for row in rows] == ["2025-10-05", "", "2025"]
    assert Story(rows).outlets == ("The Tarn Post",)


def test_speaker_of_query_is_first() -> None:
    """A question about several people has the first as its speaker."""
    assert Query("q", "said", (), speakers=("Ada", "Ivo")).speaker == "Ada"
    assert Query("q", "other", ()).speaker is None


@pytest.mark.parametrize(
    ("verdict", "accurate"),
    [
        ("verbatim", True),
        ("shortened", True),
        ("altered", False),
        ("stitched", False),
        ("somebody_else", False),
        ("not_found", False),
    ],
)
def test_accurate_quotation(verdict: QuoteVerdict, accurate: bool) -> None:
    """Only verbatim quotations are accurate, with or without marked omissions."""
    assert QuoteCheck(verdict, "words", None).is_accurate is accurate
