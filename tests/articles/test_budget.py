"""The budget of one article: parts, time, and that it is counted for each article alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.articles.budget import MAX_PARTS, check_parts, count_part, read_within_budget
from assistant.errors import ReadError


def read_articles(*parts: int) -> Iterator[int]:
    """A reader whose articles have so many parts each."""
    for count in parts:
        for _ in range(count):
            count_part()
        yield count


def test_parts_are_counted_for_each_article() -> None:
    """Articles that together have too many parts are read; one that alone has too many is refused."""
    assert list(read_within_budget(read_articles(MAX_PARTS, MAX_PARTS, 0), 60)) == [MAX_PARTS, MAX_PARTS, 0]
    items = read_within_budget(read_articles(1, MAX_PARTS + 1), 60)
    assert next(items) == 1
    with pytest.raises(ReadError, match=r"more than 200,000 tags or values"):
        next(items)


def test_parts_between_articles_are_not_counted() -> None:
    """What the caller counts between two articles is forgotten when the next one is read."""
    items = read_within_budget(read_articles(0, 0), 60)
    next(items)
    for _ in range(MAX_PARTS):
        count_part()
    next(items)
    check_parts()


def test_time_is_limited() -> None:
    """An article that takes longer than the setting is refused, and the message names the setting."""

    def read_endlessly() -> Iterator[int]:
        yield 1
        while True:
            pass

    items = read_within_budget(read_endlessly(), 0.2)
    assert next(items) == 1
    with pytest.raises(ReadError, match=r"reading\.max_article_seconds: 0\.2"):
        next(items)
