"""Tests of the settings screen, and of the theme, which is remembered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.config.editor import SettingsSource
from assistant.config.load import load_config
from assistant.engine import Assistant
from assistant.tui import preferences
from assistant.tui.app import AssistantApp
from assistant.tui.backend import make_opener
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.programs import find_editor
from assistant.tui.screens.settings import SettingsScreen
from assistant.tui.widgets.common.table import Table
from tests.conftest import ROOT, run_build
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

IN_FOLDER = "found in the current folder"


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    """The default settings file, next to two articles."""
    path = tmp_path / "config.yaml"
    shutil.copy(ROOT / "config.yaml", path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text("Ann Lee said on Monday that the harbour was closed to ferries.")
    return path


@pytest.fixture
def app(settings_file: Path) -> AssistantApp:
    run_build(Assistant(load_config(settings_file)))
    return AssistantApp(
        make_opener(load_config(settings_file)), find_settings_source=lambda: SettingsSource(settings_file, IN_FOLDER)
    )


async def open_settings(pilot: Pilot[None], key: str | None = None) -> None:
    app = pilot.app
    await wait_until(pilot, lambda: "1 article" in screen_text(app))
    await pilot.press("f5")
    await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen.query_one(Table).rows)
    if key:
        table = app.screen.query_one(Table)
        table.cursor = next(place for place, row in enumerate(table.rows) if row.key == key)
        await wait_until(pilot, lambda: getattr(table.highlighted_row, "key", None) == key)


async def enter_value(pilot: Pilot[None], value: str) -> None:
    """Open the input of the selected setting and type a value."""
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, EditValueScreen))
    pilot.app.screen.query_one(Input).value = value
    await pilot.pause()


def find_line(path: Path, key: str) -> int:
    """The number of the line that has a key, from 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")]
    return number


@pytest.mark.parametrize("size", [(60, 20), *in_campaign(((120, 36),), ((240, 60),))])
async def test_settings_show_description_and_source(
    app: AssistantApp, settings_file: Path, size: tuple[int, int]
) -> None:
    """Each setting is shown with its description and its source."""
    async with app.run_test(size=size) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await wait_until(pilot, lambda: "Passages retrieved for a question." in screen_text(app))
        text = screen_text(app)
        assert str(settings_file)[:40] in text
        assert IN_FOLDER in text
        assert "a whole number from 1 to 200" in text
        assert "20 (default: 20)" in text
        assert f"config.yaml, line {find_line(settings_file, 'top_k')}" in text
        assert "takes effect at the next question" in text
        assert "retrieval.top_k" in text


async def test_what_people_change_comes_first(app: AssistantApp) -> None:
    """The settings of articles and answers, each with what it does; those of the machinery are told to be advanced."""
    async with app.run_test(size=(120, 30)) as pilot:
        await open_settings(pilot)
        keys = [row.key for row in app.screen.query_one(Table).rows]
        assert keys.index("articles") < keys.index("answers.max_sentences") < keys.index("retrieval.top_k")
        text = screen_text(app)
        assert "Most sentences in an" in text
        assert "Answers: words of somebody" in text
        assert "answers.max_sentences" not in text  # the key stands with the setting that is selected
        await pilot.press("end")
        await wait_until(pilot, lambda: "Advanced: " in screen_text(app))


