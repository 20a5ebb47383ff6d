"""The line at the top: what library is open, or what is wrong with it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.display import one_line


class Status(Static):
    """One line of text, marked when the program is busy or something is wrong."""

    def show(self, text: str, *, busy: bool = False, problem: bool = False) -> None:
        """Replace the line."""
        self.set_class(problem, "-problem")
        sign = "! " if problem else "… " if busy else ""
        self.update(Content.assemble(("News assistant", "bold"), " · ", Content(sign + one_line(text))))
