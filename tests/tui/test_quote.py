"""Tests of the screen that checks quotations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.engine import Assistant
from assistant.errors import LibraryMissing
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.quote import QuoteScreen
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import run_build
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

SIZES = [(80, 24), *in_campaign(((160, 48),))]


def is_open(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, QuoteScreen)


async def check_quote(pilot: Pilot[None], text: str, speaker: str = "") -> None:
    """Open the screen if necessary, enter the words, and wait for the verdict."""
    if not is_open(pilot):
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(pilot))
    pilot.app.screen.query_one("#speaker", Input).value = speaker
    box = pilot.app.screen.query_one("#quotation", Input)
    box.value = text
    box.focus()
    await pilot.press("enter")
    await wait_until(pilot, lambda: pilot.app.screen.query("#quote-verdict.-good, #quote-verdict.-bad"))


@pytest.mark.parametrize("size", SIZES)
async def test_quote_verbatim_opens_article(app: AssistantApp, size: tuple[int, int]) -> None:
    """A verbatim quotation opens its article at the words."""
    async with app.run_test(size=size) as pilot:
        await check_quote(pilot, "a leap in the dark", "Okonjo-Reyes")
        assert "Verbatim" in screen_text(app)
        assert "Bram Okonjo-Reyes, in quotation marks" in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not is_open(pilot))
        await wait_until(pilot, lambda: not app.query_one(ArticleView).has_class("-empty"))
        (cited,) = app.query_one(SourcesPane).citations
        assert cited.quote == "a leap in the dark"
        assert "leap in the dark" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_quote_altered_shows_difference(app: AssistantApp, size: tuple[int, int]) -> None:
    """An altered quotation shows the difference."""
    async with app.run_test(size=size) as pilot:
        await check_quote(pilot, "the piles are sound, and paint will not save them")
        shown = screen_text(app)
        assert "Altered" in shown
        assert "-rotten-" in shown
        assert "+sound+" in shown


@pytest.mark.parametrize(
    ("text", "speaker", "verdict"),
    [
        ("the piles are rotten", "Maud Lindqvist", "Misattributed"),
        *in_campaign(
            ("Lindqvist said: “The piles are rotten”", "", "Misattributed"),
            ("every violin in the orchestra was out of tune", "", "Not found"),
            ("…", "", "the quotation is empty"),
        ),
    ],
)
async def test_quote_failed_check_shown(app: AssistantApp, text: str, speaker: str, verdict: str) -> None:
    """A quotation that is not confirmed is reported with its verdict."""
    async with app.run_test(size=(100, 30)) as pilot:
        await check_quote(pilot, text, speaker)
        assert verdict in screen_text(app)
        assert app.screen.query("#quote-verdict.-bad")


@pytest.mark.campaign
async def test_quote_second_check_replaces_first(app: AssistantApp) -> None:
    """A second check replaces the first."""
    async with app.run_test(size=(100, 30)) as pilot:
        await check_quote(pilot, "a leap in the dark")
        await check_quote(pilot, "every violin in the orchestra was out of tune")
        await wait_until(pilot, lambda: "Not found" in screen_text(app))
        assert "Verbatim" not in screen_text(app)
        assert app.screen.query_one(OptionList).option_count == 1


@pytest.mark.campaign
async def test_quote_restored_after_escape(app: AssistantApp) -> None:
    """Escape closes the screen, and the checked quotation is restored on return."""
    async with app.run_test(size=(100, 30)) as pilot:
        await check_quote(pilot, "a leap in the dark")
        await pilot.press("escape")
        await wait_until(pilot, lambda: not is_open(pilot))
        assert app.query_one("#question").has_focus
        await pilot.press("f8")
        await wait_until(pilot, lambda: "Verbatim" in screen_text(app))
        assert app.screen.query_one("#quotation", Input).value == "a leap in the dark"


async def test_quote_key_opens_one_screen(app: AssistantApp) -> None:
    """The key opens one screen only."""
    async with app.run_test() as pilot:
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(pilot))
        await pilot.press("f8")
        assert len(app.screen_stack) == 2


async def test_quote_without_library(assistant: Assistant) -> None:
    """Without a library the screen says so."""
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await check_quote(pilot, "a leap in the dark")
        await wait_until(pilot, lambda: "no index here yet" in unwrapped_screen_text(app))
    with pytest.raises(LibraryMissing):
        assistant.check_quote("a leap in the dark")


async def test_quote_article_text_is_not_markup(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Nothing in an article is interpreted as markup."""
    write_article("a.md", "“The [bold]quay[/bold] is [red]too short for us,” said Maud Farrant.", title="On [b]quays")
    run_build(assistant)
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await check_quote(pilot, "is [red]too short for us")
        assert "is [red]too short for us" in screen_text(app)
        assert "On [b]quays" in screen_text(app)
