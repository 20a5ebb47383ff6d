"""The screen of the settings: each with what it does, what it may be, and where it comes from; and changing them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Static

from assistant.errors import ConfigError
from assistant.text.sanitize import one_line
from assistant.tui import clipboard as copying
from assistant.tui.backend import Opener, reason
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import ChangeScreen
from assistant.tui.messages import SettingChanged
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.common.table import Column, Table

if TYPE_CHECKING:
    from assistant.config.editor import Origin, Setting

EDITORS = ("sensible-editor", "nano", "vim", "vi")


class SettingsRead(Message):
    """All settings, and the file that they are from."""

    def __init__(self, settings: tuple[Setting, ...], origin: Origin) -> None:
        super().__init__()
        self.settings = settings
        self.origin = origin


class SettingsTable(Table["Setting"]):
    """The settings are a few dozen: the table is here for its keys, its mouse and its columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Change", tooltip="In the settings: give the chosen one another value"),
    ]


class SettingsScreen(Screen[None]):
    """Lists what `assistant.config.editor` knows; a change is written to the file and told to the app."""

    CSS_PATH = "../styles/settings.tcss"
    AUTO_FOCUS = "#settings-table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,f5", "app.back_to_asking", "Back", key_display="esc", tooltip="In the settings: back to asking"
        ),
        Binding("e", "edit", "Editor", tooltip="In the settings: open the file in your editor ($EDITOR)"),
        Binding("c", "copy_path", "Copy path", tooltip="In the settings: copy the path of the file"),
        Binding("t", "theme", "Themes", tooltip="In the settings: choose a theme"),
    ]

    def __init__(self, open_backend: Opener, find_origin: Callable[[], Origin]) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._find_origin = find_origin
        self._origin: Origin | None = None

    def compose(self) -> ComposeResult:
        yield Status()
        yield Static("… Reading the settings", id="settings-file")
        with Horizontal(id="settings-buttons"):
            yield Button("Change…", id="settings-change", compact=True)
            yield Button("Open in editor", id="settings-edit", compact=True)
            yield Button("Copy path", id="settings-copy", compact=True)
            yield Button("Themes…", id="settings-theme", compact=True)
        yield SettingsTable(
            (
                Column("key", "Setting", 32),
                Column("value", "Value"),
                Column("default", "Default", 20, at_least=100),
                Column("origin", "From", 22, at_least=66, most=30),
            ),
            lambda one: (one.key, one.value, "" if one.value == one.default else one.default, one.origin),
            lambda one: one.key,
            empty="…",
            id="settings-table",
        )
        yield Static(id="setting")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show the settings as they are now: the file may have been edited meanwhile."""
        self._read()

    @work(thread=True, exclusive=True, group="settings")
    def _read(self) -> None:
        from assistant.config.editor import settings

        try:
            origin = self._find_origin()
            self.post_message(SettingsRead(settings(self._open_backend().config, origin), origin))
        except Exception as error:
            self.notify(one_line(reason(error)), severity="error", markup=False)

    @on(SettingsRead)
    def _show(self, message: SettingsRead) -> None:
        origin = self._origin = message.origin
        where = str(origin.file) if origin.file else "There is no settings file"
        told = Content.assemble((one_line(where), "bold"), f"\n{one_line(origin.found_by)}")
        self.query_one("#settings-file", Static).update(told)
        for name in ("edit", "copy"):
            self.query_one(f"#settings-{name}", Button).disabled = origin.file is None
        self.query_one(Table).show(message.settings, follow=True)
        self.refresh_bindings()

    @property
    def _pointed(self) -> Setting | None:
        found: Setting | None = self.query_one(Table).pointed
        return found

    @on(Table.Pointed)
    def _show_setting(self, event: Table.Pointed) -> None:
        event.stop()
        one: Setting = event.row
        from assistant.config.editor import EFFECTS

        lines = (
            ("", one.about),
            ("Allowed", one.allowed),
            ("Value", f"{one.value}   (default: {one.default})"),
            ("From", one.origin),
            ("Changed", EFFECTS[one.effect]),
        )
        told = (Content.assemble((f"{label:<8} " if label else "", "bold"), one_line(text)) for label, text in lines)
        self.query_one("#setting", Static).update(Content("\n").join(told))

    # -------------------------------------------------------------------------------------- changing

    @on(Table.Chosen)
    @on(Button.Pressed, "#settings-change")
    def action_change(self) -> None:
        """Give the chosen setting another value."""
        one, origin = self._pointed, self._origin
        if one is None or origin is None:
            return
        if not one.editable:
            self.notify(f"{one.key} comes from {one.origin}, or is a list: change it there, or press e.")
            return
        from assistant.config.editor import EFFECTS

        file = origin.file or "config.yaml, which is made in the current folder"
        place = f"line {one.line} of " if one.line else ""
        self.app.push_screen(
            ChangeScreen(
                one.key,
                f"{one.about}\nAllowed: {one.allowed}. Default: {one.default}.",
                self._written(one),
                f"Writes {place}{file}; {EFFECTS[one.effect]}.",
                choices=one.choices,
                fault=lambda value: _fault(origin, one.key, value),
            ),
            lambda value: self._value_given(one, value),
        )

    def _written(self, one: Setting) -> str:
        """The value as it stands in the file: paths there are relative to it."""
        folder = self._origin.file.parent if self._origin and self._origin.file else None
        if one.key in ("articles", "index") and folder is not None:
            return one.value.removeprefix(f"{folder}{os.sep}")
        return one.value

    def _value_given(self, one: Setting, value: str | None) -> None:
        if value is None or value == self._written(one):
            return
        if one.effect == "rebuild" or (one.effect == "int8" and "int8" in (value, one.value)):
            text = f"With {one.key}: {value}, the index cannot be asked until it is rebuilt: all is embedded anew."
            self.app.push_screen(
                ConfirmScreen("Change it all the same?", text, "Change"),
                lambda agreed: self._agreed(one, value) if agreed else None,
            )
        else:
            self._change(one, value)

    def _agreed(self, one: Setting, value: str) -> None:
        self._change(one, value)

    @work(thread=True, exclusive=True, group="change")
    def _change(self, one: Setting, value: str) -> None:
        from assistant.config.editor import EFFECTS, change, found_again

        try:
            origin = self._find_origin()
            config = change(origin, one.key, value)
            self._open_backend().configure(config)
            told = f"{one.key}: {value} · {EFFECTS[one.effect]}"
            self.post_message(SettingChanged(config, found_again(origin), told))
        except Exception as error:
            self.notify(one_line(reason(error)), title="Not changed", severity="error", markup=False, timeout=15)

    @on(SettingChanged)
    def _changed(self, message: SettingChanged) -> None:
        self.notify(one_line(message.told), title="Changed", markup=False)
        self._find_origin = lambda: message.origin
        self._read()  # and the message goes on to the app, which opens the library anew

    # -------------------------------------------------------------------------------------- the file

    @on(Button.Pressed, "#settings-edit")
    def action_edit(self) -> None:
        """Open the file in the user's editor, and go by what it says then."""
        origin, command = self._origin, editor()
        if origin is None or origin.file is None:
            self.notify("There is no settings file; `assistant init` makes one, and so does a change here.")
            return
        if command is None:
            self.notify("No editor was found; name one in $EDITOR.", severity="warning")
            return
        try:
            with self.app.suspend():
                subprocess.run([*command, str(origin.file)], check=False)
        except SuspendNotSupported:
            self.notify(f"No editor can be shown here; edit {origin.file}", severity="warning", markup=False)
            return
        except OSError as error:
            self.notify(one_line(f"{command[0]}: {error.strerror}"), severity="error", markup=False)
        self._load_edited()

    @work(thread=True, exclusive=True, group="change")
    def _load_edited(self) -> None:
        from assistant.config.editor import with_options
        from assistant.config.load import load_config

        origin = self._find_origin()
        try:
            config = with_options(load_config(origin.file), origin)
        except ConfigError as error:
            told = f"{error} · The settings from before hold until it is mended."
            self.notify(one_line(told), title="Not read", severity="error", markup=False, timeout=30)
            return
        backend = self._open_backend()
        if config != backend.config:
            backend.configure(config)
            self.post_message(SettingChanged(config, origin, "The file was read again."))

    @on(Button.Pressed, "#settings-copy")
    def action_copy_path(self) -> None:
        """Copy the path of the file."""
        if self._origin is not None and self._origin.file is not None:
            self.app.copy_to_clipboard(str(self._origin.file))
            self._copy_by_program(str(self._origin.file))
            self.notify(one_line(str(self._origin.file)), title="Copied", markup=False)

    @work(thread=True, group="copy")
    def _copy_by_program(self, text: str) -> None:
        program = None if self.app.is_web else copying.clipboard_program()
        if program is not None:
            copying.copy_by(program, text)

    @on(Button.Pressed, "#settings-theme")
    async def action_theme(self) -> None:
        """Choose a theme."""
        await self.run_action("app.choose_theme")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Nothing to edit or copy where there is no file."""
        if action in ("edit", "copy_path"):
            return self._origin is not None and self._origin.file is not None
        return True


def _fault(origin: Origin, key: str, value: str) -> str | None:
    """What is wrong with a value."""
    from assistant.config.editor import checked

    try:
        checked(origin, key, value)
    except ConfigError as error:
        return str(error).removeprefix(f"{origin.file.resolve()}: " if origin.file else "")
    return None


def editor() -> list[str] | None:
    """The command that opens the user's editor."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return shlex.split(named)
    found = next(filter(None, map(shutil.which, EDITORS)), None)
    return [found] if found else None
