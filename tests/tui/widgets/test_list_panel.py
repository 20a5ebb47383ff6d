"""What the tabs of the library screen share, shown by the articles tab in a host app."""

from __future__ import annotations

from textual.widgets import Static

from assistant.presentation.filtering import FilterableRows
from assistant.records.library import ArticleRow
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.library.articles_panel import NO_MATCH_TEXT, ArticlesPanel
from assistant.tui.widgets.library.list_panel import ListPanel
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until

ROWS = [
    ArticleRow("a", "Harbour closed", "Port News", "Ann Lee", "2025-03-01", 120, 0),
    ArticleRow("b", "Bridge open", "Port News", None, "2025-03-02", 80, 1),
]


async def test_filter_reduces_rows_and_count() -> None:
    """Typing in the table filters it; the count says how many rows match, and no match says what to do."""
    panel = ArticlesPanel()
    host = WidgetHost(panel)
    async with host.run_test(size=(90, 20)) as pilot:
        assert isinstance(panel, ListPanel)
        panel.show(FilterableRows.from_rows(ROWS, lambda row: (row.title, row.source, row.day)))
        panel.focus_list()
        await wait_until(pilot, lambda: "Harbour closed" in screen_text(host))
        count = panel.query_one(".count", Static)
        assert str(count.visual) == "2 articles"
        await pilot.press(*"bridge")
        await wait_until(pilot, lambda: len(panel.table.rows) == 1)
        assert str(count.visual) == "1 of 2 articles"
        await pilot.press("x")
        await wait_until(pilot, lambda: NO_MATCH_TEXT in screen_text(host))
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(panel.table.rows) == 2)


async def test_slash_is_a_key_outside_the_filter_only() -> None:
    """The key that leads to the filter is not offered inside it."""
    panel = ArticlesPanel()
    host = WidgetHost(panel)
    async with host.run_test(size=(90, 20)) as pilot:
        panel.focus_list()
        await pilot.pause()
        assert panel.check_action("filter", ())
        await pilot.press("slash")
        assert panel.query_one(FilterBox).has_focus
        assert not panel.check_action("filter", ())


async def test_row_opens_and_limits_questions() -> None:
    """Enter asks for the article, the question mark to ask about it only."""
    panel = ArticlesPanel()
    host = WidgetHost(panel)
    async with host.run_test(size=(90, 20), message_hook=host.record) as pilot:
        panel.show(FilterableRows.from_rows(ROWS, lambda row: (row.title,)))
        panel.focus_list()
        await pilot.press("enter", "question_mark")
        await wait_until(pilot, lambda: host.posted(ScopeWanted))
        assert [message.article_id for message in host.posted(ArticleWanted)] == ["b"]  # the newest is first
        scope = host.posted(ScopeWanted)[0]
        assert (scope.article_ids, scope.label) == (("b",), "“Bridge open”")
