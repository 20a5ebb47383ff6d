"""Whole screens over the sample articles, pixel for pixel: a changed one is a decision (make snapshots)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.article_view import ArticleView
from assistant.tui.widgets.conversation import Exchange
from assistant.tui.widgets.prompt import Prompt
from assistant.tui.widgets.welcome import Suggestions
from tests.waiting import until

USHAKOV = "what did Ushakov say about Europe?"
SnapCompare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    app = AssistantApp(lambda: seeds)
    # The interface without its backend's imports has its own test; here everything is loaded and still.
    seeds.warm_up()
    return app


async def settled(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: any(one.display for one in pilot.app.query(Suggestions)))  # the last to come by itself
    pilot.app.query_one("#question", Prompt).cursor_blink = False


def asked(question: str, *, theme: str | None = None, cited: bool = True, exchanges: int = 1) -> Before:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        if theme:
            pilot.app.theme = theme
        pilot.app.query_one("#question", Prompt).value = question
        await pilot.press("enter")
        await until(pilot, lambda: len(pilot.app.query(Exchange)) == exchanges and not pilot.app.query(".waiting"))
        if cited:
            await until(pilot, lambda: not pilot.app.query_one(ArticleView).has_class("-empty"))

    return before


def test_welcome(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=settled)


def test_answer_dark(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(120, 36), run_before=asked(USHAKOV))


def test_answer_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(120, 36), run_before=asked(USHAKOV, theme="textual-light"))


def test_answer_narrow(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(60, 24), run_before=asked(USHAKOV))


def test_answer_with_notes(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = asked("How many homes were evacuated?")
    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_follow_up(app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await asked("what did Valcourt say about the terminal?")(pilot)
        await asked("and about dredging?", cited=False, exchanges=2)(pilot)

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_refusal(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = asked("what did Valcourt say about dredging?", cited=False)
    assert snap_compare(app, terminal_size=(100, 30), run_before=before)


def test_help(app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 2)

    assert snap_compare(app, terminal_size=(100, 30), run_before=before)
