"""Numbers of citations as they are typed: one digit, or two in quick succession."""

from __future__ import annotations

import time
from collections.abc import Collection

from textual.binding import Binding

SECOND_DIGIT_SECONDS = 0.8  # seconds within which a second digit belongs to the first


def make_number_bindings() -> list[Binding]:
    """Keys 0 to 9 for `action_number`."""
    what = "In the answers and sources: open the source with this number"
    return [Binding(str(digit), f"number({digit})", "Open", show=False, tooltip=what) for digit in range(10)]


class NumberInput:
    """Tells which number was typed, without waiting for a second digit: 1 is 1 at once, and 12 if 2 follows."""

    def __init__(self) -> None:
        self._last, self._at = 0, 0.0

    def enter_digit(self, digit: int, numbers: Collection[int]) -> int | None:
        """The number that is meant by this digit, one of `numbers`; None where there is none."""
        now = time.monotonic()
        both = self._last * 10 + digit if now - self._at < SECOND_DIGIT_SECONDS else digit
        meant = both if both in numbers else digit
        self._last, self._at = digit, now
        return meant if meant in numbers else None
