"""The base of the library tabs that filter a table: a filter, a count and the table."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from assistant.tui.widgets.common.filter_box import FilterBox, type_into
from assistant.tui.widgets.common.table import Table


class ListPanel(Vertical):
    """Updates its table as you type, in the filter or in the table. Subclasses compose the parts and define `relist`.

    Posts nothing itself. Loading the rows is left to the screen.
    """

    def relist(self) -> None:
        """Show the rows that match the filter."""

    @property
    def table(self) -> Table[Any]:
        """The table."""
        return self.query_one(Table)

    @property
    def filter_text(self) -> str:
        """The text in the filter."""
        return self.query_one(FilterBox).value

    def focus_list(self) -> None:
        """Focus the table."""
        self.table.focus()

    def show_count(self, shown: int, total: int, what: str) -> None:
        """Show how many of the rows match; `what` names them."""
        count = f"{shown:,} of {total:,}" if shown < total else f"{total:,}"
        self.query_one(".count", Static).update(Content(f"{count} {what}"), layout=False)

    @on(Input.Changed)
    def _relist_filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.relist()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that leads to the filter while the filter has the focus."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        """Type characters pressed in the table into the filter."""
        type_into(self.query_one(FilterBox), event)

    @on(FilterBox.FilterExited)
    def _leave_filter(self, event: FilterBox.FilterExited) -> None:
        event.stop()
        self.focus_list()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one(FilterBox).focus()
