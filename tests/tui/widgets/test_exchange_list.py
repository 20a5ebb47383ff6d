"""The list of exchanges: which of them have widgets, and which are in view."""

from __future__ import annotations

import pytest

from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.exchange_list import find_entries_between
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until


@pytest.mark.parametrize(
    ("low", "high", "entries"),
    [(0, 1, (0, 1)), (9, 11, (0, 2)), (10, 30, (1, 3)), (-20, 100, (0, 3)), (99, 120, (2, 3)), (12, 12, (1, 2))],
)
def test_entries_between_lines(low: float, high: float, entries: tuple[int, int]) -> None:
    """Three exchanges of ten lines each: those with lines in the range, at least one."""
    assert find_entries_between([0, 10, 20, 30], low, high) == entries


async def test_only_near_exchanges_have_widgets() -> None:
    """Of a hundred exchanges a few have widgets, wherever the reader is; the key k goes to the previous one."""
    conversation = ConversationView()
    host = WidgetHost(conversation)
    async with host.run_test(size=(60, 20)) as pilot:
        entries = [ExchangeState(number, f"question {number}?", failure="no library") for number in range(1, 101)]
        conversation.restore(entries)
        await wait_until(pilot, lambda: "question 100?" in screen_text(host))
        assert 0 < len(host.query(Exchange)) < 40
        conversation.focus()
        await pilot.press("k")
        await wait_until(pilot, lambda: "question 99?" in screen_text(host))
        conversation.scroll_home(animate=False)
        await wait_until(pilot, lambda: "question 1?" in screen_text(host))
        assert 0 < len(host.query(Exchange)) < 40


async def test_failed_exchange_shows_reason_and_returns_question() -> None:
    """A question that fails is shown with the reason; withdrawing it brings back the welcome."""
    conversation = ConversationView()
    host = WidgetHost(conversation)
    async with host.run_test(size=(60, 20)) as pilot:
        await conversation.begin_exchange(1, "why?")
        assert not conversation.welcome.display
        assert conversation.show_failure("the library is closed") == "why?"
        await wait_until(pilot, lambda: "! the library is closed" in screen_text(host))
        assert conversation.turns == ()
        assert await conversation.withdraw_newest() == "why?"
        assert conversation.welcome.display
