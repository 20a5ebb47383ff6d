"""A build as the app follows it: what to tell of it, and not more often than one can read. Imports nothing heavy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual.message import Message

from assistant.presentation.build_progress import Pace
from assistant.records.article import Notice
from assistant.records.build import BuildReport, Progress
from assistant.tui.backend import Opener, reason
from assistant.tui.messages import BuildEnded, BuildProgress

EVERY = 0.1  # seconds between two tellings of the same stage


def followed(open_backend: Opener, rebuild: bool, stopped: Callable[[], bool]) -> Iterator[Message]:
    """Run a build until it is over or `stopped`; its end is told last, when another one may begin."""
    pace, told = Pace(), float("-inf")
    notices: list[Notice] = []
    outcome: BuildReport | str | None = None
    try:
        events = open_backend().build(rebuild=rebuild)
        for event in events:
            if isinstance(event, BuildReport):
                outcome = event  # published, also when it has been told to stop meanwhile
            elif stopped():
                break
            elif isinstance(event, Notice):
                notices.append(event)
            else:
                now = time.monotonic()
                if _is_new(event, pace) or now - told >= EVERY:
                    told = now
                    pace.take(event, now)
                    yield BuildProgress(pace.stages)
                else:
                    pace.take(event, now)
        close = getattr(events, "close", None)
        if close:
            close()  # lets go of the lock at once, not when Python gets to it
    except Exception as error:
        outcome = reason(error)
    if isinstance(outcome, BuildReport):
        pace.end(time.monotonic())  # else the last stage stays as far as it came
    yield BuildEnded(outcome, pace.stages, tuple(notices))


def _is_new(event: Progress, pace: Pace) -> bool:
    return not pace.stages or pace.stages[-1].stage != event.stage
