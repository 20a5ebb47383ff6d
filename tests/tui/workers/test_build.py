"""The messages of a build: its progress, its end, and what remains after a stop or an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from assistant.engine import Assistant
from assistant.errors import LibraryMismatch
from assistant.records.article import Notice
from assistant.records.build import BuildEvent, BuildReport, ProgressUpdate
from assistant.tui.messages import BuildEnded, BuildProgress
from assistant.tui.workers import build
from assistant.tui.workers.build import follow_build
from tests.support.backends import AssistantProxy

REPORT = BuildReport(added=1, changed=0, removed=0, unchanged=2, passages=3, embedded=1, reused=2, seconds=0.1)
NOTICE = Notice("a.png", "no reader for .png")
READING = [ProgressUpdate("reading", done, 9, done) for done in (0, 4, 9)]
EMBEDDING = [ProgressUpdate("embedding", done, 3) for done in (0, 3)]


class ScriptedBuild(AssistantProxy):
    """Has these events, of which an error is raised. Records how the build was started, and that it was closed."""

    def __init__(self, assistant: Assistant, events: Sequence[BuildEvent | Exception]) -> None:
        super().__init__(assistant)
        self._events = events
        self.rebuild: bool | None = None
        self.is_closed = False

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        """The events in order. They are kept, so that they are closed only on request."""
        self.rebuild = rebuild
        self.running = self._iter_events()
        return self.running

    def _iter_events(self) -> Iterator[BuildEvent]:
        try:
            for event in self._events:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.is_closed = True


def follow(
    backend: ScriptedBuild, stopped: Callable[[], bool] = lambda: False
) -> tuple[list[tuple[str, int]], BuildEnded]:
    """The last stage of each progress message with what is done, and the last message."""
    *progress, ended = follow_build(lambda: backend, True, stopped)
    assert isinstance(ended, BuildEnded)
    assert backend.is_closed
    stages = [message.stages[-1] for message in progress if isinstance(message, BuildProgress)]
    assert len(stages) == len(progress)
    return [(stage.stage, stage.done) for stage in stages], ended


def test_build_ends_with_report(assistant: Assistant) -> None:
    """A complete build ends with its report, its notices, and all stages finished."""
    backend = ScriptedBuild(assistant, [*READING, NOTICE, *EMBEDDING, REPORT])
    progress, ended = follow(backend)
    assert backend.rebuild is True
    assert (ended.outcome, ended.notices) == (REPORT, (NOTICE,))
    assert [(stage.stage, stage.done, stage.is_over) for stage in ended.stages] == [
        ("reading", 9, True),
        ("embedding", 3, True),
    ]
    assert (progress[0], progress[-1][0]) == (("reading", 0), "embedding")


@pytest.mark.parametrize(
    ("interval", "messages"),
    [
        (3600, [("reading", 0), ("embedding", 0)]),
        (0, [("reading", 0), ("reading", 4), ("reading", 9), ("embedding", 0), ("embedding", 3)]),
    ],
)
def test_progress_limited_in_time(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, interval: int, messages: list[tuple[str, int]]
) -> None:
    """The first progress of a stage is posted at once, further progress only after the interval."""
    monkeypatch.setattr(build, "PROGRESS_INTERVAL", interval)
    progress, _ = follow(ScriptedBuild(assistant, [*READING, *EMBEDDING, REPORT]))
    assert progress == messages


def test_stopped_build_has_no_outcome(assistant: Assistant) -> None:
    """A stop ends the build before its next event; its last stage is unfinished."""
    checks = iter([False, False, True])
    progress, ended = follow(ScriptedBuild(assistant, [NOTICE, *READING, REPORT]), lambda: next(checks))
    assert progress == [("reading", 0)]
    assert (ended.outcome, ended.notices) == (None, (NOTICE,))
    assert [(stage.stage, stage.is_over) for stage in ended.stages] == [("reading", False)]


def test_stop_after_publishing_keeps_report(assistant: Assistant) -> None:
    """A stop that comes when the index is published does not hide the report."""
    _, ended = follow(ScriptedBuild(assistant, [REPORT]), lambda: True)
    assert ended.outcome is REPORT


def test_failed_build_gives_reason(assistant: Assistant) -> None:
    """An error ends the build with its reason and the key that helps."""
    _, ended = follow(ScriptedBuild(assistant, [NOTICE, *READING, LibraryMismatch("the model has changed")]))
    assert ended.outcome == "the model has changed, or press F4 here and choose Rebuild"
    assert ended.notices == (NOTICE,)
    assert [stage.is_over for stage in ended.stages] == [False]
