"""The line above the prompt of the main screen that names the articles to which questions are limited."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from assistant.text.sanitize import sanitize_line

REMOVE_TEXT = " ✕ Esc: ask all articles"


class ScopeLine(Static):
    """Shown while questions are limited to some articles.

    Posts `ScopeRemoved` for a click; the screen removes the limit.
    """

    ALLOW_SELECT = False

    class ScopeRemoved(Message):
        """The limit should be removed."""

    def __init__(self) -> None:
        super().__init__()
        self.article_ids: tuple[str, ...] | None = None
        self.display = False

    def show_scope(self, article_ids: Sequence[str] | None, label: str = "", chips: Sequence[str] = ()) -> None:
        """Name the articles that are asked, as `label`, and the filters as chips; None hides the line."""
        self.article_ids = None if article_ids is None else tuple(article_ids)
        self.display = article_ids is not None
        parts: list[Content | tuple[str, str] | str] = [("Asking only: ", "bold")]
        for chip in chips:
            parts += [(f" {sanitize_line(chip)} ", "reverse"), " "]
        self.update(Content.assemble(*parts, sanitize_line(label), (REMOVE_TEXT, "$text-muted")))

    def on_click(self, event: Click) -> None:
        """Ask for the limit to be removed."""
        event.stop()
        self.post_message(self.ScopeRemoved())
