"""Measures how long a key takes in the interface: from its event until it is handled and the screen is drawn.

With --cpu, times are CPU times of the interface's thread, which do not depend on other programs.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from textual.events import Key
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot

PRESS_COUNT = 20  # presses per key
PAUSE_SECONDS = 0.15  # seconds between two keys, as in fast typing
clock = time.thread_time if "--cpu" in sys.argv else time.perf_counter


async def measure_key(pilot: Pilot[None], key: str) -> float:
    """Milliseconds from a key event until it is handled and the screen is drawn."""
    app = pilot.app
    started = clock()
    app.post_message(Key(_character_to_key(key) if len(key) == 1 else key, key if len(key) == 1 else None))
    await drain_queue(app)
    if app.focused is not None:
        for widget in app.focused.ancestors_with_self:  # every widget that the key passes
            await drain_queue(widget)
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return (clock() - started) * 1000


async def drain_queue(pump: MessagePump) -> None:
    """Wait until all messages in the queue of a widget are handled."""
    done = asyncio.Event()
    pump.call_later(done.set)
    await done.wait()


class StallMonitor:
    """Records the longest time for which the event loop did not run other tasks."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        last = clock()
        while True:
            await asyncio.sleep(0.001)
            now = clock()
            self.longest = max(self.longest, (now - last) * 1000)
            last = now

    def stop_and_get_longest(self) -> float:
        """Stop; returns the longest stall in milliseconds."""
        self._task.cancel()
        return self.longest


async def measure_key_presses(pilot: Pilot[None], *keys: str, times: int = PRESS_COUNT) -> list[float]:
    """Milliseconds of each press, these keys in turn; the last item is the longest stall of the event loop."""
    stalls, milliseconds = StallMonitor(), []
    for place in range(times):
        milliseconds.append(await measure_key(pilot, keys[place % len(keys)]))
        await asyncio.sleep(PAUSE_SECONDS)
    return [*milliseconds, stalls.stop_and_get_longest()]


def format_times(times: list[float]) -> str:
    """Median, maximum and stall of times whose last item is the longest stall."""
    *each, last = times
    return f"{statistics.median(each or times):8.1f} {max(each or times):8.1f} {last:8.1f}"
