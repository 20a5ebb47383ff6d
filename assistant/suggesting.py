"""Questions to begin with, drawn from what a library holds, each tried before it is offered."""
from collections.abc import Callable, Iterator

from assistant.records import Answer
from assistant.store import Library


def suggested(library: Library, answer: Callable[[str], Answer]) -> Iterator[str]:
    """x"""
    yield from ()
