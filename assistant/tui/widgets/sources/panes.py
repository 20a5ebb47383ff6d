"""The middle of the main screen: answers and sources side by side, or one above the other if it is narrow."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import MouseDown, MouseMove
from textual.message import Message
from textual.reactive import reactive

from assistant.tui.preferences import SHARE, STACKED_SHARE
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.sources.sources import SourcesPane

MIN_SHARE, MAX_SHARE, SHARE_STEP = 20, 80, 10  # percent
TINY = 6  # lines for both panes: with fewer there is no room for borders, and for the sources only alone
Zoom = Literal["", "answers", "sources"]


class Panes(Container):
    """Divides the room between the two panes; keys and dragging the border change the shares.

    Posts `LayoutChanged`, so that it can be remembered. What the panes contain is left to them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "zoom", "Zoom", tooltip="In the answers or sources: this pane alone, and back"),
        Binding(
            "less_than_sign",
            "share(-1)",
            "Wider sources",
            show=False,
            tooltip="In either pane: more room for the sources",
        ),
        Binding(
            "greater_than_sign",
            "share(1)",
            "Wider answers",
            show=False,
            tooltip="In either pane: more room for the answers",
        ),
        Binding("escape", "both", "Both panes", tooltip="In a pane that is alone: both again"),
    ]

    share: reactive[int] = reactive(SHARE)  # percent of the room for the answers, side by side
    stacked_share: reactive[int] = reactive(STACKED_SHARE)  # the same, one above the other
    zoomed: reactive[Zoom] = reactive[Zoom]("")  # the pane that is shown alone

    class LayoutChanged(Message):
        """The user has divided the room in another way."""

    def __init__(self, conversation: ConversationView, sources: SourcesPane) -> None:
        super().__init__(conversation, sources, id="panes")
        self._conversation, self._sources = conversation, sources
        self._is_dragging = False

    @property
    def _is_horizontal(self) -> bool:
        return not self.screen.has_class("-narrow")

    def restore(self, share: int, stacked_share: int, *, answers_alone: bool) -> None:
        """Divide the room as it was divided before."""
        self.share, self.stacked_share = share, stacked_share
        self.zoomed = "answers" if answers_alone else ""

    def validate_share(self, share: int) -> int:
        """Limit the share so that both panes stay usable."""
        return max(MIN_SHARE, min(MAX_SHARE, share))

    validate_stacked_share = validate_share

    def watch_share(self) -> None:
        """Divide the room again."""
        self._divide()

    def watch_stacked_share(self) -> None:
        """Divide the room again."""
        self._divide()

    def on_resize(self) -> None:
        """Divide the room again: a narrow screen is divided by height, and one of a few lines has no room for both."""
        self.set_class(self.size.height < TINY, "-tiny")
        self._divide()

    def _divide(self) -> None:
        share = self.share if self._is_horizontal else self.stacked_share
        for pane, percent in ((self._conversation, share), (self._sources, 100 - share)):
            pane.styles.width = f"{percent}fr" if self._is_horizontal else None
            pane.styles.height = None if self._is_horizontal else f"{percent}fr"

    def watch_zoomed(self, zoomed: Zoom) -> None:
        """Show one pane alone, or both."""
        self.set_class(zoomed == "sources", "-zoomed")
        self.set_class(zoomed == "answers", "-answers-alone")
        self.refresh_bindings()

    def action_zoom(self) -> None:
        """Show the pane that has the focus alone, the sources if neither has it; or both panes again."""
        if self.zoomed:
            self.zoomed = ""
        elif self._conversation.has_focus:
            self.zoomed = "answers"
        elif self._sources.citations:
            self.zoomed = "sources"
            self._sources.article.focus()
        self.post_message(self.LayoutChanged())

    def action_both(self) -> None:
        """Show both panes again."""
        self.zoomed = ""
        self.post_message(self.LayoutChanged())

    def show_sources(self) -> None:
        """Make the sources visible: one of them was chosen."""
        if self.zoomed == "answers":
            self.zoomed = ""

    def action_share(self, by: int) -> None:
        """Give more room to one of the panes."""
        self._set_share((self.share if self._is_horizontal else self.stacked_share) + by * SHARE_STEP)
        self.post_message(self.LayoutChanged())

    def _set_share(self, share: int) -> None:
        if self._is_horizontal:
            self.share = share
        else:
            self.stacked_share = share

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Allow zooming only if there is something to see, and dividing only while both panes are shown."""
        match action:
            case "zoom":
                return bool(self.zoomed or self._sources.citations or self._conversation.has_focus)
            case "both":
                return bool(self.zoomed)
            case "share":
                return not self.zoomed
        return True

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
            self._set_share(round(100 * at / max(1, room)))

    def on_mouse_up(self) -> None:
        """Stop dragging."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()
            self.post_message(self.LayoutChanged())
