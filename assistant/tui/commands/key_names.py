"""How keys are written, the same everywhere: Ctrl+R, F4, Esc, ↑."""

from __future__ import annotations

import re

from textual.content import Content
from textual.keys import format_key

BETWEEN_KEYS = " · "

_MODIFIERS = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt", "super": "Super", "meta": "Meta"}
_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "return": "Enter",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "backspace": "Backspace",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def write_key(key: str) -> str:
    """A key of Textual as it is labelled on a keyboard: "ctrl+r" is "Ctrl+R", "question_mark" is "?"."""
    *modifiers, name = key.split("+") if key != "+" else [key]
    if name in _NAMES:
        written = _NAMES[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        written = name.upper()
    else:
        written = format_key(name)
        if modifiers:
            written = written.upper()
    return "+".join([*(_MODIFIERS.get(modifier, modifier) for modifier in modifiers), written])


def link_keys(line: str) -> Content:
    """The foot of a dialog, "Type to search · Enter selects · Esc closes": a click on a part presses its key.

    A part without a key of its own, as "Type to search" or "↑↓ scroll", is only text.
    """
    return Content(BETWEEN_KEYS).join(map(_link_key, line.split(BETWEEN_KEYS)))


def _link_key(part: str) -> Content:
    name = part.partition(" ")[0]
    if re.fullmatch(r"Enter|Esc|F\d+|Ctrl\+[A-Z]|[a-z]", name) is None:
        return Content(part)
    key = {"Enter": "enter", "Esc": "escape"}.get(name, name.lower())
    return Content.styled(part, f"@click=app.press('{key}')")
