"""The functions that start the interface, without a screen."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from assistant.errors import AssistantError
from assistant.tui.gc_tuning import GC_THRESHOLDS, freeze_loaded_objects
from assistant.tui.launch import run_tui
from assistant.tui.web_driver import ServedDriver


def test_freeze_exempts_loaded_objects() -> None:
    """After the call, existing objects are exempt from collection, and full collections are rare."""
    before = gc.get_threshold()
    kept = [[number] for number in range(1000)]
    try:
        freeze_loaded_objects()
        assert gc.get_freeze_count() > len(kept)
        assert gc.get_threshold() == GC_THRESHOLDS
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_tui_needs_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal the interface does not start, and the error names the other command."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    with pytest.raises(AssistantError, match="assistant ask QUESTION"):
        run_tui()


def test_served_app_exits_when_server_ends() -> None:
    """An app in a web page exits when its input is closed."""
    driver = f"{ServedDriver.__module__}:{ServedDriver.__name__}"
    done = subprocess.run(
        [sys.executable, "-c", "from textual.app import App; App().run()"],
        input=b"",
        env={**os.environ, "TEXTUAL_DRIVER": driver},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0
