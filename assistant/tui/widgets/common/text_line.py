"""A line in which words are typed: a quotation, a name, what to look for."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from assistant.text.sanitize import sanitize_text


class TextLine(Input):
    """Takes pasted text whole, on one line; the widget itself would keep only its first line."""

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Put in what was copied."""
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        self.replace(" ".join(sanitize_text(line) for line in text.splitlines()), *self.selection)
