"""Where the user's data is, and writing files so that they are there whole or not at all, also after a power cut."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

DATA_VARIABLE = "ASSISTANT_DATA"


def write_durably(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step. Raises OSError; the old file is then untouched."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with scratch.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def data_folder() -> Path:
    """Where a person's own data is kept, beside no library: the folder that ASSISTANT_DATA names, else the system's."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs  # costs milliseconds that not every use of this module needs to spend

    return Path(platformdirs.user_data_path("news-assistant", appauthor=False))
