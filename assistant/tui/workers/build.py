"""Runs a build and turns its events into messages, few enough to read. Imports nothing heavy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual.message import Message

from assistant.presentation.build_progress import ProgressTracker
from assistant.records.article import Notice
from assistant.records.build import BuildReport, ProgressUpdate
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import BuildEnded, BuildProgress

PROGRESS_INTERVAL = 0.1  # seconds between two messages about the same stage


def follow_build(open_backend: Opener, rebuild: bool, stopped: Callable[[], bool]) -> Iterator[Message]:
    """Run a build until it ends or `stopped` returns True.

    The last message is BuildEnded, posted when the lock is released and another build can start.
    """
    tracker, last_sent = ProgressTracker(), float("-inf")
    notices: list[Notice] = []
    outcome: BuildReport | str | None = None
    try:
        events = open_backend().build_events(rebuild=rebuild)
        for event in events:
            if isinstance(event, BuildReport):
                outcome = event  # the index is published, even if a stop was requested meanwhile
            elif stopped():
                break
            elif isinstance(event, Notice):
                notices.append(event)
            else:
                now = time.monotonic()
                is_due = _is_new_stage(event, tracker) or now - last_sent >= PROGRESS_INTERVAL
                tracker.update(event, now)
                if is_due:
                    last_sent = now
                    yield BuildProgress(tracker.stages)
        close = getattr(events, "close", None)
        if close:
            close()  # releases the lock now, rather than when the generator is collected
    except Exception as error:
        outcome = describe_error(error)
    if isinstance(outcome, BuildReport):
        tracker.end_stage(time.monotonic())  # an unfinished last stage shows where the build ended
    yield BuildEnded(outcome, tracker.stages, tuple(notices))


def _is_new_stage(event: ProgressUpdate, tracker: ProgressTracker) -> bool:
    return not tracker.stages or tracker.stages[-1].stage != event.stage
