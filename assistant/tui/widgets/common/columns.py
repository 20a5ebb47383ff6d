"""How the columns of a table share its width, as functions without a widget. Widths are in terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.charts import fit_width

GAP = 2  # cells between columns
MIN_FILL_WIDTH, MAX_FILL_WIDTH = 8, 70  # cells, for the column that takes the remaining width

Sort = tuple[str, bool]
"""The key of the column by which rows are sorted, and whether they are sorted in descending order."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; hidden in tables narrower than `at_least`.

    One column of a table has no `width` and takes what the others leave. If that is more than it needs, or if it is
    hidden, the others grow up to `most`.
    """

    key: str
    label: str
    width: int | None = None
    right: bool = False
    at_least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """The visible columns of a table with their widths."""

    columns: tuple[Column, ...]
    shown: tuple[tuple[Column, int], ...]

    def column_at(self, cell: int) -> str | None:
        """The key of the column at this cell, counted from the first column; None beyond the last."""
        end = 0
        for column, width in self.shown:
            end += width + GAP
            if cell < end:
                return column.key
        return None

    def format_header(self, sort: Sort | None = None) -> str:
        """The labels, with an arrow next to the one by which the rows are sorted."""
        return self.format_row([_format_label(column, sort) for column in self.columns])

    def format_row(self, texts: Sequence[str]) -> str:
        """The texts of a row, one for each of `columns`, cut and aligned; hidden columns are left out."""
        by_key = dict(zip((column.key for column in self.columns), texts, strict=True))
        parts = [_align(sanitize_line(by_key[column.key]), width, column.right) for column, width in self.shown]
        return (" " * GAP).join(parts)


def fit_columns(columns: Sequence[Column], table_width: int, margin: int) -> ColumnLayout:
    """Choose the visible columns and their widths; `margin` cells of the table's width are not for columns."""
    visible = [column for column in columns if table_width >= column.at_least]
    fixed = sum(column.width or 0 for column in visible) + GAP * (len(visible) - 1)
    rest = table_width - margin - fixed
    kept = MAX_FILL_WIDTH if any(column.width is None for column in visible) else 0
    shown = []
    for column in visible:
        width = column.width or 0
        growth = min(max(0, column.most - width), max(0, rest - kept))
        rest -= growth
        shown.append((column, width + growth))
    fill = max(MIN_FILL_WIDTH, rest)
    return ColumnLayout(tuple(columns), tuple((column, width or fill) for column, width in shown))


def _format_label(column: Column, sort: Sort | None) -> str:
    if sort is None or column.key != sort[0]:
        return column.label
    arrow = "▼" if sort[1] else "▲"
    return f"{arrow} {column.label}" if column.right else f"{column.label} {arrow}"


def _align(text: str, width: int, right: bool) -> str:
    text = fit_width(text, width)
    return text.rstrip().rjust(width) if right else text
