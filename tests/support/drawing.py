"""What no terminal shows is not drawn: a third of the processor time of the tests of the interface."""

from __future__ import annotations

from typing import Any

from textual._compositor import Compositor

_render = Compositor.render_update


def _render_whole_screens(self: Compositor, full: bool = False, *rest: Any, **named: Any) -> Any:
    if full or self.size.region in self._dirty_regions:
        return _render(self, full, *rest, **named)
    self._dirty_regions.clear()
    return None


def draw_only_whole_screens() -> None:
    """Let the apps of this process draw a screen when it opens or is wholly drawn anew, and when a test looks at it.

    Without a terminal, Textual draws each change too and throws it away. Layout, styles and events stay as they are.
    """
    Compositor.render_update = _render_whole_screens  # type: ignore[method-assign]
