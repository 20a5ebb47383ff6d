"""Filters of passages: which passages each condition lets through, and how conditions combine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.generation_cache import GenerationValues
from assistant.store.protocol import PassageFilter
from assistant.store.queries.passages import FilterQueries
from assistant.store.schema import SCHEMA
from assistant.store.sqlite import ReadConnection

ARTICLES = [("a", "Post", "2025-03-01"), ("b", "Post", "2025-03-05T10:00"), ("c", "Globe", None)]
"""Each with two passages: 10 and 11, 20 and 21, 30 and 31."""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[FilterQueries]:
    path = tmp_path / "library.sqlite3"
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    for number, (name, source, published_at) in enumerate(ARTICLES, 1):
        row = {"number": number, "id": name, "source": source, "published_at": published_at}
        columns = [
            name
            for _, name, _, required, default, key in database.execute("PRAGMA table_info(article)")
            if required and default is None and not key
        ]
        row |= {column: "" for column in columns if column not in row}
        marks = ", ".join(f":{column}" for column in row)
        database.execute(f"INSERT INTO article ({', '.join(row)}) VALUES ({marks})", row)
        for ordinal in (0, 1):
            passage = (number * 10 + ordinal, number, ordinal, 0, 1, b"")
            database.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", passage)
    statement = "INSERT INTO statement (article, passage, speaker, role, cue, start, end, direct, sentence_start, "
    statement += "sentence_end) VALUES (?, ?, ?, ?, '', 0, 1, 0, 0, 1)"
    database.executemany(statement, [(1, 10, "Ann Lee", "mayor"), (2, 21, None, "mayor"), (3, 30, "Ann Lee", None)])
    database.commit()
    database.close()
    connection = ReadConnection(path)
    yield FilterQueries(path, connection, GenerationValues("x"), {})
    connection.close()


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        (PassageFilter(), {10, 11, 20, 21, 30, 31}),
        (PassageFilter(frozenset({"a", "c", "none", "\ud800"})), {10, 11, 30, 31}),
        (PassageFilter(frozenset()), set()),
        (PassageFilter(source="Post"), {10, 11, 20, 21}),
        (PassageFilter(source="\ud800"), set()),
        (PassageFilter(days=("2025-03-02", None)), {20, 21, 30, 31}),
        (PassageFilter(days=(None, "2025-03-05")), {10, 11, 20, 21, 30, 31}),
        (PassageFilter(days=("2025-03-05", "2025-03-05"), source="Post"), {20, 21}),
        (PassageFilter(speakers=(("Ann Lee", True),)), {10, 30}),
        (PassageFilter(speakers=(("mayor", False), ("Ann Lee", True))), {10, 21, 30}),
        (PassageFilter(speakers=()), set()),
        (PassageFilter(speakers=(("Ann Lee", True),), within=PassageFilter(frozenset({"c"}))), {30}),
    ],
)
def test_filter_resolved(library: FilterQueries, where: PassageFilter, numbers: set[int]) -> None:
    """A passage matches if it meets every condition."""
    assert library.resolve_filter(where) == numbers
    assert library.filter_passages([10, 11, 20, 21, 30, 31], where) == numbers
    assert library.filter_passages([11, 30], where) == numbers & {11, 30}


def test_more_passages_than_limit(library: FilterQueries) -> None:
    """The limit of a filter is exceeded by one passage more, also after it was resolved."""
    where = PassageFilter(source="Post")
    assert library.has_more_passages(where, 3)
    assert not library.has_more_passages(where, 4)
    assert library.resolve_filter(where) == {10, 11, 20, 21}
    assert library.has_more_passages(where, 3)
