"""What the whole interface knows of the library and of a build. The app sets it, widgets watch it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.presentation.build_progress import StageProgress
from assistant.records.article import Notice
from assistant.records.build import BuildReport

BuildPhase = Literal["idle", "running", "stopping", "done", "stopped", "failed"]

LibraryFault = Literal["missing", "outdated", "mismatch", "damaged", "other"]
"""Why a library cannot be used: nothing is built; an older version built it, and an update will do; it was built
otherwise; it does not hold together; anything else."""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """A line about the library; `problem` where it cannot be used, `busy` while it is being opened.

    `figures` are the engine's `stats` of a library that can be used.
    """

    line: str
    busy: bool = False
    problem: bool = False
    fault: LibraryFault | None = None
    figures: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BuildState:
    """How the newest build is doing, or did: its stages so far, `report` when done, `reason` when it failed.

    `notices` are what there was to say about files until it failed or was stopped.
    """

    phase: BuildPhase = "idle"
    stages: tuple[StageProgress, ...] = ()
    report: BuildReport | None = None
    reason: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether a build is under way."""
        return self.phase in ("running", "stopping")
