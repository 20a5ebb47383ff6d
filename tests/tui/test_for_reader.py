"""The interface for a reader: what belongs to the owner is neither offered nor done."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.backend import make_opener
from assistant.tui.keys import OWNER_ACTIONS, list_commands
from assistant.tui.messages import BuildWanted, FolderWanted
from tests.conftest import SEEDS, make_config
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until


def make_app(config_of: Assistant) -> AssistantApp:
    return AssistantApp(make_opener(config_of.config, is_for_owner=False), is_for_owner=False)


async def test_owner_actions_hidden_and_refused(seeds: Assistant) -> None:
    """Keys, help, palette, buttons and messages of the owner do nothing for a reader."""
    app = make_app(seeds)
    before = {path.name: path.read_bytes() for path in seeds.config.index.iterdir()}
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "18 articles" in screen_text(app))
        asking = app.screen
        titles = {command.title for command in app.get_system_commands(asking)}
        assert "Rebuild the index" not in titles
        assert not [command for command in list_commands(app, asking) if command.action in OWNER_ACTIONS]
        for key in ("f4", "f5", "ctrl+r", "ctrl+g"):
            await pilot.press(key)
        for action in OWNER_ACTIONS:
            await app.run_action(action)
        app.action_settings()
        app.action_index()
        app.action_rebuild()
        for message in (BuildWanted(rebuild=True), FolderWanted(Path.home(), is_permanent=True)):
            app.post_message(message)
        await pilot.pause()
        assert app.screen is asking
        assert not app.is_building
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Search keys" in screen_text(app))
        app.screen.query_one("#help-words").value = "f5"  # type: ignore[attr-defined]
        await wait_until(pilot, lambda: "No key matches these words." in screen_text(app))
    assert {path.name: path.read_bytes() for path in seeds.config.index.iterdir()} == before


@pytest.mark.parametrize("size", [(60, 20), *in_campaign(((120, 36),))])
async def test_missing_library_offers_no_first_steps(tmp_path: Path, size: tuple[int, int]) -> None:
    """Without an index a reader is told to ask the owner: no folders to choose, no build, no path."""
    app = make_app(Assistant(make_config(SEEDS, tmp_path / "none")))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "ask its owner" in " ".join(screen_text(app).split()))
        assert not app.query("FirstRun")
        assert str(tmp_path) not in screen_text(app)
