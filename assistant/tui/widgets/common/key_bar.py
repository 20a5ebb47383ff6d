"""The keys that work now, at the foot of a screen: those that fit, the nearest first; drawn anew where they change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.events import Leave, MouseDown, MouseMove, Resize
from textual.screen import Screen
from textual.widget import Widget

ALWAYS_SHOWN = "help"  # the action whose key is shown however narrow it is: it leads to the others


@dataclass(frozen=True)
class ShownKey:
    """A key as it stands in the bar, in cells from `start` up to `end`."""

    key: str
    name: str  # as people write it
    description: str
    tooltip: str
    enabled: bool
    start: int
    end: int


class KeyBar(Widget, can_focus=False):
    """One line of keys, each to be clicked as well as pressed.

    Textual's footer makes a widget of every key, and all of them anew whenever the focus moves, which a person feels;
    it also cuts off what does not fit.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--about", "key-bar--under"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        & > .key-bar--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        & > .key-bar--about { color: $footer-description-foreground; background: $footer-description-background; }
        & > .key-bar--under { color: $footer-key-foreground; background: $block-hover-background; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[ShownKey, ...] = ()
        self._hovered_key: ShownKey | None = None  # the mouse
        self._draw_is_due = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._schedule_draw)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self, _event: Resize) -> None:
        self._schedule_draw(self.screen)

    def _schedule_draw(self, screen: Screen[Any]) -> None:
        """Draw the keys once everything that changes them now has done so."""
        if not self._draw_is_due and screen.app.app_focus and self.is_attached and screen is self.screen:
            self._draw_is_due = True
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._draw_is_due = False
        if self.is_attached and (keys := tuple(self._select_fitting_keys())) != self.keys:
            self.keys = keys
            self._hover_over(None)
            self.refresh()

    def render(self) -> Content:
        key, about = self.get_visual_style("key-bar--key"), self.get_visual_style("key-bar--about")
        under = self.get_visual_style("key-bar--under")
        parts: list[Content] = []
        for shown in self.keys:
            here = shown == self._hovered_key
            described = shown.description.ljust(shown.end - shown.start - len(shown.name) - 2)
            for text, style in ((f" {shown.name} ", key), (described, about)):
                part = Content.styled(text, under if here else style)
                parts.append(part if shown.enabled else part.stylize("dim"))
        return Content("").join(parts)

    # ------------------------------------------------------------------------------------------- mouse

    def on_mouse_move(self, event: MouseMove) -> None:
        self._hover_over(self._key_at(event.x))

    def on_leave(self, _event: Leave) -> None:
        self._hover_over(None)

    def on_mouse_down(self, event: MouseDown) -> None:
        shown = self._key_at(event.x)
        if shown is not None and shown.enabled:
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

    # ------------------------------------------------------------------------------------------- which

    def _select_fitting_keys(self) -> list[ShownKey]:
        """One key an action: of the focused widget and those around it, of the screen, of the app, while they fit."""
        actions: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                actions.setdefault(active.binding.action, active)
        found = sorted(actions.values(), key=self._rank)
        room = self.size.width - sum(
            self._measure_width(active.binding) for active in found if _is_always_shown(active)
        )
        fitting: list[ShownKey] = []
        for active in found:
            binding = active.binding
            if not _is_always_shown(active):
                room -= self._measure_width(binding)
                if room < 0:
                    continue
            start = fitting[-1].end if fitting else 0
            tooltip = active.tooltip or binding.tooltip or binding.description
            name, end = self.app.get_key_display(binding), start + self._measure_width(binding)
            fitting.append(ShownKey(binding.key, name, binding.description, tooltip, active.enabled, start, end))
        return fitting

    def _rank(self, active: ActiveBinding) -> tuple[int, int]:
        distance = 2 if isinstance(active.node, App) else 1 if isinstance(active.node, Screen) else 0
        order = [one.action for one in type(active.node).BINDINGS if isinstance(one, Binding)]
        action = active.binding.action
        return distance, order.index(action) if action in order else len(order)

    def _measure_width(self, binding: Binding) -> int:
        closing = 0 if self.screen.has_class("-narrow") else 1
        return len(self.app.get_key_display(binding)) + 2 + len(binding.description) + closing


def _is_always_shown(active: ActiveBinding) -> bool:
    return active.binding.action == ALWAYS_SHOWN
