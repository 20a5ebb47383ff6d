"""What the screen for asking gets to know of a library in the background, step by step. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterator

from textual.message import Message

from assistant.suggestions.completion import Completer
from assistant.tui.backend import Backend
from assistant.tui.messages import LibrarySummaryReady, StartersFound


def gather_library_facts(backend: Backend) -> Iterator[Message | None]:
    """What to tell the screen. None stands for a step after which there is nothing to tell yet: a place to stop."""
    holdings = backend.holdings()
    yield None
    yield LibrarySummaryReady(holdings, Completer(holdings))
    questions: list[str] = []
    for question in backend.suggestions():
        if question is not None:
            questions.append(question)
        yield None
    yield StartersFound(questions)
