"""The statistics tab: units of time, sizes, and the page in a host app."""

from __future__ import annotations

import pytest

from assistant.records.library import LibraryStatistics
from assistant.tui.widgets.library.statistics_panel import StatisticsPanel, count_over_time, format_size
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until


def test_days_of_one_month() -> None:
    """A short time is counted by day, with empty days between."""
    days = [("2025-03-01", 2), ("2025-03-03", 1), ("", 4), ("spring", 1)]
    assert count_over_time(days) == ("day", [("2025-03-01", 2), ("2025-03-02", 0), ("2025-03-03", 1)])


def test_months_of_some_years() -> None:
    """A longer time is counted by month, with empty months between."""
    unit, items = count_over_time([("2024-12-30", 2), ("2025-02-10", 1), ("2025-02-11", 1)])
    assert (unit, items) == ("month", [("2024-12", 2), ("2025-01", 0), ("2025-02", 2)])


def test_years_of_a_long_time() -> None:
    """A long time is counted by year."""
    unit, items = count_over_time([("2019-05-01", 1), ("2024-05-01", 3)])
    assert (unit, items[0], items[-1], len(items)) == ("year", ("2019", 1), ("2024", 3), 6)


def test_no_dates() -> None:
    """Without dates there is nothing to draw."""
    assert count_over_time([("", 3)]) == ("day", [])


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 KB"), (25_000, "25 KB"), (2_400_000, "2.4 MB"), (3e9, "3.0 GB")],
)
def test_size_has_readable_unit(size: int, text: str) -> None:
    """Sizes have decimal units, with one decimal place if they are small."""
    assert format_size(size) == text


async def test_page_shows_counts_and_charts() -> None:
    """The page has counts in words, a bar for each outlet, and a line about the build."""
    panel = StatisticsPanel()
    host = WidgetHost(panel)
    async with host.run_test(size=(90, 40)) as pilot:
        panel.show(
            LibraryStatistics(
                (("articles", 1), ("speakers", 3), ("duplicates", 0)),
                (("2025-03-01", 1),),
                (("Port News", 1),),
                (("Ann Lee", 5),),
                "mini",
                "2025-03-02T10:00:00+00:00",
                "/news/index",
                2_400_000,
            )
        )
        await wait_until(pilot, lambda: "1 article · 3 speakers" in screen_text(host))
        assert "Articles by day" in screen_text(host)
        assert "Port News" in screen_text(host)
        assert "with mini · 2.4 MB in /news/index" in screen_text(host)
