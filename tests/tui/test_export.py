"""Tests of exporting, copying and opening originals, with small programs on the PATH in place of real ones."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, RadioSet

from assistant.answers.verification import read_saved_answers, verify_answer
from assistant.engine import Assistant
from assistant.tui import programs
from assistant.tui.app import AssistantApp
from assistant.tui.commands.letters import BURST
from assistant.tui.dialogs.export import ExportScreen
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.conversations import ConversationsScreen
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.support.actions import (
    all_answered,
    ask_question,
    collapse_spaces,
    find_prompt,
    is_citation_open,
    submit_question,
)
from tests.support.backends import Gate, GatedAssistant
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until

HOMES = "how many homes were evacuated?"
USHAKOV = "what did Ushakov say about Europe?"
FORMATS = ["markdown", "html", "json", "docx", "bibtex", "csl-json", "ris"]
Put = Callable[[str, str], Path]


@pytest.fixture
def app(seeds: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AssistantApp:
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    return AssistantApp(lambda: seeds)


@pytest.fixture
def install_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Install a shell script as a program on the PATH, which contains no other programs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install_program(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return install_program


async def open_export_dialog(
    pilot: Pilot[None], what: int | None = 0, form: str = "markdown", name: str | None = None
) -> Input:
    """Open the dialog and make these choices; returns the input for the file name."""
    if not isinstance(pilot.app.screen, ExportScreen):
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
    screen = pilot.app.screen
    for place, group in ((what, "#export-what"), (FORMATS.index(form), "#export-format")):
        if place is not None:
            list(screen.query_one(group, RadioSet).query("RadioButton").results())[place].value = True  # type: ignore[attr-defined]
    await pilot.pause()
    path = screen.query_one("#export-path", Input)
    if name is not None:
        path.value = name
    return path


def list_notices(pilot: Pilot[None]) -> list[str]:
    assert isinstance(pilot.app, AssistantApp)
    return [f"{notice.title}: {notice.message}" for notice in pilot.app.notices]


def is_ask_screen(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, AskScreen)


# ------------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize("size", [(60, 24), *in_campaign(((160, 48),))])
async def test_export_saved_with_default_name(app: AssistantApp, tmp_path: Path, size: tuple[int, int]) -> None:
    """The answer is saved in the current folder under a name made from the question."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await ask_question(pilot, HOMES)
        path = await open_export_dialog(pilot)
        assert path.value.startswith(str(tmp_path / "how-many-homes-were-evacuated-"))
        shown = screen_text(app)
        assert "●  This answer" in shown
        assert "○  The whole conversation" in shown
        assert "●  Markdown" in shown
        assert shown.count("○") == 7
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_ask_screen(pilot))
        saved = Path(path.value)
        assert saved.read_text(encoding="utf-8").startswith(f"# {HOMES}\n")
        assert f"Saved: {saved}" in list_notices(pilot)
        assert app.focused is find_prompt(pilot)


async def test_export_json_conversation_verifiable(app: AssistantApp, seeds: Assistant) -> None:
    """The full conversation as JSON is accepted by verify."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        await ask_question(pilot, USHAKOV, exchanges=2)
        path = await open_export_dialog(pilot, what=1, form="json")
        assert path.value.endswith(".json")
        await pilot.click("#export-save")
        await wait_until(pilot, lambda: is_ask_screen(pilot))
    answers = list(read_saved_answers(Path(path.value).read_text(encoding="utf-8")))
    assert [answer["question"] for answer in answers] == [HOMES, USHAKOV]
    with seeds.open_library() as library:
        assert not [check for answer in answers for check in verify_answer(answer, library) if check.fault]


@pytest.mark.campaign
async def test_export_name_follows_format_until_edited(app: AssistantApp) -> None:
    """The file name follows the format until the user edits it."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        for form, suffix in (("html", ".html"), ("bibtex", ".bib"), ("csl-json", ".csl.json")):
            assert (await open_export_dialog(pilot, form=form)).value.endswith(suffix)
        assert (await open_export_dialog(pilot, form="csl-json", name="mine.txt")).value == "mine.txt"
        assert (await open_export_dialog(pilot, form="html")).value == "mine.txt"


