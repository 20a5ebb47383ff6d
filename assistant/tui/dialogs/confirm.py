"""The dialog that asks for confirmation before something costly or permanent."""

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
from assistant.tui.commands.key_names import link_keys


class ConfirmScreen(ModalScreen[bool]):
    """Says what will happen and what it costs. Closes with True if the user confirms."""

    CSS_PATH = "../styles/confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", tooltip="In a confirmation: confirm"),
        Binding("n,escape", "dismiss(False)", "No", key_display="n", tooltip="In a confirmation: cancel"),
        Binding("left,right", "other", "Other button", show=False),
    ]

    def __init__(self, title: str, text: str, confirm_label: str, *, is_default_cancel: bool = True) -> None:
        """`confirm_label` is the label of the button that confirms.

        If `is_default_cancel`, the other button has the focus, so that Enter alone changes nothing.
        """
        super().__init__()
        self._title, self._text = title, text
        self._confirm_label, self._is_default_cancel = confirm_label, is_default_cancel

    def compose(self) -> ComposeResult:
        """The text and two buttons."""
        with Vertical(id="confirm") as page:
            page.border_title = Content(self._title)
            page.border_subtitle = link_keys("y yes · n no")
            with VerticalScroll(id="confirm-text"):
                yield Static(Content(sanitize_text(self._text)))
            with Horizontal(id="confirm-buttons"):
                yield Button(Content(self._confirm_label), id="yes", variant="primary", compact=True)
                yield Button("Cancel", id="no", compact=True)

    def on_mount(self) -> None:
        """Focus the default button."""
        self.query_one("#no" if self._is_default_cancel else "#yes").focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_other(self) -> None:
        """Focus the other button."""
        self.focus_next(Button)
