"""Stepping through earlier questions from a draft and back to it, as a prompt does. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversations.question_history import filter_by_prefix


class QuestionBrowser:
    """Walks from the draft through earlier questions, newest first, and back."""

    def __init__(self) -> None:
        self._texts: Sequence[str] = ()  # the draft, then the earlier questions; empty while not browsing
        self._place = 0

    @property
    def is_browsing(self) -> bool:
        """Whether an earlier question is shown."""
        return bool(self._texts)

    def begin(self, draft: str, questions: Sequence[str]) -> None:
        """Start at the draft, with the questions that begin like it, or with all if none does."""
        earlier = list(filter_by_prefix(questions, draft)) or list(questions)
        self._texts = [draft, *(question for question in earlier if question != draft)]
        self._place = 0

    def step(self, by: int) -> str | None:
        """The text `by` places further back, or further forward if negative; None if there is none.

        Browsing ends when it has come back to the draft.
        """
        place, text = self._place + by, None
        if 0 <= place < len(self._texts):
            self._place, text = place, self._texts[place]
        if self._place == 0:
            self.stop()
        return text

    def stop(self) -> None:
        """Forget the draft and the place."""
        self._texts, self._place = (), 0
