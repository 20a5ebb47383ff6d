"""The way into the terminal interface: with which settings, and in what terminal. Imports no more than it must."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.config.sources import find_settings_source, load_settings
from assistant.errors import AssistantError

if TYPE_CHECKING:
    pass


def open_interface(config: Path | None = None, index: Path | None = None, *, resume_last: bool = False) -> None:
    """Run the terminal interface until its user leaves; `go_on` begins with the last conversation.

    Raises AssistantError where there is no terminal, ConfigError where the settings are at fault.
    """
    served = "TEXTUAL_DRIVER" in os.environ  # by `serve`, into a web page
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AssistantError("the interface needs a terminal; to ask from a script: assistant ask QUESTION")
    from assistant.tui.app import AssistantApp
    from assistant.tui.backend import make_opener

    interface = AssistantApp(
        make_opener(lambda: load_settings(config, index)),
        resume_last=resume_last,
        find_settings_source=lambda: find_settings_source(config, index),
    )
    interface.run()
    if interface.settings_error is not None:
        raise interface.settings_error
