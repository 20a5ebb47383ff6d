"""Brings the index up to date whenever something has happened, one build at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import cast

from assistant.engine import Assistant
from assistant.errors import AssistantError, LibraryLocked, LibraryMissing
from assistant.records.build import BuildEvent, BuildReport
from assistant.upkeep.watching import FeedsUpdated, Happening, WatchFailed

LOCK_RETRY = 2.0  # seconds until a build is tried again while another one is running


def keep_up(
    assistant: Assistant, happenings: Iterable[Happening], stop: threading.Event
) -> Iterator[Happening | BuildEvent]:
    """Build at the beginning and after each happening that needs it: the happenings, and the events of the builds.

    A build that fails is a WatchFailed, and is tried again at the next happening.
    """
    yield from build_when_free(assistant, stop)
    for happening in happenings:
        if not isinstance(happening, WatchFailed):
            if isinstance(happening, FeedsUpdated) and happening.failures:
                yield happening
            yield from build_when_free(assistant, stop)
        else:
            yield happening


def build_when_free(assistant: Assistant, stop: threading.Event) -> Iterator[BuildEvent | WatchFailed]:
    """The events of a build, if there is anything to build. Waits while another build is running."""
    while not stop.is_set():
        try:
            if has_work(assistant):
                with contextlib.closing(cast("Generator[BuildEvent]", assistant.build_events())) as events:
                    for event in events:
                        if stop.is_set() and not isinstance(event, BuildReport):
                            return
                        yield event
            return
        except LibraryLocked:
            stop.wait(LOCK_RETRY)
        except AssistantError as error:
            yield WatchFailed(str(error))
            return


def has_work(assistant: Assistant) -> bool:
    """Whether a build would change anything."""
    try:
        return bool(assistant.pending())
    except LibraryMissing:
        return True
