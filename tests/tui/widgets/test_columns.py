"""How the columns of a table share its width."""

from __future__ import annotations

from assistant.tui.widgets.common.columns import Column, fit_columns

COLUMNS = (
    Column("title", "Title"),
    Column("author", "Author", 10, at_least=60, most=20),
    Column("words", "Words", 6, right=True),
)


def widths(table_width: int) -> dict[str, int]:
    """The widths of the visible columns in a table with a margin of two cells."""
    return {column.key: width for column, width in fit_columns(COLUMNS, table_width, margin=2).shown}


def test_narrow_table_hides_columns() -> None:
    """A column is hidden where the table is narrower than it asks for; the open one takes the rest."""
    assert widths(40) == {"title": 30, "words": 6}
    assert widths(60) == {"title": 38, "author": 10, "words": 6}


def test_wide_table_grows_columns() -> None:
    """Beyond the width that the open column can use, the others grow up to their limit."""
    assert widths(100) == {"title": 70, "author": 18, "words": 6}
    assert widths(140) == {"title": 108, "author": 20, "words": 6}


def test_columns_grow_where_the_open_one_is_hidden() -> None:
    """What it would have taken is not left empty."""
    columns = (Column("key", "Key", 10), Column("value", "Value", 10, most=30), Column("about", "About", at_least=72))
    assert fit_columns(columns, 60, margin=2).shown == ((columns[0], 10), (columns[1], 30))
    assert {column.key: width for column, width in fit_columns(columns, 80, margin=2).shown}["about"] == 54


def test_open_column_has_minimum() -> None:
    """The open column keeps a minimum width, however narrow the table is."""
    assert widths(5) == {"title": 8, "words": 6}


def test_row_is_cut_and_aligned() -> None:
    """Texts are cut or padded to their column; a right-aligned column ends at the right."""
    layout = fit_columns(COLUMNS, 24, margin=2)
    assert layout.format_row(["A harbour is closed", "Ann Lee", "512"]) == "A harbour is…      512"


def test_header_marks_sorted_column() -> None:
    """The arrow is next to the label, on the side of the text."""
    layout = fit_columns(COLUMNS, 24, margin=2)
    assert layout.format_header(("title", False)) == "Title ▲          Words"
    assert layout.format_header(("words", True)).endswith("▼ Wor…")


def test_column_at_cell() -> None:
    """A cell belongs to the column that it is in, with the gap after it."""
    layout = fit_columns(COLUMNS, 24, margin=2)
    assert [layout.column_at(cell) for cell in (-2, 0, 15, 16, 23, 24)] == [
        "title", "title", "title", "words", "words", None,
    ]  # fmt: skip
