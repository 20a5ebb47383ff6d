"""The dialog that gives a saved conversation another title."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from assistant.text.sanitize import sanitize_line
from assistant.tui.commands.key_names import link_keys


class RenameScreen(ModalScreen[str | None]):
    """Closes with the new title, or with None if the user cancels."""

    CSS_PATH = "../styles/conversations.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._old_title = title

    def compose(self) -> ComposeResult:
        """A box with the old title."""
        with Vertical(id="rename") as page:
            page.border_title = "Rename the conversation"
            page.border_subtitle = link_keys("Enter renames · Esc closes")
            yield Input(
                sanitize_line(self._old_title),
                placeholder="empty: the first question",
                id="rename-title",
                compact=True,
            )

    @on(Input.Submitted)
    def _close_with_title(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)
