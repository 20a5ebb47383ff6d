"""The foot of the sources: the speaker of the open citation, and what a click does with it."""

from __future__ import annotations

import pytest

from assistant.tui.commands.key_names import BETWEEN_KEYS
from assistant.tui.widgets.sources.sources import CLICKS, SourcesPane
from tests.support.citations import make_citation
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until

ALL = BETWEEN_KEYS.join(name for _, name in CLICKS)
BODY = "Office for the Measurement of Tides and Currents of the Northern Archipelago"


@pytest.mark.parametrize(
    ("speaker", "width", "foot"),
    [
        ("Volodymyr Zelenskyy", 60, f"[1] Volodymyr Zelenskyy · {ALL} ─"),
        ("Volodymyr Zelenskyy", 50, f"[1] Volodymyr Z… · {ALL} ─"),
        (BODY, 50, f"[1] Office for … · {ALL} ─"),
        (BODY, 38, f"[1] · {ALL} ─"),
        ("Ada", 41, f"[1] Ada · {ALL} ─"),
        (None, 50, f"[1] · {ALL} ─"),
        (BODY, 28, "[1] · Copy · Cite ─"),
    ],
)
async def test_clicks_are_whole_in_any_width(speaker: str | None, width: int, foot: str) -> None:
    """The name takes what the clicks leave, and where not all clicks fit, none is cut."""
    citation = make_citation("It is shut.", speaker=speaker)
    pane = SourcesPane()
    host = WidgetHost(pane)
    async with host.run_test(size=(width, 12)) as pilot:
        await wait_until(pilot, lambda: pane.article.is_attached)
        pane.list_citations(1, [citation])
        pane.mark(citation)
        pane.show_article(citation, None)
        await wait_until(pilot, lambda: foot in screen_text(host))
        await pilot.resize_terminal(80, 12)
        await wait_until(pilot, lambda: ALL in screen_text(host))
        await pilot.resize_terminal(width, 12)
        await wait_until(pilot, lambda: foot in screen_text(host))
