"""A one-line input of a dialog: a quotation, a name, words to find."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from assistant.text.sanitize import sanitize_text


class TextLine(Input):
    """An `Input` that joins the lines of pasted text, where Textual's keeps only the first one."""

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Paste the clipboard."""
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        self.replace(" ".join(sanitize_text(line) for line in text.splitlines()), *self.selection)
