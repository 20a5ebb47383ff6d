"""Permissions of a folder that only its user may read. Where the system has none (Windows), nothing is changed."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from assistant.system.files import make_folder

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


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
