"""What every screen with answers and sources has: copying them, and opening the originals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import one_line
from assistant.tui import clipboard as copying
from assistant.tui.backend import Opener, reason

COPIED_FOR = 3  # seconds that it is said


class TakingScreen(Screen[None]):
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

    def taken(self) -> tuple[Turn | None, Citation | None]:
        """The answer and the citation that the reader is at."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------- copying

    def action_copy_answer(self) -> None:
        """Copy the answer with its numbered sources."""
        turn, _ = self.taken()
        if turn is None:
            self.notify("There is no answer to copy yet.", severity="warning")
            return
        from assistant.exports.text import answer_text  # brings numpy: not on the way to the first frame

        self._copy(answer_text(turn), "the answer")

    def action_copy_quote(self) -> None:
        """Copy the words of the open citation, and whose they are."""
        cited = self._cited()
        if cited is not None:
            from assistant.exports.text import quote_text

            self._copy(quote_text(cited), f"quote [{cited.n}]")

    def action_copy_citation(self) -> None:
        """Copy where the open citation is from."""
        cited = self._cited()
        if cited is not None:
            from assistant.exports.text import reference

            self._copy(reference(cited) + "\n", f"citation [{cited.n}]")

    def _cited(self) -> Citation | None:
        _, cited = self.taken()
        if cited is None:
            self.notify("There is no source yet.", severity="warning")
        return cited

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)  # what the terminal does with it is not known
        self._copy_here(text, f"Copied {what}, {len(text):,} characters")

    @work(thread=True, exclusive=True, group="copy")
    def _copy_here(self, text: str, told: str) -> None:
        program = None if self.app.is_web else copying.clipboard_program()
        taken = program is not None and copying.copy_by(program, text)
        by = f"with {program.name}" if program and taken else "through the terminal (OSC 52)"
        self.notify(f"{told}, {by}", markup=False, timeout=COPIED_FOR)

    # --------------------------------------------------------------------------------------------- opening

    def action_open_original(self) -> None:
        """Open the open citation's article where it was published, or its file."""
        cited = self._cited()
        if cited is not None:
            self._open_original(cited)

    @work(thread=True, exclusive=True, group="original")
    def _open_original(self, cited: Citation) -> None:
        url = (cited.url or "").strip()
        if copying.is_web(url):
            self._open(url)
            return
        try:
            article = self._open_backend().article(cited.article_id)
        except Exception as error:
            self.notify(one_line(reason(error)), severity="error", markup=False)
            return
        path = article.path if article else None
        if path is None:
            self.notify("The library knows neither an address nor a file of this article.", severity="warning")
        elif self.app.is_web or not Path(path).exists():
            self.notify(one_line(path), title="The original", markup=False)
        else:
            self._open(os.path.realpath(path))

    def _open(self, target: str) -> None:
        """Open an address or a file, or say it where nothing opened here would be seen."""
        program = copying.viewer()
        if self.app.is_web:
            self.app.call_from_thread(self.app.open_url, target)
        elif not copying.has_screen():
            self.notify(one_line(target), title="The original", markup=False, timeout=15)
        elif program is not None and copying.open_by(program, target):
            self.notify(one_line(target), title="Opened", markup=False)
        elif copying.is_web(target):
            self.app.call_from_thread(self.app.open_url, target)
        else:
            self.notify(one_line(target), title="The original", markup=False)
