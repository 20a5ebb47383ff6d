"""Waiting for conditions on the screen, never for fixed times."""

from __future__ import annotations

import inspect
import re
import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

PATIENCE = 120.0  # seconds until a wait fails; only a test that fails takes so long, even on a busy machine


def screen_text(app: App[Any]) -> str:
    """The screen as text, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def unwrapped_screen_text(app: App[Any]) -> str:
    """The text of the screen without line breaks and frames, for paths that wrap at different places."""
    return " ".join(re.sub("[│▏▎▕▊█]", " ", screen_text(app)).split())


async def wait_until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Process messages until `condition` is true; after PATIENCE, fails with its source and the screen."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.01
    while time.monotonic() < deadline:
        if condition():
            await pilot.pause()  # lay out and draw the effect of the last message
            return
        await pilot.pause(pause)
        pause = min(1.5 * pause, 0.1)  # looking at the screen takes as long as drawing it
    waited_for = inspect.getsource(condition).strip()
    raise AssertionError(f"timed out waiting for: {waited_for}\n{screen_text(pilot.app)}")


def wait_patiently() -> None:
    """Let the waits of Textual's own pilot for a screen fail no sooner than those here."""
    Pilot._wait_for_screen.__defaults__ = (PATIENCE,)
