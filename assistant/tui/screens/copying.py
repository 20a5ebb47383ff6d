"""What every screen with answers and sources has: copying them, and opening the originals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import sanitize_line
from assistant.tui import clipboard
from assistant.tui.backend import Opener, describe_error

COPIED_NOTICE_SECONDS = 3  # seconds that it is said


class CopyingScreen(Screen[None]):
    """Copies the answer, the quote or the citation that `taken` tells, and opens where it is from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy_answer", "Copy answer", tooltip="In the answers and sources: copy the answer"),
        Binding("q", "copy_quote", "Copy quote", tooltip="In the answers and sources: copy the open source's quote"),
        Binding("c", "copy_citation", "Copy citation", tooltip="In the answers and sources: copy where it is from"),
        Binding("o", "open_original", "Original", tooltip="In the answers and sources: open the original"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend

    def current_turn_and_citation(self) -> tuple[Turn | None, Citation | None]:
        """The answer and the citation that the reader is at."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------- copying

    def action_copy_answer(self) -> None:
        """Copy the answer with its numbered sources."""
        turn, _ = self.current_turn_and_citation()
        if turn is None:
            self.notify("There is no answer to copy yet.", severity="warning")
            return
        from assistant.exports.text import render_answer_text  # brings numpy: not on the way to the first frame

        self._copy_text(render_answer_text(turn), "the answer")

    def action_copy_quote(self) -> None:
        """Copy the words of the open citation, and whose they are."""
        cited = self._current_citation()
        if cited is not None:
            from assistant.exports.text import render_quote_text

            self._copy_text(render_quote_text(cited), f"quote [{cited.n}]")

    def action_copy_citation(self) -> None:
        """Copy where the open citation is from."""
        cited = self._current_citation()
        if cited is not None:
            from assistant.exports.text import render_reference

            self._copy_text(render_reference(cited) + "\n", f"citation [{cited.n}]")

    def _current_citation(self) -> Citation | None:
        _, cited = self.current_turn_and_citation()
        if cited is None:
            self.notify("There is no source yet.", severity="warning")
        return cited

    def _copy_text(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)  # what the terminal does with it is not known
        self._copy_with_program(text, f"Copied {what}, {len(text):,} characters")

    @work(thread=True, exclusive=True, group="copy")
    def _copy_with_program(self, text: str, notice: str) -> None:
        program = None if self.app.is_web else clipboard.find_clipboard_program()
        taken = program is not None and clipboard.copy_with(program, text)
        by = f"with {program.name}" if program and taken else "through the terminal (OSC 52)"
        self.notify(f"{notice}, {by}", markup=False, timeout=COPIED_NOTICE_SECONDS)

    # --------------------------------------------------------------------------------------------- opening

    def action_open_original(self) -> None:
        """Open the open citation's article where it was published, or its file."""
        cited = self._current_citation()
        if cited is not None:
            self._open_original(cited)

    @work(thread=True, exclusive=True, group="original")
    def _open_original(self, cited: Citation) -> None:
        url = (cited.url or "").strip()
        if clipboard.is_web_address(url):
            self._open_target(url)
            return
        try:
            article = self._open_backend().article(cited.article_id)
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
            return
        path = article.path if article else None
        if path is None:
            self.notify("The library knows neither an address nor a file of this article.", severity="warning")
        elif self.app.is_web or not Path(path).exists():
            self.notify(sanitize_line(path), title="The original", markup=False)
        else:
            self._open_target(os.path.realpath(path))

    def _open_target(self, target: str) -> None:
        """Open an address or a file, or say it where nothing opened here would be seen."""
        program = clipboard.find_viewer()
        if self.app.is_web:
            self.app.call_from_thread(self.app.open_url, target)
        elif not clipboard.has_screen():
            self.notify(sanitize_line(target), title="The original", markup=False, timeout=15)
        elif program is not None and clipboard.open_with(program, target):
            self.notify(sanitize_line(target), title="Opened", markup=False)
        elif clipboard.is_web_address(target):
            self.app.call_from_thread(self.app.open_url, target)
        else:
            self.notify(sanitize_line(target), title="The original", markup=False)
