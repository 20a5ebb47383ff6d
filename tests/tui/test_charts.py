"""Tests of charts as text: true to scale and within the given width for all labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.pictures.matrix import Matrix
from assistant.tui.rendering.charts import draw_bars, draw_matrix, draw_sparkline, fit_width

COUNTS = st.lists(st.integers(0, 10**6), max_size=40)


def test_bars_are_to_scale_and_aligned() -> None:
    assert draw_bars([("Mercury", 40), ("Post", 20), ("Gazette", 1), ("None", 0)], 30) == [
        "Mercury 40 ███████████████████",
        "Post    20 █████████▌",
        "Gazette  1 ▌",
        "None     0",
    ]


def test_bar_nonzero_always_visible() -> None:
    """A count above zero always shows a bar."""
    assert draw_bars([("a", 100_000), ("b", 1)], 20)[1].endswith("1 ▏")


def test_bar_long_label_truncated() -> None:
    """A long label is truncated and leaves room for its bar."""
    (line,) = draw_bars([("The Northern Echo and Advertiser", 3)], 30)
    assert line == "The Norther… 3 ███████████████"


@given(st.lists(st.tuples(st.text(), st.integers(0, 10**7)), max_size=8), st.integers(20, 200))
def test_bars_fit_width(items: list[tuple[str, int]], width: int) -> None:
    """Bars keep to the given width whatever the labels are."""
    lines = draw_bars(items, width)
    assert len(lines) == len(items)
    for line in lines:
        assert cell_len(line) <= width
        assert "\n" not in line
        assert "\x1b" not in line


def test_sparkline_column_per_value() -> None:
    """A sparkline has one column for each value."""
    assert draw_sparkline([0, 1, 2, 4, 8], 10) == " ▁▂▄█"


def test_sparkline_averages_neighbors() -> None:
    """A sparkline of many values averages neighboring values."""
    assert draw_sparkline([8, 8, 4, 4, 0, 0, 2, 2], 4) == "█▄ ▂"


@given(COUNTS, st.integers(0, 60))
def test_sparkline_width_and_nonzero_values(values: list[int], width: int) -> None:
    """A sparkline keeps to its width and shows every value above zero."""
    line = draw_sparkline(values, width)
    assert len(line) == min(width, len(values))
    if len(values) <= width:
        assert [mark == " " for mark in line] == [value == 0 for value in values]


@pytest.mark.parametrize(("text", "width", "shown"), [("ab", 4, "ab  "), ("abcdef", 4, "abc…"), ("日本語", 4, "日… ")])
def test_text_is_fitted_to_cells(text: str, width: int, shown: str) -> None:
    assert fit_width(text, width) == shown


def test_matrix_shades_are_to_scale() -> None:
    """Nothing is blank that has a count; the oldest columns go where there is no room."""
    months = tuple(f"2025-{month:02}" for month in range(1, 9))
    matrix = Matrix("Articles", ("Mercury", "Post"), months, ((8, 4, 1, 0, 0, 0, 0, 0), (0,) * 7 + (2,)), "")
    assert draw_matrix(matrix, 60) == [
        "        2025-01  2025-08",
        "Mercury ██▒▒░░",
        "Post                  ░░",
    ]
    assert draw_matrix(matrix, 12) == ["     2025-02 to 2025-08", "Mer… ▒░", "Post       ░"]
    assert draw_matrix(Matrix("Articles", (), (), (), ""), 60) == []
