"""What is said of a fault of this program: its class, its place and its reason."""

from __future__ import annotations

import traceback
from pathlib import Path

from assistant.errors import AssistantError
from assistant.text.sanitize import shorten_line

OTHER_CAUSES = (AssistantError, MemoryError, OSError)  # no faults of the program: want of memory, disk or a model
_ROOT = Path(__file__).parents[2]
_REASON_LENGTH = 100  # characters of the reason that Python gives, which can hold words of an article


def describe_error(error: Exception) -> str:
    """The class of an error, the line of this program that it comes from, and the reason that Python gives."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT / "assistant"):
            place = f" in {path.relative_to(_ROOT).as_posix()}, line {line}"
    reason = shorten_line(str(error), _REASON_LENGTH)
    return f"{type(error).__name__}{place}{': ' if reason else ''}{reason}"
