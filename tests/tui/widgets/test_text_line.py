"""The one-line input of dialogs, in a host app."""

from __future__ import annotations

from textual.events import Paste

from assistant.tui.widgets.common.text_line import TextLine
from tests.support.host import WidgetHost


async def test_paste_joins_lines() -> None:
    """Pasted lines are joined by spaces, without control characters that could act on the terminal."""
    line = TextLine()
    host = WidgetHost(line)
    async with host.run_test() as pilot:
        line.focus()
        line.value = "he said: "
        line.post_message(Paste("the piles\nare sound\x1b[2J"))
        await pilot.pause()
        assert line.value.startswith("he said: the piles are sound")
        assert "\x1b" not in line.value


async def test_paste_action_inserts_clipboard() -> None:
    """The paste key inserts what was copied in the app."""
    line = TextLine()
    host = WidgetHost(line)
    async with host.run_test() as pilot:
        host.copy_to_clipboard("one\ntwo")
        line.focus()
        await pilot.press("ctrl+v")
        assert line.value == "one two"