async def test_export_overwrite_needs_confirmation(app: AssistantApp, tmp_path: Path) -> None:
    """Another file is overwritten only after confirmation."""
    mine = tmp_path / "mine.md"
    mine.write_text("not to be lost")
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        await open_export_dialog(pilot, name="mine.md")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "mine.md already exists" in screen_text(app))
        assert str(app.screen.query_one("#export-save", Button).label) == "Replace it"
        await open_export_dialog(pilot, name="other.md")  # another name needs a confirmation of its own
        await open_export_dialog(pilot, name="mine.md")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "mine.md already exists" in screen_text(app))
        assert mine.read_text() == "not to be lost"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_ask_screen(pilot))
    assert mine.read_text(encoding="utf-8").startswith(f"# {HOMES}")


WRITE_ERRORS = {"": "Enter a file name.", "nowhere/mine.md": "There is no folder", "x" * 300: "cannot be written"}


async def test_export_write_error_keeps_content(app: AssistantApp, tmp_path: Path) -> None:
    """A write error is reported and nothing is lost. Given a folder, the file is saved there under its default name."""
    (tmp_path / "folder").mkdir()
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        for name, said in WRITE_ERRORS.items():
            path = await open_export_dialog(pilot, name=name)
            await pilot.press("ctrl+s")
            await wait_until(pilot, lambda said=said: said in collapse_spaces(screen_text(app)))  # type: ignore[misc]
            assert path.value == name
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 1))
        await open_export_dialog(pilot, form="bibtex", name="folder")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_ask_screen(pilot))
    (saved,) = (tmp_path / "folder").iterdir()
    assert saved.suffix == ".bib"


@pytest.mark.campaign
async def test_export_saved_conversation_not_resumed(app: AssistantApp) -> None:
    """A saved conversation is exported without resuming it."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        await wait_until(pilot, lambda: not app.ask_screen.autosave._unsaved)
        await pilot.press("f2")
        await wait_until(
            pilot, lambda: isinstance(app.screen, ConversationsScreen) and "1 question" in screen_text(app)
        )
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        path = await open_export_dialog(pilot, what=None, form="csl-json")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ConversationsScreen))
    assert len(json.loads(Path(path.value).read_text(encoding="utf-8"))) == 3


async def test_export_needs_an_answer(app: AssistantApp) -> None:
    """There is nothing to export before the first answer."""
    async with app.run_test(size=(160, 36)) as pilot:
        await wait_until(pilot, lambda: "18 articles" in screen_text(app))
        assert "Ctrl+S Export" not in screen_text(app)
        await pilot.press("ctrl+s")
        assert is_ask_screen(pilot)


# ------------------------------------------------------------------------- keys pressed before the answer


@pytest.fixture
def gated(app: AssistantApp, seeds: Assistant, gate: Gate) -> GatedAssistant:
    return GatedAssistant(seeds, gate)


async def wait_for_search(pilot: Pilot[None], gated: GatedAssistant, question: str) -> None:
    """Ask, and wait until the search is in progress."""
    await submit_question(pilot, question)
    await wait_until(pilot, lambda: question in gated.asked_questions and "Searching…" in screen_text(pilot.app))


async def test_export_waits_for_answer(gated: GatedAssistant) -> None:
    """Ctrl+S before the answer is complete says so, and opens the dialog with the answer when it is."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(160, 36), notifications=True) as pilot:
        await wait_for_search(pilot, gated, HOMES)
        assert "Ctrl+S Export" in screen_text(app)
        await pilot.press("ctrl+s")
        await wait_until(
            pilot, lambda: any("The export opens when the answer is complete." in line for line in list_notices(pilot))
        )
        assert is_ask_screen(pilot)
        gated.release()
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        assert f"This answer  {HOMES}" in screen_text(app)


@pytest.mark.campaign
async def test_export_waits_for_newest_answer(gated: GatedAssistant) -> None:
    """Ctrl+S during the second answer exports the second answer, not the first."""
    gated.answer_gate.set()
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        gated.answer_gate.clear()
        await wait_for_search(pilot, gated, USHAKOV)
        await pilot.press("ctrl+s")
        gated.release()
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        assert f"This answer  {USHAKOV}" in screen_text(app)
        assert "The whole conversation (2 questions)" in screen_text(app)


