"""The stages of a build, a line each: how far it is, how fast it goes, how long it may still take."""

from __future__ import annotations

from dataclasses import replace

from rich.table import Table
from rich.text import Text
from textual.widgets import Static

from assistant.presentation.build_progress import STAGE_LABELS, StageProgress, format_duration
from assistant.text.formatting import count_noun
from assistant.tui.state import BuildState, LibraryState

BAR_WIDTH = 20  # cells
BAR_FROM_WIDTH = 90  # cells of the widget from which there is room for a bar
STATUS_SIGNS = {"over": "✓", "under way": "▸", "ahead": "·", "left": "✗"}


class BuildStages(Static):
    """Follows the app's `building`; is `-idle` where there is nothing to tell."""

    def on_mount(self) -> None:
        self.watch(self.app, "building", self._show_stages)

    def on_resize(self) -> None:
        self._show_stages(getattr(self.app, "building", BuildState()))

    def _show_stages(self, state: BuildState) -> None:
        self.set_class(state.phase == "idle", "-idle")
        if state.phase != "idle":
            self.update(_render_stages(state, self.size.width >= BAR_FROM_WIDTH))


def _render_stages(state: BuildState, with_bar: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(4 if with_bar else 3):
        table.add_column(no_wrap=column < 2, ratio=1 if column == (3 if with_bar else 2) else None)
    reached = {one.stage: one for one in state.stages}
    for stage, name in STAGE_LABELS.items():
        pace = reached.get(stage)
        if pace is None and not state.is_running:
            continue
        sign = _stage_status(pace, state)
        cells = [Text(STATUS_SIGNS[sign], style="bold"), Text(name, style="bold" if sign == "under way" else "")]
        if with_bar:
            cells.append(Text(_draw_bar(pace)))
        if pace is not None and sign == "left":
            pace = replace(pace, seconds_left=None)  # it goes on no more
        cells.append(Text(pace.describe_progress() if pace else "", overflow="fold"))
        table.add_row(*cells)
    return table


def _stage_status(pace: StageProgress | None, state: BuildState) -> str:
    if pace is None:
        return "ahead"
    last = pace is state.stages[-1]
    if state.is_running:
        return "over" if pace.is_over else "under way"
    return "left" if last and state.phase in ("stopped", "failed") else "over"


def _draw_bar(pace: StageProgress | None) -> str:
    """A bar that is told from its frame without colour."""
    share = pace.share if pace else 0.0
    if share is None:
        return "┄" * BAR_WIDTH
    full = round(share * BAR_WIDTH)
    return "━" * full + "─" * (BAR_WIDTH - full)


def describe_build(state: BuildState) -> str:
    """What a build is doing, in a line: "Embedding passages · about 70 s left · 130 passages/s"."""
    if not state.stages:
        return "Starting the build…"
    pace = state.stages[-1]
    return " · ".join(filter(None, (STAGE_LABELS[pace.stage], pace.describe_briefly())))


def describe_rebuild_cost(library: LibraryState, building: BuildState) -> str:
    """What making an index anew costs, as far as it is known."""
    figures = library.figures
    if figures is None:
        return (
            "Every article is read, cut and embedded anew. That can take minutes for thousands of articles; what you "
            "ask meanwhile is answered from the index there is, where it can be used."
        )
    passages, size = figures["passages"], figures["bytes"] / 1_000_000
    rate = next((one.rate for one in building.stages if one.stage == "embedding" and one.rate), None)
    takes = f", about {format_duration(passages / rate)} at the pace of the last build" if rate else ""
    return (
        f"Of {count_noun(figures['articles'], 'article')}, {count_noun(passages, 'passage')} in all, "
        "everything is read, cut "
        f"and embedded anew{takes}. The index there is goes on answering until the new one is complete; meanwhile the "
        f"disk needs about {max(0.1, size):.1f} MB more. An update does the same for what changed alone."
    )
