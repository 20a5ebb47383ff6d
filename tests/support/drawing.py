"""What no terminal shows is not drawn, and the styles that all apps have in common are parsed once.

Both take more than a third of the processor time of the tests of the interface."""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from textual._compositor import Compositor
from textual.app import App
from textual.css.stylesheet import Stylesheet

_render = Compositor.render_update
_shut_down = App._shutdown
_parse = Stylesheet._parse_rules
_drawn: WeakSet[Compositor] = WeakSet()
_parsed: dict[object, list[Any]] = {}


def _render_first(self: Compositor, full: bool = False, *rest: Any, **named: Any) -> Any:
    if self not in _drawn and (full or self.size.region in self._dirty_regions):
        _drawn.add(self)
        return _render(self, full, *rest, **named)
    self._dirty_regions.clear()
    return None


async def _render_last(self: App[Any]) -> None:
    if self._running and self._exception is None:
        _render(self.screen._compositor, True, self._background_screens)
    await _shut_down(self)


def draw_first_and_last() -> None:
    """Let the apps of this process draw a screen when it opens, when the app ends, and when a test looks at it.

    Without a terminal, Textual draws each change too and throws it away. Layout, styles and events stay as they are.
    """
    Compositor.render_update = _render_first  # type: ignore[method-assign]
    App._shutdown = _render_last  # type: ignore[method-assign]


def _parse_once(self: Stylesheet, css: str, *rest: Any, **named: Any) -> list[Any]:
    key = (css, rest, *named.items(), *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, *rest, **named)
    return _parsed[key]


def share_parsed_styles() -> None:
    """Let all apps of this process use the same rules for the same text and variables; Textual never changes rules."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
