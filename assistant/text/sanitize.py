"""Makes text from articles, questions and models safe for a terminal: no character in it acts as a command.

Control characters and bidirectional overrides are replaced by visible symbols."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from assistant.text.layout.joining import join_divisions

UNSAFE_ABOVE_C0 = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff"
"""For a character class: DEL, C1 controls, bidirectional marks, embeddings, overrides and isolates, line and paragraph
separators, zero-width no-break space, tags, lone surrogates."""

_UNSAFE_CHARACTERS = re.compile(f"[\x00-\x08\x0b-\x1f{UNSAFE_ABOVE_C0}]")  # C0 controls except tab and newline too
# Combining marks, including invisible ones. No language stacks many of them on one letter. A long run covers the lines
# around it, or hides a message.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_STACKED_MARKS = re.compile(f"([{_COMBINING_MARKS}]{{8}})([{_COMBINING_MARKS}]+)")


def sanitize_text(text: str) -> str:
    """`text` with every character that a terminal could interpret replaced by a visible symbol.

    Newlines (Windows newlines become "\\n") and tabs are kept. The result contains no escape character.
    """
    shown = _UNSAFE_CHARACTERS.sub(_replace_with_symbol, text.replace("\r\n", "\n"))
    return shown if shown.isascii() else _STACKED_MARKS.sub(lambda run: f"{run[1]}⟨+{len(run[2])}⟩", shown)


def sanitize_line(text: str) -> str:
    """`sanitize_text` on one line, with single spaces and none at the ends; words divided at a line end are whole."""
    return " ".join(sanitize_text(join_divisions(text)).split())


def sanitize_fragment(text: str) -> str:
    """`sanitize_line` for a part of a line: a space at either end is kept."""
    return re.sub(r"\s+", " ", sanitize_text(text))


def shorten_line(text: str, width: int) -> str:
    """`sanitize_line`, cut to at most `width` characters; a cut is marked with an ellipsis."""
    line = sanitize_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def format_url(url: str) -> str:
    """A link in full. If it looks like a link to another host, its real host is added.

    Letters of other scripts can look like those of a known host, and a user name before "@" can look like the host.
    """
    shown = sanitize_line(url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        known = host.encode("idna").decode("ascii")
    except ValueError:  # includes UnicodeError
        return f"{shown} (leads nowhere)"
    return f"{shown} (leads to {sanitize_text(known)})" if known != host or parts.username is not None else shown


def _replace_with_symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ to ␟
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
