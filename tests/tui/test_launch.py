"""Starting the interface: where there is no terminal it does not start."""

from __future__ import annotations

import subprocess
import sys

from assistant.tui.launch import run_tui

SCRIPT = f"""
from {run_tui.__module__} import {run_tui.__name__}
try:
    {run_tui.__name__}()
except Exception as error:
    print(type(error).__name__, error, sep=": ")
"""


def test_no_terminal_is_error() -> None:
    """Without a terminal the error names the command for scripts."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.stdout == (
        "AssistantError: the interface needs a terminal; to ask from a script: assistant ask QUESTION\n"
    )
