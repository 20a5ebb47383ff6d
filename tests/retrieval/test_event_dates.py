"""Days of questions that date themselves by an event or by a month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from assistant.records.query import Period, Query
from assistant.retrieval.event_dates import resolve_dates, understand_question
from tests.support.memory_library import MemoryLibrary, make_article

LIBRARY = MemoryLibrary(
    [
        make_article("summit", "The ferry summit opened in Tarn Head.", published_at="2025-03-10"),
        make_article("later", "After the ferry summit, tolls rose.", published_at="2025-03-20"),
        make_article("undated", "The ferry summit is over."),
        make_article("other", "The bridge summit failed.", published_at="2024-01-01"),
    ]
)


def dated(
    relation: Literal["since", "before", "during"], terms: tuple[str, ...] = ("ferry",)
) -> tuple[str | None, str | None]:
    period = Period("since the summit", anchor="the summit", relation=relation)
    resolved = resolve_dates(Query("?", "other", terms, period=period), LIBRARY).period
    assert resolved is not None
    return resolved.first, resolved.last


@pytest.mark.parametrize(
    ("relation", "days"),
    [
        ("since", ("2025-03-10", None)),
        ("before", (None, "2025-03-09")),
        ("during", ("2025-03-10", "2025-03-13")),
    ],
)
def test_day_of_the_event(relation: Literal["since", "before", "during"], days: tuple[str | None, str | None]) -> None:
    """The day is that of the first article on the event and on the subject."""
    assert dated(relation) == days


def test_event_without_the_subject() -> None:
    """If no article is on both, the event alone decides."""
    assert dated("since", ("piano",)) == ("2024-01-01", None)


def test_unknown_event() -> None:
    """A period whose event no article mentions stays as it is."""
    query = Query("?", "other", (), period=Period("since the eclipse", anchor="the eclipse", relation="since"))
    assert resolve_dates(query, LIBRARY) is query


def test_month_is_taken_from_the_last_article() -> None:
    """Without the day of the question, a month is the newest one up to the last article."""
    period = understand_question("What happened in February?", LIBRARY, None, ()).period
    assert period is not None
    assert (period.first, period.last) == ("2025-02-01", "2025-02-28")


def test_month_is_taken_from_the_day_of_the_question() -> None:
    """With the day of the question, a month is the newest one up to that day."""
    period = understand_question("What happened in February?", LIBRARY, date(2023, 6, 1), ()).period
    assert period is not None
    assert (period.first, period.last) == ("2023-02-01", "2023-02-28")


def test_a_week_of_an_archive_is_its_last() -> None:
    """Where nothing was added for long, “this week” and “now” are those of the newest article."""
    query = understand_question("Which tolls rose this week?", LIBRARY, None, ())
    assert query.period is not None
    assert (query.period.first, query.period.last) == ("2025-03-14", "2025-03-20")
    assert query.library_end == "2025-03-20"
    assert understand_question("How high are tolls now?", LIBRARY, None, ()).library_end == "2025-03-20"


@pytest.mark.parametrize("question", ["Who ended up paying?", "What happened in February?", "Who pays?"])
def test_other_questions_are_not_taken_from_the_end(question: str) -> None:
    assert understand_question(question, LIBRARY, None, ()).library_end is None


@pytest.mark.parametrize(
    ("question", "is_period"),
    [
        ("Which ferries plan to merge in 2031?", False),
        ("Which toll will rise in 2031?", False),
        ("Who was elected in 2031?", True),
        ("Which toll will rise in March 2025?", True),
    ],
)
def test_a_time_to_come_is_no_time_of_articles(question: str, is_period: bool) -> None:
    """What is planned for a year after the newest article was told before it; what happened then was not."""
    assert (understand_question(question, LIBRARY, None, ()).period is not None) == is_period


def test_the_day_of_the_question_decides_in_an_archive_too() -> None:
    query = understand_question("Which tolls rose this week?", LIBRARY, date(2025, 3, 12), ())
    assert query.period is not None
    assert (query.period.last, query.library_end) == ("2025-03-12", None)


def test_a_week_of_a_library_that_grows_is_this_week() -> None:
    today = datetime.now(UTC).date()
    library = MemoryLibrary([make_article("new", "Tolls rose.", published_at=(today - timedelta(9)).isoformat())])
    query = understand_question("Which tolls rose this week?", library, None, ())
    assert query.period is not None
    assert (query.period.last, query.library_end) == (today.isoformat(), None)


def test_spelling_is_corrected_and_kept() -> None:
    query = understand_question("Where was the sumit on feries?", LIBRARY, None, ())
    assert query.text == "Where was the summit on feries?"
    assert query.corrections == (("sumit", "summit"),)


def test_what_is_neither_known_nor_a_name_is_no_speaker() -> None:
    assert understand_question("What does the ferry toll rate say about jobs?", LIBRARY, None, ()).kind == "other"
    assert understand_question("What does Kowal say about jobs?", LIBRARY, None, ()).speakers == ("Kowal",)


@pytest.mark.parametrize(
    ("day", "before", "during"),
    [("0001-01-01", "0001-01-01", "0001-01-04"), ("9999-12-31", "9999-12-30", "9999-12-31")],
)
def test_event_at_an_end_of_the_calendar(day: str, before: str, during: str) -> None:
    """Days around an event of the first or the last day that there is stay within the calendar."""
    library = MemoryLibrary([make_article("summit", "The ferry summit opened.", published_at=day)])
    for relation, last in (("before", before), ("during", during)):
        period = Period("at the summit", anchor="the summit", relation=relation)  # type: ignore[arg-type]
        resolved = resolve_dates(Query("?", "other", ("ferry",), period=period), library).period
        assert resolved is not None
        assert resolved.last == last
