"""Collects in the background what the screen for asking shows of a library. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterator

from textual.message import Message

from assistant.suggestions.completion import Completer
from assistant.tui.backend import Backend
from assistant.tui.messages import LibrarySummaryReady, StartersFound


def gather_library_facts(backend: Backend) -> Iterator[Message | None]:
    """Messages for the screen. None stands for a step without a result: a point at which to stop."""
    summary = backend.holdings()
    yield None
    yield LibrarySummaryReady(summary, Completer(summary))
    questions: list[str] = []
    for question in backend.suggestions():
        if question is not None:
            questions.append(question)
        yield None
    yield StartersFound(questions)
