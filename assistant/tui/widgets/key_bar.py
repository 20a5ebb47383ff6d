"""The keys that work now, at the foot of a screen: drawn anew where they have changed, and then once."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class KeyBar(Footer):
    """Textual's footer, which else makes every key anew for each of several changes at once.

    That would be a fifth of the time to the first frame.
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

    async def _draw(self) -> None:
        self._due = False
        keys: list[tuple[object, ...]] = [
            (binding.key, binding.description, binding.action, enabled, tooltip)
            for _, binding, enabled, tooltip in self.screen.active_bindings.values()
            if binding.show
        ]
        if keys != self._drawn:
            self._drawn = keys
            await self.recompose()
