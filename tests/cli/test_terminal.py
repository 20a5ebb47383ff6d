"""End-to-end tests of the program in a pseudo-terminal."""

from __future__ import annotations

import base64
import re
import shutil
import sys
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.tui.launch import HUNG_UP
from tests.conftest import SEEDS
from tests.support.terminals import TIMEOUT_SECONDS, Terminal

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
COLOUR = re.compile(rb"\x1b\[[\d;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])\b[\d;]*m")
ASSISTANT = [sys.executable, "-m", "assistant"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seeds: Assistant) -> Path:
    """A folder with settings and a library over seeds/."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "config.yaml").write_text(f"articles: {SEEDS}\nindex: index\n", encoding="utf-8")
    shutil.copytree(seeds.config.index, folder / "index")
    return folder


def test_session_of_a_user(folder: Path, tmp_path: Path) -> None:
    """A user asks, opens a source, copies, resizes the window, edits the settings, rebuilds and quits."""
    settings, editor = tmp_path / "config.yaml", tmp_path / "editor"
    settings.write_text(
        f"articles: {SEEDS}\nindex: {folder / 'index'}\nanswers:\n  max_sentences: 20\n", encoding="utf-8"
    )
    editor.write_text('#!/bin/sh\nprintf "EDITING "; read line; sed -i "s/: 20$/: $line/" "$1"\n')
    editor.chmod(0o755)
    with Terminal(ASSISTANT, cwd=tmp_path, environment={"EDITOR": str(editor), "VISUAL": ""}) as terminal:
        terminal.wait_for_text("18 articles")
        terminal.press("what did Ushakov say about Europe?\r")
        terminal.wait_for_text("Many Europeans", "[1] Yuri Ushakov · Copy")  # the answer, and the first source open
        terminal.press("\x1b[1;3B")  # Alt+↓: the next source
        terminal.wait_for_text("[2] Yuri Ushakov · Copy")
        terminal.press("\t")  # to the answers, where single letters are commands
        terminal.wait_for_text("Copy answer")
        terminal.press("y")
        terminal.wait_until(lambda: COPIED.search(terminal.sent), "the answer is copied")
        (copied,) = COPIED.findall(terminal.sent)
        assert "Many Europeans, though not all, dislike them, he said." in base64.b64decode(copied).decode()
        for columns, rows in ((60, 24), (160, 48)):
            terminal.resize(columns, rows)
            terminal.wait_until(
                lambda columns=columns: (
                    "18 articles" in terminal.text  # type: ignore[misc]
                    and any(len(line) > columns - 4 for line in terminal.text.splitlines())
                ),
                f"drawn {columns} wide",
            )
        terminal.press("\x1b[15~")  # F5
        terminal.wait_for_text("least score", "Editor")
        terminal.press("e")
        terminal.wait_for_text("EDITING")  # the editor uses the terminal alone
        terminal.press("25\r")
        terminal.wait_for_text("The file was loaded again.", "25")
        assert "max_sentences: 25" in settings.read_text(encoding="utf-8")
        terminal.press("\x1b")
        terminal.wait_for_text("Many Europeans")
        terminal.press("\x12")  # Ctrl+R: update
        terminal.wait_for_text("18 unchanged")
        terminal.press("\x11")  # Ctrl+Q
        assert terminal.wait_for_exit() == 0
        assert terminal.read_tty_settings() == terminal.settings
        assert b"\x1b[?1049l" in terminal.sent  # the screen is as before the start
        assert b"Traceback" not in terminal.sent


@pytest.mark.campaign
def test_no_color_sends_only_gray(folder: Path) -> None:
    """With NO_COLOR set no color except gray is sent."""
    with Terminal(ASSISTANT, cwd=folder, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for_text("18 articles")
        terminal.press("what did Ushakov say about Europe?\r")
        terminal.wait_for_text("Many Europeans", "[1] Yuri Ushakov · Copy")
        terminal.press("\x11")
        assert terminal.wait_for_exit() == 0
        colours = {match[0] for match in COLOUR.finditer(bytes(terminal.sent))}
        assert not [colour for colour in colours if not _is_grey(colour)]


def _is_grey(sequence: bytes) -> bool:
    """Whether all colors that an escape sequence sets are shades of gray."""
    values = [int(value) for value in sequence[2:-1].split(b";") if value]
    for place, value in enumerate(values):
        if value in (38, 48) and values[place + 1 : place + 2] == [2]:
            red, green, blue = values[place + 2 : place + 5]
            return red == green == blue
        if value in (38, 48):
            return False
    return not any(30 <= value <= 37 or 40 <= value <= 47 or value >= 90 for value in values)


def test_interface_ends_with_its_terminal(folder: Path) -> None:
    """Also where no signal tells that the terminal is gone: the program has none that controls it."""
    with Terminal(ASSISTANT, cwd=folder) as terminal:
        terminal.wait_for_text("18 articles")
        terminal.hang_up()
        assert terminal.process.wait(TIMEOUT_SECONDS) == HUNG_UP
