"""The way into the terminal interface: with which settings, and in what terminal. Imports no more than it must."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.config.sources import origin_of, settings_of
from assistant.errors import AssistantError

if TYPE_CHECKING:
    pass


def open_interface(config: Path | None = None, index: Path | None = None, *, go_on: bool = False) -> None:
    """Run the terminal interface until its user leaves; `go_on` begins with the last conversation.

    Raises AssistantError where there is no terminal, ConfigError where the settings are at fault.
    """
    served = "TEXTUAL_DRIVER" in os.environ  # by `serve`, into a web page
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AssistantError("the interface needs a terminal; to ask from a script: assistant ask QUESTION")
    from assistant.tui.app import AssistantApp
    from assistant.tui.backend import opener

    interface = AssistantApp(
        opener(lambda: settings_of(config, index)), go_on=go_on, find_origin=lambda: origin_of(config, index)
    )
    interface.run()
    if interface.fault is not None:
        raise interface.fault
