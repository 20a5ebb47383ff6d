"""Whole screens over the sample articles, pixel for pixel: a changed one is a decision (make snapshots)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.engine import Assistant
from assistant.tui import ages
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.article_view import ArticleView
from assistant.tui.widgets.conversation import Exchange
from assistant.tui.widgets.prompt import Prompt
from assistant.tui.widgets.welcome import Suggestions
from tests.waiting import screen_text, until

USHAKOV = "what did Ushakov say about Europe?"
SnapCompare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    app = AssistantApp(lambda: seeds)
    # The interface without its backend's imports has its own test; here everything is loaded and still.
    seeds.warm_up()
    return app


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ages of articles are reckoned from a day that does not go on."""
    monkeypatch.setattr(ages, "today", lambda: date(2026, 1, 15))


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
        await pilot.app.workers.wait_for_complete()  # until it is known what to go on with
        await pilot.pause()

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


def shown(*keys: str, until_seen: str, theme: str | None = None) -> Before:
    """Press these keys and wait until a text is on the screen."""

    async def before(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        if theme:
            pilot.app.theme = theme
        await pilot.press(*keys)
        await until(pilot, lambda: until_seen in screen_text(pilot.app))
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False

    return before


def test_welcome_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = shown(until_seen="Try one of these", theme="textual-light")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


def test_answer_wide(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(160, 48), run_before=asked(USHAKOV))


def test_conflict_narrow(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(80, 48), run_before=asked("How many homes were evacuated?"))


def test_conflict_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = asked("How many homes were evacuated?", theme="textual-light")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


def test_change_over_time(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = asked("How has Oakhurst's position on the price changed?")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


def test_refusal_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = asked("what did Valcourt say about dredging?", cited=False, theme="textual-light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_library(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = shown("f3", until_seen="Mayor concedes")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


def test_library_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = shown("f3", until_seen="Mayor concedes", theme="textual-light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def with_library(*keys: str, until_seen: str) -> Before:
    async def before(pilot: Pilot[Any]) -> None:
        await shown("f3", until_seen="Mayor concedes")(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: until_seen in screen_text(pilot.app))
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False

    return before


def test_speakers(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = with_library("2", until_seen="in quotation marks")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


def test_statistics(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = with_library("5", until_seen="Articles by month")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_reading_an_article(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = with_library("enter", until_seen="Who speaks here")
    assert snap_compare(app, terminal_size=(120, 36), run_before=before)


def test_checking_a_quotation(app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await shown("ctrl+k", until_seen="Check a quotation")(pilot)
        pilot.app.screen.query_one("#quotation", Input).value = "the piles are sound, and paint will not save them"
        await pilot.press("enter")
        await until(pilot, lambda: "Altered" in screen_text(pilot.app))

    assert snap_compare(app, terminal_size=(120, 36), run_before=before)


def test_completing_a_name(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = shown(*"what did ush", until_seen="Yuri Ushakov")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
