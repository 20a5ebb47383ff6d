"""The one way from article text, names, questions and models to a terminal: nothing in them is obeyed.

Control characters and bidirectional overrides are shown as symbols instead of being sent."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

# C0 and C1 controls but tab and newline, DEL, bidirectional marks, embeddings, overrides and isolates, line
# and paragraph separators, zero-width no-break space, tags, half surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` with everything that a terminal could obey replaced by something to see.

    Newlines, those of Windows too, and tabs stay. The result never holds an escape character.
    """
    return _UNSAFE.sub(_picture, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`visible`, on a single line with single spaces."""
    return " ".join(visible(text).split())


def spaced(text: str) -> str:
    """A piece of a line: `one_line`, keeping a space at either end."""
    return re.sub(r"\s+", " ", visible(text))


def shortened(text: str, width: int) -> str:
    """`one_line`, cut at `width` characters with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def short_path(path: str | PurePath) -> str:
    """A path as people write it: from the current folder on, or from their home."""
    for folder, name in ((Path.cwd(), ""), (Path.home(), "~/")):
        if folder != Path("/") and Path(path).is_relative_to(folder):
            inner = Path(path).relative_to(folder)
            return f"{name}{inner}" if inner.parts else name.rstrip("/") or "."
    return str(path)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ to ␟
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
