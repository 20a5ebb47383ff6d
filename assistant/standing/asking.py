"""The part of an assistant for what the user adds to a library; `engine.Assistant` is the whole."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from typing import Any, Protocol, cast

from assistant.config.schema import Config
from assistant.marks.library import LibraryMarks
from assistant.records.answer import Answer
from assistant.records.build import BuildEvent, BuildReport
from assistant.records.marks import StandingQuestion
from assistant.store.protocol import Library

MOST_SENTENCES = 50  # of an answer to a standing question


class _Whole(Protocol):
    """What this part needs of the whole."""

    config: Config

    def open_library(self) -> Library: ...

    def ask(self, question: str, *, scope: Collection[str] | None = None) -> Answer: ...


class KeepingAssistant:
    """Marks, and standing questions that are asked after each build."""

    @property
    def marks(self) -> LibraryMarks:
        """What the user adds to this library: tags, stars, notes, a dossier, standing questions."""
        return LibraryMarks(self._whole.config.kept)

    def add_standing_question(self, wording: str) -> StandingQuestion:
        """Keep a question that each build asks of new articles: "tell me when Ms Roe says something on the bridge".

        Raises QuestionError if it names nothing to look for.
        """
        from assistant.standing.check import add_question

        with self._whole.open_library() as library:
            return add_question(wording, library, self.marks.standing, self._ask_at_length)

    def _follow_build(self, report: BuildReport) -> Iterator[BuildEvent]:
        """The report with what is new."""
        from assistant.standing.sync import follow_build

        with self._whole.open_library() as library:
            yield from follow_build(report, library, self.marks, self._ask_at_length)

    def _ask_at_length(self, question: str, scope: Collection[str] | None) -> Answer:
        """Answer with as many sentences as answer, and with no language model."""
        config = self._whole.config
        longer = config.answers.model_copy(update={"max_sentences": MOST_SENTENCES, "max_facts": MOST_SENTENCES})
        other = cast(_Whole, copy.copy(self))  # with the same models
        plain = config.writer.model_copy(update={"model": ""})
        other.config = config.model_copy(update={"answers": longer, "writer": plain})
        return other.ask(question, scope=scope)

    @property
    def _whole(self) -> _Whole:
        whole: Any = self
        return cast(_Whole, whole)
