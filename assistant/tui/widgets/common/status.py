"""The status line at the top of every screen: the open library or its problem, and files changed since the build."""

from __future__ import annotations

from pathlib import PurePath

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.presentation.build_summary import describe_pending_changes
from assistant.records.build import PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState, LibraryState

NAMES_SHOWN = 8  # file names in the tooltip


class Badge(Static):
    """How many files are new, changed or removed since the build. A click does what the key that it names does."""

    action = "build"  # of the app

    async def on_click(self, event: Click) -> None:
        """Update the index, or show it where the settings name other folders."""
        event.stop()
        await self.app.run_action(self.action)


class Status(Horizontal):
    """One line about the library, marked while it is being opened or cannot be used, with the badge next to it.

    Follows the app's `library`, `pending` and `building`.
    """

    def compose(self) -> ComposeResult:
        """Yield the line and the badge."""
        yield Static(id="status-line")
        yield Badge(id="badge")

    def on_mount(self) -> None:
        """Follow the state of the app."""
        self.watch(self.app, "library", self._show_library)
        self.watch(self.app, "pending", self._show_pending)
        self.watch(self.app, "building", self._show_pending)

    def on_resize(self) -> None:
        """Redraw the badge."""
        self._show_pending()

    def _show_library(self, state: LibraryState) -> None:
        self.set_class(state.problem, "-problem")
        self.set_class(state.fault == "missing", "-missing")  # not an error: there is no index before the first build
        sign = "! " if state.problem else "… " if state.busy else ""
        line = Content.assemble(("News assistant", "bold"), " · ", Content(sign + sanitize_line(state.line)))
        self.query_one("#status-line", Static).update(line)
        self._show_pending()

    def _show_pending(self, _changed: PendingChanges | BuildState | None = None) -> None:
        """Show the badge if there are changes and a library that can be updated."""
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        building: BuildState = getattr(self.app, "building", BuildState())
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        badge = self.query_one(Badge)
        badge.display = bool(pending) and not (building.is_running or library.problem)
        if badge.display and pending:
            text = "folders changed in the settings" if pending.sources else describe_pending_changes(pending)
            badge.update(Content(f"● {text} · {'F4' if pending.sources else 'Ctrl+R'}"))
            badge.action = "index" if pending.sources else "build"
            badge.tooltip = Content("\n".join(_describe_changes(pending)))


def _describe_changes(pending: PendingChanges) -> list[str]:
    """Lines for the tooltip: the first changed files, each with a sign for what happened to it."""
    groups = (("+", pending.added), ("~", pending.changed), ("−", pending.removed), ("→", pending.moved))
    lines = [f"{sign} {sanitize_line(PurePath(path).name)}" for sign, paths in groups for path in paths[:NAMES_SHOWN]]
    count = sum(len(paths) for _, paths in groups)
    more = [f"… and {count - NAMES_SHOWN:,} more"] if count > NAMES_SHOWN else []
    reason = ["The settings for reading, or the program, have changed."] if pending.otherwise else []
    click = "Click to see what an update would do." if pending.sources else "Click to update the index."
    return [*reason, *lines[:NAMES_SHOWN], *more, click]
