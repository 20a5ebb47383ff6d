"""Saving pictures: a file beside the user's, or the reason why not."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from assistant.tui.workers.pictures import save_picture
from tests.support.waiting import screen_text, wait_until


async def test_picture_is_saved_and_its_place_is_told(tmp_path: Path) -> None:
    """Where it cannot be written, the reason is told."""
    app = App[None]()
    async with app.run_test(size=(120, 20), notifications=True) as pilot:
        save_picture(app, "<svg/>", "a.svg", "Picture", str(tmp_path))
        await wait_until(pilot, lambda: "Picture saved" in screen_text(app))
        assert (tmp_path / "a.svg").read_text(encoding="utf-8") == "<svg/>"
        save_picture(app, "<svg/>", "a.svg", "Picture", str(tmp_path / "none"))
        await wait_until(pilot, lambda: "Picture not saved" in screen_text(app))
