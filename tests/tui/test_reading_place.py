"""Tests of the place in the answers at which the reader is left: the beginning of each new answer."""

from __future__ import annotations

import asyncio

import pytest

from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.conversation import ConversationView
from tests.support.actions import ask_question
from tests.support.waiting import wait_until

QUESTIONS = ("What did Oakhurst say about the price?", "what did Ushakov say about Europe?", "what did Lindqvist say?")


def lines_in_view(view: ConversationView) -> list[str]:
    region = view.content_region
    strips = view.app.screen._compositor.render_strips()[region.y : region.bottom]
    return [strip.crop(region.x, region.right).text.strip() for strip in strips]


def is_read_from_beginning(view: ConversationView, question: str) -> bool:
    """Whether the question is in the first line in view; further below only if its whole answer is in view."""
    lines = lines_in_view(view)
    return lines[0] == question or (question in lines and view.scroll_y == view.max_scroll_y)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8])
async def test_each_answer_is_read_from_its_beginning(seeds: Assistant, app: AssistantApp, turns: int) -> None:
    """However fast its parts arrive, here after so many turns of the event loop, an answer is read from its start."""
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(ConversationView)
        for number, question in enumerate(QUESTIONS, start=1):
            told = list(seeds.stream(question))
            await view.begin_exchange(number, question)
            for event in told:
                view.show_event(event)
                for _ in range(turns):
                    await asyncio.sleep(0)

            def is_at_the_start(asked: str = question) -> bool:
                return is_read_from_beginning(view, asked)

            await wait_until(pilot, is_at_the_start)


@pytest.mark.campaign
async def test_reader_who_scrolls_away_stays_there(app: AssistantApp) -> None:
    """Once the reader has scrolled, another width of the window leaves the lines that were read in view."""
    async with app.run_test(size=(80, 24)) as pilot:
        for count, question in enumerate(QUESTIONS, start=1):
            await ask_question(pilot, question, count)
        view = app.query_one(ConversationView)
        view.scroll_to(y=0, animate=False, immediate=True)
        await wait_until(pilot, lambda: lines_in_view(view)[0] == QUESTIONS[0])
        for width in (100, 70):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            await wait_until(pilot, lambda: lines_in_view(view)[0] == QUESTIONS[0])
