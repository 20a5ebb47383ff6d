"""The state of the library and of the build. The app sets it, screens and widgets watch it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.presentation.build_progress import StageProgress
from assistant.records.article import Notice
from assistant.records.build import BuildReport

BuildPhase = Literal["idle", "running", "stopping", "done", "stopped", "failed"]

LibraryFault = Literal["missing", "outdated", "mismatch", "damaged", "other"]
"""Why a library cannot be used. missing: no index is built. outdated: an older version built it, and an update is
enough. mismatch: it was built with other settings. damaged: its parts do not fit together. other: any other error."""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """One line about the library. `busy`: it is being opened. `problem`: it cannot be used, because of `fault`.

    `figures` are the statistics of a library that can be used (`Assistant.stats`).
    """

    line: str
    busy: bool = False
    problem: bool = False
    fault: LibraryFault | None = None
    figures: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BuildState:
    """The newest build: its stages so far, the `report` if it is done, the `reason` if it failed.

    `notices` are the notices about files up to a failure or a stop; those of a complete build are in its report.
    """

    phase: BuildPhase = "idle"
    stages: tuple[StageProgress, ...] = ()
    report: BuildReport | None = None
    reason: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether a build is in progress."""
        return self.phase in ("running", "stopping")
