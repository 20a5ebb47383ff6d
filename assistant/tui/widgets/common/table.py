"""A table of any number of rows. Only the rows in view are drawn, so its cost does not grow with its length."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from textwrap import wrap
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, Leave, MouseMove, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.charts import fit_width
from assistant.tui.widgets.common.columns import Column, ColumnLayout, Sort, fit_columns

CURSOR_SIGN = "› "  # before the row with the cursor, which must not be visible by its colour alone
ROW_INDENT = "  "  # before the other rows and the header
END_GAP = 1  # cells between the last column and the scroll bar
HEADER_LINES = 1
EMPTY_TEXT_LINE = HEADER_LINES + 1  # where `empty_text` is shown

Row = TypeVar("Row")


class Table(ScrollView, Generic[Row], can_focus=True):
    """Rows under a fixed header, with a cursor.

    `cells` returns the texts of a row, one for each column, and `identity` what distinguishes it from other rows.
    Posts `RowHighlighted`, `RowSelected` and `HeaderSelected`. Sorting and filtering are left to its owner, which
    calls `show` with the new rows.
    """

    DEFAULT_CSS = "Table { overflow-x: hidden; }"  # a scroll bar there would cover the last row
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--header", "table--cursor", "table--hover", "table--empty"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("enter", "choose", "Open"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    hovered: reactive[int | None] = reactive[int | None](None, repaint=False)

    class RowSelected(Message):
        """A row was chosen with Enter or a click."""

        def __init__(self, table: Table[Any], row: Any) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> Table[Any]:
            """The table, for selectors of `on`."""
            return self.table

    class RowHighlighted(Message):
        """The cursor has moved to a row, or new rows are shown."""

        def __init__(self, table: Table[Any], row: Any) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> Table[Any]:
            """The table, for selectors of `on`."""
            return self.table

    class HeaderSelected(Message):
        """The header of a column was clicked."""

        def __init__(self, table: Table[Any], key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> Table[Any]:
            """The table, for selectors of `on`."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Row], Sequence[str]],
        identity: Callable[[Row], Hashable],
        *,
        empty_text: str,
        id: str,
    ) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.empty_text = empty_text  # shown instead of rows
        self._columns = tuple(columns)
        self._cells = cells
        self._identity = identity
        self._sort: Sort | None = None

    # ------------------------------------------------------------------------------------------- rows

    @property
    def highlighted_row(self) -> Row | None:
        """The row with the cursor; None without rows."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Row], *, follow: bool = False) -> None:
        """Show these rows, the cursor on the first one; with `follow` on the row where it was, if that is shown."""
        last = self.highlighted_row
        self.rows = rows
        place = self._find_row(last) if follow and last is not None else 0
        self.virtual_size = Size(self.size.width, len(rows) + HEADER_LINES)
        self.hovered = None
        if place == self.cursor:
            self._reveal_cursor()
        else:
            self.cursor = place
        self.refresh()

    def _find_row(self, wanted: Row) -> int:
        identity = self._identity(wanted)
        return next((place for place, row in enumerate(self.rows) if self._identity(row) == identity), 0)

    def show_text(self, text: str) -> None:
        """Show this text when there are no rows."""
        self.empty_text = sanitize_line(text)
        self.refresh()

    def mark_sorted(self, key: str, falling: bool) -> None:
        """Show in the header by which column the rows are sorted; `falling` for descending order."""
        self._sort = (key, falling)
        self.refresh()

    def watch_cursor(self, last: int, now: int) -> None:
        """Redraw the two rows between which the cursor has moved."""
        self._reveal_cursor()
        self._refresh_rows(last, now)

    def watch_hovered(self, last: int | None, now: int | None) -> None:
        """Redraw the two rows between which the mouse has moved."""
        self._refresh_rows(*(row for row in (last, now) if row is not None))

    def _refresh_rows(self, *rows: int) -> None:
        for row in rows:
            self.refresh_line(row + HEADER_LINES)

    def _reveal_cursor(self) -> None:
        """Scroll the row with the cursor into view and report it."""
        room = max(1, self.size.height - HEADER_LINES)
        top = round(self.scroll_target_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + room:
            self.scroll_to(y=self.cursor - room + 1, animate=False, force=True)
        if self.highlighted_row is not None:
            self.post_message(self.RowHighlighted(self, self.highlighted_row))

    # --------------------------------------------------------------------------------- keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor `by` rows down, or up if negative."""
        if self.rows:
            self.cursor = min(max(0, self.cursor + by), len(self.rows) - 1)

    def action_page(self, by: int) -> None:
        """Move the cursor down or up by one page."""
        self.action_move(by * max(1, self.size.height - HEADER_LINES - 1))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.action_move(-len(self.rows))

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.action_move(len(self.rows))

    def action_choose(self) -> None:
        """Choose the row with the cursor."""
        if self.highlighted_row is not None:
            self.post_message(self.RowSelected(self, self.highlighted_row))

    def _row_at(self, y: int) -> int | None:
        row = y - HEADER_LINES + round(self.scroll_y)
        return row if y >= HEADER_LINES and 0 <= row < len(self.rows) else None

    def on_click(self, event: Click) -> None:
        """Choose the clicked row, or report the clicked header."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = self._row_at(offset.y)
        if row is not None:
            self.cursor = row
            self.action_choose()
        elif offset.y < HEADER_LINES and (key := self._layout.column_at(offset.x - len(CURSOR_SIGN))):
            self.post_message(self.HeaderSelected(self, key))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the row under the mouse."""
        offset = event.get_content_offset(self)
        self.hovered = self._row_at(offset.y) if offset else None

    def on_leave(self, _event: Leave) -> None:
        """Mark no row."""
        self.hovered = None

    def on_resize(self, _event: Resize) -> None:
        """Redraw for the new size, with the cursor in view."""
        self.virtual_size = Size(self.size.width, len(self.rows) + HEADER_LINES)
        self._reveal_cursor()
        self.refresh()

    # ------------------------------------------------------------------------------------------ lines

    @property
    def _layout(self) -> ColumnLayout:
        width = self.scrollable_content_region.width  # without the scroll bar
        return fit_columns(self._columns, width, margin=len(CURSOR_SIGN) + END_GAP)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view: the header, a row, or the text shown when there are no rows."""
        if y < HEADER_LINES:
            return self._make_strip(ROW_INDENT + self._layout.format_header(self._sort), "table--header")
        row = self._row_at(y)
        if row is None:
            return self._make_strip(self._empty_line(y - EMPTY_TEXT_LINE), "table--empty")
        text = self._layout.format_row(self._cells(self.rows[row]))
        if row == self.cursor:
            return self._make_strip(CURSOR_SIGN + text, "table--cursor")
        return self._make_strip(ROW_INDENT + text, *(["table--hover"] if row == self.hovered else []))

    def _empty_line(self, line: int) -> str:
        """A line of the text shown when there are no rows, wrapped to the width of the table."""
        if self.rows or line < 0:
            return ""
        lines = wrap(self.empty_text, max(1, self.size.width - len(ROW_INDENT)))
        return ROW_INDENT + lines[line] if line < len(lines) else ""

    def _make_strip(self, text: str, *style: str) -> Strip:
        width = self.size.width
        return Strip([Segment(fit_width(text, width), self.get_visual_style(*style).rich_style)], width)
