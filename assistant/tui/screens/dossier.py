"""The screen of the dossier: the quotations that the user keeps, in order, with comments; saved as one document."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.records.marks import DossierEntry
from assistant.system.files import write_durably
from assistant.system.os_errors import describe_write_error
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Backend, Opener, describe_error
from assistant.tui.commands.guarded_screen import GuardedScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.keep.messages import DossierListed
from assistant.tui.messages import ArticleWanted
from assistant.tui.rendering import relative_dates
from assistant.tui.widgets.common.key_bar import KeyBar

EMPTY_TEXT = (
    "The dossier is empty. To keep the quotation of an open source, click “Keep” below it, or press Tab to leave the "
    "question box, then d."
)
LONGEST_QUOTE = 1_000  # characters of a quotation in the list


class DossierScreen(GuardedScreen):
    """A list of entries. Comments are typed in a dialog; the document is written in a worker."""

    CSS_PATH = "../styles/keep.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f12", "app.back_to_asking", "Back", tooltip="In the dossier: return to asking"),
        Binding("c", "comment", "Comment", tooltip="In the dossier: write a comment on the selected quotation"),
        Binding("shift+down", "move(1)", "Down", tooltip="In the dossier: move the selected quotation down"),
        Binding("shift+up", "move(-1)", "Up", tooltip="In the dossier: move the selected quotation up"),
        Binding(
            "delete", "remove", "Remove", key_display="del", tooltip="In the dossier: remove the selected quotation"
        ),
        Binding("ctrl+z", "restore", "Undo remove", tooltip="In the dossier: bring back the last one removed"),
        Binding("ctrl+s", "export", "Export", tooltip="In the dossier: save it as one document", priority=True),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._entries: tuple[tuple[DossierEntry, str | None], ...] = ()
        self._removed: list[DossierEntry] = []

    def compose(self) -> ComposeResult:
        """The head, the list, the keys."""
        yield Static(id="dossier-head", classes="keep-head")
        yield Static(EMPTY_TEXT, id="dossier-empty", classes="keep-empty")
        yield OptionList(id="dossier-entries", classes="keep-list", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """List what is kept now."""
        self.query_one(OptionList).focus()
        self._list()

    @property
    def _selected(self) -> DossierEntry | None:
        at = self.query_one(OptionList).highlighted
        return self._entries[at][0] if at is not None and at < len(self._entries) else None

    @work(thread=True, exclusive=True, group="list")
    def _list(self) -> None:
        from assistant.tui.keep.workers import list_dossier

        self.post_message(list_dossier(self._open_backend()))

    @on(DossierListed)
    def _show_entries(self, message: DossierListed) -> None:
        head = self.query_one("#dossier-head", Static)
        if isinstance(message.entries, str):
            head.update(Content(f"! {sanitize_line(message.entries)}"))
            return
        selected = message.follow or (self._selected.number if self._selected else None)
        self._entries = message.entries
        faults = sum(fault is not None for _, fault in message.entries)
        told = f"Dossier · {count_noun(len(message.entries), 'quotation')}"
        head.update(Content(told + (f" · {faults} not verbatim in the library now" if faults else "")))
        options = self.query_one(OptionList)
        options.set_options(
            Option(_render_entry(number, entry, fault)) for number, (entry, fault) in enumerate(self._entries, 1)
        )
        numbers = [entry.number for entry, _ in self._entries]
        if numbers:
            options.highlighted = numbers.index(selected) if selected in numbers else 0
        self.query_one("#dossier-empty").display = not numbers
        self.refresh_bindings()

    # ------------------------------------------------------------------------------------------ changing

    @work(thread=True, group="change")
    def _change(self, act: Callable[[Backend], object], follow: int | None = None) -> None:
        from assistant.tui.keep.workers import list_dossier

        try:
            act(self._open_backend())
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="warning", markup=False)
        self.post_message(list_dossier(self._open_backend(), follow))

    def action_comment(self) -> None:
        """Write a comment on the selected entry."""
        entry = self._selected
        if entry is not None:
            about = f"{shorten_line(entry.citation.quote, 300)}\n{entry.citation.reference_line}"
            dialog = EditValueScreen("Comment", about, entry.comment, "An empty comment removes it.")
            self.app.push_screen(dialog, lambda text: self._comment(entry.number, text))

    def _comment(self, number: int, text: str | None) -> None:
        if text is not None:
            self._change(lambda backend: backend.marks.dossier.comment(number, text))

    def action_move(self, by: int) -> None:
        """Move the selected entry."""
        entry = self._selected
        if entry is not None:
            self._change(lambda backend: backend.marks.dossier.move(entry.number, by), entry.number)

    def action_remove(self) -> None:
        """Remove the selected entry; it can be brought back."""
        entry = self._selected
        if entry is not None:
            self._removed.append(entry)
            self._change(lambda backend: backend.marks.dossier.remove(entry.number))

    def action_restore(self) -> None:
        """Bring back the entry that was removed last, at the end."""
        if self._removed:
            entry = self._removed.pop()
            self._change(lambda backend: backend.marks.dossier.add(entry.citation, entry.question, entry.comment))

    @on(OptionList.OptionSelected)
    def _open_source(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        cited = self._entries[event.option_index][0].citation
        self.post_message(ArticleWanted(cited.article_id, ((cited.start, cited.end),), "quotation"))

    # ----------------------------------------------------------------------------------------- exporting

    def action_export(self) -> None:
        """Ask for a file and write the document; its ending chooses the format."""
        from assistant.exports.dossier import DOSSIER_FORMATS

        formats = "\n".join(f"{each.suffix:<6} {each.label}: {each.description}" for each in DOSSIER_FORMATS)
        name = f"dossier-{relative_dates.today().isoformat()}.docx"
        path = name if self.app.is_web else str(Path.cwd() / name)
        about = f"The ending of the name chooses the format:\n{formats}"
        dialog = EditValueScreen(
            "Save the dossier", about, path, "An existing file is not replaced.", find_fault=_find_fault
        )
        dialog.verb = "Save"
        self.app.push_screen(dialog, self._export)

    def _export(self, typed: str | None) -> None:
        if typed is not None:
            self._write(typed)

    @work(thread=True, exclusive=True, group="export")
    def _write(self, typed: str) -> None:
        from assistant.exports.dossier import export_dossier, find_dossier_format
        from assistant.exports.dossier.document import make_document

        try:
            backend, path = self._open_backend(), Path(typed).expanduser().absolute()
            with backend.open_library() as library:
                document = make_document(backend.marks.dossier.list_entries(), library, "Dossier")
            data = export_dossier(document, find_dossier_format(_name_format(path.suffix)).name)
            if self.app.is_web:
                self.app.call_from_thread(self.app.deliver_binary, io.BytesIO(data), save_filename=path.name)
            else:
                write_durably(path, data)
        except OSError as error:
            self.notify(sanitize_line(f"{typed} {describe_write_error(error)}"), severity="error", markup=False)
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
        else:
            told = f" · {document.faults} quotations are not verified, and marked so" if document.faults else ""
            self.notify(sanitize_line(f"{path}{told}"), title="Saved", markup=False, timeout=8)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now."""
        if action == "restore":
            return bool(self._removed)
        return bool(self._entries) or action not in ("comment", "move", "remove", "export")


