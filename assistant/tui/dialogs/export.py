"""The dialog that saves the answer or the conversation as a file; in a web page, that sends it to the browser."""

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

from assistant.exports import FORMATS, FormatName, export_turns, suggest_file_name
from assistant.records.answer import Turn
from assistant.system.files import write_durably
from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import describe_error
from assistant.tui.messages import Exported
from assistant.tui.rendering import relative_dates


class CircleRadioButton(RadioButton):
    """A radio button of which one sees without colour whether it is chosen."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = " ", "○", " "

    def watch_value(self) -> None:
        """Draw the circle full or empty."""
        self.BUTTON_INNER = "●" if self.value else "○"
        super().watch_value()


class ExportScreen(ModalScreen[None]):
    """Chooses what, how and where; writes in a worker, and over another file only when told twice."""

    CSS_PATH = "../styles/export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
    ]

    def __init__(self, turns: tuple[Turn, ...], title: str | None, turn: Turn | None) -> None:
        """`turn` is the answer that can be saved by itself; None where only all of them can."""
        super().__init__()
        self._turns = turns
        self._title = title or turns[0].answer.question
        self._turn = turn
        self._suggested_name = ""  # the name last put into the box: one that somebody typed stays
        self._replace: Path | None = None  # the file that may be written over

    def compose(self) -> ComposeResult:
        count = len(self._turns)
        with VerticalScroll(id="export", can_focus=False) as page:
            page.border_title = "Export"
            page.border_subtitle = "Space chooses · Ctrl+S saves · Esc closes"
            if self._turn is not None:
                with RadioSet(id="export-what", compact=True):
                    question = Content(sanitize_line(self._turn.answer.question))
                    yield CircleRadioButton(Content.assemble("This answer  ", question.stylize("dim")), value=True)
                    yield CircleRadioButton(f"The whole conversation ({count} question{'' if count == 1 else 's'})")
            with RadioSet(id="export-format", compact=True):
                for place, each in enumerate(FORMATS):
                    label = Content.assemble(f"{each.label:<10}", (each.description, "dim"))
                    yield CircleRadioButton(label, value=place == 0)
            yield Input(id="export-path", compact=True)
            yield Static(id="export-problem")
            with Horizontal(id="export-buttons"):
                yield Button("Save", variant="primary", id="export-save", compact=True)
                yield Button("Cancel", id="export-cancel", compact=True)

    def on_mount(self) -> None:
        self.query_one("#export-path").border_title = "File"
        self._suggest_name()
        self.query_one("#export-format").focus()

    @property
    def _is_whole_conversation(self) -> bool:
        return self._turn is None or self.query_one("#export-what", RadioSet).pressed_index == 1

    def _suggest_name(self) -> None:
        """Put a name that fits into the box, unless somebody has typed one."""
        box = self.query_one("#export-path", Input)
        if box.value == self._suggested_name:
            about = self._title if self._is_whole_conversation or self._turn is None else self._turn.answer.question
            form = FORMATS[max(0, self.query_one("#export-format", RadioSet).pressed_index)]
            name = suggest_file_name(about, form.name, relative_dates.today())
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

    def _show_problem(self, problem: str, replace: Path | None = None) -> None:
        """Show what is in the way; `replace` is the file that the next attempt may write over."""
        self._replace = replace
        said = self.query_one("#export-problem", Static)
        said.update(Content(sanitize_line(problem)))
        said.display = bool(problem)
        save = self.query_one("#export-save", Button)
        save.label = "Save" if replace is None else "Replace it"
        save.variant = "primary" if replace is None else "warning"

    # ---------------------------------------------------------------------------------------------- saving

    @on(Input.Submitted)
    @on(Button.Pressed, "#export-save")
    def action_save(self) -> None:
        """Write the file."""
        named = self.query_one("#export-path", Input).value.strip()
        if not named:
            self._show_problem("Give the file a name.")
            return
        turns = self._turns if self._is_whole_conversation or self._turn is None else (self._turn,)
        form = FORMATS[max(0, self.query_one("#export-format", RadioSet).pressed_index)]
        save = self._deliver if self.app.is_web else self._write
        save(named, turns, form.name, self._title if self._is_whole_conversation else None)

    @on(Button.Pressed, "#export-cancel")
    def _cancel(self) -> None:
        self.dismiss()

    @work(thread=True, exclusive=True, group="export", description="export")
    def _write(self, named: str, turns: tuple[Turn, ...], name: FormatName, title: str | None) -> None:
        path = Path(named)
        try:
            path = path.expanduser().absolute()
            if path.is_dir():
                path /= Path(self._suggested_name).name
            if path.exists() and path != self._replace:
                self.post_message(Exported(path, f"{path.name} is there already.", exists=True))
                return
            if not path.parent.is_dir():
                self.post_message(Exported(path, f"There is no folder {path.parent}; make it, or choose another."))
                return
            write_durably(path, export_turns(turns, name, title).encode("utf-8"))
        except OSError as error:
            self.post_message(Exported(path, f"{path} {describe_write_error(error)}"))
        except Exception as error:
            self.post_message(Exported(path, describe_error(error)))
        else:
            self.post_message(Exported(path))

    @work(thread=True, exclusive=True, group="export", description="export")
    def _deliver(self, named: str, turns: tuple[Turn, ...], name: FormatName, title: str | None) -> None:
        """Send the file to the browser: whoever is there may have no hand on the files of this machine."""
        path = Path(Path(named).name or self._suggested_name)
        try:
            data = export_turns(turns, name, title).encode("utf-8")
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