async def test_folder_that_is_not_there_is_told(app: AssistantApp, settings_file: Path) -> None:
    """It is written all the same: a drive may not be connected."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await open_settings(pilot, "articles")
        await enter_value(pilot, "elsewhere")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "elsewhere: no such file or folder" in " ".join(screen_text(app).split()))
        assert "articles: elsewhere" in settings_file.read_text()


async def test_change_written_and_applied_at_once(app: AssistantApp, settings_file: Path) -> None:
    """A change is written to its line and applied at once."""
    before = settings_file.read_text()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await enter_value(pilot, "7")
        assert f"Writes line {find_line(settings_file, 'top_k')} of" in screen_text(app)
        assert "takes effect at the next question" in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "7 (default: 20)" in screen_text(app))
        assert settings_file.read_text() == before.replace("top_k: 20", "top_k: 7")
        assert app._open_backend().config.retrieval.top_k == 7


async def test_invalid_value_reported_while_typing(app: AssistantApp, settings_file: Path) -> None:
    """An invalid value is reported while it is typed and not accepted."""
    before = settings_file.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await enter_value(pilot, "0")
        await wait_until(pilot, lambda: "! retrieval.top_k is 0; allowed" in screen_text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, EditValueScreen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert settings_file.read_text() == before


async def test_rebuild_setting_needs_confirmation(app: AssistantApp, settings_file: Path) -> None:
    """A change that needs a rebuild must be confirmed."""
    before = settings_file.read_text()
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "passages.max_tokens")
        await enter_value(pilot, "64")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "cannot be asked until it is rebuilt" in unwrapped_screen_text(app)
        await pilot.press("enter")  # Cancel has the focus
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert settings_file.read_text() == before
        await enter_value(pilot, "64")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await wait_until(pilot, lambda: app.library.fault == "mismatch")
        assert "max_tokens: 64" in settings_file.read_text()


@pytest.mark.campaign
async def test_choice_setting_uses_list(app: AssistantApp, settings_file: Path) -> None:
    """A setting with few values is chosen from a list."""
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "embedding.backend")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, EditValueScreen))
        options = app.screen.query_one(OptionList)
        assert options.option_count == 3
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "backend: openvino" in settings_file.read_text())


@pytest.mark.campaign
async def test_unwritable_file_says_why(app: AssistantApp, settings_file: Path) -> None:
    """A file that cannot be changed says why and stays unchanged."""
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await enter_value(pilot, "7")
        settings_file.write_text("retrieval: {top_k: [}\n")  # changed by another program meanwhile
        await pilot.press("enter")
        await wait_until(pilot, lambda: "no longer valid YAML" in screen_text(app))
        assert settings_file.read_text() == "retrieval: {top_k: [}\n"
        assert app._open_backend().config.retrieval.top_k == 20


@pytest.mark.campaign
async def test_missing_file_shows_defaults(seeds: Assistant) -> None:
    """Without a file the screen says that all settings have their defaults."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await pilot.press("f5")
        await wait_until(pilot, lambda: "There is no settings file" in screen_text(app))
        assert "every setting is at its default" in screen_text(app)
        assert "Ctrl+S Export" not in screen_text(app)


def test_editor_from_environment_or_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor comes from VISUAL or EDITOR; without them and without one on PATH there is none."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "code --wait")
    assert find_editor() == ["code", "--wait"]
    monkeypatch.setenv("VISUAL", "vim")
    assert find_editor() == ["vim"]
    monkeypatch.delenv("EDITOR")
    monkeypatch.delenv("VISUAL")
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_editor() is None


@pytest.mark.campaign
async def test_editor_unavailable_shows_path(
    app: AssistantApp, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If no editor can be opened the path is shown."""
    monkeypatch.setenv("EDITOR", "true")
    async with app.run_test(size=(200, 30), notifications=True) as pilot:
        await open_settings(pilot)
        await pilot.press("e")
        await wait_until(pilot, lambda: "No editor can be opened here" in screen_text(app))


# ----------------------------------------------------------------------------------------------- the theme


@pytest.mark.campaign
async def test_theme_previewed_and_saved(seeds: Assistant) -> None:
    """A theme is previewed during selection and saved."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        app.action_choose_theme()
        await wait_until(pilot, lambda: isinstance(app.screen, EditValueScreen))
        await pilot.press("home")
        seen = sorted(app.available_themes)[0]
        await wait_until(pilot, lambda: app.theme == seen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.theme == "textual-dark")
        assert not preferences.preferences_path().exists()
        app.action_choose_theme()
        await wait_until(pilot, lambda: isinstance(app.screen, EditValueScreen))
        options = app.screen.query_one(OptionList)
        options.highlighted = sorted(app.available_themes).index("nord")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.theme == "nord" and preferences.preferences_path().exists())
    again = AssistantApp(lambda: seeds)
    assert again.theme == "nord"
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("f9")
        await wait_until(pilot, lambda: again.theme == "textual-light")
        await pilot.press("f9")
        await wait_until(pilot, lambda: again.theme == "nord")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"theme": 3}', b'{"theme": "no such theme"}', b"\xff\xfe", b"[" * 100_000]
)
async def test_damaged_preferences_lose_only_theme(seeds: Assistant, damage: bytes) -> None:
    """A damaged preferences file loses nothing but the theme."""
    preferences.preferences_path().parent.mkdir(parents=True, exist_ok=True)
    preferences.preferences_path().write_bytes(damage)
    assert AssistantApp(lambda: seeds).theme == "textual-dark"


def test_preferences_saved_as_readable_json() -> None:
    """Preferences are saved as readable JSON."""
    assert preferences.save(preferences.Preferences().with_theme("nord", dark=True)) is None
    saved = json.loads(preferences.preferences_path().read_text())
    assert saved.items() >= {"theme": "nord", "dark": "nord", "light": "textual-light"}.items()
