"""What no terminal shows is not drawn, and the styles that all apps have in common are parsed once.

Both take a third of the processor time of the tests of the interface."""

from __future__ import annotations

from typing import Any

from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

_render = Compositor.render_update
_parse = Stylesheet._parse_rules
_parsed: dict[object, list[Any]] = {}


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


def _parse_once(self: Stylesheet, css: str, *rest: Any, **named: Any) -> list[Any]:
    key = (css, rest, *named.items(), *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, *rest, **named)
    return _parsed[key]


def share_parsed_styles() -> None:
    """Let all apps of this process use the same rules for the same text and variables; Textual never changes rules."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