def _name_format(suffix: str) -> str:
    """The name of the format with a file suffix; the suffix itself if there is none."""
    from assistant.exports.dossier import DOSSIER_FORMATS

    return next((each.name for each in DOSSIER_FORMATS if each.suffix == suffix.lower()), suffix)


def _find_fault(typed: str) -> str | None:
    """What is wrong with a path to save to, or None."""
    from assistant.exports.dossier import DOSSIER_FORMATS

    path = Path(typed.strip() or ".").expanduser()
    if path.suffix.lower() not in {each.suffix for each in DOSSIER_FORMATS}:
        return "the name must end in " + ", ".join(each.suffix for each in DOSSIER_FORMATS)
    if path.exists():
        return f"{path.name} already exists; choose another name"
    return None if path.absolute().parent.is_dir() else f"there is no folder {path.absolute().parent}"


def _render_entry(number: int, entry: DossierEntry, fault: str | None) -> Content:
    cited = entry.citation
    lines = [Content.assemble((f"{number}. ", "bold"), shorten_line(cited.words_with_days, LONGEST_QUOTE))]
    lines.append(Content.styled("   " + shorten_line(cited.reference_line, 300), "dim"))
    if entry.comment:
        lines.append(Content.assemble("   ✎ ", (shorten_line(entry.comment, LONGEST_QUOTE), "italic")))
    if fault:
        lines.append(Content.styled(f"   ! Not verified: {sanitize_line(fault)}", "$text-warning"))
    return Content("\n").join([*lines, Content("")])
