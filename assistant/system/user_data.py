"""Where the user's own data is kept."""

from __future__ import annotations

import os
from pathlib import Path

DATA_VARIABLE = "ASSISTANT_DATA"


def user_data_folder() -> Path:
    """Where a person's own data is kept, beside no library: the folder that ASSISTANT_DATA names, else the system's."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs  # costs milliseconds that not every use of this module needs to spend

    return Path(platformdirs.user_data_path("news-assistant", appauthor=False))
