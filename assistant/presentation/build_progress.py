"""The rate of each stage of a build and the time left; neither is given before there is enough to measure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from assistant.records.build import BuildStage, ProgressUpdate

RATE_WINDOW = 20.0  # seconds over which a rate is measured
MIN_SECONDS = 2.0  # seconds before a rate is given
MIN_STEPS = 3  # updates before a rate is given
SMOOTHING = 0.3  # weight of a new estimate of the time left

STAGE_LABELS: dict[BuildStage, str] = {
    "reading": "Reading articles",
    "deriving": "Finding who said what",
    "embedding": "Embedding passages",
    "publishing": "Publishing the index",
}
STAGE_UNITS: dict[BuildStage, str] = {"reading": "articles", "deriving": "articles", "embedding": "passages"}


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage of a build: `done` of `total` (see `ProgressUpdate`), `count` of articles or passages, seconds so far.

    `rate` is in articles or passages per second; `seconds_left` is an estimate.
    """

    stage: BuildStage
    done: int = 0
    total: int | None = None
    count: int = 0
    seconds: float = 0.0
    rate: float | None = None
    seconds_left: float | None = None
    is_over: bool = False

    @property
    def share(self) -> float | None:
        """How much of the stage is done, from 0 to 1; None if unknown."""
        if self.is_over:
            return 1.0
        return min(1.0, self.done / self.total) if self.total else None

    def describe_progress(self) -> str:
        """In words: "512 of 9,000 passages · 130 passages/s · about 70 s left"."""
        return " · ".join(self._list_parts())

    def describe_briefly(self) -> str:
        """Short form, the most important part first: "about 70 s left · 130 passages/s · 512 of 9,000 passages"."""
        return " · ".join(reversed(self._list_parts()))

    def _list_parts(self) -> list[str]:
        unit = STAGE_UNITS.get(self.stage)
        if unit is None:
            return [f"{self.seconds:.1f} s"] if self.is_over else []
        of = f" of {self.total:,}" if self.total and self.stage != "reading" and not self.is_over else ""
        parts = [f"{self.count:,}{of} {unit if self.count != 1 or of else unit[:-1]}"]
        if self.rate is not None:
            parts.append(f"{format_rate(self.rate)} {unit}/s")
        if self.is_over:
            parts.append(f"{self.seconds:.1f} s" if self.seconds < 10 else format_duration(self.seconds))
        elif self.seconds_left is not None:
            parts.append(f"about {format_duration(self.seconds_left)} left")
        return parts


class ProgressTracker:
    """Measures the stages of one build; `stages` are those that have begun, in order."""

    def __init__(self) -> None:
        self.stages: tuple[StageProgress, ...] = ()
        self._samples: deque[tuple[float, int, int]] = deque()  # seconds, done, count
        self._began = 0.0
        self._first_count = 0
        self._left: float | None = None
        self._left_at = 0.0

    def update(self, progress: ProgressUpdate, now: float) -> StageProgress:
        """Record progress at `now`, in seconds of a monotonic clock, and return the state of the stage."""
        if not self.stages or self.stages[-1].stage != progress.stage:
            self.end_stage(now)
            self._samples.clear()
            self._began, self._left = now, None
            self._first_count = progress.count or 0
            self.stages += (StageProgress(progress.stage),)
        count = progress.done if progress.count is None else progress.count
        if not self._samples or (progress.done, count) != self._samples[-1][1:]:
            self._samples.append((now, progress.done, count))
        while len(self._samples) > MIN_STEPS and now - self._samples[1][0] > RATE_WINDOW:
            self._samples.popleft()
        rate = self._measure_rate(now)
        self._estimate_time_left(progress, now)
        seconds = now - self._began
        stage = StageProgress(progress.stage, progress.done, progress.total, count, seconds, rate, self._left)
        self.stages = (*self.stages[:-1], stage)
        return stage

    def end_stage(self, now: float) -> None:
        """Mark the current stage as finished."""
        if self.stages:
            last = self.stages[-1]
            seconds = now - self._began
            counted = last.count - self._first_count
            rate = counted / seconds if seconds >= MIN_SECONDS and counted and last.stage in STAGE_UNITS else None
            self.stages = (
                *self.stages[:-1],
                StageProgress(last.stage, last.done, last.total, last.count, seconds, rate, is_over=True),
            )

    def _is_rate_known(self, now: float) -> bool:
        return len(self._samples) >= MIN_STEPS and now - self._began >= MIN_SECONDS

    def _measure_rate(self, now: float) -> float | None:
        if not self._is_rate_known(now):
            return None
        (then, _, before), (last, _, count) = self._samples[0], self._samples[-1]
        return (count - before) / (last - then) if last > then and count > before else None

    def _estimate_time_left(self, progress: ProgressUpdate, now: float) -> None:
        """The time left at the current rate: it counts down between updates, and changes gradually at an update."""
        (then, before, _), (last, done, _) = self._samples[0], self._samples[-1]
        if progress.total is None or not self._is_rate_known(now) or done <= before or last <= then:
            self._left = None
            return
        fresh = max(0.0, (progress.total - done) * (last - then) / (done - before) - (now - last))
        if self._left is None:
            self._left = fresh
        else:
            expected = max(0.0, self._left - (now - self._left_at))
            self._left = expected + SMOOTHING * (fresh - expected)
        self._left_at = now


def format_rate(rate: float) -> str:
    """A rate with two significant digits: "0.8", "41", "1,200"."""
    if rate < 10:
        return f"{rate:.1f}"
    return f"{round(rate, -2) if rate >= 1000 else round(rate):,.0f}"


def format_duration(seconds: float) -> str:
    """A duration: "8 s", "2 min", "1 h 20 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
