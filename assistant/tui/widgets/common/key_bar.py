"""The key bar at the foot of every screen: the keys that work now, as many as fit, and before them what is told now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.events import Leave, MouseDown, MouseMove, Resize
from textual.notifications import Notification
from textual.screen import Screen
from textual.widget import Widget

BETWEEN_NOTICES = " · "
MORE, MORE_TOOLTIP = "…", "More keys than fit here: choose among all commands"
MORE_WIDTH = len(MORE) + 2
# Actions whose keys are shown at any width: they list the other keys, and lead back to where one came from.
ALWAYS_SHOWN = ("help", "command_palette", "app.back_to_asking", "app.pop_screen", "leave")


@dataclass(frozen=True)
class ShownKey:
    """A key as drawn in the bar, in the cells from `start` up to `end`."""

    key: str
    name: str  # as shown to the user
    description: str
    tooltip: str
    enabled: bool
    start: int
    end: int


class KeyBar(Widget, can_focus=False):
    """One line of keys, those of the focused widget first. A click on a key has the effect of the key.

    Textual's footer creates a widget for each key again whenever the focus moves, which causes a noticeable delay, and
    cuts off what does not fit. A notice that leaves no room for keys has the bar for itself, in as many lines as it
    takes; a click ends it. Posts nothing.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--about", "key-bar--under", "key-bar--notice"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        &.-notice { height: auto; max-height: 40%; text-wrap: wrap; }
        & > .key-bar--notice { color: $text; background: $primary-muted; }
        &.-warning > .key-bar--notice { color: $text-warning; background: $warning-muted; }
        &.-error > .key-bar--notice { color: $text-error; background: $error-muted; }
        & > .key-bar--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        & > .key-bar--about { color: $footer-description-foreground; background: $footer-description-background; }
        & > .key-bar--under { color: $footer-key-foreground; background: $block-hover-background; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[ShownKey, ...] = ()
        self._notices: Sequence[Notification] = ()
        self._hovered_key: ShownKey | None = None  # under the mouse
        self._draw_is_due = False

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._schedule_draw)
        if hasattr(self.app, "notices"):
            self.watch(self.app, "notices", self._show_notices)

    def on_unmount(self) -> None:
        """Stop following the bindings."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self, _event: Resize) -> None:
        """Choose the keys that fit the new width."""
        self._draw_soon()

    def _show_notices(self, notices: Sequence[Notification]) -> None:
        """Draw what is told now, with the colour of the newest, then the keys that fit beside it."""
        if not notices and not self._notices:
            return
        # Of mere information only the newest is told: several would leave no key to click on.
        self._notices = [one for one in notices if one is notices[0] or one.severity != "information"]
        self.set_class(bool(notices), "-notice")
        for severity in ("warning", "error"):
            self.set_class(bool(notices) and notices[0].severity == severity, f"-{severity}")
        self.keys = ()
        self._hover_over(None)
        self.refresh(layout=True)
        self._draw_soon()  # not now: the screen may not be ready to say which keys work

    def _schedule_draw(self, screen: Screen[Any]) -> None:
        """Draw the keys after all pending changes of bindings."""
        is_wanted = screen.app.app_focus or not self.keys  # a page in a browser may begin without the focus
        if is_wanted and self.is_attached and screen is self.screen:
            self._draw_soon()

    def _draw_soon(self) -> None:
        if not self._draw_is_due:
            self._draw_is_due = True
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._draw_is_due = False
        if self.is_attached and (keys := tuple(self._select_fitting_keys())) != self.keys:
            self.keys = keys
            self._hover_over(None)
            self.refresh()

    def render(self) -> Content:
        """Draw the keys with their descriptions."""
        key, about = self.get_visual_style("key-bar--key"), self.get_visual_style("key-bar--about")
        hovered = self.get_visual_style("key-bar--under")
        notice = self._write_notices()
        parts = [notice.stylize_before(self.get_visual_style("key-bar--notice"))] if notice else []
        for shown in self.keys:
            is_hovered = shown == self._hovered_key
            description = shown.description.ljust(shown.end - shown.start - len(shown.name) - 2)
            for text, style in ((f" {shown.name} ", key), (description, about)):
                part = Content.styled(text, hovered if is_hovered else style)
                parts.append(part if shown.enabled else part.stylize("dim"))
        return Content("").join(parts)

    # ------------------------------------------------------------------------------------------- mouse

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the key under the mouse and show its tooltip."""
        self._hover_over(self._key_at(event.x))

    def on_leave(self, _event: Leave) -> None:
        """Mark no key."""
        self._hover_over(None)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Press the key under the mouse."""
        shown = self._key_at(event.x)
        if shown is None and self._notices:
            self.app.clear_notifications()
        elif shown is not None and shown.enabled:
            self.app.simulate_key(shown.key)
        elif shown is not None:
            self.app.bell()

    def _key_at(self, cell: int) -> ShownKey | None:
        return next((shown for shown in self.keys if shown.start <= cell < shown.end), None)

    def _hover_over(self, shown: ShownKey | None) -> None:
        if shown != self._hovered_key:
            self._hovered_key = shown
            self.tooltip = None if shown is None else shown.tooltip
            self.refresh()

    # --------------------------------------------------------------------------------- choosing the keys

    def _select_fitting_keys(self) -> list[ShownKey]:
        """One key for each action, nearest to the focus first (widget, screen, app), as many as fit."""
        actions: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                actions.setdefault(active.binding.action, active)
        candidates = sorted(actions.values(), key=self._rank)
        always_shown = [active.binding for active in candidates if _is_always_shown(active)]
        begin = self._write_notices().cell_length
        room = self.size.width - begin - sum(map(self._measure_width, always_shown))
        if begin and room < 0:
            return []
        others = [active.binding for active in candidates if not _is_always_shown(active)]
        palette_key = next((binding.key for binding in always_shown if binding.action == "command_palette"), None)
        has_more = palette_key is not None and sum(map(self._measure_width, others)) > room
        if has_more:
            room -= MORE_WIDTH
        fitting: list[ShownKey] = []
        for active in candidates:
            binding = active.binding
            if not _is_always_shown(active):
                room -= self._measure_width(binding)
                if room < 0:
                    continue
            start = fitting[-1].end if fitting else begin
            tooltip = active.tooltip or binding.tooltip or binding.description
            name, end = self.app.get_key_display(binding), start + self._measure_width(binding)
            fitting.append(ShownKey(binding.key, name, binding.description, tooltip, active.enabled, start, end))
        start = fitting[-1].end if fitting else begin
        if has_more and palette_key and start + MORE_WIDTH <= self.size.width:
            fitting.append(ShownKey(palette_key, MORE, "", MORE_TOOLTIP, True, start, start + MORE_WIDTH))
        return fitting

    def _write_notices(self) -> Content:
        """What is told now, the newest first; each with a sign that needs no colour."""
        told = [
            Content.assemble(
                "" if notice.severity == "information" else "! ",
                (f"{notice.title}: " if notice.title else "", "bold"),
                Content.from_markup(notice.message) if notice.markup else Content(notice.message),
            )
            for notice in self._notices
        ]
        return Content.assemble(" ", Content(BETWEEN_NOTICES).join(told), " ") if told else Content("")

    def _rank(self, active: ActiveBinding) -> tuple[int, bool, int]:
        """Widget, screen, app; of a screen its first key, then its letters, which work where nothing is typed."""
        kinds = type(active.node).__mro__
        order = [one.action for kind in kinds for one in vars(kind).get("BINDINGS", ()) if isinstance(one, Binding)]
        place = order.index(active.binding.action) if active.binding.action in order else len(order)
        if isinstance(active.node, App):
            return 2, False, place
        if not isinstance(active.node, Screen):
            return 0, False, place
        is_letter = len(self.app.get_key_display(active.binding)) == 1
        return 1, place > 0 and not is_letter, place

    def _measure_width(self, binding: Binding) -> int:
        gap = 0 if self.screen.has_class("-narrow") else 1
        return len(self.app.get_key_display(binding)) + 2 + len(binding.description) + gap


def _is_always_shown(active: ActiveBinding) -> bool:
    return active.binding.action in ALWAYS_SHOWN
