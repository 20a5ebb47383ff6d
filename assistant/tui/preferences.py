"""What the interface remembers between runs: theme and layout. If the file is damaged, the defaults apply."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.system.files import make_folder, write_durably
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_write_error
from assistant.system.user_data import user_data_folder

FILE_NAME = "interface.json"
SHARE, STACKED_SHARE = 50, 66  # percent of the room for the answers, beside and above their sources


@dataclass(frozen=True, slots=True)
class Preferences:
    """Names of Textual themes: the current one, and the dark and the light one to switch between. Shares of the room.

    `share` is the percentage for the answers beside their sources, `stacked_share` that above them.
    """

    theme: str = "textual-dark"
    dark: str = "textual-dark"
    light: str = "textual-light"
    share: int = SHARE
    stacked_share: int = STACKED_SHARE
    answers_alone: bool = False
    left_conversation: str = ""  # of a page that was closed or loaded again
    left_at: float = 0.0  # seconds since 1970

    def with_theme(self, name: str, *, dark: bool) -> Preferences:
        """These preferences with another current theme, which also becomes the dark or the light one."""
        return replace(self, theme=name, dark=name) if dark else replace(self, theme=name, light=name)


def preferences_path() -> Path:
    """The file in the user's data folder."""
    return user_data_folder() / FILE_NAME


def load() -> Preferences:
    """The saved preferences; the defaults for what is missing or invalid."""
    try:
        raw: Any = parse_json(preferences_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    defaults = asdict(Preferences())
    return Preferences(**{name: raw[name] for name, value in defaults.items() if type(raw.get(name)) is type(value)})


def save(preferences: Preferences) -> str | None:
    """Save the preferences; returns None, or the reason if they cannot be saved."""
    file = preferences_path()
    try:
        make_folder(file.parent)
        write_durably(file, (json.dumps(asdict(preferences), indent=2) + "\n").encode())
    except OSError as error:
        return f"{file}: {describe_write_error(error)}"
    return None
