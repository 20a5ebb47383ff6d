"""Times of the steps of a task."""

from __future__ import annotations

import pytest

from assistant.system.stopwatch import Stopwatch


def test_laps_add_up_to_the_total() -> None:
    """Each step has its time, and the total is that of all steps."""
    watch = Stopwatch()
    watch.lap("retrieve")
    watch.lap("answer")
    times = watch.milliseconds()
    assert list(times) == ["retrieve_ms", "answer_ms", "total_ms"]
    assert times["total_ms"] == pytest.approx(times["retrieve_ms"] + times["answer_ms"])
    assert times["total_ms"] > 0
