"""Taking text to the clipboard and originals to whatever opens them, here or over a remote terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 3.0  # seconds that a program may take for a copy
_HTTP = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClipboardProgram:
    """A program that puts its input on the clipboard, and the encoding that it wants."""

    command: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        return Path(self.command[0]).name


def is_remote(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is somewhere else than this machine."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def find_clipboard_program(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform, search: str | None = None
) -> ClipboardProgram | None:
    """The program by which the clipboard of this machine's screen is reached; `search` is the PATH to look in.

    None over ssh unless a display comes along: the clipboard of another machine is of no use.
    """
    candidates: list[ClipboardProgram] = []
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(ClipboardProgram(("wl-copy",)))
    if environment.get("DISPLAY"):
        candidates += [
            ClipboardProgram(("xclip", "-selection", "clipboard")),
            ClipboardProgram(("xsel", "--clipboard", "--input")),
        ]
    if not is_remote(environment):
        candidates += [ClipboardProgram(("pbcopy",))] if platform == "darwin" else []
        candidates.append(ClipboardProgram(("clip.exe",), "utf-16-le"))
    for candidate in candidates:
        found = shutil.which(candidate.command[0], path=search)
        if found:
            return ClipboardProgram((found, *candidate.command[1:]), candidate.encoding)
    return None


def copy_with(program: ClipboardProgram, text: str) -> bool:
    """Give `text` to a program; whether it took it. For workers: it may take PATIENCE."""
    data = text.encode(program.encoding, "replace")
    try:
        done = subprocess.run(
            program.command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window opened by this machine would be seen by whoever sits at the terminal."""
    if is_remote(environment):
        return False
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def find_viewer(platform: str = sys.platform, search: str | None = None) -> str | None:
    """The program that opens a file as the desktop would."""
    return shutil.which("open" if platform == "darwin" else "xdg-open", path=search)


def is_web_address(address: str | None) -> bool:
    """Whether a browser may be sent there."""
    return bool(_HTTP.match(address or ""))


def open_with(program: str, target: str) -> bool:
    """Start a program on a file or an address; it outlives this one and writes nothing over its screen.

    Whether it could be started.
    """
    try:
        process = subprocess.Popen(
            [program, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay in the list of processes
    return True
