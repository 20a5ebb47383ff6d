"""The settings as one sees and changes them in the interface, and the theme that is remembered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.config.editor import Origin
from assistant.config.load import load_config
from assistant.engine import Assistant
from assistant.tui import preferences
from assistant.tui.app import AssistantApp
from assistant.tui.backend import opener
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import ChangeScreen
from assistant.tui.screens.settings import SettingsScreen, editor
from assistant.tui.widgets.common.table import Table
from tests.conftest import ROOT, built
from tests.support.waiting import screen_text, squeezed, until

IN_FOLDER = "found in the current folder"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The settings file that ships, beside two articles of its own."""
    path = tmp_path / "config.yaml"
    shutil.copy(ROOT / "config.yaml", path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text("Ann Lee said on Monday that the harbour was closed to ferries.")
    return path


@pytest.fixture
def app(file: Path) -> AssistantApp:
    built(Assistant(load_config(file)))
    return AssistantApp(opener(load_config(file)), find_origin=lambda: Origin(file, IN_FOLDER))


async def open_settings(pilot: Pilot[None], key: str | None = None) -> None:
    app = pilot.app
    await until(pilot, lambda: "1 article" in screen_text(app))
    await pilot.press("f5")
    await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen.query_one(Table).rows)
    if key:
        table = app.screen.query_one(Table)
        table.cursor = next(place for place, row in enumerate(table.rows) if row.key == key)
        await until(pilot, lambda: getattr(table.pointed, "key", None) == key)


async def give(pilot: Pilot[None], value: str) -> None:
    """Open the box for the chosen setting and type a value into it."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChangeScreen))
    pilot.app.screen.query_one(Input).value = value
    await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (120, 36), (240, 60)])
async def test_each_setting_stands_there_with_what_it_does_and_where_it_is_from(
    app: AssistantApp, file: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await until(pilot, lambda: "Passages retrieved for a question." in screen_text(app))
        text = screen_text(app)
        assert str(file)[:40] in text
        assert IN_FOLDER in text
        assert "a whole number from 1 to 200" in text
        assert "20 (default: 20)" in text
        assert "config.yaml, line 41" in text
        assert "takes effect at the next question" in text
        assert "retrieval.top_k" in text


async def test_a_change_is_written_to_its_line_and_counts_at_once(app: AssistantApp, file: Path) -> None:
    before = file.read_text()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await give(pilot, "7")
        assert "Writes line 41 of" in screen_text(app)
        assert "takes effect at the next question" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "7 (default: 20)" in screen_text(app))
        assert file.read_text() == before.replace("top_k: 20", "top_k: 7")
        assert app._open_backend().config.retrieval.top_k == 7


async def test_a_value_that_is_not_allowed_says_so_while_it_is_typed_and_is_not_taken(
    app: AssistantApp, file: Path
) -> None:
    before = file.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await give(pilot, "0")
        await until(pilot, lambda: "! retrieval.top_k is 0; allowed" in screen_text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ChangeScreen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert file.read_text() == before


async def test_what_needs_a_rebuild_is_asked_for_twice(app: AssistantApp, file: Path) -> None:
    before = file.read_text()
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "passages.max_tokens")
        await give(pilot, "64")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "cannot be asked until it is rebuilt" in squeezed(app)
        await pilot.press("enter")  # which is on Cancel
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert file.read_text() == before
        await give(pilot, "64")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app.library.fault == "mismatch")
        assert "max_tokens: 64" in file.read_text()


async def test_one_of_a_few_values_is_chosen_from_a_list(app: AssistantApp, file: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "embedding.backend")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChangeScreen))
        options = app.screen.query_one(OptionList)
        assert options.option_count == 3
        await pilot.press("down", "enter")
        await until(pilot, lambda: "backend: openvino" in file.read_text())


async def test_a_file_that_cannot_be_changed_says_why_and_stays(app: AssistantApp, file: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await open_settings(pilot, "retrieval.top_k")
        await give(pilot, "7")
        file.write_text("retrieval: {top_k: [}\n")  # by somebody else, meanwhile
        await pilot.press("enter")
        await until(pilot, lambda: "not valid YAML any more" in screen_text(app))
        assert file.read_text() == "retrieval: {top_k: [}\n"
        assert app._open_backend().config.retrieval.top_k == 20


async def test_without_a_file_it_is_said_that_all_is_at_its_default(seeds: Assistant) -> None:
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.library.figures)
        await pilot.press("f5")
        await until(pilot, lambda: "There is no settings file" in screen_text(app))
        assert "every setting is at its default" in screen_text(app)
        assert "^e" not in screen_text(app)


def test_the_editor_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "code --wait")
    assert editor() == ["code", "--wait"]
    monkeypatch.setenv("VISUAL", "vim")
    assert editor() == ["vim"]
    monkeypatch.delenv("EDITOR")
    monkeypatch.delenv("VISUAL")
    monkeypatch.setenv("PATH", "/nowhere")
    assert editor() is None


async def test_where_no_editor_can_be_shown_the_path_is_told(
    app: AssistantApp, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with app.run_test(size=(200, 30), notifications=True) as pilot:
        await open_settings(pilot)
        await pilot.press("e")
        await until(pilot, lambda: "No editor can be shown here" in screen_text(app))


# ----------------------------------------------------------------------------------------------- the theme


async def test_a_theme_is_seen_while_it_is_chosen_and_remembered(seeds: Assistant) -> None:
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.library.figures)
        app.action_choose_theme()
        await until(pilot, lambda: isinstance(app.screen, ChangeScreen))
        await pilot.press("home")
        seen = sorted(app.available_themes)[0]
        await until(pilot, lambda: app.theme == seen)
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "textual-dark")
        assert not preferences.path().exists()
        app.action_choose_theme()
        await until(pilot, lambda: isinstance(app.screen, ChangeScreen))
        options = app.screen.query_one(OptionList)
        options.highlighted = sorted(app.available_themes).index("nord")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "nord" and preferences.path().exists())
    again = AssistantApp(lambda: seeds)
    assert again.theme == "nord"
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: again.theme == "textual-light")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: again.theme == "nord")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"theme": 3}', b'{"theme": "no such theme"}', b"\xff\xfe", b"[" * 100_000]
)
async def test_a_damaged_file_of_preferences_costs_no_more_than_the_theme(seeds: Assistant, damage: bytes) -> None:
    preferences.path().parent.mkdir(parents=True, exist_ok=True)
    preferences.path().write_bytes(damage)
    assert AssistantApp(lambda: seeds).theme == "textual-dark"


def test_preferences_are_saved_as_json_one_can_read() -> None:
    assert preferences.save(preferences.Preferences().with_theme("nord", dark=True)) is None
    assert json.loads(preferences.path().read_text()) == {"theme": "nord", "dark": "nord", "light": "textual-light"}
