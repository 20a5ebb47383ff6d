"""Tasks in workers, and the functions that start the interface, without a screen."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count

import pytest

from assistant.engine import Assistant
from assistant.errors import AssistantError, LibraryError
from assistant.records.article import Notice
from assistant.records.build import BuildEvent, BuildReport, ProgressUpdate
from assistant.records.library import LibrarySummary
from assistant.tui.gc_tuning import GC_THRESHOLDS, freeze_loaded_objects
from assistant.tui.launch import run_tui
from assistant.tui.messages import BuildEnded, BuildProgress, LibrarySummaryReady, StartersFound
from assistant.tui.web_driver import ServedDriver
from assistant.tui.workers.build import follow_build
from assistant.tui.workers.library_facts import gather_library_facts
from tests.support.backends import AssistantProxy

REPORT = BuildReport(added=1, changed=0, removed=0, unchanged=0, passages=1, embedded=1, reused=0, seconds=0.1)
NOTICE = Notice("a.md", "the file is empty", skipped=True)


class ScriptedBackend(AssistantProxy):
    """Yields given events in a build. `is_closed` once the build has ended."""

    def __init__(self, assistant: Assistant, events: Sequence[BuildEvent | Exception]) -> None:
        super().__init__(assistant)
        self._events = events
        self.is_rebuild: bool | None = None
        self.is_closed = False

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        self.is_rebuild = rebuild
        try:
            for event in self._events:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.is_closed = True

    def holdings(self) -> LibrarySummary:
        return LibrarySummary(speakers=(), outlets=(), titles=(), articles=3)

    def suggestions(self) -> Iterator[str | None]:
        yield from (None, "What now?", None, "Who?")


def test_build_reports_new_stages_and_end(assistant: Assistant) -> None:
    """Many updates of a stage become one message; a new stage is reported at once; the end comes last."""
    updates = [ProgressUpdate("deriving", done, 50) for done in range(50)]
    backend = ScriptedBackend(assistant, [*updates, NOTICE, ProgressUpdate("publishing", 0), REPORT])
    *progress, end = follow_build(lambda: backend, True, lambda: False)
    assert backend.is_rebuild is True
    assert all(isinstance(message, BuildProgress) for message in progress)
    stages = [message.stages[-1].stage for message in progress if isinstance(message, BuildProgress)]
    assert stages[0] == "deriving"
    assert stages[-1] == "publishing"
    assert len(stages) < len(updates)
    assert isinstance(end, BuildEnded)
    assert end.outcome == REPORT
    assert end.notices == (NOTICE,)
    assert [stage.is_over for stage in end.stages] == [True, True]


def test_build_stopped_releases_lock(assistant: Assistant) -> None:
    """A stop closes the build before its end is reported, and the outcome is None."""
    backend = ScriptedBackend(assistant, [ProgressUpdate("deriving", 0, 9), ProgressUpdate("deriving", 1, 9), REPORT])
    calls = count()
    messages = list(follow_build(lambda: backend, False, lambda: next(calls) > 0))
    assert backend.is_closed
    assert len(messages) == 2
    assert isinstance(messages[-1], BuildEnded)
    assert messages[-1].outcome is None


def test_build_failure_gives_reason(assistant: Assistant) -> None:
    """An error becomes the outcome."""
    backend = ScriptedBackend(assistant, [NOTICE, LibraryError("the disk is full")])
    (end,) = follow_build(lambda: backend, False, lambda: False)
    assert isinstance(end, BuildEnded)
    assert end.outcome == "the disk is full"
    assert end.notices == (NOTICE,)


def test_library_facts_pause_after_each_step(assistant: Assistant) -> None:
    """The summary comes first, then the starters; None marks the points at which to stop."""
    messages = list(gather_library_facts(ScriptedBackend(assistant, [])))
    kinds = [type(message) for message in messages if message is not None]
    assert kinds == [LibrarySummaryReady, StartersFound]
    assert messages[0] is None
    assert messages.count(None) == 5
    starters = messages[-1]
    assert isinstance(starters, StartersFound)
    assert starters.questions == ("What now?", "Who?")


def test_freeze_exempts_loaded_objects() -> None:
    """After the call, existing objects are exempt from collection, and full collections are rare."""
    before = gc.get_threshold()
    kept = [[number] for number in range(1000)]
    try:
        freeze_loaded_objects()
        assert gc.get_freeze_count() > len(kept)
        assert gc.get_threshold() == GC_THRESHOLDS
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_tui_needs_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal the interface does not start, and the error names the other command."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    with pytest.raises(AssistantError, match="assistant ask QUESTION"):
        run_tui()


def test_served_app_exits_when_server_ends() -> None:
    """An app in a web page exits when its input is closed."""
    driver = f"{ServedDriver.__module__}:{ServedDriver.__name__}"
    done = subprocess.run(
        [sys.executable, "-c", "from textual.app import App; App().run()"],
        input=b"",
        env={**os.environ, "TEXTUAL_DRIVER": driver},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
