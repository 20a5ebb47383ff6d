"""The one way from article text, names, questions and models to a terminal: nothing in them is obeyed.

Control characters and bidirectional overrides are shown as symbols instead of being sent."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# C0 and C1 controls but tab and newline, DEL, bidirectional marks, embeddings, overrides and isolates, line
# and paragraph separators, zero-width no-break space, tags, half surrogates.
_UNSAFE_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
# Marks that are set over, under or behind the letter before them, also invisibly: no language piles up so many, and
# a flood of them covers the lines around it or hides a message.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_STACKED_MARKS = re.compile(f"([{_COMBINING_MARKS}]{{8}})([{_COMBINING_MARKS}]+)")


def sanitize_text(text: str) -> str:
    """`text` with everything that a terminal could obey replaced by something to see.

    Newlines, those of Windows too, and tabs stay. The result never holds an escape character.
    """
    shown = _UNSAFE_CHARACTERS.sub(_replace_with_symbol, text.replace("\r\n", "\n"))
    return shown if shown.isascii() else _STACKED_MARKS.sub(lambda run: f"{run[1]}⟨+{len(run[2])}⟩", shown)


def sanitize_line(text: str) -> str:
    """`sanitize_text`, on a single line with single spaces."""
    return " ".join(sanitize_text(text).split())


def sanitize_fragment(text: str) -> str:
    """A piece of a line: `sanitize_line`, keeping a space at either end."""
    return re.sub(r"\s+", " ", sanitize_text(text))


def shorten_line(text: str, width: int) -> str:
    """`sanitize_line`, cut at `width` characters with an ellipsis."""
    line = sanitize_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def format_url(url: str) -> str:
    """A link in full; where it leads elsewhere than it looks, the host that it leads to stands after it.

    That is so with letters of other scripts, which can look like those of a known host, and with a name before an @.
    """
    shown = sanitize_line(url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        known = host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return f"{shown} (leads nowhere)"
    return f"{shown} (leads to {sanitize_text(known)})" if known != host or parts.username is not None else shown


def _replace_with_symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ to ␟
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
