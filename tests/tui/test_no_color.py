"""Tests with NO_COLOR: information is shown by lines, signs, bold, underlined and reversed text, not by shades."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.screens.library import TABS
from assistant.tui.widgets.answer.sentence import Sentence
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.sources.article_view import ArticleView
from tests.support.actions import ask_question, collapse_spaces, submit_question
from tests.support.waiting import screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"

Look = list[list[tuple[str, bool, bool, bool]]]
"""The screen without any colour: of each line, letters that are bold, underlined, reversed."""


@pytest.fixture(autouse=True)
def _no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def app(seeds: Assistant, _no_color: None) -> AssistantApp:
    return AssistantApp(lambda: seeds)


def read_cells(app: App[Any]) -> Look:
    lines: Look = []
    for strip in app.screen._compositor.render_strips()[:-1]:  # without the footer, which changes anyway
        pieces = [(text, style) for text, style, _ in strip]
        lines.append(
            [
                (letter, bool(s and s.bold), bool(s and s.underline), bool(s and s.reverse))
                for text, s in pieces
                for letter in text
            ]
        )
    return lines


def reversed_text(app: App[Any], within: type[ArticleView]) -> str:
    """The reversed text in a part of the screen."""
    region = app.screen.query_one(within).region
    lines = read_cells(app)[region.y : region.bottom]
    return collapse_spaces(
        " ".join("".join(c for c, _, _, r in line[region.x : region.right - 1] if r) for line in lines)
    )


async def press_and_compare(pilot: Pilot[None], *keys: str) -> None:
    """Press each key, and wait until the screen changes in more than its colors."""
    for key in keys:
        for box in (*pilot.app.screen.query(Input), *pilot.app.screen.query(Prompt)):
            box.cursor_blink = False
        before = read_cells(pilot.app)
        await pilot.press(key)
        await wait_until(pilot, lambda old=before: read_cells(pilot.app) != old)  # type: ignore[misc]


async def test_focus_visible_everywhere(app: AssistantApp) -> None:
    """The focused widget is visible wherever Tab leads."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: not app.query_one(ArticleView).has_class("-empty"))
        await app.workers.wait_for_complete()
        await press_and_compare(pilot, *["tab"] * 4)
        await press_and_compare(pilot, "ctrl+s", *["tab"] * 5)


@pytest.mark.campaign
async def test_cited_words_and_sentence_visible(app: AssistantApp, seeds: Assistant) -> None:
    """The cited words are visible, and so is the sentence that they belong to."""
    cited = seeds.ask(USHAKOV).citations
    assert len(cited) >= 2
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        for number, citation in enumerate(cited[:2]):
            quote = collapse_spaces(citation.quote)
            await wait_until(pilot, functools.partial(lambda words: reversed_text(app, ArticleView) == words, quote))
            sentence = list(app.query(Sentence))[number]
            edge = [line[sentence.region.x][0] for line in read_cells(app)[sentence.region.y : sentence.region.bottom]]
            assert edge
            assert all(sign.strip() for sign in edge)  # a vertical line along its left side
            await pilot.press("alt+down")


@pytest.mark.campaign
async def test_list_selection_and_focus_visible(app: AssistantApp) -> None:
    """The selected row of every list is visible, and so is the focus of the list."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await app.workers.wait_for_complete()
        await press_and_compare(pilot, "f2", "tab", "escape", "escape")
        await pilot.press("f3")
        await wait_until(pilot, lambda: len(app.screen.query_one("#article-rows", Table).rows) == 18)
        await press_and_compare(pilot, "down", "slash", "escape")
        for number in range(2, len(TABS) + 1):
            await press_and_compare(pilot, str(number))
            if TABS[number - 1] in ("speakers", "stories"):
                await pilot.pause()
                await press_and_compare(pilot, "tab")
        await pilot.press("escape", "f4")
        await press_and_compare(pilot, "shift+tab", "shift+tab")
        await pilot.press("escape", "f5")
        await wait_until(pilot, lambda: "Folder or file of articles" in screen_text(app))
        await press_and_compare(pilot, "down", "shift+tab")


@pytest.mark.campaign
async def test_refusals_errors_badge_have_signs(app: AssistantApp, tmp_path: Path) -> None:
    """Refusals, errors and the badge have signs."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, "what did Valcourt say about dredging?")
        assert "? No clear answer. These sentences may contain it:" in screen_text(app)
        await submit_question(pilot, "why " * 1_250)
        await wait_until(pilot, lambda: "! " in screen_text(app))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("Ann Lee said on Monday that the harbour was closed to ferries.")
    other = Assistant(Config(articles=(tmp_path / "articles",), index=tmp_path / "index"))
    app = AssistantApp(lambda: other)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "! " in screen_text(app).splitlines()[0])  # there is no library
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 article" in screen_text(app).splitlines()[0])
        (tmp_path / "articles" / "b.md").write_text("Bo Orr said on Tuesday that the harbour was open.")
        app.check_for_changes()
        await wait_until(pilot, lambda: "● 1 file new" in screen_text(app))
