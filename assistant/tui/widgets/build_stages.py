"""The stages of a build, a line each: how far it is, how fast it goes, how long it may still take."""

from __future__ import annotations

from dataclasses import replace

from rich.table import Table
from rich.text import Text
from textual.widgets import Static

from assistant.display import counted
from assistant.pace import STAGES, StagePace, lasting
from assistant.tui.state import BuildState, LibraryState

BAR = 20  # cells
ROOM = 90  # cells of the widget from which there is room for a bar
SIGNS = {"over": "✓", "under way": "▸", "ahead": "·", "left": "✗"}


class BuildStages(Static):
    """Follows the app's `building`; is `-idle` where there is nothing to tell."""

    def on_mount(self) -> None:
        self.watch(self.app, "building", self._show)

    def on_resize(self) -> None:
        self._show(getattr(self.app, "building", BuildState()))

    def _show(self, state: BuildState) -> None:
        self.set_class(state.phase == "idle", "-idle")
        if state.phase != "idle":
            self.update(_told(state, self.size.width >= ROOM))


def _told(state: BuildState, with_bar: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(4 if with_bar else 3):
        table.add_column(no_wrap=column < 2, ratio=1 if column == (3 if with_bar else 2) else None)
    reached = {one.stage: one for one in state.stages}
    for stage, name in STAGES.items():
        pace = reached.get(stage)
        if pace is None and not state.running:
            continue
        sign = _sign(pace, state)
        cells = [Text(SIGNS[sign], style="bold"), Text(name, style="bold" if sign == "under way" else "")]
        if with_bar:
            cells.append(Text(_bar(pace)))
        if pace is not None and sign == "left":
            pace = replace(pace, left=None)  # it goes on no more
        cells.append(Text(pace.told() if pace else "", overflow="fold"))
        table.add_row(*cells)
    return table


def _sign(pace: StagePace | None, state: BuildState) -> str:
    if pace is None:
        return "ahead"
    last = pace is state.stages[-1]
    if state.running:
        return "over" if pace.over else "under way"
    return "left" if last and state.phase in ("stopped", "failed") else "over"


def _bar(pace: StagePace | None) -> str:
    """A bar that is told from its frame without colour."""
    share = pace.share if pace else 0.0
    if share is None:
        return "┄" * BAR
    full = round(share * BAR)
    return "━" * full + "─" * (BAR - full)


def told_shortly(state: BuildState) -> str:
    """What a build is doing, in a line: "Embedding passages · about 70 s left · 130 passages/s"."""
    if not state.stages:
        return "Starting the build…"
    pace = state.stages[-1]
    return " · ".join(filter(None, (STAGES[pace.stage], pace.told_briefly())))


def cost(library: LibraryState, building: BuildState) -> str:
    """What making an index anew costs, as far as it is known."""
    figures = library.figures
    if figures is None:
        return (
            "Every article is read, cut and embedded anew. That can take minutes for thousands of articles; what you "
            "ask meanwhile is answered from the index there is, where it can be used."
        )
    passages, size = figures["passages"], figures["bytes"] / 1_000_000
    rate = next((one.rate for one in building.stages if one.stage == "embedding" and one.rate), None)
    takes = f", about {lasting(passages / rate)} at the pace of the last build" if rate else ""
    return (
        f"Of {counted(figures['articles'], 'article')}, {counted(passages, 'passage')} in all, everything is read, cut "
        f"and embedded anew{takes}. The index there is goes on answering until the new one is complete; meanwhile the "
        f"disk needs about {max(0.1, size):.1f} MB more. An update does the same for what changed alone."
    )
