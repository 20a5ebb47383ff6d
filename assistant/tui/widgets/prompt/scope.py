"""The line above the prompt of the main screen that names the articles to which questions are limited."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from assistant.text.sanitize import sanitize_line, shorten_line

REMOVE_TEXT = " · ✕ Esc: ask all"
BACKSPACE_TEXT = " · Backspace removes the last"
LONGEST_LABEL = 60  # characters shown


class ScopeLine(Static):
    """Shown while questions are limited to some articles: what they have in common as chips, and how many they are.

    Posts `ChipRemoved` for a click on a chip and `ScopeRemoved` for one elsewhere; the screen removes the limit.
    """

    ALLOW_SELECT = False

    class ScopeRemoved(Message):
        """The limit should be removed."""

    class ChipRemoved(Message):
        """The part of the filter at this place should be removed."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__()
        self.article_ids: tuple[str, ...] | None = None
        self.display = False

    def show_scope(self, article_ids: Sequence[str] | None, label: str = "", chips: Sequence[str] = ()) -> None:
        """Name the articles that are asked, as `label`, and the filters as chips; None hides the line."""
        self.article_ids = None if article_ids is None else tuple(article_ids)
        self.display = article_ids is not None
        parts: list[Content | tuple[str, str] | str] = [("Asking only: ", "bold")]
        for place, chip in enumerate(chips):
            text = Content.styled(f" {sanitize_line(chip)} ✕ ", "reverse")
            parts += [text.stylize(Style.from_meta({"chip": place})), " "]
        hint = REMOVE_TEXT + (BACKSPACE_TEXT if len(chips) > 1 else "")
        self.update(Content.assemble(*parts, shorten_line(label, LONGEST_LABEL), (hint, "$text-muted")))

    def on_click(self, event: Click) -> None:
        """Ask for the clicked chip to be removed, or else the whole limit."""
        event.stop()
        place = event.style.meta.get("chip")
        self.post_message(self.ChipRemoved(place) if isinstance(place, int) else self.ScopeRemoved())
