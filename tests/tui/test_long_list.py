"""Tests of a list of hundreds of texts: each can be reached in order, from both ends, by key and by wheel."""

from __future__ import annotations

from itertools import pairwise

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import OptionList

from assistant.tui.widgets.common.long_list import BATCH, LongList
from tests.support.waiting import wait_until

COUNT = 2 * BATCH + 3


class ListApp(App[None]):
    """An app with only a list; some of its texts have several lines."""

    def __init__(self) -> None:
        super().__init__()
        self.list = LongList(id="texts")
        self.chosen: int | None = None

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(COUNT, lambda number: Content("\n".join([f"text {number}"] * (1 + number % 3))))
        self.list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.chosen = self.list.text_number(event.option_index)


def text_number_at_cursor(app: ListApp) -> int:
    """The number of the text at the cursor, read from the displayed text."""
    assert app.list.highlighted is not None
    prompt = app.list.get_option_at_index(app.list.highlighted).prompt
    number = int(str(prompt).split()[1])
    assert number == app.list.text_number(app.list.highlighted)
    return number


async def press_to_end(pilot: Pilot[None], key: str) -> list[int]:
    """Press the key until the end; returns the numbers of the texts that the cursor visits."""
    app = pilot.app
    assert isinstance(app, ListApp)
    found = [text_number_at_cursor(app)]
    for _ in range(COUNT - 1):
        await pilot.press(key)
        found.append(text_number_at_cursor(app))
        top = app.list.scroll_offset.y
        start, lines = app.list._index_to_line[app.list.highlighted or 0], 1 + found[-1] % 3
        assert top <= start < top + app.list.size.height >= lines  # the text is in view
    return found


async def test_arrows_visit_items_in_order() -> None:
    """Down visits every item in order, and Up goes back."""
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        assert await press_to_end(pilot, "down") == list(range(COUNT))
        await pilot.press("up")
        assert text_number_at_cursor(app) == COUNT - 2


async def test_end_and_home_jump() -> None:
    """End jumps to the last item, from where Up visits every item; Home jumps to the first."""
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("end")
        assert text_number_at_cursor(app) == COUNT - 1
        assert app.list.option_count == BATCH  # the texts in between were not laid out
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.chosen == COUNT - 1)
        assert await press_to_end(pilot, "up") == list(reversed(range(COUNT)))
        await pilot.press("end", "home")
        assert text_number_at_cursor(app) == 0


async def test_wheel_scrolls_without_jump() -> None:
    """The mouse wheel scrolls from the end to the first item without a jump."""
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("end")
        seen: list[int] = []
        for _ in range(4 * COUNT):
            option, _line = app.list._lines[int(app.list.scroll_offset.y)]
            seen.append(app.list.text_number(option))
            if seen[-1] == 0 and app.list.scroll_offset.y == 0:
                break
            app.list.scroll_to(y=app.list.scroll_offset.y - 2, animate=False, immediate=True)
            await pilot.pause()
        assert seen[-1] == 0
        assert all(0 <= before - after <= 2 for before, after in pairwise(seen))
