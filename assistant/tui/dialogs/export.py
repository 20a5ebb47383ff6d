"""The dialog that saves an answer or a conversation as a file. In a web page it sends the file to the browser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, RadioButton, RadioSet, Static

from assistant.exports import FORMATS, FormatName, export_bytes, suggest_file_name
from assistant.records.answer import Turn
from assistant.system.files import write_durably
from assistant.system.os_errors import describe_write_error
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import describe_error
from assistant.tui.commands.key_names import link_keys
from assistant.tui.messages import Exported
from assistant.tui.rendering import relative_dates


class CircleRadioButton(RadioButton):
    """A radio button that shows without colour whether it is selected."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = " ", "○", " "

    def watch_value(self) -> None:
        """Draw a full or an empty circle."""
        self.BUTTON_INNER = "●" if self.value else "○"
        super().watch_value()


class ExportScreen(ModalScreen[None]):
    """Asks for content, format and path. Replaces an existing file only after a second confirmation."""

    CSS_PATH = "../styles/export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
    ]

    def __init__(self, turns: tuple[Turn, ...], title: str | None, turn: Turn | None) -> None:
        """`turns` must not be empty. `turn` is the answer that can be saved alone; None if there is no such choice."""
        super().__init__()
        self._turns = turns
        self._title = title or turns[0].answer.question
        self._turn = turn
        self._suggested_name = ""  # the last suggestion; a name that the user typed is never replaced
        self._replaceable: Path | None = None  # the file that the user allowed to replace

    def compose(self) -> ComposeResult:
        """The choices, the path, a line for a problem, two buttons."""
        with VerticalScroll(id="export", can_focus=False) as page:
            page.border_title = "Export"
            page.border_subtitle = link_keys("Space selects · Ctrl+S saves · Esc closes")
            if self._turn is not None:
                with RadioSet(id="export-what", compact=True):
                    question = Content(sanitize_line(self._turn.answer.question))
                    yield CircleRadioButton(Content.assemble("This answer  ", question.stylize("dim")), value=True)
                    yield CircleRadioButton(f"The whole conversation ({count_noun(len(self._turns), 'question')})")
            with RadioSet(id="export-format", compact=True):
                for number, export_format in enumerate(FORMATS):
                    label = Content.assemble(f"{export_format.label:<10}", (export_format.description, "dim"))
                    yield CircleRadioButton(label, value=number == 0)
            yield Input(id="export-path", compact=True)
            yield Static(id="export-problem")
            with Horizontal(id="export-buttons"):
                yield Button("Save", variant="primary", id="export-save", compact=True)
                yield Button("Cancel", id="export-cancel", compact=True)

    def on_mount(self) -> None:
        """Suggest a name and focus the formats."""
        self.query_one("#export-path").border_title = "File"
        self._suggest_name()
        self.query_one("#export-format").focus()

    @property
    def _is_whole_conversation(self) -> bool:
        return self._turn is None or self.query_one("#export-what", RadioSet).pressed_index == 1

    @property
    def _selected_format(self) -> FormatName:
        return FORMATS[max(0, self.query_one("#export-format", RadioSet).pressed_index)].name

    def _suggest_name(self) -> None:
        """Suggest a file name, unless the user has typed one."""
        box = self.query_one("#export-path", Input)
        if box.value == self._suggested_name:
            is_one_answer = self._turn is not None and not self._is_whole_conversation
            title = self._turn.answer.question if self._turn is not None and is_one_answer else self._title
            name = suggest_file_name(title, self._selected_format, relative_dates.today())
            self._suggested_name = name if self.app.is_web else str(Path.cwd() / name)
            box.value = self._suggested_name
            box.cursor_position = len(box.value)

    @on(RadioSet.Changed)
    def _change_choice(self, event: RadioSet.Changed) -> None:
        event.stop()
        self._suggest_name()

    @on(Input.Changed)
    def _clear_problem(self, event: Input.Changed) -> None:
        event.stop()
        self._show_problem("")

    def _show_problem(self, problem: str, replaceable: Path | None = None) -> None:
        """Show a problem; `replaceable` is the file that the next attempt may replace."""
        self._replaceable = replaceable
        line = self.query_one("#export-problem", Static)
        line.update(Content(sanitize_line(problem)))
        line.display = bool(problem)
        save = self.query_one("#export-save", Button)
        save.label = "Save" if replaceable is None else "Replace it"
        save.variant = "primary" if replaceable is None else "warning"

    # ---------------------------------------------------------------------------------------------- saving

    @on(Input.Submitted)
    @on(Button.Pressed, "#export-save")
    def action_save(self) -> None:
        """Write the file."""
        path = self.query_one("#export-path", Input).value.strip()
        if not path:
            self._show_problem("Enter a file name.")
            return
        turns = self._turns if self._is_whole_conversation or self._turn is None else (self._turn,)
        save = self._deliver if self.app.is_web else self._write
        save(path, turns, self._selected_format, self._title if self._is_whole_conversation else None)

    @on(Button.Pressed, "#export-cancel")
    def _cancel(self) -> None:
        self.dismiss()

    @work(thread=True, exclusive=True, group="export", description="export")
    def _write(self, typed_path: str, turns: tuple[Turn, ...], name: FormatName, title: str | None) -> None:
        path = Path(typed_path)
        try:
            path = path.expanduser().absolute()
            if path.is_dir():
                path /= Path(self._suggested_name).name
            if path.exists() and path != self._replaceable:
                self.post_message(Exported(path, f"{path.name} already exists.", exists=True))
                return
            if not path.parent.is_dir():
                self.post_message(Exported(path, f"There is no folder {path.parent}; create it, or choose another."))
                return
            write_durably(path, export_bytes(turns, name, title))
        except OSError as error:
            self.post_message(Exported(path, f"{path} {describe_write_error(error)}"))
        except Exception as error:
            self.post_message(Exported(path, describe_error(error)))
        else:
            self.post_message(Exported(path))

    @work(thread=True, exclusive=True, group="export", description="export")
    def _deliver(self, typed_path: str, turns: tuple[Turn, ...], name: FormatName, title: str | None) -> None:
        """Send the file to the browser, because its user may have no access to the files of this machine."""
        path = Path(Path(typed_path).name or self._suggested_name)
        try:
            data = export_bytes(turns, name, title)
            self.app.call_from_thread(self.app.deliver_binary, io.BytesIO(data), save_filename=path.name)
        except Exception as error:
            self.post_message(Exported(path, describe_error(error)))
        else:
            self.post_message(Exported(path))

    @on(Exported)
    def _finish_export(self, message: Exported) -> None:
        if message.problem is None:
            title = "Sent to the browser" if self.app.is_web else "Saved"
            self.app.notify(sanitize_line(str(message.path)), title=title, markup=False, timeout=8)
            self.dismiss()
        else:
            self._show_problem("! " + message.problem, message.path if message.exists else None)
