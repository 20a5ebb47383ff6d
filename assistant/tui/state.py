"""What the whole interface knows of the library and of a build. The app sets it, widgets watch it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import BuildReport, Progress

Phase = Literal["idle", "running", "stopping", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class LibraryState:
    """A line about the library; `problem` where it cannot be used, `busy` while it is being opened."""

    line: str
    busy: bool = False
    problem: bool = False


@dataclass(frozen=True, slots=True)
class BuildState:
    """How the newest build is doing: `progress` while it runs, `report` when done, `reason` when it failed."""

    phase: Phase = "idle"
    progress: Progress | None = None
    report: BuildReport | None = None
    reason: str | None = None

    @property
    def running(self) -> bool:
        """Whether a build is under way."""
        return self.phase in ("running", "stopping")
