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
from assistant.text.sanitize import sanitize_line
from assistant.tui import clipboard
from assistant.tui.backend import Opener, describe_error
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.messages import SettingChanged
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.common.table import Table

if TYPE_CHECKING:
    from assistant.config.editor import Setting, SettingsSource

EDITORS = ("sensible-editor", "nano", "vim", "vi")


class SettingsRead(Message):
    """All settings, and the file that they are from."""

    def __init__(self, settings: tuple[Setting, ...], settings_source: SettingsSource) -> None:
        super().__init__()
        self.settings = settings
        self.settings_source = settings_source


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

    def __init__(self, open_backend: Opener, find_settings_source: Callable[[], SettingsSource]) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._find_settings_source = find_settings_source
        self._settings_source: SettingsSource | None = None

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
            empty_text="…",
            id="settings-table",
        )
        yield Static(id="setting")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show the settings as they are now: the file may have been edited meanwhile."""
        self._read_settings()

    @work(thread=True, exclusive=True, group="settings")
    def _read_settings(self) -> None:
        from assistant.config.editor import list_settings

        try:
            origin = self._find_settings_source()
            self.post_message(SettingsRead(list_settings(self._open_backend().config, origin), origin))
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)

    @on(SettingsRead)
    def _show_settings(self, message: SettingsRead) -> None:
        origin = self._settings_source = message.settings_source
        where = str(origin.file) if origin.file else "There is no settings file"
        told = Content.assemble((sanitize_line(where), "bold"), f"\n{sanitize_line(origin.found_by)}")
        self.query_one("#settings-file", Static).update(told)
        for name in ("edit", "copy"):
            self.query_one(f"#settings-{name}", Button).disabled = origin.file is None
        self.query_one(Table).show(message.settings, follow=True)
        self.refresh_bindings()

    @property
    def _selected_setting(self) -> Setting | None:
        found: Setting | None = self.query_one(Table).highlighted_row
        return found

    @on(Table.RowHighlighted)
    def _show_setting(self, event: Table.RowHighlighted) -> None:
        event.stop()
        one: Setting = event.row
        lines = (
            ("", one.description),
            ("Allowed", one.allowed),
            ("Value", f"{one.value}   (default: {one.default})"),
            ("From", one.origin),
            ("Changed", one.effect.value),
        )
        told = (
            Content.assemble((f"{label:<8} " if label else "", "bold"), sanitize_line(text)) for label, text in lines
        )
        self.query_one("#setting", Static).update(Content("\n").join(told))

    # -------------------------------------------------------------------------------------- changing

    @on(Table.RowSelected)
    @on(Button.Pressed, "#settings-change")
    def action_change(self) -> None:
        """Give the chosen setting another value."""
        one, origin = self._selected_setting, self._settings_source
        if one is None or origin is None:
            return
        if not one.editable:
            self.notify(f"{one.key} comes from {one.origin}, or is a list: change it there, or press e.")
            return
        file = origin.file or "config.yaml, which is made in the current folder"
        place = f"line {one.line} of " if one.line else ""
        self.app.push_screen(
            EditValueScreen(
                one.key,
                f"{one.description}\nAllowed: {one.allowed}. Default: {one.default}.",
                self._stored_value(one),
                f"Writes {place}{file}; {one.effect.value}.",
                choices=one.choices,
                find_fault=lambda value: _find_fault(origin, one.key, value),
            ),
            lambda value: self._confirm_change(one, value),
        )

    def _stored_value(self, setting: Setting) -> str:
        """The value as it stands in the file: paths there are relative to it."""
        folder = self._settings_source.file.parent if self._settings_source and self._settings_source.file else None
        if setting.key in ("articles", "index") and folder is not None:
            return setting.value.removeprefix(f"{folder}{os.sep}")
        return setting.value

    def _confirm_change(self, setting: Setting, value: str | None) -> None:
        if value is None or value == self._stored_value(setting):
            return
        if setting.needs_rebuild(value):
            text = f"With {setting.key}: {value}, the index cannot be asked until it is rebuilt: all is embedded anew."
            self.app.push_screen(
                ConfirmScreen("Change it all the same?", text, "Change"),
                lambda agreed: self._change_as_agreed(setting, value) if agreed else None,
            )
        else:
            self._write_change(setting, value)

    def _change_as_agreed(self, setting: Setting, value: str) -> None:
        self._write_change(setting, value)

    @work(thread=True, exclusive=True, group="change")
    def _write_change(self, setting: Setting, value: str) -> None:
        from assistant.config.editor import apply_change, refresh_source

        try:
            origin = self._find_settings_source()
            config = apply_change(origin, setting.key, value)
            self._open_backend().configure(config)
            told = f"{setting.key}: {value} · {setting.effect.value}"
            self.post_message(SettingChanged(config, refresh_source(origin), told))
        except Exception as error:
            self.notify(
                sanitize_line(describe_error(error)), title="Not changed", severity="error", markup=False, timeout=15
            )

    @on(SettingChanged)
    def _reload_after_change(self, message: SettingChanged) -> None:
        self.notify(sanitize_line(message.summary), title="Changed", markup=False)
        self._find_settings_source = lambda: message.settings_source
        self._read_settings()  # and the message goes on to the app, which opens the library anew

    # -------------------------------------------------------------------------------------- the file

    @on(Button.Pressed, "#settings-edit")
    def action_edit(self) -> None:
        """Open the file in the user's editor, and go by what it says then."""
        origin, command = self._settings_source, find_editor()
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
            self.notify(sanitize_line(f"{command[0]}: {error.strerror}"), severity="error", markup=False)
        self._load_edited_file()

    @work(thread=True, exclusive=True, group="change")
    def _load_edited_file(self) -> None:
        from assistant.config.editor import apply_options
        from assistant.config.load import load_config

        origin = self._find_settings_source()
        try:
            config = apply_options(load_config(origin.file), origin)
        except ConfigError as error:
            told = f"{error} · The settings from before hold until it is mended."
            self.notify(sanitize_line(told), title="Not read", severity="error", markup=False, timeout=30)
            return
        backend = self._open_backend()
        if config != backend.config:
            backend.configure(config)
            self.post_message(SettingChanged(config, origin, "The file was read again."))

    @on(Button.Pressed, "#settings-copy")
    def action_copy_path(self) -> None:
        """Copy the path of the file."""
        if self._settings_source is not None and self._settings_source.file is not None:
            self.app.copy_to_clipboard(str(self._settings_source.file))
            self._copy_by_program(str(self._settings_source.file))
            self.notify(sanitize_line(str(self._settings_source.file)), title="Copied", markup=False)

    @work(thread=True, group="copy")
    def _copy_by_program(self, text: str) -> None:
        program = None if self.app.is_web else clipboard.find_clipboard_program()
        if program is not None:
            clipboard.copy_with(program, text)

    @on(Button.Pressed, "#settings-theme")
    async def action_theme(self) -> None:
        """Choose a theme."""
        await self.run_action("app.choose_theme")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Nothing to edit or copy where there is no file."""
        if action in ("edit", "copy_path"):
            return self._settings_source is not None and self._settings_source.file is not None
        return True


def _find_fault(source: SettingsSource, key: str, value: str) -> str | None:
    """What is wrong with a value."""
    from assistant.config.editor import preview_change

    try:
        preview_change(source, key, value)
    except ConfigError as error:
        return str(error).removeprefix(f"{source.file.resolve()}: " if source.file else "")
    return None


def find_editor() -> list[str] | None:
    """The command that opens the user's editor."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return shlex.split(named)
    found = next(filter(None, map(shutil.which, EDITORS)), None)
    return [found] if found else None
