"""The line at the top: what library is open, or what is wrong with it; and whether files changed since the build."""

from __future__ import annotations

from pathlib import PurePath

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from assistant.presentation.build_summary import describe_pending_changes
from assistant.records.build import PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState, LibraryState

NAMES_SHOWN = 8  # of files, in the badge's tooltip


class Badge(Static):
    """Says how many files an update would find new, changed or gone; a click updates."""

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(Status.UpdateWanted())


class Status(Horizontal):
    """One line of text, marked when the program is busy or something is wrong; the badge beside it.

    Follows the app's `library`, `pending` and `building`.
    """

    class UpdateWanted(Message):
        """The user wants the index brought up to date."""

    def compose(self) -> ComposeResult:
        yield Static(id="status-line")
        yield Badge(id="badge")

    def on_mount(self) -> None:
        self.watch(self.app, "library", self._show_library)
        self.watch(self.app, "pending", self._show_pending)
        self.watch(self.app, "building", self._show_pending)

    def on_resize(self) -> None:
        self._show_pending()

    def _show_library(self, state: LibraryState) -> None:
        self.set_class(state.problem, "-problem")
        self.set_class(state.fault == "missing", "-missing")  # which is how everybody begins
        sign = "! " if state.problem else "… " if state.busy else ""
        line = Content.assemble(("News assistant", "bold"), " · ", Content(sign + sanitize_line(state.line)))
        self.query_one("#status-line", Static).update(line)
        self._show_pending()

    def _show_pending(self, _changed: PendingChanges | BuildState | None = None) -> None:
        """Show the badge where there is something to update, and a library to update."""
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        building: BuildState = getattr(self.app, "building", BuildState())
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        badge = self.query_one(Badge)
        badge.display = bool(pending) and not (building.is_running or library.problem)
        if badge.display and pending:
            text = "other folders in the settings" if pending.sources else describe_pending_changes(pending)
            badge.update(Content(f"● {text} · {'F4' if pending.sources else 'Ctrl+R'}"))
            badge.tooltip = Content("\n".join(_describe_changes(pending)))


def _describe_changes(pending: PendingChanges) -> list[str]:
    """The first of the files, each with what became of it."""
    groups = (("+", pending.added), ("~", pending.changed), ("−", pending.removed))
    lines = [f"{sign} {sanitize_line(PurePath(path).name)}" for sign, paths in groups for path in paths[:NAMES_SHOWN]]
    count = sum(len(paths) for _, paths in groups)
    more = [f"… and {count - NAMES_SHOWN:,} more"] if count > NAMES_SHOWN else []
    why = ["The settings for reading, or the program, have changed."] if pending.otherwise else []
    return [*why, *lines[:NAMES_SHOWN], *more, "A click updates the index."]
