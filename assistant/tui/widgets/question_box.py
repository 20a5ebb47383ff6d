"""The line in which questions are typed."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from assistant.display import visible


class QuestionBox(Input):
    """Takes pasted text whole, on one line; the widget itself would keep only its first line."""

    def put_back(self, question: str) -> None:
        """Offer a question for editing, unless another one is being typed."""
        if not self.value:
            self.value = question
            self.cursor_position = len(question)

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Put in what was copied."""
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        self.replace(" ".join(visible(line) for line in text.splitlines()), *self.selection)
