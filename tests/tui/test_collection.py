"""Questions about the collection and the program in the interface, and operators in the library's search."""

from __future__ import annotations

from textual.widgets import Static

from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.sentence import ShortAnswerLine
from assistant.tui.widgets.library.search_panel import _describe_facets
from tests.support.actions import ask_question, conversation_text, static_text
from tests.support.waiting import screen_text, wait_until


async def test_brief_has_sections(app: AssistantApp) -> None:
    """The first line, the headings of the sections and the notes are shown."""
    async with app.run_test(size=(140, 60)) as pilot:
        await ask_question(pilot, "summarise the flood")
        await wait_until(pilot, lambda: "Who says what" in conversation_text(pilot))
        assert "7 articles (6 different stories)" in static_text(app.screen.query_one(ShortAnswerLine))
        headings = [static_text(each) for each in app.screen.query(".section").results(Static)]
        assert headings == ["In short", "What happened", "Who says what", "Figures that differ", "Corrected"]
        assert "flood" in screen_text(app)


async def test_help_is_shown(app: AssistantApp) -> None:
    """A question about the program is answered without sources."""
    async with app.run_test(size=(140, 40)) as pilot:
        await ask_question(pilot, "what can you do?")
        await wait_until(pilot, lambda: "word for word" in conversation_text(pilot))


def test_search_says_how_it_was_read(seeds: Assistant) -> None:
    """The search that was understood, its remarks and its facets."""
    shown = _describe_facets(seeds.catalog().search("terminal OR speaker:Nobody"))
    assert "read as: terminal OR speaker:Nobody" in shown
    assert "no speaker is called “Nobody”" in shown
    assert "by outlet: The Ellery Courier (fiction) 5 · Harbour Post (fiction) 3" in shown
