"""Style sheets of the interface, parsed once instead of at each start of an app."""

from __future__ import annotations

from typing import Any

from textual.css.stylesheet import Stylesheet

_parse = Stylesheet._parse_rules
_parsed: dict[object, list[Any]] = {}


def _parse_once(self: Stylesheet, css: str, *rest: Any, **named: Any) -> list[Any]:
    key = (css, rest, *named.items(), *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, *rest, **named)
    return _parsed[key]


def share_parsed_styles() -> None:
    """Let all apps of this process use the same rules for the same text and variables; Textual never changes rules."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
