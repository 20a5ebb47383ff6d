"""The stages of a build on the index screen and the first-run screen: progress, speed and time left of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from rich.table import Table
from rich.text import Text
from textual.widgets import Static

from assistant.presentation.build_progress import STAGE_LABELS, StageProgress, format_duration
from assistant.text.formatting import count_noun
from assistant.tui.state import BuildState, LibraryState

BAR_WIDTH = 20  # cells
MIN_WIDTH_FOR_BAR = 90  # cells
StageStatus = Literal["done", "running", "waiting", "interrupted"]
STATUS_SIGNS: dict[StageStatus, str] = {"done": "✓", "running": "▸", "waiting": "·", "interrupted": "✗"}


class BuildStages(Static):
    """A line for each stage. Follows the app's `building`; has the class `-idle` if there was no build.

    Posts nothing.
    """

    def on_mount(self) -> None:
        """Follow the state of the app."""
        self.watch(self.app, "building", self._show_stages)

    def on_resize(self) -> None:
        """Redraw for the new width."""
        self._show_stages(getattr(self.app, "building", BuildState()))

    def _show_stages(self, state: BuildState) -> None:
        self.set_class(state.phase == "idle", "-idle")
        if state.phase != "idle":
            self.update(_render_stages(state, self.size.width >= MIN_WIDTH_FOR_BAR))


def _render_stages(state: BuildState, with_bar: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(4 if with_bar else 3):
        table.add_column(no_wrap=column < 2, ratio=1 if column == (3 if with_bar else 2) else None)
    reached = {progress.stage: progress for progress in state.stages}
    for stage, name in STAGE_LABELS.items():
        progress = reached.get(stage)
        if progress is None and not state.is_running:
            continue
        status = _stage_status(progress, state)
        cells = [Text(STATUS_SIGNS[status], style="bold"), Text(name, style="bold" if status == "running" else "")]
        if with_bar:
            cells.append(Text(_draw_bar(progress)))
        if progress is not None and status == "interrupted":
            progress = replace(progress, seconds_left=None)
        cells.append(Text(progress.describe_progress() if progress else "", overflow="fold"))
        table.add_row(*cells)
    return table


def _stage_status(progress: StageProgress | None, state: BuildState) -> StageStatus:
    if progress is None:
        return "waiting"
    if state.is_running:
        return "done" if progress.is_over else "running"
    is_last = progress is state.stages[-1]
    return "interrupted" if is_last and state.phase in ("stopped", "failed") else "done"


def _draw_bar(progress: StageProgress | None) -> str:
    """A bar whose two parts differ in shape, so that it is readable without colour."""
    share = progress.share if progress else 0.0
    if share is None:
        return "┄" * BAR_WIDTH
    full = round(share * BAR_WIDTH)
    return "━" * full + "─" * (BAR_WIDTH - full)


def describe_build(state: BuildState) -> str:
    """The current stage of a build on one line: "Embedding passages · about 70 s left · 130 passages/s"."""
    if not state.stages:
        return "Starting the build…"
    progress = state.stages[-1]
    return " · ".join(filter(None, (STAGE_LABELS[progress.stage], progress.describe_briefly())))


def describe_rebuild_cost(library: LibraryState, building: BuildState) -> str:
    """The text that asks whether to rebuild the index: time and disk space needed, as far as they are known."""
    figures = library.figures
    if figures is None:
        return (
            "All articles are read, split and embedded again. This can take minutes for thousands of articles. "
            "Meanwhile, questions are answered from the present index, if it can be used."
        )
    passages, size = figures["passages"], figures["bytes"] / 1_000_000
    rate = next((stage.rate for stage in building.stages if stage.stage == "embedding" and stage.rate), None)
    duration = f" This takes about {format_duration(passages / rate)} at the speed of the last build." if rate else ""
    return (
        f"Everything ({count_noun(figures['articles'], 'article')}, {count_noun(passages, 'passage')}) is read, split "
        f"and embedded again.{duration} The present index answers questions until the new one is complete; until then "
        f"about {max(0.1, size):.1f} MB more of disk space are needed. An update processes only changed articles."
    )
