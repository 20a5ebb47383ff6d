"""Rates and time left of a build, from a clock that the test sets."""

from __future__ import annotations

import pytest

from assistant.presentation.build_progress import ProgressTracker, StageProgress, format_duration, format_rate
from assistant.records.build import ProgressUpdate


@pytest.mark.parametrize(("rate", "text"), [(0.84, "0.8"), (41.2, "41"), (1234.0, "1,200")])
def test_rate(rate: float, text: str) -> None:
    """A rate has about two significant digits."""
    assert format_rate(rate) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (89.0, "89 s"), (90.0, "2 min"), (4800.0, "80 min"), (6000.0, "1 h 40 min")]
)
def test_duration(seconds: float, text: str) -> None:
    """A duration is in seconds, minutes, or hours and minutes."""
    assert format_duration(seconds) == text


def test_stage_description() -> None:
    """The parts of a stage in both orders."""
    stage = StageProgress("embedding", 512, 9000, 512, 4.0, 130.0, 66.0)
    assert stage.describe_progress() == "512 of 9,000 passages · 130 passages/s · about 66 s left"
    assert stage.describe_briefly() == "about 66 s left · 130 passages/s · 512 of 9,000 passages"
    assert StageProgress("publishing").describe_progress() == ""


def test_no_rate_before_there_is_enough_to_measure() -> None:
    """Neither two updates nor one second are enough."""
    tracker = ProgressTracker()
    tracker.update(ProgressUpdate("embedding", 0, 100), 0.0)
    stage = tracker.update(ProgressUpdate("embedding", 10, 100), 1.0)
    assert (stage.rate, stage.seconds_left, stage.share) == (None, None, 0.1)


def test_rate_and_time_left() -> None:
    """Ten passages per second leave seven seconds for seventy passages."""
    tracker = ProgressTracker()
    for second in range(4):
        stage = tracker.update(ProgressUpdate("embedding", 10 * second, 100), float(second))
    assert (stage.rate, stage.seconds_left) == (10.0, 7.0)


def test_new_stage_ends_the_one_before() -> None:
    """A finished stage keeps its mean rate and is complete."""
    tracker = ProgressTracker()
    for second in range(4):
        tracker.update(ProgressUpdate("reading", 500 * second, 1500, count=5 * second), float(second))
    tracker.update(ProgressUpdate("publishing", 0, None), 3.0)
    reading, publishing = tracker.stages
    assert (reading.is_over, reading.share, reading.rate) == (True, 1.0, 5.0)
    assert reading.describe_progress() == "15 articles · 5.0 articles/s · 3.0 s"
    assert (publishing.stage, publishing.share) == ("publishing", None)