@pytest.mark.campaign
@pytest.mark.parametrize("key", ["escape", *in_campaign("ctrl+l")])
async def test_export_forgotten_with_question(gated: GatedAssistant, key: str) -> None:
    """If the question is cancelled, the export that waits for its answer is cancelled too."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_for_search(pilot, gated, HOMES)
        await pilot.press("ctrl+s", key)
        gated.release()
        await wait_until(pilot, lambda: gated.ask_finished.is_set() and all_answered(pilot, 0))
        await ask_question(pilot, USHAKOV)
        assert is_ask_screen(pilot)


@pytest.mark.campaign
async def test_export_opens_one_dialog(app: AssistantApp) -> None:
    """Ctrl+S pressed twice at once opens one dialog."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        app.ask_screen.export()
        app.ask_screen.export()
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_ask_screen(pilot))


@pytest.mark.parametrize(
    ("key", "notice"),
    [
        ("y", "The answer is copied when it is complete."),
        *in_campaign(
            ("q", "The first quote is copied when the answer is complete."),
            ("c", "The first citation is copied when the answer is complete."),
        ),
    ],
)
async def test_copy_waits_for_answer(gated: GatedAssistant, seeds: Assistant, key: str, notice: str) -> None:
    """A key for copying that is pressed before the answer is complete copies when it is."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await wait_for_search(pilot, gated, USHAKOV)
        app.query_one(ConversationView).focus()
        await pilot.press(key)
        await wait_until(pilot, lambda: any(notice in line for line in list_notices(pilot)))
        assert not app.clipboard
        gated.release()
        await wait_until(pilot, lambda: app.clipboard)
        first = app.query_one(SourcesPane).citations[0]
        expected = {"y": USHAKOV, "q": f"{first.quote}\n— Yuri Ushakov", "c": f"{first.author}, “{first.title}”"}
        assert app.clipboard.startswith(expected[key])


@pytest.mark.campaign
async def test_zoom_waits_for_answer(gated: GatedAssistant) -> None:
    """The key for the full width, pressed before there is a source, works when there is one."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_for_search(pilot, gated, USHAKOV)
        app.query_one(ConversationView).focus()
        await pilot.press("z")
        assert not app.query_one(Panes).zoomed
        gated.release()
        await wait_until(pilot, lambda: app.query_one(Panes).zoomed)
        await pilot.press("z")
        await wait_until(pilot, lambda: not app.query_one(Panes).zoomed)


# ------------------------------------------------------------------------------------------- the clipboard


async def test_copy_answer_quote_citation_by_key(app: AssistantApp, install_program: Put) -> None:
    """Keys copy the answer, the quote and the citation."""
    async with app.run_test(size=(140, 36), notifications=True) as pilot:
        await ask_question(pilot, USHAKOV)
        first, second = app.query_one(SourcesPane).citations[:2]
        await wait_until(pilot, lambda: is_citation_open(pilot, first))
        await pilot.press("y")
        assert find_prompt(pilot).value == "y"  # in the prompt, the key types a letter
        app.query_one(ConversationView).focus()
        await pilot.press("y")
        await wait_until(pilot, lambda: app.clipboard.startswith(USHAKOV))
        assert f"[2] {second.author}" in app.clipboard
        app.query_one("#citations").focus()
        await pilot.pause(BURST * 1.2)  # or it is typing
        await pilot.press("q")
        await wait_until(pilot, lambda: app.clipboard.startswith(f"{first.quote}\n— Yuri Ushakov, "))
        await pilot.pause(BURST * 1.2)  # or it is typing
        await pilot.press("c")
        await wait_until(pilot, lambda: app.clipboard.startswith(f"{first.author}, “{first.title}”"))
        await pilot.pause(BURST * 1.2)  # or it is typing
        await pilot.press("n")
        await wait_until(pilot, lambda: is_citation_open(pilot, second))
        await pilot.pause(BURST * 1.2)  # or it is typing
        await pilot.press("q")
        await wait_until(pilot, lambda: app.clipboard.startswith(second.quote))
        await wait_until(pilot, lambda: any("Copied quote [2]" in line for line in list_notices(pilot)))
        assert "through the terminal (OSC 52)" in list_notices(pilot)[-1]


async def test_copy_uses_clipboard_program(
    app: AssistantApp, install_program: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program with access to the clipboard gets the text and is named."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(programs, "PATIENCE", 120)  # on a busy machine
    install_program("wl-copy", f"/bin/cat > '{tmp_path}/clipboard'")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, HOMES)
        app.ask_screen.action_copy_answer()
        await wait_until(pilot, lambda: any("with wl-copy" in line for line in list_notices(pilot)))
    assert (tmp_path / "clipboard").read_text(encoding="utf-8") == app.clipboard


