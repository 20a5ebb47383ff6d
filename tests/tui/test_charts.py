"""Pictures of numbers: to scale, never too wide, whatever the labels hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.tui.charts import bars, fitted, sparkline

COUNTS = st.lists(st.integers(0, 10**6), max_size=40)


def test_bars_are_to_scale_and_aligned() -> None:
    assert bars([("Mercury", 40), ("Post", 20), ("Gazette", 1), ("None", 0)], 30) == [
        "Mercury 40 ███████████████████",
        "Post    20 █████████▌",
        "Gazette  1 ▌",
        "None     0",
    ]


def test_a_count_above_nought_always_shows() -> None:
    assert bars([("a", 100_000), ("b", 1)], 20)[1].endswith("1 ▏")


def test_a_long_label_is_cut_and_leaves_room_for_its_bar() -> None:
    (line,) = bars([("The Northern Echo and Advertiser", 3)], 30)
    assert line == "The Norther… 3 ███████████████"


@given(st.lists(st.tuples(st.text(), st.integers(0, 10**7)), max_size=8), st.integers(20, 200))
def test_bars_keep_to_their_width_whatever_the_labels(items: list[tuple[str, int]], width: int) -> None:
    lines = bars(items, width)
    assert len(lines) == len(items)
    for line in lines:
        assert cell_len(line) <= width
        assert "\n" not in line
        assert "\x1b" not in line


def test_a_sparkline_has_a_column_for_each_value() -> None:
    assert sparkline([0, 1, 2, 4, 8], 10) == " ▁▂▄█"


def test_a_sparkline_of_many_values_averages_neighbours() -> None:
    assert sparkline([8, 8, 4, 4, 0, 0, 2, 2], 4) == "█▄ ▂"


@given(COUNTS, st.integers(0, 60))
def test_a_sparkline_keeps_to_its_width_and_shows_what_is_above_nought(values: list[int], width: int) -> None:
    line = sparkline(values, width)
    assert len(line) == min(width, len(values))
    if len(values) <= width:
        assert [mark == " " for mark in line] == [value == 0 for value in values]


@pytest.mark.parametrize(("text", "width", "shown"), [("ab", 4, "ab  "), ("abcdef", 4, "abc…"), ("日本語", 4, "日… ")])
def test_text_is_fitted_to_cells(text: str, width: int, shown: str) -> None:
    assert fitted(text, width) == shown
