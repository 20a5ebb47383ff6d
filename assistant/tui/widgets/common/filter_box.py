"""The line above a list in which one types what the list is to hold."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from assistant.text.sanitize import sanitize_line


def type_into(box: Input, event: Key) -> bool:
    """Type into `box` a letter that was pressed in its list, unless it is a key there; whether it was typed."""
    if box.has_focus or not event.is_printable or not event.character or event.key in box.screen.active_bindings:
        return False
    event.stop()
    event.prevent_default()
    box.cursor_position = len(box.value)
    box.insert_text_at_cursor(event.character)
    box.screen.set_focus(box)  # at once: the next letter may be there already
    return True


class FilterBox(Input):
    """Down and Enter go to the list; Escape empties the box, and leaves it when it is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "leave", "To the list", tooltip="In a box for words: to the list"),
        Binding("escape", "empty", "Clear", tooltip="In a box for words: empty it, then to the list"),
    ]

    class FilterExited(Message):
        """The user is done typing and wants the list."""

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(sanitize_line(event.text), *self.selection)

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.FilterExited())

    def action_empty(self) -> None:
        """Take back what was typed; where there is nothing, go to the list."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.FilterExited())
