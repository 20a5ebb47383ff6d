"""Makes text from articles, questions and models safe for a terminal: no character in it acts as a command.

Control characters and bidirectional overrides are replaced by visible symbols, and so are invisible characters that do
more than their script needs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from assistant.text.layout.joining import join_divisions

UNSAFE_ABOVE_C0 = (
    "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    "\ud800-\udfff"
)
"""For a character class: DEL, C1 controls, bidirectional marks, embeddings, overrides and isolates, line and paragraph
separators, zero-width no-break space, what is no character (two of them end XML), tags, lone surrogates."""

_UNSAFE_CHARACTERS = re.compile(f"[\x00-\x08\x0b-\x1f{UNSAFE_ABOVE_C0}]")  # C0 controls except tab and newline too
# Combining marks, including invisible ones. No language stacks many of them on one letter. A long run covers the lines
# around it, or hides a message.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_STACKED_MARKS = re.compile(f"([{_COMBINING_MARKS}]{{8}})([{_COMBINING_MARKS}]+)")

INVISIBLE_CHARACTERS = (
    "\xad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
"""For a character class: what shows nothing or only a space, though it is no white space (fillers, joiners)."""

_INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]+")
MAX_INVISIBLE = 8  # characters in one text that are left out without a sign
_EMOJI = "\u200d\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
# A character that a script needs, and what stands before it there. Elsewhere the same character says nothing.
_NEEDED = re.compile(
    f"[{_EMOJI}\u0590-\u109f\u1780-\u17ff\u1a20-\u1aaf\ua840-\uabff][\u200c\u200d]|"  # joins or parts letters
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\u200b|"  # parts words
    "[\u1800-\u18af][\u180b-\u180f\u200c\u200d]|[\u1100-\u11ff][\u115f\u1160]|[\u2800-\u28ff]\u2800"
)


def sanitize_text(text: str) -> str:
    """`text` with every character that a terminal could interpret replaced by a visible symbol.

    Newlines (Windows newlines become "\\n") and tabs are kept. The result contains no escape character. An invisible
    character that its script does not need is left out; several in a row are counted, and more than `MAX_INVISIBLE` in
    a text are shown.
    """
    shown = _UNSAFE_CHARACTERS.sub(_replace_with_symbol, text.replace("\r\n", "\n"))
    if shown.isascii():
        return shown
    if _INVISIBLE.search(shown):
        shown = _replace_invisible(shown)
    return _STACKED_MARKS.sub(lambda run: f"{run[1]}⟨+{len(run[2])}⟩", shown)


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


def _replace_invisible(text: str) -> str:
    idle = [run for run in _INVISIBLE.finditer(text) if not _is_needed(run)]
    is_flood = sum(len(run[0]) == 1 and run[0] != "\xad" for run in idle) > MAX_INVISIBLE
    parts, end = [], 0
    for run in idle:
        length = len(run[0])
        symbol = f"⟨+{length}⟩" if length > 1 else _replace_with_symbol(run) if is_flood and run[0] != "\xad" else ""
        parts += [text[end : run.start()], symbol]
        end = run.end()
    return "".join([*parts, text[end:]])


def _is_needed(run: re.Match[str]) -> bool:
    return len(run[0]) == 1 and _NEEDED.match(run.string, run.start() - 1) is not None if run.start() else False


def _replace_with_symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ to ␟
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
