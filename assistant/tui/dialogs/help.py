"""The help: every key and what it does, in groups, with a search box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from assistant.tui.commands.key_names import link_keys
from assistant.tui.keys import KeyGroup, filter_groups

ABOUT = (
    "The number after a sentence is the number of its source. Click the sentence, or select the number in the sources, "
    "to open the article with the words highlighted. You can also click keys in the footer, numbers, rows, column "
    "headers, Copy, Cite, Keep and Open below a source, and the badge at the top that appears when files have changed. "
    "◷ marks a source older than a year."
)
NARROW_KEYS, WIDE_KEYS = 10, 16  # width of the key column, in cells
WIDE_FROM = 90  # width of the window from which the column is wide


class HelpScreen(ModalScreen[None]):
    """Lists the keys and filters them as the user types. Escape, Enter and F1 close it."""

    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,f1,enter", "dismiss", "Close", key_display="esc", tooltip="In the help: close it", priority=True
        ),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
        Binding("pagedown", "scroll(10)", "Page down", show=False),
    ]

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        """The search box above the keys."""
        with Vertical(id="help") as page:
            page.border_title = "Keys"
            page.border_subtitle = link_keys("Type to search · ↑↓ scroll · Esc closes")
            yield Input(placeholder="Search keys and what they do", id="help-words", compact=True)
            with VerticalScroll(id="help-keys", can_focus=False):
                yield Static(id="help-table")
                yield Static(Content(ABOUT), id="help-about")

    def on_mount(self) -> None:
        """Show all keys."""
        self.query_one(Input).focus()
        self._show_keys("")

    @on(Input.Changed)
    def _filter_keys(self, event: Input.Changed) -> None:
        event.stop()
        self._show_keys(event.value)

    def _show_keys(self, words: str) -> None:
        """Show the keys that match these words."""
        groups = filter_groups(self._groups, words)
        accent = self.app.theme_variables.get("text-accent", "")
        parts: list[Table | Text] = []
        for group in groups:
            parts += [Text()] if parts else []
            parts.append(Text(f"{group.title} (here)" if group.is_current else group.title, style="bold underline"))
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(width=NARROW_KEYS if self.app.size.width < WIDE_FROM else WIDE_KEYS, overflow="fold")
            table.add_column(ratio=1)
            for key in group.keys:
                table.add_row(Text(key.keys, style=_key_style(accent)), Text(key.description))
            parts.append(table)
        self.query_one("#help-table", Static).update(Group(*parts) if parts else "No key matches these words.")
        self.query_one("#help-about").display = not words
        self.query_one("#help-keys").scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by this many lines."""
        self.query_one("#help-keys").scroll_relative(y=lines, animate=False)


def _key_style(accent: str) -> str:
    return f"bold {accent}" if accent.startswith("#") else "bold"
