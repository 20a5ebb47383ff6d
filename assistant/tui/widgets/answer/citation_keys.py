"""Citation numbers typed as keys: one digit, or two in quick succession. Opening the source is left to the widget."""

from __future__ import annotations

import time
from collections.abc import Collection

from textual.binding import Binding

SECOND_DIGIT_SECONDS = 0.8  # seconds within which a second digit belongs to the first


def make_number_bindings() -> list[Binding]:
    """Bindings of the keys 0 to 9 to `action_number` of the widget."""
    tooltip = "In the answers and sources: open the source with this number"
    return [Binding(str(digit), f"number({digit})", "Open", show=False, tooltip=tooltip) for digit in range(10)]


class NumberInput:
    """Turns digits into numbers without waiting for a second digit: 1 means 1 at once, and 12 if 2 follows soon."""

    def __init__(self) -> None:
        self._last_digit, self._last_time = 0, 0.0

    def enter_digit(self, digit: int, numbers: Collection[int]) -> int | None:
        """The number that this digit completes, if it is one of `numbers`; else None."""
        now = time.monotonic()
        is_second = now - self._last_time < SECOND_DIGIT_SECONDS
        both = self._last_digit * 10 + digit
        number = both if is_second and both in numbers else digit
        self._last_digit, self._last_time = digit, now
        return number if number in numbers else None
