"""Starting the interface: where there is no terminal it does not start."""

from __future__ import annotations

import sys

import pytest

from assistant.errors import AssistantError
from assistant.tui.launch import run_tui


def test_no_terminal_is_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal the error names the command for scripts."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    assert not sys.stdout.isatty()
    with pytest.raises(AssistantError) as error:
        run_tui()
    assert str(error.value) == "the interface needs a terminal; to ask from a script: assistant ask QUESTION"
