"""The screen that checks quotations, as a person uses it: real library, keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.engine import Assistant
from assistant.errors import NoLibrary
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.quote import QuoteScreen
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import built
from tests.support.waiting import screen_text, squeezed, until

SIZES = [(80, 24), (160, 48)]


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


def is_open(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, QuoteScreen)


async def check(pilot: Pilot[None], text: str, speaker: str = "") -> None:
    """Open the screen where it is not open, give the words, and wait for the verdict."""
    if not is_open(pilot):
        await pilot.press("ctrl+k")
        await until(pilot, lambda: is_open(pilot))
    pilot.app.screen.query_one("#speaker", Input).value = speaker
    box = pilot.app.screen.query_one("#quotation", Input)
    box.value = text
    box.focus()
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen.query("#quote-verdict.-good, #quote-verdict.-bad"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_verbatim_quotation_opens_its_article_at_the_words(app: AssistantApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await check(pilot, "a leap in the dark", "Okonjo-Reyes")
        assert "Verbatim" in screen_text(app)
        assert "Bram Okonjo-Reyes, in quotation marks" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(pilot))
        await until(pilot, lambda: not app.query_one(ArticleView).has_class("-empty"))
        (cited,) = app.query_one(SourcesPane).citations
        assert cited.quote == "a leap in the dark"
        assert "leap in the dark" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_an_altered_quotation_shows_the_difference(app: AssistantApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await check(pilot, "the piles are sound, and paint will not save them")
        shown = screen_text(app)
        assert "Altered" in shown
        assert "-rotten-" in shown
        assert "+sound+" in shown


@pytest.mark.parametrize(
    ("text", "speaker", "verdict"),
    [
        ("the piles are rotten", "Maud Lindqvist", "Said by somebody else"),
        ("Lindqvist said: “The piles are rotten”", "", "Said by somebody else"),
        ("every violin in the orchestra was out of tune", "", "Not in the collection"),
        ("…", "", "the quotation is empty"),
    ],
)
async def test_what_does_not_hold_is_said(app: AssistantApp, text: str, speaker: str, verdict: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await check(pilot, text, speaker)
        assert verdict in screen_text(app)
        assert app.screen.query("#quote-verdict.-bad")


async def test_a_second_check_replaces_the_first(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await check(pilot, "a leap in the dark")
        await check(pilot, "every violin in the orchestra was out of tune")
        assert "Verbatim" not in screen_text(app)
        assert app.screen.query_one(OptionList).option_count == 1


async def test_escape_closes_and_what_was_checked_is_there_again(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await check(pilot, "a leap in the dark")
        await pilot.press("escape")
        await until(pilot, lambda: not is_open(pilot))
        assert app.query_one("#question").has_focus
        await pilot.press("ctrl+k")
        await until(pilot, lambda: "Verbatim" in screen_text(app))
        assert app.screen.query_one("#quotation", Input).value == "a leap in the dark"


async def test_the_key_opens_one_screen_only(app: AssistantApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+k")
        await until(pilot, lambda: is_open(pilot))
        await pilot.press("ctrl+k")
        assert len(app.screen_stack) == 2


async def test_without_a_library_the_screen_says_so(assistant: Assistant) -> None:
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await check(pilot, "a leap in the dark")
        await until(pilot, lambda: "no index here yet" in squeezed(app))
    with pytest.raises(NoLibrary):
        assistant.check_quote("a leap in the dark")


async def test_nothing_in_an_article_is_markup(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    write_article("a.md", "“The [bold]quay[/bold] is [red]too short for us,” said Maud Farrant.", title="On [b]quays")
    built(assistant)
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await check(pilot, "is [red]too short for us")
        assert "is [red]too short for us" in screen_text(app)
        assert "On [b]quays" in screen_text(app)
