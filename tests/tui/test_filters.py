"""Filters on a question: the dialog, the words of a question, the chips above the prompt."""

from __future__ import annotations

import re

import pytest
from textual.app import App
from textual.widgets import Input

from assistant.engine import Assistant
from assistant.presentation.question_filter import QuestionFilter
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.filters import FIELDS, FilterScreen
from assistant.tui.screens.filtering import NO_FILTER
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from tests.support.actions import all_answered, find_prompt, submit_question
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until


async def test_dialog_gives_the_filter() -> None:
    """Each part has a box; a wrong day is told and keeps the dialog open; Enter applies."""
    given: list[QuestionFilter | None] = []
    app = App[None]()
    async with app.run_test(size=(80, 40)) as pilot:
        await app.push_screen(FilterScreen(QuestionFilter(outlet="Post")), given.append)
        boxes = {name: app.screen.query_one(f"#{name}", Input) for name, _, _ in FIELDS}
        assert boxes["outlet"].value == "Post"
        boxes["first_day"].value = "soon"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "'soon' is no day" in screen_text(app))
        boxes["first_day"].value = "2019-09"
        await pilot.press("enter")
        await wait_until(pilot, lambda: given)
    assert given == [QuestionFilter(outlet="Post", first_day="2019-09")]
    assert NO_FILTER.chips == []


async def test_key_opens_the_filter_from_the_question_box(seeds: Assistant) -> None:
    """F6 reaches the screen, although a text area of Textual selects a line with it."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"draft")
        assert find_prompt(pilot).has_focus
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, FilterScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.ask_screen)
        assert find_prompt(pilot).value == "draft"
        assert find_prompt(pilot).selected_text == ""


async def test_words_of_a_question_limit_it(seeds: Assistant) -> None:
    """The filter is shown above the prompt, its articles alone answer, and Escape removes it."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await submit_question(pilot, "what did Ushakov say about Europe? outlet:seed in:2025-10")
        await wait_until(pilot, lambda: app.ask_screen.conversation.entries and all_answered(pilot))
        assert re.search(r"Asking only:  seed ✕   2025-10 ✕  \d+ article", screen_text(app))
        (turn,) = app.ask_screen.turns
        assert turn.answer.question == "what did Ushakov say about Europe?"
        assert {(cited.source, (cited.published_at or "")[:7]) for cited in turn.answer.citations} == {
            ("Seed Notes", "2025-10")
        }
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Asking only" not in screen_text(app))


async def test_refusal_of_some_articles_leads_to_all(seeds: Assistant) -> None:
    """What some articles do not answer is asked of all with a click; questions that only all answer are not offered."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "Try one of these" in screen_text(app))
        app.ask_screen.use_filter(QuestionFilter(outlet="Courier"))
        await wait_until(pilot, lambda: "Asking only:" in screen_text(app))
        assert "Try one of these" not in screen_text(app)
        await submit_question(pilot, "what did Ushakov say about Europe?")
        await wait_until(pilot, lambda: app.ask_screen.conversation.entries and all_answered(pilot))
        assert "names Ushakov" in screen_text(app)
        await wait_until(pilot, lambda: "The same, of all articles" in screen_text(app))
        await pilot.click(FollowUps, offset=(10, 0))
        await wait_until(pilot, lambda: any(turn.answer.citations for turn in app.ask_screen.turns))
        assert "Asking only:" not in screen_text(app)


@pytest.mark.parametrize("typed", ["who? outlet:Guardian", *in_campaign("who? from:yesterday")])
async def test_filter_that_fits_nothing_is_told(seeds: Assistant, typed: str) -> None:
    """Why is told, the question stays, and nothing is asked."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await submit_question(pilot, typed)
        await wait_until(pilot, lambda: find_prompt(pilot).value and "Filter not applied" in screen_text(app))
        assert not app.ask_screen.conversation.entries


async def test_filters_are_removed_one_by_one(seeds: Assistant) -> None:
    """A click on a chip removes it, Backspace in the empty question box the last one, then all articles are asked."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        app.ask_screen.use_filter(QuestionFilter(outlet="Courier", first_day="2025-03", speaker="Valcourt", tag=""))
        await wait_until(pilot, lambda: "quotes Valcourt ✕" in screen_text(app))
        await pilot.click(app.ask_screen.scope, offset=(len("Asking only:  C"), 0))
        await wait_until(pilot, lambda: "Courier ✕" not in screen_text(app))
        assert "from 2025-03 ✕" in screen_text(app)
        await pilot.press("x", "backspace")
        assert "quotes Valcourt ✕" in screen_text(app)
        await pilot.press("backspace")
        await wait_until(pilot, lambda: "quotes Valcourt ✕" not in screen_text(app))
        assert "from 2025-03 ✕" in screen_text(app)
        await pilot.press("backspace")
        await wait_until(pilot, lambda: "Asking only" not in screen_text(app))
        assert find_prompt(pilot).has_focus


async def test_mouse_applies_and_closes_the_dialog(seeds: Assistant) -> None:
    """The keys that a dialog names at its foot can be clicked: there is no other way without a keyboard."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(100, 36)) as pilot:
        for foot, applies in (("Esc closes", False), ("Enter applies", True)):
            await pilot.press("f6")
            await wait_until(pilot, lambda: isinstance(app.screen, FilterScreen))
            app.screen.query_one("#outlet", Input).value = "Post"
            lines = screen_text(app).splitlines()
            row = next(number for number, line in enumerate(lines) if foot in line)
            await pilot.click(offset=(lines[row].index(foot) + 2, row))
            await wait_until(pilot, lambda: app.screen is app.ask_screen)
            await wait_until(pilot, lambda: app.ask_screen.scope.display == applies)  # noqa: B023 - awaited here
