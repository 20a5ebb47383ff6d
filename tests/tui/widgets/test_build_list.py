"""The build list in a host app: groups, filter, and the message for opening an article."""

from __future__ import annotations

from textual.widgets import Static, Tab

from assistant.tui.messages import ArticleWanted
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_list import NO_BUILD_TEXT, NO_MATCH_TEXT, RUNNING_TEXT, BuildList
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.table import Table
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until
from tests.tui.widgets.test_build_entries import REPORT


async def test_list_shows_groups_and_opens_article() -> None:
    """The rows of a report are shown, a word filters them, and Enter on an added article asks to open it."""
    host = WidgetHost(BuildList())
    async with host.run_test(size=(100, 20), message_hook=host.record) as pilot:
        table = host.query_one(Table)
        assert table.empty_text == NO_BUILD_TEXT
        host.building = BuildState("running")
        await wait_until(pilot, lambda: table.empty_text == RUNNING_TEXT)
        host.building = BuildState("done", report=REPORT)
        await wait_until(pilot, lambda: "Bridge closed" in screen_text(host))
        labels = [str(tab.label) for tab in host.query(Tab) if tab.display]
        assert labels == ["All 4", "Added 1", "Removed 1", "Skipped 1", "Notes 1"]
        table.focus()
        await pilot.press(*"bridge")
        await wait_until(pilot, lambda: len(table.rows) == 1)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: host.posted(ArticleWanted))
        assert host.posted(ArticleWanted)[0].article_id == "b.md"
        host.query_one(FilterBox).value = "bridge harbour"
        await wait_until(pilot, lambda: table.empty_text == NO_MATCH_TEXT)
        assert str(host.query_one("#build-count", Static).visual) == "0 of 4"
