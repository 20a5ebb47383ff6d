"""A build as the app follows it: what to tell of it, and not more often than one can read. Imports nothing heavy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual.message import Message

from assistant.presentation.build_progress import ProgressTracker
from assistant.records.article import Notice
from assistant.records.build import BuildReport, ProgressUpdate
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import BuildEnded, BuildProgress

PROGRESS_INTERVAL = 0.1  # seconds between two tellings of the same stage


def follow_build(open_backend: Opener, rebuild: bool, stopped: Callable[[], bool]) -> Iterator[Message]:
    """Run a build until it is over or `stopped`; its end is told last, when another one may begin."""
    pace, told = ProgressTracker(), float("-inf")
    notices: list[Notice] = []
    outcome: BuildReport | str | None = None
    try:
        events = open_backend().build_events(rebuild=rebuild)
        for event in events:
            if isinstance(event, BuildReport):
                outcome = event  # published, also when it has been told to stop meanwhile
            elif stopped():
                break
            elif isinstance(event, Notice):
                notices.append(event)
            else:
                now = time.monotonic()
                if _is_new_stage(event, pace) or now - told >= PROGRESS_INTERVAL:
                    told = now
                    pace.update(event, now)
                    yield BuildProgress(pace.stages)
                else:
                    pace.update(event, now)
        close = getattr(events, "close", None)
        if close:
            close()  # lets go of the lock at once, not when Python gets to it
    except Exception as error:
        outcome = describe_error(error)
    if isinstance(outcome, BuildReport):
        pace.end_stage(time.monotonic())  # else the last stage stays as far as it came
    yield BuildEnded(outcome, pace.stages, tuple(notices))


def _is_new_stage(event: ProgressUpdate, pace: ProgressTracker) -> bool:
    return not pace.stages or pace.stages[-1].stage != event.stage
