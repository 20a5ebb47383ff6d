"""Keys of readline that Textual's fields lack where a terminal names the key instead of sending Esc and a letter."""

from __future__ import annotations

from typing import ClassVar

from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

# For each key: what it does in an `Input`, and in a `TextArea`.
_EFFECTS = {
    "alt+b": ("cursor_left_word", "cursor_word_left"),
    "alt+f": ("cursor_right_word", "cursor_word_right"),
    "alt+d": ("delete_right_word", "delete_word_right"),
    "alt+backspace": ("delete_left_word", "delete_word_left"),
    "ctrl+b": ("cursor_left", "cursor_left"),
    "ctrl+f": ("cursor_right", "cursor_right"),
}


class LineEditingApp(App[None]):
    """An app in every field of which these keys work, also in Textual's own; elsewhere they are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"edit_line('{key}')", show=False, priority=True) for key in _EFFECTS
    ]

    def action_edit_line(self, key: str) -> None:
        """Do what a key does in the field that has the focus. Raises SkipAction if none has it."""
        of_input, of_area = _EFFECTS[key]
        if isinstance(self.focused, Input):
            getattr(self.focused, f"action_{of_input}")()
        elif isinstance(self.focused, TextArea):
            getattr(self.focused, f"action_{of_area}")()
        else:
            raise SkipAction
