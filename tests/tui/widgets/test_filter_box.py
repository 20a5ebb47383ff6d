"""The filter above a list, in a host app."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Input, OptionList

from assistant.tui.widgets.common.filter_box import FilterBox, type_into
from tests.support.host import WidgetHost


class FilteredList(Vertical):
    """A list with a filter above it."""

    def compose(self) -> ComposeResult:
        yield FilterBox("words", id="filter")
        yield OptionList("one", "two", id="list")

    def on_key(self, event: Key) -> None:
        type_into(self.query_one(FilterBox), event)


async def test_letters_in_list_go_to_filter() -> None:
    """A letter typed in the list is typed into the filter, which gets the focus."""
    host = WidgetHost(FilteredList())
    async with host.run_test(message_hook=host.record) as pilot:
        box = host.query_one(FilterBox)
        host.query_one(OptionList).focus()
        await pilot.press("a", "b")
        assert box.value == "ab"
        assert box.has_focus
        assert [event.value for event in host.posted(Input.Changed)] == ["a", "ab"]


async def test_keys_of_list_stay_keys() -> None:
    """A key that is bound in the list is not typed."""
    host = WidgetHost(FilteredList())
    async with host.run_test() as pilot:
        host.query_one(OptionList).focus()
        await pilot.press("down")
        assert host.query_one(FilterBox).value == ""


async def test_escape_empties_then_exits() -> None:
    """Escape empties the filter first and asks for the list second; Down asks at once."""
    host = WidgetHost(FilteredList())
    async with host.run_test(message_hook=host.record) as pilot:
        box = host.query_one(FilterBox)
        box.focus()
        await pilot.press("a", "escape")
        assert box.value == ""
        assert host.posted(FilterBox.FilterExited) == []
        await pilot.press("escape", "down")
        assert len(host.posted(FilterBox.FilterExited)) == 2
