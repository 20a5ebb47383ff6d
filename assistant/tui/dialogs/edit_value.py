"""The dialog that changes the value of a setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.text.sanitize import sanitize_line, sanitize_text
from assistant.tui.commands.key_names import link_keys


class EditValueScreen(ModalScreen[str | None]):
    """Lets the user type or choose a value, and checks it at once. Closes with the value, or with None.

    `find_fault` says what is wrong with a value. `preview` is called with each choice that the user highlights.
    """

    CSS_PATH = "../styles/confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", tooltip="In a setting: cancel"),
    ]

    verb = "Change"  # what Enter does

    def __init__(
        self,
        title: str,
        description: str,
        value: str,
        consequence: str,
        *,
        choices: tuple[str, ...] = (),
        find_fault: Callable[[str], str | None] = lambda _: None,
        preview: Callable[[str], object] = lambda _: None,
    ) -> None:
        super().__init__()
        self._title, self._description, self._value, self._consequence = title, description, value, consequence
        self._choices, self._find_fault, self._preview = choices, find_fault, preview

    def compose(self) -> ComposeResult:
        """The description, a list of choices or a box, the problem and the consequence, two buttons."""
        with Vertical(id="confirm") as page:
            page.border_title = Content(self._title)
            page.border_subtitle = link_keys(f"Enter {self.verb.lower()}s · Esc cancels")
            yield Static(Content(sanitize_text(self._description)), id="edit-description")
            if self._choices:
                yield OptionList(*(Option(Content(choice)) for choice in self._choices), id="edit-choices")
            else:
                yield Input(self._value, id="edit-value", compact=True, select_on_focus=False)
            yield Static(id="edit-problem")
            yield Static(Content(sanitize_text(self._consequence)), id="edit-consequence")
            with Horizontal(id="confirm-buttons"):
                yield Button(self.verb, id="yes", variant="primary", compact=True)
                yield Button("Cancel", id="no", compact=True)

    def on_mount(self) -> None:
        """Focus the list or the box, with the current value."""
        if self._choices:
            choices = self.query_one(OptionList)
            choices.highlighted = self._choices.index(self._value) if self._value in self._choices else 0
            choices.focus()
        else:
            self.query_one(Input).focus()

    @on(OptionList.OptionHighlighted)
    def _preview_choice(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._preview(self._choices[event.option_index])

    @on(OptionList.OptionSelected)
    def _take_choice(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index])

    @on(Input.Changed)
    def _check_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_fault(self._find_fault(event.value) if event.value != self._value else None)

    def _show_fault(self, fault: str | None) -> None:
        self.query_one("#edit-problem", Static).update(Content(f"! {sanitize_line(fault)}" if fault else ""))
        self.query_one("#yes", Button).disabled = fault is not None

    @on(Input.Submitted)
    def _take_typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._take(event.value)

    @on(Button.Pressed)
    def _press_button(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "no":
            self.dismiss(None)
        elif self._choices:
            self.dismiss(self._choices[self.query_one(OptionList).highlighted or 0])
        else:
            self._take(self.query_one(Input).value)

    def _take(self, value: str) -> None:
        fault = self._find_fault(value)
        if fault is None:
            self.dismiss(value)
        else:
            self._show_fault(fault)
