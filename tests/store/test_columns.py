"""What a column may contain: a row that no build writes is an error that names the column."""

from __future__ import annotations

import sqlite3

import pytest

from assistant.store.queries.columns import MAX_OFFSET, check_rows, select_checked
from assistant.store.sqlite import DamagedRowError

VALID = {"title": "Weir shut", "author": None, "published_at": "2025-10-26", "start": 0, "end": 9, "count": 3}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", b"Weir shut"),
        ("title", None),
        ("author", 3),
        ("published_at", "yesterday"),
        ("published_at", "2025-13-01"),
        ("start", -1),
        ("start", 10),
        ("start", "0"),
        ("end", MAX_OFFSET + 1),
        ("end", 9.0),
        ("count", b"3"),
    ],
)
def test_row_that_no_build_writes(column: str, value: object) -> None:
    """Another type, a value out of range and an end before its start are damage, also after rows that are valid."""
    rows = [tuple(VALID.values()), tuple({**VALID, column: value}.values())]
    checked = check_rows(list(VALID), rows)
    assert next(checked) == rows[0]
    with pytest.raises(DamagedRowError, match=column):
        next(checked)


def test_rows_of_a_query_are_checked_by_their_names() -> None:
    """A result is checked by the names that the query gives its columns, also if no row comes."""
    database = sqlite3.connect(":memory:")
    assert list(select_checked(database, "SELECT ? AS title, ? AS speaker", ("Weir", None))) == [("Weir", None)]
    assert list(select_checked(database, "SELECT 1 AS title WHERE 0")) == []
    with pytest.raises(DamagedRowError, match="title is of the type int"):
        list(select_checked(database, "SELECT 1 AS title"))
