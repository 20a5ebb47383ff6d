"""Rows are compared with the table of columns before anything is made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from assistant.store.queries.columns import check_rows, select_checked
from assistant.store.sqlite import DamagedRowError


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (["id", "title", "source"], ("a", "Quay", None)),
        (["start", "end"], (0, 0)),
        (["noting_start", "noting_end", "noting_id"], (None, None, None)),
        (["published_at"], ("2024",)),
        (["published_at"], ("2024-02-29T10:11:12+01:00",)),
        (["count(*)", "whatever"], (3, 2.5)),
        (["size", "mtime_ns"], (-1, -1)),
    ],
)
def test_what_builds_write_is_accepted(names: Sequence[str], row: tuple[object, ...]) -> None:
    """Each kind of column, and computed ones."""
    assert list(check_rows(names, [row])) == [row]


@pytest.mark.parametrize(
    ("names", "row", "problem"),
    [
        (["title"], (b"Quay",), "title is of the type bytes"),
        (["title"], (None,), "title is of the type NoneType"),
        (["start", "end"], (5, 4), "end is before start"),
        (["start"], (-1,), "start is '-1'"),
        (["number"], (2**60,), "number is "),
        (["published_at"], ("9999-99-99",), "published_at is '9999-99-99'"),
        (["status"], ("invented",), "status is 'invented'"),
        (["direct"], (2,), "direct is '2'"),
        (["lower(title)"], (b"x",), r"lower\(title\) is of the type bytes"),
    ],
)
def test_what_no_build_writes_is_refused(names: Sequence[str], row: tuple[object, ...], problem: str) -> None:
    """The error names the column."""
    with pytest.raises(DamagedRowError, match=problem):
        list(check_rows(names, [row]))


def test_query_of_a_connection_is_checked() -> None:
    """The names are those of the result."""
    with closing(sqlite3.connect(":memory:")) as database:
        assert list(select_checked(database, "SELECT ? AS title", ("Quay",))) == [("Quay",)]
        with pytest.raises(DamagedRowError, match="title is of the type int"):
            list(select_checked(database, "SELECT 5 AS title"))
