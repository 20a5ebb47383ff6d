"""Tests of the follow-up questions above the prompt."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence

import pytest
from textual.app import App

from assistant.engine import Assistant
from assistant.records.answer import Turn
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from tests.support.actions import all_answered, ask_question, conversation_text, find_prompt
from tests.support.backends import AssistantProxy
from tests.support.waiting import screen_text, wait_until

PRICE = "What did Oakhurst say about the price?"
FIRST = "What did Anselm Dray say about the price?"


def find_follow_ups(app: App[None]) -> FollowUps:
    return app.query_one(FollowUps)


async def test_follow_ups_shown_and_asked_by_enter(app: AssistantApp) -> None:
    """After an answer follow-ups are shown; Down and Enter ask one."""
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: f"↓ Ask: {FIRST}  ·  Wh" in screen_text(app))
        await pilot.press("down")
        assert find_follow_ups(app).has_focus
        await pilot.press("down", "up", "enter")
        await wait_until(pilot, lambda: all_answered(pilot, 2))
        assert FIRST in conversation_text(pilot)
        assert find_prompt(pilot).has_focus
        await app.workers.wait_for_complete()
        assert FIRST not in find_follow_ups(app).questions


@pytest.mark.campaign
async def test_follow_up_asked_by_click(app: AssistantApp) -> None:
    """A click on a follow-up asks it."""
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: find_follow_ups(app).display)
        second = find_follow_ups(app).questions[1]
        await pilot.click(
            FollowUps, offset=(screen_text(app).splitlines()[find_follow_ups(app).region.y].index(second) + 3, 0)
        )
        await wait_until(pilot, lambda: all_answered(pilot, 2))
        assert second in conversation_text(pilot)


@pytest.mark.campaign
async def test_follow_ups_left_by_arrows_and_escape(app: AssistantApp) -> None:
    """The arrow keys and Escape leave the line of follow-ups."""
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: len(find_follow_ups(app).questions) == 3)
        for keys in (["up"], ["down"] * 3, ["escape"]):
            await pilot.press("down")
            assert find_follow_ups(app).has_focus
            await pilot.press(*keys)
            await wait_until(pilot, lambda: find_prompt(pilot).has_focus)


@pytest.mark.campaign
async def test_follow_up_narrow_window_one_shown(app: AssistantApp) -> None:
    """In a narrow window one follow-up is shown, complete or truncated."""
    async with app.run_test(size=(60, 20)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: f"↓ Ask: {FIRST}" in screen_text(app))
        assert "·  What did" not in screen_text(app)
        await pilot.resize_terminal(40, 20)
        await wait_until(pilot, lambda: "↓ Ask: What did Anselm Dray say about…" in screen_text(app))


@pytest.mark.campaign
async def test_follow_ups_hidden_when_none(app: AssistantApp) -> None:
    """No follow-ups are shown if there are none or in a new conversation."""
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: find_follow_ups(app).display)
        await pilot.press("ctrl+l")
        assert not find_follow_ups(app).display
        await ask_question(pilot, "Who is the prime minister of Japan?")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not find_follow_ups(app).display


@pytest.mark.campaign
async def test_follow_ups_removed_by_scope(app: AssistantApp) -> None:
    """Follow-ups that the new scope cannot answer are no longer offered."""
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, lambda: find_follow_ups(app).display)
        app.ask_screen.narrow_scope(["no-such-article"], "one article")
        await pilot.pause()
        assert not find_follow_ups(app).display


@pytest.mark.campaign
async def test_follow_ups_do_not_disturb_typing(seeds: Assistant) -> None:
    """While the user types follow-ups are not offered and do not slow down typing."""
    begun, go_on = threading.Event(), threading.Event()

    class SlowFollowUpsAssistant(AssistantProxy):
        def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
            begun.set()
            go_on.wait(120)
            yield from super().follow_ups(history, scope=scope)

    app = AssistantApp(lambda: SlowFollowUpsAssistant(seeds))
    async with app.run_test(size=(140, 36)) as pilot:
        await ask_question(pilot, PRICE)
        await wait_until(pilot, begun.is_set)
        await pilot.press(*"and Dray?", "enter")
        await wait_until(pilot, lambda: all_answered(pilot, 2))  # although the follow-ups are not computed yet
        await pilot.press("x")
        go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not find_follow_ups(app).display
        assert len(app.query(Exchange)) == 2


async def test_words_that_were_not_found_can_be_checked(seeds: Assistant) -> None:
    """After a refusal of a question with quoted words the line offers to check them, with the words filled in."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 30)) as pilot:
        await ask_question(pilot, "who said “a leap in the light”?")
        line = app.query_one(FollowUps)
        await wait_until(pilot, lambda: line.display)
        assert line.questions[0] == "Check “a leap in the light” (F8)"
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "Altered" in screen_text(app))
        assert "Bram Okonjo-Reyes" in screen_text(app)  # who said “a leap in the dark”
