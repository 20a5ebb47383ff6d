"""A table of any number of rows: only what is in view is ever drawn, so ten thousand rows cost what forty do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
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

GAP = 2  # cells between columns
CURSOR_SIGN = "› "  # before the row that the cursor is on, which is so not told by colour alone
HEADER_LINES = 1  # lines
MAX_FILL_WIDTH = 70  # cells, for the column that takes what the others leave

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; shown where the table is `at_least` so wide.

    `width` is in cells; the one column without takes what the others leave. If that is plenty, others grow to `most`.
    """

    key: str
    label: str
    width: int | None = None
    right: bool = False
    at_least: int = 0
    most: int = 0


class Table(ScrollView, Generic[Row], can_focus=True):
    """Rows under a header that stays. `cells` makes the texts of a row, `identity` tells it from others."""

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
        """A row was opened, by a key or a click."""

        def __init__(self, table: Table[Any], row: Any) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> Table[Any]:
            return self.table

    class RowHighlighted(Message):
        """The cursor has come to a row."""

        def __init__(self, table: Table[Any], row: Any) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> Table[Any]:
            return self.table

    class HeaderSelected(Message):
        """The header of a column was clicked."""

        def __init__(self, table: Table[Any], key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> Table[Any]:
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
        self.empty_text = empty_text  # what stands there instead of rows
        self._columns = columns
        self._cells = cells
        self._identity = identity
        self._sort_mark: tuple[str, bool] | None = None

    # ------------------------------------------------------------------------------------------- rows

    @property
    def highlighted_row(self) -> Row | None:
        """The row that the cursor is on."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Row], *, follow: bool = False) -> None:
        """Show these rows, the cursor on the first; or, to `follow`, on the one it was on, if that is still there."""
        last = self.highlighted_row
        self.rows = rows
        place = 0
        if follow and last is not None:
            mine = self._identity(last)
            place = next((n for n, row in enumerate(rows) if self._identity(row) == mine), 0)
        self.virtual_size = Size(self.size.width, len(rows) + HEADER_LINES)
        self.hovered = None
        if place == self.cursor:
            self._reveal_cursor()
        else:
            self.cursor = place
        self.refresh()

    def show_text(self, text: str) -> None:
        """Say this where there are no rows."""
        self.empty_text = sanitize_line(text)
        self.refresh()

    def mark_sorted(self, key: str, falling: bool) -> None:
        """Show in the header by what the rows are sorted."""
        self._sort_mark = (key, falling)
        self.refresh()

    def watch_cursor(self, last: int, now: int) -> None:
        self._reveal_cursor()
        self._refresh_rows(last, now)

    def watch_hovered(self, last: int | None, now: int | None) -> None:
        self._refresh_rows(*(row for row in (last, now) if row is not None))

    def _refresh_rows(self, *rows: int) -> None:
        for row in rows:
            self.refresh_line(row + HEADER_LINES)

    def _reveal_cursor(self) -> None:
        """Bring the cursor's row into view and say where it is."""
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
        """To a row below or above."""
        if self.rows:
            self.cursor = min(max(0, self.cursor + by), len(self.rows) - 1)

    def action_page(self, by: int) -> None:
        """A view down or up."""
        self.action_move(by * max(1, self.size.height - HEADER_LINES - 1))

    def action_first(self) -> None:
        """To the first row."""
        self.action_move(-len(self.rows))

    def action_last(self) -> None:
        """To the last row."""
        self.action_move(len(self.rows))

    def action_choose(self) -> None:
        """Open the row that the cursor is on."""
        if self.highlighted_row is not None:
            self.post_message(self.RowSelected(self, self.highlighted_row))

    def _row_at(self, y: int) -> int | None:
        row = y - HEADER_LINES + round(self.scroll_y)
        return row if y >= HEADER_LINES and 0 <= row < len(self.rows) else None

    def on_click(self, event: Click) -> None:
        event.stop()
        place = event.get_content_offset(self)
        if place is None:
            return
        row = self._row_at(place.y)
        if row is not None:
            self.cursor = row
            self.action_choose()
        elif place.y < HEADER_LINES and (key := self._column_at(place.x)):
            self.post_message(self.HeaderSelected(self, key))

    def on_mouse_move(self, event: MouseMove) -> None:
        place = event.get_content_offset(self)
        self.hovered = self._row_at(place.y) if place else None

    def on_leave(self, _event: Leave) -> None:
        self.hovered = None

    def on_resize(self, _event: Resize) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows) + HEADER_LINES)
        self._reveal_cursor()
        self.refresh()

    # ------------------------------------------------------------------------------------------ lines

    def _column_widths(self) -> list[tuple[Column, int]]:
        """The columns that are shown, with their widths in cells."""
        width = self.scrollable_content_region.width  # beside the scroll bar
        room = width - len(CURSOR_SIGN)
        shown = [column for column in self._columns if width >= column.at_least]
        fixed = sum(column.width or 0 for column in shown) + GAP * (len(shown) - 1)
        rest = room - fixed
        widths = []
        for column in shown:
            grown = min(max(0, column.most - (column.width or 0)), max(0, rest - MAX_FILL_WIDTH))
            rest -= grown
            widths.append((column.width or 0) + grown)
        return [(column, width or max(8, rest)) for column, width in zip(shown, widths, strict=True)]

    def _column_at(self, x: int) -> str | None:
        at = len(CURSOR_SIGN)
        for column, width in self._column_widths():
            at += width + GAP
            if x < at:
                return column.key
        return None

    def _format_line(self, texts: Sequence[str], sign: str) -> str:
        named = dict(zip((column.key for column in self._columns), texts, strict=True))
        parts = [
            _align(sanitize_line(named[column.key]), width, column.right) for column, width in self._column_widths()
        ]
        return sign + (" " * GAP).join(parts)

    def _header_label(self, column: Column) -> str:
        if self._sort_mark is None or column.key != self._sort_mark[0]:
            return column.label
        arrow = "▼" if self._sort_mark[1] else "▲"
        return f"{arrow} {column.label}" if column.right else f"{column.label} {arrow}"

    def render_line(self, y: int) -> Strip:
        """One line of the view: the header, a row, or what is said where there are no rows."""
        if y < HEADER_LINES:
            return self._make_strip(
                self._format_line([self._header_label(column) for column in self._columns], "  "), "table--header"
            )
        row = self._row_at(y)
        if row is None:
            text = "  " + self.empty_text if y == HEADER_LINES + 1 and not self.rows else ""
            return self._make_strip(text, "table--empty")
        style = ["table--cursor"] if row == self.cursor else ["table--hover"] if row == self.hovered else []
        return self._make_strip(
            self._format_line(self._cells(self.rows[row]), CURSOR_SIGN if row == self.cursor else "  "), *style
        )

    def _make_strip(self, text: str, *style: str) -> Strip:
        width = self.size.width
        return Strip([Segment(fit_width(text, width), self.get_visual_style(*style).rich_style)], width)


def _align(text: str, width: int, right: bool) -> str:
    text = fit_width(text, width)
    return text.rstrip().rjust(width) if right else text
