"""Each article has a budget of its own; what exceeds it is refused by name. The work of the caller is not counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.articles.budget import MAX_PARTS, count_part, read_within_budget
from assistant.articles.readers import read_file
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from assistant.records.article import Article, Notice


def spin(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def items(*seconds: float) -> Iterator[int]:
    for number, each in enumerate(seconds):
        spin(each)
        yield number


def test_each_item_has_a_budget_of_its_own() -> None:
    """Many items together may take longer than one may, and so may the caller."""
    read = []
    for item in read_within_budget(items(0.1, 0.1, 0.1), 0.2):
        spin(0.25)
        read.append(item)
    assert read == [0, 1, 2]


def test_item_over_budget_ends_the_reading() -> None:
    """The items before it are kept; the error names the setting."""
    reading = read_within_budget(items(0.0, 60.0), 0.3)
    assert next(reading) == 0
    with pytest.raises(ReadError, match=r"more than 0\.3 seconds .*reading\.max_article_seconds: 0\.3"):
        next(reading)


def test_parts_are_counted_for_each_item() -> None:
    """The count begins anew with each item."""

    def parts() -> Iterator[int]:
        for count in (MAX_PARTS, MAX_PARTS + 1):
            for _ in range(count):
                count_part()
            yield count

    reading = read_within_budget(parts(), 600)
    assert next(reading) == MAX_PARTS
    with pytest.raises(ReadError, match="more than 200,000 tags or values"):
        next(reading)


@pytest.mark.campaign
def test_head_of_many_values_is_refused(tmp_path: Path) -> None:
    """A list of values in the head of a small file, which would take hundreds of megabytes."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: x\nauthor: [" + "a," * (MAX_PARTS + 10) + "]\n---\nThe gate is shut.")
    (notice,) = read_file(SourceFile(str(path), "a", path.stat().st_size, 0, ".md"), ReadingSettings())
    assert isinstance(notice, Notice)
    assert notice.reason.startswith("more than 200,000 tags or values")


def test_head_whose_aliases_grow_is_refused(tmp_path: Path) -> None:
    """Each value names the one before it nine times: what walks through them would never end."""
    levels = "".join(f"k{n + 1}: &k{n + 1} [{', '.join([f'*k{n}'] * 9)}]\n" for n in range(60))
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: x\nk0: &k0 [a, b]\n{levels}author: *k60\n---\nThe gate is shut.")
    (notice,) = read_file(SourceFile(str(path), "a", path.stat().st_size, 0, ".md"), ReadingSettings())
    assert isinstance(notice, Notice)
    assert notice.reason.startswith("more than 200,000 tags or values")
    path.write_text("---\ntitle: x\nauthor: &a Ada Poe\neditor: *a\n---\nThe gate is shut.")
    (article,) = read_file(SourceFile(str(path), "a", path.stat().st_size, 0, ".md"), ReadingSettings())
    assert isinstance(article, Article)
    assert article.author == "Ada Poe"


def test_count_ends_with_the_reading() -> None:
    """What is refused for its parts leaves nothing to what is read after it."""

    def parts() -> Iterator[int]:
        count_part(MAX_PARTS + 1)
        yield 0

    with pytest.raises(ReadError, match="more than 200,000"):
        list(read_within_budget(parts(), 600))
    count_part()
