"""How long the steps of a task take."""

from __future__ import annotations

import time


class Stopwatch:
    """Runs from its creation. Each lap ends one step and begins the next."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """End a step."""
        now = time.perf_counter()
        self._laps[step] = now - self._last
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """The time of each step as `<step>_ms`, and `total_ms` until the last lap."""
        laps = {f"{step}_ms": seconds * 1000 for step, seconds in self._laps.items()}
        return {**laps, "total_ms": (self._last - self._started) * 1000}
