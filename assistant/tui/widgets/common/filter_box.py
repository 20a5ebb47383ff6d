"""The input line above a list, whose text filters the list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from assistant.text.sanitize import sanitize_line


def type_into(box: Input, event: Key) -> bool:
    """Type a character into `box` that was pressed in its list, unless the key is bound there; whether it was typed."""
    is_bound = event.key in box.screen.active_bindings
    if box.has_focus or is_bound or not event.is_printable or not event.character or event.key.startswith("alt+"):
        return False
    event.stop()
    event.prevent_default()
    box.cursor_position = len(box.value)
    box.insert_text_at_cursor(event.character)
    box.screen.set_focus(box)  # at once: the next key may have been pressed already
    return True


class FilterBox(Input):
    """One line of text. Down and Enter go to the list; Escape empties the box, or goes to the list if it is empty.

    Posts `FilterExited`, and `Changed` for each change. Filtering the list is left to its owner.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "leave", "To the list", tooltip="In a filter: go to the list"),
        Binding("escape", "empty", "Clear", tooltip="In a filter: empty it, then go to the list"),
    ]

    class FilterExited(Message):
        """The user has finished typing; the focus should go to the list."""

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(sanitize_line(event.text), *self.selection)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Leave ← and → to the screen while there is nothing to move in."""
        return bool(self.value) if action in ("cursor_left", "cursor_right") else True

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.FilterExited())

    def action_empty(self) -> None:
        """Empty the box, or go to the list if it is empty."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.FilterExited())
