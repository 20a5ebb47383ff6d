"""The line at the top: what library is open, or what is wrong with it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.display import one_line
from assistant.tui.state import LibraryState


class Status(Static):
    """One line of text, marked when the program is busy or something is wrong. Follows the app's `library`."""

    def on_mount(self) -> None:
        self.watch(self.app, "library", self._show)

    def _show(self, state: LibraryState) -> None:
        self.set_class(state.problem, "-problem")
        sign = "! " if state.problem else "… " if state.busy else ""
        self.update(Content.assemble(("News assistant", "bold"), " · ", Content(sign + one_line(state.line))))
