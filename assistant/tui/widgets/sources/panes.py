"""The middle of the main screen: answers and sources side by side, or one above the other if it is narrow."""

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
    """Divides the room between the two panes; keys and dragging the border change the shares.

    Posts nothing. What the panes contain is left to them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "zoom", "Larger", tooltip="In the answers or sources: open source at full width, and back"),
        Binding(
            "less_than_sign", "share(-1)", "Split", show=False, tooltip="In either pane: more room for the sources"
        ),
        Binding(
            "greater_than_sign", "share(1)", "Split", show=False, tooltip="In either pane: more room for the answers"
        ),
        Binding("escape", "both", "Both panes", show=False),
    ]

    share: reactive[int] = reactive(50)  # percent of the room for the answers
    zoomed: reactive[bool] = reactive(False)

    def __init__(self, conversation: ConversationView, sources: SourcesPane) -> None:
        super().__init__(conversation, sources, id="panes")
        self._conversation, self._sources = conversation, sources
        self._is_dragging = False

    @property
    def _is_horizontal(self) -> bool:
        return not self.screen.has_class("-narrow")

    def validate_share(self, share: int) -> int:
        """Limit the share so that both panes stay usable."""
        return max(MIN_SHARE, min(MAX_SHARE, share))

    def watch_share(self) -> None:
        """Divide the room again."""
        self._divide()

    def on_resize(self) -> None:
        """Divide the room again: a narrow screen is divided by height."""
        self._divide()

    def _divide(self) -> None:
        for pane, percent in ((self._conversation, self.share), (self._sources, 100 - self.share)):
            pane.styles.width = f"{percent}fr" if self._is_horizontal else None
            pane.styles.height = None if self._is_horizontal else f"{percent}fr"

    def watch_zoomed(self, zoomed: bool) -> None:
        """Show the sources alone, or both."""
        self.set_class(zoomed, "-zoomed")

    def action_zoom(self) -> None:
        """Show the open source at full width, or both panes again."""
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
        """Allow zooming only if there are sources, and showing both panes only while zoomed."""
        if action == "zoom":
            return self.zoomed or bool(self._sources.citations)
        return self.zoomed if action == "both" else True

    # ------------------------------------------------------------------------------------- dragging

    def on_mouse_down(self, event: MouseDown) -> None:
        """Start dragging on the border between the panes."""
        sources = self._sources.region
        at, border = (event.screen_x, sources.x) if self._is_horizontal else (event.screen_y, sources.y)
        if not self.zoomed and border - 1 <= at <= border:
            self._is_dragging = True
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Move the border to the mouse while dragging."""
        if self._is_dragging:
            at, room = (
                (event.screen_x - self.region.x, self.region.width)
                if self._is_horizontal
                else (event.screen_y - self.region.y, self.region.height)
            )
            self.share = round(100 * at / max(1, room))

    def on_mouse_up(self) -> None:
        """Stop dragging."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()
