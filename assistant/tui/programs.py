"""External programs: for the clipboard, for opening originals, and for editing. Knows remote terminals."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.system.threads import start_thread

PATIENCE = 3.0  # seconds that a program may take to copy
EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad.exe")  # tried in this order if the user has set none
_HTTP = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def is_remote(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is on another machine."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


# ------------------------------------------------------------------------------------------- clipboard


@dataclass(frozen=True, slots=True)
class ClipboardProgram:
    """A program that puts its input on the clipboard, and the encoding that it expects."""

    command: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """The name of the program, without its folder."""
        return Path(self.command[0]).name


def find_clipboard_program(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform, search: str | None = None
) -> ClipboardProgram | None:
    """The program for the clipboard of this machine's display; `search` is the PATH to look in.

    None over SSH unless the display is forwarded: the user does not see the clipboard of the remote machine.
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
        path = shutil.which(candidate.command[0], path=search)
        if path:
            return ClipboardProgram((path, *candidate.command[1:]), candidate.encoding)
    return None


def copy_with(program: ClipboardProgram, text: str) -> bool:
    """Copy `text` with a program; returns whether it succeeded. Takes up to PATIENCE: call it in a worker."""
    data = text.encode(program.encoding, "replace")
    try:
        result = subprocess.run(
            program.command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


# ------------------------------------------------------------------------------------------- originals


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether the user would see a window that this machine opens."""
    if is_remote(environment):
        return False
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def find_viewer(platform: str = sys.platform, search: str | None = None) -> str | None:
    """The program that opens a file or an address with the desktop's default application."""
    return shutil.which({"darwin": "open", "win32": "explorer"}.get(platform, "xdg-open"), path=search)


def is_web_address(address: str | None) -> bool:
    """Whether this is an http or https address, which may be given to a browser."""
    return bool(_HTTP.match(address or ""))


def open_with(program: str, target: str) -> bool:
    """Start a program on a file or an address; returns whether it has started.

    It keeps running after this process ends, and its output is discarded.
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
    with contextlib.suppress(MemoryError):
        start_thread(threading.Thread(target=process.wait, daemon=True))  # else it would remain as a zombie process
    return True


# --------------------------------------------------------------------------------------------- editing


def find_editor() -> list[str] | None:
    """The command of the user's editor: from $VISUAL or $EDITOR, else the first of EDITORS that is installed."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if command:
        return shlex.split(command, posix=os.name != "nt")  # else a path would lose its backslashes
    path = next(filter(None, map(shutil.which, EDITORS)), None)
    return [path] if path else None
