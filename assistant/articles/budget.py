"""What reading one article may take, whatever its format: processor time, memory, and parts of its structure.

The readers count parts with `count_part`; `read_within_budget` watches the rest. A limit of a format (tags open at
once, attributes of a tag) stays in its reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import TypeVar

from assistant.errors import ReadError
from assistant.system.work_limit import run_within

Item = TypeVar("Item")

MAX_PARTS = 200_000  # tags of a page, values of a head, cells of a table: an article has some hundred
MAX_BLOCKS = 8_000_000  # of memory, see run_within: about a gigabyte

_parts: ContextVar[int] = ContextVar("parts", default=0)


def count_part(number: int = 1) -> None:
    """Count parts of the article that is read. Raises ReadError if it has too many."""
    _parts.set(_parts.get() + number)
    check_parts()


def check_parts() -> None:
    """Raise ReadError if the article that is read has too many parts."""
    if _parts.get() > MAX_PARTS:
        raise ReadError(f"more than {MAX_PARTS:,} tags or values; divide the file, or leave out what is no article")


def read_within_budget(items: Iterator[Item], max_seconds: float) -> Iterator[Item]:
    """The same items, each read within the budget of one article. Raises ReadError if one exceeds it.

    The work of the caller between two items is not counted.
    """
    while True:
        _parts.set(0)
        try:
            found, problem = run_within(lambda: next(items, None), max_seconds, MAX_BLOCKS)
        finally:
            _parts.set(0)
        if problem is not None:
            raise ReadError(
                f"reading it took {problem} (reading.max_article_seconds: {max_seconds:g}); divide it, or raise that"
            )
        if found is None:
            return
        yield found
