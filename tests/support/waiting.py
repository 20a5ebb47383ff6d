"""Waiting for a condition, never for a time."""

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
    """What is on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def unwrapped_screen_text(app: App[Any]) -> str:
    """What is on the screen, without frames and line breaks, which depend on the length of paths."""
    return " ".join(re.sub("[│▏▎▕▊█]", " ", screen_text(app)).split())


async def wait_until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the app run until `condition` holds. Fails with the condition and the screen after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            await pilot.pause()  # lay out and draw the effect of the last message
            return
        await pilot.pause(0.02)
    waited_for = inspect.getsource(condition).strip()
    raise AssertionError(f"did not come to hold: {waited_for}\n{screen_text(pilot.app)}")
