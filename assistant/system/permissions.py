"""Permissions of a folder and its files: who else may read or change them. Windows has others; there, none are seen."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from assistant.system.files import make_folder

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
OTHERS, WRITING_BY_ALL = 0o077, 0o002  # the permissions of everybody else; of everybody, to change


def make_private_folder(folder: Path) -> None:
    """Create the folder if it is missing, and close it and the files in it to other users. Raises OSError.

    From then on nobody else reaches what is in it, also not files that are created later with other permissions.
    """
    make_folder(folder, PRIVATE_FOLDER)
    folder.chmod(PRIVATE_FOLDER)
    restrict_files(folder)


def restrict_files(folder: Path) -> None:
    """Close the regular files directly in the folder to other users. Raises OSError.

    Links are not followed. Files that disappear meanwhile are no error.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) & 0o077:
                    Path(entry.path).chmod(PRIVATE_FILE)


def find_open_places(folder: Path, *, is_private: bool) -> list[Path]:
    """The folder and the regular files directly in it that are wider open than they may be.

    Private: to nobody else. Otherwise nobody but the user and their group may change them. Raises OSError.
    """
    if os.name != "posix":
        return []
    forbidden = OTHERS if is_private else WRITING_BY_ALL
    places = [folder] if folder.stat().st_mode & forbidden else []
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and status.st_mode & forbidden:
                    places.append(Path(entry.path))
    return sorted(places)


def close_places(places: Iterable[Path], *, is_private: bool) -> None:
    """Take the permissions away that `find_open_places` found. Raises OSError."""
    forbidden = OTHERS if is_private else WRITING_BY_ALL
    for place in places:
        with contextlib.suppress(FileNotFoundError):
            place.chmod(stat.S_IMODE(place.stat().st_mode) & ~forbidden)
