"""The answers and the sources beside each other, or below where it is narrow; their shares are the reader's."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import MouseDown, MouseMove
from textual.reactive import reactive

from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.sources.sources import SourcesPane

MIN_SHARE, MAX_SHARE, SHARE_STEP = 20, 80, 10  # percent


class Panes(Container):
    """Changes how much of the room each pane has: by keys, or by dragging the border between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "zoom", "Larger", tooltip="In the answers or sources: the open source in full width, and back"),
        Binding(
            "less_than_sign", "share(-1)", "Split", show=False, tooltip="In either pane: more room for the sources"
        ),
        Binding(
            "greater_than_sign", "share(1)", "Split", show=False, tooltip="In either pane: more room for the answers"
        ),
        Binding("escape", "both", "Both panes", show=False),
    ]

    share: reactive[int] = reactive(50)  # percent of the room that the answers have
    zoomed: reactive[bool] = reactive(False)

    def __init__(self, conversation: ConversationView, sources: SourcesPane) -> None:
        super().__init__(conversation, sources, id="panes")
        self._conversation, self._sources = conversation, sources
        self._dragging = False

    @property
    def _is_horizontal(self) -> bool:
        return not self.screen.has_class("-narrow")

    def validate_share(self, share: int) -> int:
        """Within what leaves both panes usable."""
        return max(MIN_SHARE, min(MAX_SHARE, share))

    def watch_share(self) -> None:
        """Divide the room."""
        self._divide()

    def on_resize(self) -> None:
        self._divide()

    def _divide(self) -> None:
        for pane, percent in ((self._conversation, self.share), (self._sources, 100 - self.share)):
            pane.styles.width = f"{percent}fr" if self._is_horizontal else None
            pane.styles.height = None if self._is_horizontal else f"{percent}fr"

    def watch_zoomed(self, zoomed: bool) -> None:
        """Show the sources alone, or both."""
        self.set_class(zoomed, "-zoomed")

    def action_zoom(self) -> None:
        """Show the open source in the full width, or both panes again."""
        self.zoomed = not self.zoomed and bool(self._sources.citations)
        if self.zoomed:
            self._sources.article.focus()

    def action_both(self) -> None:
        """Show both panes again."""
        self.zoomed = False

    def action_share(self, by: int) -> None:
        """Give more room to one of the panes."""
        self.share += by * SHARE_STEP

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Nothing is made larger where there are no sources."""
        if action == "zoom":
            return self.zoomed or bool(self._sources.citations)
        return self.zoomed if action == "both" else True

    # ---------------------------------------------------------------------------------- by the mouse

    def on_mouse_down(self, event: MouseDown) -> None:
        sources = self._sources.region
        at, border = (event.screen_x, sources.x) if self._is_horizontal else (event.screen_y, sources.y)
        if not self.zoomed and border - 1 <= at <= border:
            self._dragging = True
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._dragging:
            at, room = (
                (event.screen_x - self.region.x, self.region.width)
                if self._is_horizontal
                else (event.screen_y - self.region.y, self.region.height)
            )
            self.share = round(100 * at / max(1, room))

    def on_mouse_up(self) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()
