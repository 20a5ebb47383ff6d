"""The settings that the command line and the environment select, and where they come from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource
    from assistant.config.schema import Config


def load_settings(config: Path | None, index: Path | None) -> Config:
    """The settings in the file `config`, else in the file that `find_config` finds; `index` overrides the index folder.

    Raises ConfigError.
    """
    from assistant.config.load import find_config, load_config

    settings = load_config(find_config(config))
    return settings if index is None else settings.model_copy(update={"index": index.absolute()})


def find_settings_source(config: Path | None, index: Path | None) -> SettingsSource:
    """Where the settings that `load_settings` gives for the same arguments come from. Raises ConfigError."""
    from assistant.config.editor import FOUND_IN_FOLDER, SettingsSource
    from assistant.config.load import CONFIG_VARIABLE, find_config

    file = find_config(config)
    options = () if index is None else (("index", f"--index {index.absolute()}"),)
    if file is None:
        return SettingsSource(options=options)
    named = "named by --config" if config else f"named by ${CONFIG_VARIABLE}"
    found_by = named if config or os.environ.get(CONFIG_VARIABLE) else FOUND_IN_FOLDER
    return SettingsSource(file.absolute(), found_by, options)
