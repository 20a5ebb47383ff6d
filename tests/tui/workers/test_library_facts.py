"""The messages about a library for the screen for asking."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.engine import Assistant
from assistant.records.library import LibrarySummary
from assistant.tui.messages import LibrarySummaryReady, StartersFound
from assistant.tui.workers.library_facts import gather_library_facts
from tests.support.backends import AssistantProxy

SUMMARY = LibrarySummary((("Ada Brandreth", 3),), (("Harbour Post", 2),), (("Quay shut", "2025-03-04"),), 2)


class SmallLibrary(AssistantProxy):
    """A library of two articles, which answers two questions."""

    def holdings(self) -> LibrarySummary:
        """The names in the library."""
        return SUMMARY

    def suggestions(self) -> Iterator[str | None]:
        """Two questions, and a step without one."""
        yield from ("Why is it shut?", None, "Who shut it?")


def test_summary_comes_before_questions(assistant: Assistant) -> None:
    """The summary comes first, the questions last, and after each step there is a point at which to stop."""
    messages = list(gather_library_facts(SmallLibrary(assistant)))
    assert [type(message) for message in messages] == [
        type(None),
        LibrarySummaryReady,
        *[type(None)] * 3,
        StartersFound,
    ]
    summary, starters = messages[1], messages[-1]
    assert isinstance(summary, LibrarySummaryReady)
    assert isinstance(starters, StartersFound)
    assert summary.summary is SUMMARY
    assert [completion.text for completion in summary.completer.complete("What did Bran")] == ["Ada Brandreth"]
    assert starters.questions == ("Why is it shut?", "Who shut it?")


def test_questions_searched_only_when_wanted(assistant: Assistant) -> None:
    """Nothing is read from the library before the first message is wanted."""

    class Untouched(SmallLibrary):
        def suggestions(self) -> Iterator[str | None]:
            raise AssertionError("the questions are not wanted yet")

    messages = gather_library_facts(Untouched(assistant))
    assert next(messages) is None
    assert isinstance(next(messages), LibrarySummaryReady)
