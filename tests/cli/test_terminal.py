"""The program itself under a real terminal: it starts, asks, opens a source, copies, rebuilds, and leaves no trace."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine import Assistant
from tests.conftest import SEEDS, built, configured
from tests.support.terminals import Terminal

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
COLOUR = re.compile(rb"\x1b\[[\d;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])\b[\d;]*m")
ASSISTANT = [sys.executable, "-m", "assistant"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built library over seeds/ and the settings for it."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "config.yaml").write_text(f"articles: {SEEDS}\nindex: index\n", encoding="utf-8")
    built(Assistant(configured(SEEDS, folder / "index")))
    return folder


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    with Terminal(ASSISTANT, cwd=folder) as terminal:
        yield terminal


def test_a_person_asks_opens_a_source_copies_rebuilds_and_quits(terminal: Terminal) -> None:
    terminal.shows("18 articles")
    terminal.press("what did Ushakov say about Europe?\r")
    terminal.shows("Many Europeans", "[1] Yuri Ushakov ─")  # the answer, and the first source open
    terminal.press("\x0e")  # Ctrl+N: the next source
    terminal.shows("[2] Yuri Ushakov ─")
    terminal.press("\t")  # to the answers, where single letters are keys
    terminal.shows("Copy answer")
    terminal.press("y")
    terminal.until(lambda: COPIED.search(terminal.sent), "the answer is copied")
    (copied,) = COPIED.findall(terminal.sent)
    assert "Many Europeans, though not all, dislike them, he said." in base64.b64decode(copied).decode()
    terminal.press("\x12")  # Ctrl+R: update
    terminal.shows("18 unchanged")
    terminal.press("\x11")  # Ctrl+Q
    assert terminal.ended() == 0
    assert terminal.settings_now() == terminal.settings
    assert b"\x1b[?1049l" in terminal.sent  # what was on the screen before is back
    assert b"Traceback" not in terminal.sent


def test_the_settings_are_edited_in_the_users_editor_and_read_again(folder: Path, tmp_path: Path) -> None:
    settings, editor = tmp_path / "config.yaml", tmp_path / "editor"
    settings.write_text(f"articles: {SEEDS}\nindex: {folder / 'index'}\nretrieval:\n  top_k: 20\n", encoding="utf-8")
    editor.write_text('#!/bin/sh\nprintf "EDITING "; read line; sed -i "s/20/$line/" "$1"\n')
    editor.chmod(0o755)
    with Terminal(ASSISTANT, cwd=tmp_path, environment={"EDITOR": str(editor), "VISUAL": ""}) as terminal:
        terminal.shows("18 articles")
        terminal.press("\x1b[15~")  # F5
        terminal.shows("top_k", "Editor")
        terminal.press("e")
        terminal.shows("EDITING")  # the editor has the terminal to itself
        terminal.press("25\r")
        terminal.shows("The file was read again.", "25")
        assert "top_k: 25" in settings.read_text(encoding="utf-8")
        terminal.press("\x11")
        assert terminal.ended() == 0


def test_another_size_of_the_window_is_taken_up(terminal: Terminal) -> None:
    terminal.shows("18 articles")
    for columns, rows in ((60, 24), (160, 48)):
        terminal.resize(columns, rows)
        terminal.until(
            lambda columns=columns: (
                "18 articles" in terminal.text  # type: ignore[misc]
                and any(len(line) > columns - 4 for line in terminal.text.splitlines())
            ),
            f"drawn {columns} wide",
        )
    terminal.press("\x11")
    assert terminal.ended() == 0


def test_without_colour_no_colour_is_sent(folder: Path) -> None:
    with Terminal(ASSISTANT, cwd=folder, environment={"NO_COLOR": "1"}) as terminal:
        terminal.shows("18 articles")
        terminal.press("what did Ushakov say about Europe?\r")
        terminal.shows("Many Europeans", "[1] Yuri Ushakov ─")
        terminal.press("\x11")
        assert terminal.ended() == 0
        colours = {match[0] for match in COLOUR.finditer(bytes(terminal.sent))}
        assert not [colour for colour in colours if not _grey(colour)]


def _grey(sequence: bytes) -> bool:
    """Whether all colours that a sequence sets are shades of grey."""
    values = [int(value) for value in sequence[2:-1].split(b";") if value]
    for place, value in enumerate(values):
        if value in (38, 48) and values[place + 1 : place + 2] == [2]:
            red, green, blue = values[place + 2 : place + 5]
            return red == green == blue
        if value in (38, 48):
            return False
    return not any(30 <= value <= 37 or 40 <= value <= 47 or value >= 90 for value in values)
