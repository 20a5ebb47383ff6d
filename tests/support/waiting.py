"""Waiting for what a person would wait for: a condition, never a time."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

MAX_TRIES = 500


def screen_text(app: App[Any]) -> str:
    """What is on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def unwrapped_screen_text(app: App[Any]) -> str:
    """What is on the screen, however it is wrapped and framed: how a long path breaks its line is not the test's."""
    return " ".join(re.sub("[│▏▎▕▊█]", " ", screen_text(app)).split())


async def wait_until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the app go on until `condition` holds; fails with what it waited for, and the screen."""
    for _ in range(MAX_TRIES):
        if condition():
            await pilot.pause()  # what the last message brought is laid out and drawn
            return
        await pilot.pause(0.02)
    waited_for = inspect.getsource(condition).strip()
    raise AssertionError(f"did not come to hold: {waited_for}\n{screen_text(pilot.app)}")
