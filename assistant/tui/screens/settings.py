"""The screen of the settings: what each does, its allowed values, where its value comes from; and changing them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from assistant.config.labels import MAX_WIDTH
from assistant.errors import ConfigError
from assistant.text.sanitize import sanitize_line
from assistant.tui import programs
from assistant.tui.backend import Opener, describe_error
from assistant.tui.commands.guarded_screen import GuardedScreen
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.messages import SettingChanged
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.common.table import Table

if TYPE_CHECKING:
    from assistant.config.editor import Setting, SettingsSource


class SettingsRead(Message):
    """All settings have been read; `settings_source` is the file they come from."""

    def __init__(self, settings: tuple[Setting, ...], settings_source: SettingsSource) -> None:
        super().__init__()
        self.settings = settings
        self.settings_source = settings_source


class SettingsTable(Table["Setting"]):
    """The table of the settings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Change", tooltip="In the settings: change the selected one"),
    ]


class SettingsScreen(GuardedScreen):
    """Lists the settings. A change is written to the file, and the app reloads the library."""

    CSS_PATH = "../styles/settings.tcss"
    AUTO_FOCUS = "#settings-table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,f5", "app.back_to_asking", "Back", key_display="esc", tooltip="In the settings: return to asking"
        ),
        Binding("e", "edit", "Editor", tooltip="In the settings: open their file in your editor ($EDITOR)"),
        Binding("c", "copy_path", "Copy path", tooltip="In the settings: copy the path of their file"),
        Binding("t", "theme", "Themes", tooltip="In the settings: choose a theme"),
    ]

    def __init__(self, open_backend: Opener, find_settings_source: Callable[[], SettingsSource]) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._find_settings_source = find_settings_source
        self._settings_source: SettingsSource | None = None

    def compose(self) -> ComposeResult:
        """The path of the file, buttons, the table, and the selected setting in full."""
        yield Status()
        yield Static("… Reading the settings", id="settings-file")
        with Horizontal(id="settings-buttons"):
            yield Button("Change…", id="settings-change", compact=True)
            yield Button("Open in editor", id="settings-edit", compact=True)
            yield Button("Copy path", id="settings-copy", compact=True)
            yield Button("Themes…", id="settings-theme", compact=True)
        yield SettingsTable(
            (
                Column("key", "Setting", MAX_WIDTH),
                Column("value", "Value", 18, most=44),
                Column("about", "What it does", at_least=100),
                Column("origin", "From", 20, at_least=110, most=30),
            ),
            _list_cells,
            lambda setting: setting.key,
            empty_text="…",
            id="settings-table",
        )
        yield Static(id="setting")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Read the settings again: the file may have been edited meanwhile."""
        self._read_settings()

    @work(thread=True, exclusive=True, group="settings")
    def _read_settings(self) -> None:
        from assistant.config.editor import list_settings

        try:
            source = self._find_settings_source()
            self.post_message(SettingsRead(list_settings(self._open_backend().config, source), source))
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)

    @on(SettingsRead)
    def _show_settings(self, message: SettingsRead) -> None:
        source = self._settings_source = message.settings_source
        path = str(source.file) if source.file else "There is no settings file"
        head = Content.assemble((sanitize_line(path), "bold"), f"\n{sanitize_line(source.found_by)}")
        self.query_one("#settings-file", Static).update(head)
        for name in ("edit", "copy"):
            self.query_one(f"#settings-{name}", Button).disabled = source.file is None
        ordered = sorted(message.settings, key=lambda setting: not setting.is_everyday)
        self.query_one(Table).show(ordered, follow=True)
        self.refresh_bindings()

    @property
    def _selected_setting(self) -> Setting | None:
        return self.query_one(SettingsTable).highlighted_row

    @on(Table.RowHighlighted)
    def _show_setting(self, event: Table.RowHighlighted) -> None:
        event.stop()
        setting: Setting = event.row
        self.query_one("#setting", Static).update(_render_setting(setting))

    # -------------------------------------------------------------------------------------- changing

    @on(Table.RowSelected)
    @on(Button.Pressed, "#settings-change")
    def action_change(self) -> None:
        """Change the selected setting."""
        setting, source = self._selected_setting, self._settings_source
        if setting is None or source is None:
            return
        if not setting.editable:
            self.notify(
                f"{setting.label} cannot be changed here: it comes from {setting.origin}, or is a list. "
                "Change it there, or press e."
            )
            return
        file = source.file or "config.yaml, which is created in the current folder"
        place = f"line {setting.line} of " if setting.line else ""
        self.app.push_screen(
            EditValueScreen(
                f"{setting.label} · {setting.key}",
                f"{setting.description}\nAllowed: {setting.allowed}. Default: {setting.default}.",
                self._stored_value(setting),
                f"Writes {place}{file}; {setting.effect.value}.",
                choices=setting.choices,
                find_fault=lambda value: _find_fault(source, setting.key, value),
            ),
            lambda value: self._confirm_change(setting, value),
        )

    def _stored_value(self, setting: Setting) -> str:
        """The value as it is written in the file, where paths are relative to its folder."""
        folder = self._settings_source.file.parent if self._settings_source and self._settings_source.file else None
        if setting.key in ("articles", "index") and folder is not None:
            return setting.value.removeprefix(f"{folder}{os.sep}")
        return setting.value

    def _confirm_change(self, setting: Setting, value: str | None) -> None:
        if value is None or value == self._stored_value(setting):
            return

        def change_if_confirmed(confirmed: bool | None) -> None:
            if confirmed:
                self._write_change(setting, value)

        if setting.needs_rebuild(value):
            text = f"With {setting.label}: {value}, no question can be asked until the index is rebuilt."
            self.app.push_screen(ConfirmScreen("Change this setting?", text, "Change"), change_if_confirmed)
        else:
            self._write_change(setting, value)

    @work(thread=True, exclusive=True, group="change")
    def _write_change(self, setting: Setting, value: str) -> None:
        from assistant.config.editor import apply_change, refresh_source

        try:
            source = self._find_settings_source()
            config = apply_change(source, setting.key, value)
            self._open_backend().configure(config)
            summary = f"{setting.label}: {value} · {setting.effect.value}"
            self.post_message(SettingChanged(config, refresh_source(source), summary))
            if setting.key == "articles" and (missing := [str(path) for path in config.articles if not path.exists()]):
                text = f"{', '.join(missing)}: no such file or folder; create it, or change the setting"
                self.notify(sanitize_line(text), title="Nothing to read there", severity="warning", markup=False)
        except Exception as error:
            self.notify(
                sanitize_line(describe_error(error)),
                title="Setting not changed",
                severity="error",
                markup=False,
                timeout=15,
            )

    @on(SettingChanged)
    def _reload_after_change(self, message: SettingChanged) -> None:
        self.notify(sanitize_line(message.summary), title="Changed", markup=False)
        self._find_settings_source = lambda: message.settings_source
        self._read_settings()  # the message then reaches the app, which reloads the library

    # -------------------------------------------------------------------------------------- the file

    @on(Button.Pressed, "#settings-edit")
    def action_edit(self) -> None:
        """Open the file in the user's editor, and load it again afterwards."""
        source, command = self._settings_source, programs.find_editor()
        if source is None or source.file is None:
            self.notify("There is no settings file. `assistant init` creates one, and so does a change here.")
            return
        if command is None:
            self.notify("No editor was found. Set $EDITOR to the command of your editor.", severity="warning")
            return
        try:
            with self.app.suspend():
                subprocess.run([*command, str(source.file)], check=False)
        except SuspendNotSupported:
            self.notify(f"No editor can be opened here; edit {source.file}", severity="warning", markup=False)
            return
        except OSError as error:
            self.notify(sanitize_line(f"{command[0]}: {error.strerror}"), severity="error", markup=False)
        self._load_edited_file()

    @work(thread=True, exclusive=True, group="change")
    def _load_edited_file(self) -> None:
        from assistant.config.editor import apply_options
        from assistant.config.load import load_config

        source = self._find_settings_source()
        try:
            config = apply_options(load_config(source.file), source)
        except ConfigError as error:
            text = f"{error} · The previous settings apply until this is corrected."
            self.notify(sanitize_line(text), title="Settings not loaded", severity="error", markup=False, timeout=30)
            return
        backend = self._open_backend()
        if config != backend.config:
            backend.configure(config)
            self.post_message(SettingChanged(config, source, "The file was loaded again."))

    @on(Button.Pressed, "#settings-copy")
    def action_copy_path(self) -> None:
        """Copy the path of the file."""
        if self._settings_source is not None and self._settings_source.file is not None:
            path = str(self._settings_source.file)
            self.app.copy_to_clipboard(path)
            self._copy_with_program(path)
            self.notify(sanitize_line(path), title="Copied", markup=False)

    @work(thread=True, group="copy")
    def _copy_with_program(self, text: str) -> None:
        program = None if self.app.is_web else programs.find_clipboard_program()
        if program is not None:
            programs.copy_with(program, text)

    @on(Button.Pressed, "#settings-theme")
    async def action_theme(self) -> None:
        """Choose a theme."""
        await self.run_action("app.choose_theme")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys for the file if there is none."""
        if action in ("edit", "copy_path"):
            return self._settings_source is not None and self._settings_source.file is not None
        return True


def _list_cells(setting: Setting) -> tuple[str, str, str, str]:
    about = setting.description if setting.is_everyday else f"Advanced: {setting.description}"
    return setting.label, setting.value, about, setting.origin


def _render_setting(setting: Setting) -> Content:
    lines = (
        ("", setting.description),
        ("Allowed", setting.allowed),
        ("Value", f"{setting.value}   (default: {setting.default})"),
        ("From", f"{setting.origin}   (its key: {setting.key})"),
        ("Changed", setting.effect.value),
    )
    return Content("\n").join(
        Content.assemble((f"{label:<8} " if label else "", "bold"), sanitize_line(text)) for label, text in lines
    )


def _find_fault(source: SettingsSource, key: str, value: str) -> str | None:
    """What is wrong with a value, or None."""
    from assistant.config.editor import preview_change

    try:
        preview_change(source, key, value)
    except ConfigError as error:
        return str(error).removeprefix(f"{source.file.resolve()}: " if source.file else "")
    return None
