"""The dialog that adds a page, feed, sitemap, folder or file to the library, as `assistant add` does."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener
from assistant.tui.commands.key_names import link_keys
from assistant.tui.keep.messages import AddProgress, SourceAdded
from assistant.tui.widgets.common.text_line import TextLine

HINT = (
    "An address (page, feed, sitemap), a folder or a file. Pages are kept beside the index; files stay where they are."
)


class AddScreen(ModalScreen[bool]):
    """Adds what is typed, shows what is fetched, and stays open if something failed. Closes with True to build."""

    CSS_PATH = "../styles/keep.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", tooltip="In the dialog to add: stop fetching, or close"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._is_adding = False
        self._has_added = False

    def compose(self) -> ComposeResult:
        """A box, and a line for progress or a problem."""
        with Vertical(id="add", classes="keep-dialog") as page:
            page.border_title = "Add to the library"
            page.border_subtitle = link_keys("Enter adds · Esc closes")
            yield Static(HINT, classes="hint")
            yield TextLine(placeholder="https://news.example.org/feed.xml or ~/clippings", id="add-what", compact=True)
            yield Static(id="add-state")

    def on_mount(self) -> None:
        """Begin with the box."""
        self.query_one("#add-what").focus()

    @on(Input.Submitted)
    def _start(self, event: Input.Submitted) -> None:
        event.stop()
        what = event.value.strip()
        if what and not self._is_adding:
            self._is_adding = True
            self._show_state(f"… {what}")
            self._add(what)

    @work(thread=True, exclusive=True, group="add")
    def _add(self, what: str) -> None:
        from assistant.tui.keep.workers import follow_adding

        worker = get_current_worker()
        for message in follow_adding(self._open_backend, what, lambda: worker.is_cancelled):
            self.post_message(message)

    @on(AddProgress)
    def _show_progress(self, message: AddProgress) -> None:
        if self._is_adding:
            self._show_state(message.line)

    @on(SourceAdded)
    def _finish(self, message: SourceAdded) -> None:
        self._is_adding = False
        self._has_added = self._has_added or bool(message.added)
        if message.failures:
            more = len(message.failures) - 1
            rest = f" (and {count_noun(more, 'further failure')})" if more else ""
            kept = f"{count_noun(message.added, 'thing')} added. " if message.added else ""
            self._show_state(f"! {kept}{message.failures[0]}{rest}", is_problem=True)
            return
        self.app.notify(sanitize_line(message.line or "Nothing new."), title="Added", markup=False, timeout=6)
        self.dismiss(self._has_added)

    def action_leave(self) -> None:
        """Stop fetching, or close."""
        if self._is_adding:
            self.workers.cancel_group(self, "add")
            self._show_state("Stopping after this page…")
        else:
            self.dismiss(self._has_added)

    def _show_state(self, line: str, *, is_problem: bool = False) -> None:
        state = self.query_one("#add-state", Static)
        state.set_class(is_problem, "-problem")
        state.update(Content(sanitize_line(line)))
