"""A question that is asked before something costly is done, or something is written."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from assistant.text.sanitize import sanitize_text


class ConfirmScreen(ModalScreen[bool]):
    """Says what is to be done and what it costs; closes with whether its user agrees."""

    CSS_PATH = "../styles/confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", tooltip="In a question: agree"),
        Binding("n,escape", "dismiss(False)", "No", key_display="n", tooltip="In a question: do nothing"),
        Binding("left,right", "other", "Other button", show=False),
    ]

    def __init__(self, title: str, text: str, agree: str, *, careful: bool = True) -> None:
        """`agree` is on the button that does it; of what is `careful`, Enter alone does nothing."""
        super().__init__()
        self._title, self._text, self._agree, self._careful = title, text, agree, careful

    def compose(self) -> ComposeResult:
        with Vertical(id="confirm") as page:
            page.border_title = Content(self._title)
            page.border_subtitle = "y yes · n no"
            with VerticalScroll(id="confirm-text"):
                yield Static(Content(sanitize_text(self._text)))
            with Horizontal(id="confirm-buttons"):
                yield Button(Content(self._agree), id="yes", variant="primary", compact=True)
                yield Button("Cancel", id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#no" if self._careful else "#yes").focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_other(self) -> None:
        """To the other button."""
        self.focus_next(Button)
