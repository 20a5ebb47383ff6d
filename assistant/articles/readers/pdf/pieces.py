"""Where a line of text, or a part of one, stands on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters next to each other on one line. Points from the left and the top edge; `y` is the base line."""

    text: str
    x0: float
    x1: float
    y: float
    height: float

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0
