"""The folder of the user's own data."""

from __future__ import annotations

import os
from pathlib import Path

DATA_VARIABLE = "ASSISTANT_DATA"


def user_data_folder() -> Path:
    """The folder of data that belongs to no library: $ASSISTANT_DATA, else the system's folder for application data."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs  # takes milliseconds, and is not needed with $ASSISTANT_DATA

    return Path(platformdirs.user_data_path("news-assistant", appauthor=False))
