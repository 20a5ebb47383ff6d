"""Text inside Markdown: nothing in it is read as Markdown or HTML."""

from __future__ import annotations

import re

from assistant.text.sanitize import sanitize_text

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$^]|(?<=\w)://|(?<=\bwww)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_LINE_START = re.compile(r"^([#+=:%!-])|^(\d{1,9})([.)])")
_SPACE_AT_EDGES = re.compile(r"^[ \t\xa0]+|[ \t]+$")


def escape_markdown(text: str) -> str:
    """Escape a text of one or more lines, so that Markdown shows it as it is; its lines remain lines."""
    return "\n".join(_escape_line(line) for line in sanitize_text(text).split("\n"))


def escape_inline(text: str) -> str:
    """Escape a piece of a line that does not begin the line."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def escape_line_start(line: str) -> str:
    """Escape what would make a heading, a list or a table of a line."""
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def _escape_line(line: str) -> str:
    line = escape_line_start(escape_inline(line))
    # Four spaces would begin a code block, two at the end would break the line.
    return _SPACE_AT_EDGES.sub(lambda match: "".join(f"&#{ord(space)};" for space in match[0]), line)
