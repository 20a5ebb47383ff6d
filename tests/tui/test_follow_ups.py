"""Questions that lead on from an answer, as a reader is offered them above the prompt."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence

import pytest
from textual.app import App

from assistant.engine import Assistant
from assistant.records.answer import Turn
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.conversation import Exchange
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from tests.support.actions import answered, ask, box, conversation
from tests.support.backends import Real
from tests.support.waiting import screen_text, until

TERMINAL = "What did Valcourt say about the terminal?"
FIRST = "What did Maud Lindqvist say about the terminal?"


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


def line(app: App[None]) -> FollowUps:
    return app.query_one(FollowUps)


async def test_after_an_answer_stand_questions_to_go_on_with_and_down_and_enter_ask_one(app: AssistantApp) -> None:
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: f"↓ Go on: {FIRST}  ·  What did" in screen_text(app))
        await pilot.press("down")
        assert line(app).has_focus
        await pilot.press("down", "up", "enter")
        await until(pilot, lambda: answered(pilot, 2))
        assert FIRST in conversation(pilot)
        assert box(pilot).has_focus
        await app.workers.wait_for_complete()
        assert FIRST not in line(app).questions


async def test_a_click_on_such_a_question_asks_it(app: AssistantApp) -> None:
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: line(app).display)
        second = line(app).questions[1]
        await pilot.click(FollowUps, offset=(screen_text(app).splitlines()[line(app).region.y].index(second) + 3, 0))
        await until(pilot, lambda: answered(pilot, 2))
        assert second in conversation(pilot)


async def test_the_arrows_lead_out_of_the_line_and_escape_too(app: AssistantApp) -> None:
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: len(line(app).questions) == 2)
        for keys in (["up"], ["down", "down"], ["escape"]):
            await pilot.press("down")
            assert line(app).has_focus
            await pilot.press(*keys)
            await until(pilot, lambda: box(pilot).has_focus)


async def test_in_a_narrow_window_one_question_stands_there_whole_or_cut(app: AssistantApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: f"↓ Go on: {FIRST}" in screen_text(app))
        assert "·  What did" not in screen_text(app)
        await pilot.resize_terminal(40, 20)
        await until(pilot, lambda: "↓ Go on: What did Maud Lindqvist say…" in screen_text(app))


async def test_nothing_is_offered_where_nothing_leads_on_nor_in_a_new_conversation(app: AssistantApp) -> None:
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: line(app).display)
        await pilot.press("ctrl+l")
        assert not line(app).display
        await ask(pilot, "What is the price of gold?")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not line(app).display


async def test_what_some_articles_may_not_answer_is_not_offered_any_more(app: AssistantApp) -> None:
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: line(app).display)
        app.ask_screen.narrow(["no-such-article"], "one article")
        await pilot.pause()
        assert not line(app).display


async def test_who_types_on_is_not_offered_anything_and_is_not_kept_waiting(seeds: Assistant) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Real):
        def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
            begun.set()
            go_on.wait(10)
            yield from super().follow_ups(history, scope=scope)

    app = AssistantApp(lambda: Slow(seeds))
    async with app.run_test(size=(140, 36)) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, begun.is_set)
        await pilot.press(*"and Dray?", "enter")
        await until(pilot, lambda: answered(pilot, 2))  # though the offer is not there yet
        await pilot.press("x")
        go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not line(app).display
        assert len(app.query(Exchange)) == 2