@pytest.mark.campaign
async def test_copy_falls_back_to_terminal(
    app: AssistantApp, install_program: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the clipboard program fails the terminal gets the text."""
    monkeypatch.setenv("DISPLAY", ":0")
    install_program("xclip", "exit 1")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, HOMES)
        app.ask_screen.action_copy_answer()
        await wait_until(pilot, lambda: any("through the terminal" in line for line in list_notices(pilot)))


async def test_copy_by_terminal(app: AssistantApp, install_program: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal gets the text to be copied."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, HOMES)
        written: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        app.ask_screen.action_copy_citation()
        (sequence,) = [text for text in written if "]52;" in text]
        assert base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\a")).decode() == app.clipboard


@pytest.mark.parametrize(
    ("environment", "platform", "installed", "chosen"),
    [
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", "wl-copy xclip", "wl-copy"),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", "xsel", "xsel"),
        ({"DISPLAY": ":0"}, "linux", "wl-copy xclip xsel", "xclip"),
        ({}, "linux", "wl-copy xclip xsel", None),
        ({}, "linux", "clip.exe", "clip.exe"),
        ({}, "darwin", "pbcopy", "pbcopy"),
        ({}, "linux", "pbcopy", None),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", "pbcopy", None),
        ({"SSH_CONNECTION": "…", "DISPLAY": ":10"}, "linux", "xclip", "xclip"),
        ({"DISPLAY": ":0"}, "linux", "", None),
    ],
)
def test_copy_program_for_visible_clipboard(
    install_program: Put, environment: dict[str, str], platform: str, installed: str, chosen: str | None
) -> None:
    """The chosen program writes to the clipboard that the user sees."""
    folders = {str(install_program(name, "exit 0").parent) for name in installed.split()}
    program = programs.find_clipboard_program(environment, platform, "".join(folders) or "/nonexistent")
    assert (program.name if program else None) == chosen


def test_copy_program_times_out(install_program: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clipboard program that hangs is given up."""
    monkeypatch.setattr(programs, "PATIENCE", 0.1)
    assert not programs.copy_with(
        programs.ClipboardProgram((str(install_program("xclip", "exec /bin/sleep 60")),)), "text"
    )
    assert not programs.copy_with(programs.ClipboardProgram(("/nonexistent/xclip",)), "text")


# ------------------------------------------------------------------------------------------- the original


async def open_original(pilot: Pilot[None], question: str) -> Any:
    """Ask, and press the key that opens the original of the first source; returns the citation."""
    await ask_question(pilot, question)
    cited = pilot.app.query_one(SourcesPane).citations[0]
    await wait_until(pilot, lambda: is_citation_open(pilot, cited))
    pilot.app.query_one("#citations").focus()
    await pilot.press("o")
    await wait_until(pilot, lambda: list_notices(pilot))
    return cited


async def test_original_opens_in_browser_or_file(
    app: AssistantApp, install_program: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Assistant
) -> None:
    """The original opens in the browser or as a file."""
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("xdg-open", "open"):
        install_program(name, f"echo \"$1\" >> '{tmp_path}/opened'; echo noise; echo noise >&2")
    log = tmp_path / "opened"
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        cited = await open_original(pilot, HOMES)
        await wait_until(pilot, lambda: log.exists() and log.read_text() == f"{cited.url}\n")
        assert cited.url
        assert "noise" not in screen_text(app)
        await pilot.press("ctrl+l")
        cited = await open_original(pilot, USHAKOV)
        assert cited.url is None
        article = seeds.article(cited.article_id)
        assert article is not None
        assert article.path
        await wait_until(pilot, lambda: log.read_text().endswith(f"{article.path}\n"))


@pytest.mark.campaign
async def test_original_over_ssh_shows_address(
    app: AssistantApp, install_program: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over SSH the address is shown and nothing is opened."""
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    install_program("xdg-open", f"/bin/touch '{tmp_path}/opened'")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        cited = await open_original(pilot, HOMES)
        assert f"The original: {cited.url}" in list_notices(pilot)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://e.example/a", True),
        ("HTTP://e.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("--help", False),
        ("http://", False),
        ("", False),
        (None, False),
    ],
)
def test_original_opens_only_web_addresses(address: str | None, web: bool) -> None:
    """Only web addresses are opened."""
    assert programs.is_web_address(address) is web
