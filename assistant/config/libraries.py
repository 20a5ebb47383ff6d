"""The user's libraries by name, in a file of the user's data folder: so that each can be used from any folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ConfigError
from assistant.system.files import write_durably
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error, describe_write_error
from assistant.system.user_data import user_data_folder

FILE_NAME = "libraries.json"
_NAME = re.compile(r"\w[\w .-]{0,59}")


def load_libraries() -> dict[str, Path]:
    """The settings file of each library that has a name, by name. Raises ConfigError if their list is damaged."""
    file = user_data_folder() / FILE_NAME
    try:
        known = parse_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{file}: {describe_read_error(error)}") from error
    except ValueError:
        known = None
    if not isinstance(known, dict) or not all(isinstance(path, str) for path in known.values()):
        raise ConfigError(f"{file}: not a list of libraries; delete it and name them again: assistant libraries add")
    return {name: Path(path) for name, path in sorted(known.items())}


def name_library(name: str, settings: Path) -> None:
    """Give the library with this settings file a name. Raises ConfigError if the name cannot be one, or is in use."""
    known = load_libraries()
    if not _NAME.fullmatch(name) or Path(name).suffix in (".yaml", ".yml"):
        raise ConfigError(f"{name!r}: a name has 1 to 60 letters, digits, blanks, dots and dashes")
    if known.get(name, settings) != settings:
        raise ConfigError(f"{name}: is the name of {known[name]}; first: assistant libraries remove {name}")
    _save({**known, name: settings})


def forget_library(name: str) -> None:
    """Take the name from a library, which stays as it is. Raises ConfigError if it is no name."""
    known = load_libraries()
    if name not in known:
        raise ConfigError(f"{name}: no library has this name; `assistant libraries` lists them")
    _save({other: path for other, path in known.items() if other != name})


def _save(libraries: Mapping[str, Path]) -> None:
    file = user_data_folder() / FILE_NAME
    record = {name: str(path) for name, path in libraries.items()}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), 0o600)
    except OSError as error:
        raise ConfigError(f"{file}: {describe_write_error(error)}; check its permissions") from error
