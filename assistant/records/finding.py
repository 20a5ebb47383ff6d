"""What a check of the index reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingLevel = Literal["ok", "note", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was checked, the result in words, and what to do about it if that is known."""

    check: str
    level: FindingLevel
    message: str
    remedy: str = ""
