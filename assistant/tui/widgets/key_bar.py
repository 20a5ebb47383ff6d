"""The keys that work now, at the foot of a screen: those that fit, the nearest first; drawn anew where they change."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = "help"  # the action whose key is shown however narrow it is: it leads to the others


class KeyBar(Footer):
    """Textual's footer, which else makes every key anew for each of several changes at once.

    That would be a fifth of the time to the first frame. It would also cut off what does not fit.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._drawn: list[tuple[object, ...]] = []
        self._due = False

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draw the keys once everything that changes them now has done so."""
        self._bindings_ready = True
        if not self._due and screen.app.app_focus and self.is_attached and screen is self.screen:
            self._due = True
            self.call_after_refresh(self._draw)

    def on_resize(self, _event: Resize) -> None:
        if self._bindings_ready:
            self.bindings_changed(self.screen)

    async def _draw(self) -> None:
        self._due = False
        keys = [
            (active.binding.key, active.binding.description, active.binding.action, active.enabled, active.tooltip)
            for active in self._fitting()
        ]
        if keys != self._drawn:
            self._drawn = list(keys)
            await self.recompose()

    def compose(self) -> ComposeResult:
        if not self._bindings_ready:
            return
        for active in self._fitting():
            binding = active.binding
            yield FooterKey(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                binding.action,
                disabled=not active.enabled,
                tooltip=active.tooltip or binding.tooltip or binding.description,
            ).data_bind(compact=Footer.compact)

    def _fitting(self) -> list[ActiveBinding]:
        """One key an action: of the focused widget and those around it, of the screen, of the app, while they fit."""
        actions: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                actions.setdefault(active.binding.action, active)
        found = sorted(actions.values(), key=self._rank)
        room = self.size.width - sum(self._cells(active.binding) for active in found if _is_always(active))
        fitting = []
        for active in found:
            if not _is_always(active):
                room -= self._cells(active.binding)
                if room < 0:
                    continue
            fitting.append(active)
        return fitting

    def _rank(self, active: ActiveBinding) -> tuple[int, int]:
        distance = 2 if isinstance(active.node, App) else 1 if isinstance(active.node, Screen) else 0
        order = [one.action for one in type(active.node).BINDINGS if isinstance(one, Binding)]
        action = active.binding.action
        return distance, order.index(action) if action in order else len(order)

    def _cells(self, binding: Binding) -> int:
        closing = 0 if self.screen.has_class("-narrow") else 1
        return len(self.app.get_key_display(binding)) + 2 + len(binding.description) + closing


def _is_always(active: ActiveBinding) -> bool:
    return active.binding.action == ALWAYS
