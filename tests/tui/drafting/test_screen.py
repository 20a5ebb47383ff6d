"""The screen that checks a draft, over the articles that ship."""

from __future__ import annotations

from collections.abc import Iterator

from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from assistant.engine import Assistant
from assistant.errors import LibraryMissing
from assistant.records.proof import DraftSentence
from assistant.tui.app import AssistantApp
from assistant.tui.commands.palette import find_commands
from assistant.tui.drafting.screen import DraftScreen
from assistant.tui.screens.article import ArticleScreen
from tests.support.backends import AssistantProxy
from tests.support.waiting import unwrapped_screen_text, wait_until

DRAFT = (
    "I like this town. Idris Valcourt said paint will not save them. "
    "“Paint will save them,” said Idris Valcourt. The zeppelin Norge landed in Teller on 14 May 1926."
)


async def check(pilot: Pilot[None], text: str) -> None:
    """Open the screen as the palette does, paste a text, and wait until all of it is checked."""
    await pilot.app.run_action("draft")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen))
    pilot.app.screen.query_one(TextArea).text = text
    await pilot.press("f8")
    await wait_until(pilot, lambda: "sentence" in str(pilot.app.screen.query_one("#draft-head").render()))


async def test_walking_through_the_findings(seeds: Assistant) -> None:
    """Each sentence has its result, the first that does not hold is open beside its source; Enter opens the article."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 40)) as pilot:
        await check(pilot, DRAFT)
        await wait_until(pilot, lambda: "4 sentences:" in unwrapped_screen_text(app))
        sentences = app.screen.query_one(OptionList)
        assert sentences.option_count == 4
        first = sentences.highlighted
        assert first
        await wait_until(pilot, lambda: "Enter opens the article" in unwrapped_screen_text(app))
        while sentences.highlighted != 3:
            before = sentences.highlighted
            await pilot.press("n")
            await wait_until(pilot, lambda: sentences.highlighted != before)  # noqa: B023
        await wait_until(pilot, lambda: "not found" in unwrapped_screen_text(app))
        await pilot.press("n")
        await wait_until(pilot, lambda: sentences.highlighted == first)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ArticleScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, DraftScreen))


async def test_escape_returns_to_the_text_and_then_to_asking(seeds: Assistant) -> None:
    """The text stays; letters are typed in it and are no keys."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, "I like this town.")
        await pilot.press("escape")
        text = app.screen.query_one(TextArea)
        assert text.has_focus
        await pilot.press("n", "p")
        assert len(text.text) == len("I like this town.") + 2
        await pilot.press("escape")
        await wait_until(pilot, lambda: not isinstance(app.screen, DraftScreen))
        await app.run_action("draft")
        await wait_until(pilot, lambda: isinstance(app.screen, DraftScreen))
        assert app.screen.query_one(TextArea).text


async def test_what_fails_is_told(seeds: Assistant) -> None:
    """A library that is gone is one line; an empty text is not checked."""

    class Missing(AssistantProxy):
        def check_draft(self, text: str) -> Iterator[DraftSentence]:
            raise LibraryMissing(f"no library here for {len(text)} characters; run: assistant build")

    app = AssistantApp(lambda: Missing(seeds))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.run_action("draft")
        await wait_until(pilot, lambda: isinstance(app.screen, DraftScreen))
        await pilot.press("f8")
        assert not app.screen.query_one(OptionList).display
        app.screen.query_one(TextArea).text = "I like this town."
        await pilot.press("f8")
        await wait_until(pilot, lambda: "no library here" in unwrapped_screen_text(app))


async def test_palette_offers_it_to_the_owner(seeds: Assistant) -> None:
    """By its name and by what people call it; not to a reader."""
    for is_for_owner in (True, False):
        app = AssistantApp(lambda: seeds, is_for_owner=is_for_owner)
        async with app.run_test(size=(80, 24)):
            found = [one.command.action for one in find_commands(app.list_keyless_commands(), "proofread")]
            assert found == (["draft"] if is_for_owner else [])
