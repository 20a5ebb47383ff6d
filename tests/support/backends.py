"""The real assistant for tests of the interface, and variants in which one behaviour differs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.marks.library import LibraryMarks
from assistant.records.answer import AskEvent, Citation, Turn
from assistant.records.article import Article, CitedArticle
from assistant.records.build import BuildEvent, BuildReport, PendingChanges, ProgressUpdate
from assistant.records.checks import QuoteCheck
from assistant.records.conversation import LibraryKey
from assistant.records.library import LibrarySummary
from assistant.records.marks import StandingQuestion
from assistant.records.proof import DraftSentence
from assistant.store.catalog import Catalog
from assistant.store.protocol import Library

Gate = Callable[[], threading.Event]
Step = TypeVar("Step")


class AssistantProxy:
    """Passes every call on to the real assistant; subclasses change single methods."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def config(self) -> Config:
        return self._assistant.config

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        return self._assistant.stream(question, history=history, scope=scope)

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        return self._assistant.build_events(rebuild=rebuild)

    def pending(self) -> PendingChanges:
        return self._assistant.pending()

    def configure(self, config: Config) -> None:
        self._assistant.configure(config)

    def article(self, article_id: str) -> Article | None:
        return self._assistant.article(article_id)

    def cited_article(self, citation: Citation) -> CitedArticle | None:
        return self._assistant.cited_article(citation)

    def catalog(self) -> Catalog:
        return self._assistant.catalog()

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        return self._assistant.check_quote(text, speaker)

    def check_draft(self, text: str) -> Iterator[DraftSentence]:
        return self._assistant.check_draft(text)

    def holdings(self) -> LibrarySummary:
        return self._assistant.holdings()

    def suggestions(self) -> Iterator[str | None]:
        return self._assistant.suggestions()

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        return self._assistant.follow_ups(history, scope=scope)

    @property
    def marks(self) -> LibraryMarks:
        return self._assistant.marks

    def add_standing_question(self, wording: str) -> StandingQuestion:
        return self._assistant.add_standing_question(wording)

    def key(self) -> LibraryKey:
        return self._assistant.key()

    def open_library(self) -> Library:
        return self._assistant.open_library()

    def warm_up(self) -> dict[str, Any]:
        return self._assistant.warm_up()


class RememberingAssistant(Assistant):
    """The real assistant over a library that does not change: each suggestion is tried once, then remembered.

    Every start of the interface asks for the starters, and every answer for its follow-ups, ten questions each time.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._steps: dict[str, list[Any]] = {}

    def suggestions(self) -> Iterator[str | None]:
        return self._remember("starters", super().suggestions())

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        return self._remember(repr((without_times(history), scope)), super().follow_ups(history, scope=scope))

    def _remember(self, key: str, steps: Iterator[Step]) -> Iterator[Step]:
        if key not in self._steps:
            found = []
            for step in steps:
                found.append(step)
                yield step
            self._steps[key] = found
        else:
            yield from self._steps[key]


def without_times(history: Sequence[Turn]) -> list[Turn]:
    """These turns, without what differs each time the same is asked."""
    return [replace(turn, answer=replace(turn.answer, timings={}, extractive=None)) for turn in history]


class AnswersRememberingAssistant(RememberingAssistant):
    """Each answer too is found once, then given again: for tests of how answers are shown."""

    def stream(self, question: str, *, history: Sequence[Turn] = (), **how: Any) -> Iterator[AskEvent]:
        key = repr((question, without_times(history), sorted(how.items(), key=str), self.config))
        return self._remember(key, super().stream(question, history=history, **how))


class GatedAssistant(AssistantProxy):
    """The real assistant, whose answers and builds wait for their gates."""

    def __init__(self, assistant: Assistant, gate: Gate) -> None:
        super().__init__(assistant)
        self.answer_gate = gate()  # answers wait for it after their first event
        self.build_gate = gate()  # builds wait for it after each progress event
        self.hold_report = False  # builds wait only before their report
        self.asked_questions: list[str] = []
        self.ask_finished = threading.Event()
        self.build_finished = threading.Event()

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        self.asked_questions.append(question)
        try:
            events = self._assistant.stream(question, history=history, scope=scope)
            yield next(events)
            self.answer_gate.wait()
            yield from events
        finally:
            self.ask_finished.set()

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        try:
            for event in self._assistant.build_events(rebuild=rebuild):
                if self.hold_report and isinstance(event, BuildReport):
                    self.build_gate.wait()
                yield event
                if not self.hold_report and isinstance(event, ProgressUpdate):
                    self.build_gate.wait()
        finally:
            self.build_finished.set()

    def release(self) -> None:
        self.answer_gate.set()
        self.build_gate.set()


class RewritingAssistant(AssistantProxy):
    """The real assistant, whose events are replaced by `rewrite_events` and sent all at once."""

    def __init__(self, assistant: Assistant, rewrite_events: Callable[[list[AskEvent]], list[AskEvent]]) -> None:
        super().__init__(assistant)
        self._rewrite_events = rewrite_events

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        yield from self._rewrite_events(list(self._assistant.stream(question, history=history, scope=scope)))
