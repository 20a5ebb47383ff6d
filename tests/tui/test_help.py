"""Tests of the help, the command palette, and the keys in the footer of each screen."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

import assistant.tui
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.help import HelpScreen
from assistant.tui.dialogs.quote import QuoteScreen
from assistant.tui.key_groups import BINDING_OWNERS, list_key_groups
from assistant.tui.keys import TYPING_WIDGETS, explain_binding, list_commands, list_documented_bindings
from assistant.tui.owner.keeping_app import KeepingApp
from assistant.tui.screens.conversations import ConversationsScreen
from assistant.tui.screens.index import IndexScreen
from assistant.tui.widgets.common.key_bar import KeyBar
from tests.support.actions import ask_question
from tests.support.sampling import sampled
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"
PLACES = {
    "f2": "conversations",
    "f3": "library",
    "f4": "index",
    "f5": "settings",
    "f12": "dossier",
    "alt+n": "news",
}


def list_bindings() -> Iterator[tuple[type[DOMNode], Binding]]:
    """All documented bindings of all classes of the interface."""
    for module in pkgutil.walk_packages(assistant.tui.__path__, "assistant.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__ == module.name:
                for binding in list_documented_bindings(value):
                    yield value, binding


async def open_help(pilot: Pilot[None]) -> str:
    await pilot.press("f1")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
    await wait_until(pilot, lambda: "(here)" in screen_text(pilot.app))
    return screen_text(pilot.app)


# ---------------------------------------------------------------------------------------------- the help


def test_help_table_is_complete() -> None:
    """The table of the help has exactly the classes with documented bindings, each once."""
    listed = [cls for owners in BINDING_OWNERS for cls in owners.classes]
    assert len(listed) == len(set(listed)) > 20
    assert {*listed, AssistantApp, KeepingApp} == {owner for owner, _ in list_bindings()}


async def test_help_lists_every_key(app: AssistantApp) -> None:
    """Every key that is shown or explained anywhere is in the help."""
    async with app.run_test(size=(200, 400)) as pilot:
        text = await open_help(pilot)
        lines = [" ".join(re.sub("[│▕▏▎]", " ", line).split()) for line in text.splitlines()]
        found = list(list_bindings())
        assert len(found) > 40
        for owner, binding in found:
            what = binding.tooltip or binding.description
            what = what.partition(": ")[2] if what.startswith("In ") else what
            first = what.casefold()[
                :40
            ]  # the rest of a description may be on a second line, and the last of several keys too
            told = [f"{line} {below}" for line, below in pairwise(lines) if first in line.casefold()]
            key = app.get_key_display(binding)
            assert any(key in line or "…" in line for line in told), f"{owner.__name__}: {key} {what}"


@pytest.mark.campaign
async def test_help_lists_current_screen_first(app: AssistantApp) -> None:
    """The keys of the calling screen come first."""
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("f4")
        await wait_until(pilot, lambda: isinstance(app.screen, IndexScreen))
        titles = [group.title for group in list_key_groups(app, app.screen)]
        assert titles[0] == "Index"
        assert titles.index("Index") < titles.index("Everywhere") < titles.index("Asking")
        assert "Index (here)" in await open_help(pilot)


async def test_help_search_finds_key(app: AssistantApp) -> None:
    """Text typed in the help finds a key."""
    async with app.run_test(size=(60, 20)) as pilot:
        await open_help(pilot)
        await pilot.press(*"quotation")
        await wait_until(pilot, lambda: "Check a quotation" in screen_text(app))
        assert "Everywhere" in screen_text(app)
        assert "Asking" not in screen_text(app)
        await pilot.press("ctrl+a", "ctrl+k", *"mouse")
        await wait_until(pilot, lambda: "Drag over text to select it" in unwrapped_screen_text(app))
        await pilot.press(*" xyz")
        await wait_until(pilot, lambda: "No key matches these words" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.ask_screen)


@pytest.mark.campaign
async def test_help_scrolls_and_quits_by_key(app: AssistantApp) -> None:
    """The help scrolls by key, and Quit works in it."""
    async with app.run_test(size=(60, 20)) as pilot:
        await open_help(pilot)
        await pilot.press("pagedown", "pagedown")
        keys = app.screen.query_one("#help-keys")
        await wait_until(pilot, lambda: keys.scroll_y == 20)
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: not app.is_running)


# ------------------------------------------------------------------------------------- the command palette


NOT_BY_NAME = {"number"}  # digits are typed text
NOT_NOW = {"stop_build", "restore", "export", "zoom_after_answer"}  # these need states that this test does not create


TABS = ("f3 ctrl+pagedown",) * 3  # of the library, which is shown as it was left


def list_parts(node: DOMNode) -> list[Widget]:
    """A widget and what it is in."""
    return [each for each in node.ancestors_with_self if isinstance(each, Widget)]


@pytest.mark.campaign
async def test_palette_lists_every_action(app: AssistantApp) -> None:
    """Every action with a key is in the command palette."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: app.library.figures)
        met: set[type] = set()
        for keys in (None, *PLACES, *TABS):
            for key in (keys or "").split():
                await pilot.press(key)
                await wait_until(pilot, lambda: app.screen is not app.ask_screen)
                await pilot.pause()
            commands = [*list_commands(app, app.screen), *app.list_keyless_commands()]
            effects = {command.description.casefold() for command in commands}
            shown = [node for node in app.screen.walk_children() if all(each.display for each in list_parts(node))]
            here = {one for node in (app, app.screen, *shown) for one in type(node).__mro__}
            met |= here
            for owner, binding in list_bindings():
                action = binding.action.rpartition(".")[2].partition("(")[0]
                if owner in here and owner.__name__ not in TYPING_WIDGETS and action not in NOT_BY_NAME | NOT_NOW:
                    enabled = [node for node in (app.screen, *shown) if isinstance(node, owner)]
                    if owner is AssistantApp or any(node.check_action(action, ()) for node in enabled):
                        assert explain_binding(binding).casefold() in effects, f"{owner.__name__}: {binding}"
            if keys:
                app.return_to_asking()
            else:
                names = {command.title for command in commands}
                assert names >= {"Copy answer", "Original", "Next source", "Check quote", "Export", "Rebuild the index"}
                assert names.isdisjoint({"Keys", "Maximize", "Minimize"})
        assert len({owner for owner, _ in list_bindings()} & met) > 8


