"""The way into the terminal interface: with which settings, and in what terminal. Imports no more than it must."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.config import Config
    from assistant.settings import Origin


def settings_of(config: Path | None, index: Path | None) -> Config:
    """The settings in the file `config`, else in the one that is found, with the index in the folder `index`."""
    from assistant.config import find_config, load_config

    settings = load_config(find_config(config))
    return settings if index is None else settings.model_copy(update={"index": index.absolute()})


def origin_of(config: Path | None, index: Path | None) -> Origin:
    """Where these settings come from, for people; the arguments as for `settings_of`."""
    from assistant.config import CONFIG_VARIABLE, find_config
    from assistant.settings import IN_FOLDER, Origin

    file = find_config(config)
    options = () if index is None else (("index", f"--index {index.absolute()}"),)
    if file is None:
        return Origin(options=options)
    named = "named by --config" if config else f"named by ${CONFIG_VARIABLE}"
    found_by = named if config or os.environ.get(CONFIG_VARIABLE) else IN_FOLDER
    return Origin(file.absolute(), found_by, options)


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
