"""The real assistant behind the interface, and variations of it in which one thing goes otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.records.answer import AskEvent, Turn
from assistant.records.article import Article
from assistant.records.build import BuildEvent, BuildReport, Changes, Progress
from assistant.records.library import Holdings
from assistant.records.quote import QuoteCheck
from assistant.store.catalog import Catalogue

Gate = Callable[[], threading.Event]


class Real:
    """The real assistant, for those to build on that change how one thing goes."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def config(self) -> Config:
        return self._assistant.config

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        return self._assistant.ask(question, history=history, scope=scope)

    def build(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        return self._assistant.build(rebuild=rebuild)

    def pending(self) -> Changes:
        return self._assistant.pending()

    def configure(self, config: Config) -> None:
        self._assistant.configure(config)

    def article(self, article_id: str) -> Article | None:
        return self._assistant.article(article_id)

    def catalogue(self) -> Catalogue:
        return self._assistant.catalogue()

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        return self._assistant.check_quote(text, speaker)

    def holdings(self) -> Holdings:
        return self._assistant.holdings()

    def suggestions(self) -> Iterator[str | None]:
        return self._assistant.suggestions()

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        return self._assistant.follow_ups(history, scope=scope)

    def warm_up(self) -> dict[str, Any]:
        return self._assistant.warm_up()


class Paced(Real):
    """The real assistant, which goes on answering and building only when it is let."""

    def __init__(self, assistant: Assistant, gate: Gate) -> None:
        super().__init__(assistant)
        self.answer = gate()  # let answers come after Searching
        self.build_on = gate()  # let builds go on after the first progress
        self.hold_report = False  # hold builds back before their report instead
        self.asked: list[str] = []
        self.ask_over = threading.Event()
        self.build_over = threading.Event()

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        self.asked.append(question)
        try:
            events = self._assistant.ask(question, history=history, scope=scope)
            yield next(events)
            self.answer.wait()
            yield from events
        finally:
            self.ask_over.set()

    def build(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        try:
            for event in self._assistant.build(rebuild=rebuild):
                if self.hold_report and isinstance(event, BuildReport):
                    self.build_on.wait()
                yield event
                if not self.hold_report and isinstance(event, Progress):
                    self.build_on.wait()
        finally:
            self.build_over.set()

    def let_go(self) -> None:
        self.answer.set()
        self.build_on.set()


class Retold(Real):
    """The real assistant, whose answers are changed on the way and come all at once."""

    def __init__(self, assistant: Assistant, retell: Callable[[list[AskEvent]], list[AskEvent]]) -> None:
        super().__init__(assistant)
        self._retell = retell

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        yield from self._retell(list(self._assistant.ask(question, history=history, scope=scope)))