async def test_palette_command_does_action(app: AssistantApp) -> None:
    """A command of the palette does what its key does."""
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: app.screen is not app.ask_screen)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"check quot")
        await wait_until(pilot, lambda: "where it is from" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, QuoteScreen))


# ------------------------------------------------------------------------------------------- collisions


def list_hidden_keys(app: AssistantApp) -> list[str]:
    """The keys of the app and of the screen that the focused widget keeps for something else."""
    hidden = []
    active = app.screen.active_bindings
    for node in (app.screen, app):
        for owner in type(node).__mro__:
            own = list_documented_bindings(owner) if owner.__module__.startswith("assistant.tui") else ()
            for binding in own:
                name = binding.action.rpartition(".")[2].partition("(")[0]
                if not re.match(r"f\d+$|(ctrl|alt)\+", binding.key) or node.check_action(name, ()) is False:
                    continue
                found = active[binding.key].binding if binding.key in active else None
                # A screen has its own kind of export, and is left by the key that opened it.
                if found is None or not (
                    found.action == binding.action
                    or found.description == binding.description
                    or found.action == "app.back_to_asking"
                ):
                    hidden.append(f"{app.focused!r}: {binding.key} is {found and found.action}, not {binding.action}")
    return hidden


@pytest.mark.campaign
async def test_no_widget_hides_key(app: AssistantApp) -> None:
    """F-keys and keys with Ctrl or Alt do what the help says, wherever the focus is."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: app.library.figures)
        focused = set()
        for key, place in ((None, ""), *PLACES.items()):
            if key:
                await pilot.press(key)
                await wait_until(pilot, lambda: app.screen is not app.ask_screen)
                await pilot.pause()
            for widget in list(app.screen.walk_children(Widget)):
                if widget.focusable:
                    app.screen.set_focus(widget)
                    await pilot.pause()
                    focused.add(type(widget).__name__)
                    assert list_hidden_keys(app) == []
            if key:
                await pilot.press(key)
                if place == "conversations":
                    await pilot.press("escape")
                await wait_until(pilot, lambda: app.screen is app.ask_screen)
        assert {"Prompt", "ConversationView", "FilterBox", "Table", "OptionList"} <= focused


# ---------------------------------------------------------------------------------- keys in the footer


def footer_fits(app: AssistantApp) -> bool:
    """Whether all keys of the footer are complete."""
    bar = app.screen.query_one(KeyBar)
    return len(bar.keys) >= 3 and bar.keys[-1].end <= app.screen.size.width == bar.size.width


@pytest.mark.parametrize("key", sampled([None, *PLACES], 3))
async def test_footer_fits_keys_and_always_help(app: AssistantApp, key: str | None) -> None:
    """The footer shows the keys that fit, always the help key, and in every place the way back."""
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        if key:
            await pilot.press(key)
            await wait_until(pilot, lambda: app.screen is not app.ask_screen)
        for width in (60, 80, 240):
            await pilot.resize_terminal(width, 20)
            await wait_until(pilot, lambda: "Help" in screen_text(app).splitlines()[-1] and footer_fits(app))
            assert app.screen.size.width == width
            assert ("Back" in screen_text(app).splitlines()[-1]) == (key is not None)


async def test_footer_key_click_and_tooltip(app: AssistantApp) -> None:
    """A key in the footer is pressed by a click and explained in a tooltip."""
    async with app.run_test(size=(240, 24)) as pilot:
        await wait_until(pilot, lambda: app.library.figures and len(app.screen.query_one(KeyBar).keys) > 3)
        bar = app.screen.query_one(KeyBar)
        conversations = next(one for one in bar.keys if one.description == "Conversations")
        await pilot.hover(KeyBar, offset=(conversations.start + 1, 0))
        assert str(bar.tooltip) == conversations.tooltip == "Find and resume an earlier conversation"
        await pilot.hover(KeyBar, offset=(bar.keys[-1].end + 1, 0))
        assert not bar.tooltip
        await pilot.click(KeyBar, offset=(conversations.start + 1, 0))
        await wait_until(pilot, lambda: isinstance(app.screen, ConversationsScreen))


async def test_footer_shows_that_there_are_more_keys(app: AssistantApp) -> None:
    """Where the footer has no room for all keys, a sign tells so, and a click on it offers all commands."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.library.figures and "…" in screen_text(app).splitlines()[-1])
        await pilot.resize_terminal(400, 24)
        await wait_until(pilot, lambda: footer_fits(app) and "…" not in screen_text(app).splitlines()[-1])
        await pilot.resize_terminal(60, 24)
        await wait_until(pilot, lambda: "…" in screen_text(app).splitlines()[-1] and footer_fits(app))
        await pilot.click(KeyBar, offset=(screen_text(app).splitlines()[-1].index("…"), 0))
        await wait_until(pilot, lambda: isinstance(app.screen, CommandPalette))


@pytest.mark.campaign
async def test_no_color_every_screen_shown(seeds: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without color every screen is shown."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        for key in PLACES:
            await pilot.press(key)
            await wait_until(pilot, lambda: app.screen is not app.ask_screen)
            strips = app.screen._compositor.render_strips()
            assert any(strip.text.strip() for strip in strips)
            app.return_to_asking()
        assert app.no_color
