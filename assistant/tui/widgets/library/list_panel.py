"""What the lists of the library have in common: a box to filter by, how many there are, and a table."""

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
    """Lists anew at each letter that is typed, in the box or in the list; `relist` is the panel's own."""

    def relist(self) -> None:
        """Show the rows that hold what is typed."""

    @property
    def table(self) -> Table[Any]:
        """The list."""
        return self.query_one(Table)

    @property
    def filter_text(self) -> str:
        """What the rows are to hold."""
        return self.query_one(FilterBox).value

    def focus_list(self) -> None:
        """Give the keys to the list."""
        self.table.focus()

    def show_count(self, shown: int, total: int, what: str) -> None:
        """Say how many rows there are of how many."""
        count = f"{shown:,} of {total:,}" if shown < total else f"{total:,}"
        self.query_one(".count", Static).update(Content(f"{count} {what}"), layout=False)

    @on(Input.Changed)
    def _relist_filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.relist()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Who is in the box need not be told how to come there."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        type_into(self.query_one(FilterBox), event)

    @on(FilterBox.FilterExited)
    def _leave_filter(self, event: FilterBox.FilterExited) -> None:
        event.stop()
        self.focus_list()

    def action_filter(self) -> None:
        """To the box for filtering."""
        self.query_one(FilterBox).focus()
