"""Commands by key and by name: how keys are written, what the palette finds, which letters are text."""

from __future__ import annotations

import pytest
from textual.dom import DOMNode

from assistant.tui.commands.key_names import write_key
from assistant.tui.commands.letters import Kind, LetterGuard, Verdict
from assistant.tui.commands.palette import find_commands, order_commands, score_command
from assistant.tui.commands.synonyms import SYNONYMS, list_synonyms
from assistant.tui.keys import PaletteCommand
from assistant.tui.rendering.titles import mark_title


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("ctrl+r", "Ctrl+R"),
        ("f4", "F4"),
        ("escape", "Esc"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("y", "y"),
        ("alt+down", "Alt+↓"),
        ("shift+enter", "Shift+Enter"),
        ("less_than_sign", "<"),
        ("+", "+"),
    ],
)
def test_keys_are_written_in_one_way(key: str, written: str) -> None:
    """As they are labelled on a keyboard."""
    assert write_key(key) == written


# ---------------------------------------------------------------------------------------------------------- letters

ACTS = frozenset("yqcoz")
MOVES = frozenset("npjk0123456789")


def press(guard: LetterGuard, letters: str, *, pause: float = 0.1, start: float = 100.0) -> list[Verdict]:
    """The verdicts on letters that follow each other after `pause` seconds."""
    kinds = {**dict.fromkeys(ACTS, Kind.ACT), **dict.fromkeys(MOVES, Kind.MOVE)}
    return [guard.judge(one, kinds.get(one, Kind.TEXT), start + place * pause) for place, one in enumerate(letters)]


@pytest.mark.parametrize("word", ["quote", "what", "open", "copy", "now", "12 people", "yes", "zoom", "nobody"])
def test_a_word_is_typed_whole(word: str) -> None:
    """Whichever letters it begins with, the word arrives, and nothing outside is touched."""
    typed = ""
    for verdict in press(LetterGuard(), word):
        if typed and not verdict.text:
            break
        typed += verdict.text
        if typed:
            break
    assert word.startswith(typed)
    assert typed
    first_act = next((place for place, one in enumerate(word[: len(typed)]) if one in ACTS), None)
    assert first_act is None or press(LetterGuard(), word)[first_act] != Verdict() or first_act > 0


def test_a_letter_alone_is_a_command() -> None:
    """What copies or opens waits whether a word follows; what moves runs at once, also many times in a row."""
    assert press(LetterGuard(), "q") == [Verdict(waits=True)]
    assert press(LetterGuard(), "nnpp") == [Verdict()] * 4
    assert press(LetterGuard(), "12") == [Verdict()] * 2
    assert press(LetterGuard(), "qy", pause=1.0) == [Verdict(waits=True)] * 2


def test_letters_in_a_row_are_text() -> None:
    """Two letters that would copy and open are no commands if they follow each other fast."""
    assert press(LetterGuard(), "qo") == [Verdict(waits=True), Verdict("qo")]
    assert press(LetterGuard(), "no") == [Verdict(), Verdict("no")]
    guard = LetterGuard()
    guard.judge("q", Kind.ACT, 1.0)
    guard.forget()
    assert guard.judge("x", Kind.TEXT, 1.1) == Verdict("x")


# ---------------------------------------------------------------------------------------------------------- palette

NODE = DOMNode()
COMMANDS = [
    PaletteCommand("To dossier", "Keep the open source's quotation", "keep_quote", NODE, "d"),
    PaletteCommand("Export", "Save the answer or the conversation as a file", "export", NODE, "Ctrl+S"),
    PaletteCommand("Library", "Browse articles, speakers and stories; search the full text", "library", NODE, "F3"),
    PaletteCommand("Conversations", "Find and resume an earlier conversation", "conversations", NODE, "F2"),
    PaletteCommand("Quit", "Quit; conversations are saved", "quit", NODE, "Ctrl+Q"),
    PaletteCommand("Zoom", "This pane alone, and back", "zoom", NODE, "z"),
    PaletteCommand("Screenshot", "Save a picture of the screen (SVG)", "screenshot", NODE),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("export", "Export"),
        ("save", "Export"),
        ("download", "Export"),
        ("library", "Library"),
        ("quit", "Quit"),
        ("exit", "Quit"),
        ("history", "Conversations"),
        ("rename", "Conversations"),
        ("zoom", "Zoom"),
        ("fullscreen", "Zoom"),
        ("screensh", "Screenshot"),
        ("speakers", "Library"),
        ("save answer", "Export"),
    ],
)
def test_palette_finds_what_people_call_it(typed: str, first: str) -> None:
    """By the name on the key bar, by another name, by its explanation."""
    assert find_commands(COMMANDS, typed)[0].command.title == first


def test_palette_finds_nothing_for_nonsense() -> None:
    """A word that belongs to no command matches none, and its name comes before other words."""
    assert find_commands(COMMANDS, "xyzzy") == []
    export = COMMANDS[1]
    assert score_command(export, "export") > score_command(export, "save") > score_command(export, "download") > 0
    assert list_synonyms("app.export") == SYNONYMS["export"].split()
    assert list_synonyms("share(-1)")
    assert list_synonyms("unknown") == []


def test_palette_begins_with_the_other_screens() -> None:
    """Before anything is typed: a narrow key bar leaves their keys out, and a mouse types nothing."""
    assert [one.title for one in order_commands(COMMANDS)] == [
        *("Library", "Conversations"),
        *("To dossier", "Export", "Quit", "Zoom", "Screenshot"),
    ]


def test_pane_with_the_focus_is_marked_without_colour() -> None:
    """Its title has a sign."""
    assert mark_title("Sources", has_focus=True).plain == "▸ Sources"
    assert mark_title("Sources", has_focus=False).plain == "Sources"
