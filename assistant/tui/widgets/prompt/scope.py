"""The line above the prompt that says of which articles only the questions are asked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from assistant.text.sanitize import sanitize_line

REMOVE_TEXT = " ✕ Esc asks all articles again"


class ScopeLine(Static):
    """There while questions are asked of some articles only; a click removes it."""

    ALLOW_SELECT = False

    class ScopeRemoved(Message):
        """All articles are to be asked again."""

    def __init__(self) -> None:
        super().__init__()
        self.article_ids: tuple[str, ...] | None = None
        self.display = False

    def show_scope(self, article_ids: Sequence[str] | None, label: str = "") -> None:
        """Say that these articles are asked only, or, for None, nothing."""
        self.article_ids = None if article_ids is None else tuple(article_ids)
        self.display = article_ids is not None
        self.update(Content.assemble(("Asking only: ", "bold"), sanitize_line(label), (REMOVE_TEXT, "$text-muted")))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.ScopeRemoved())
