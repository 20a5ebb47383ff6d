"""The part of the screen for asking that is for reading: opening sources, copying answers, opening the originals."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import sanitize_line
from assistant.tui import programs
from assistant.tui.backend import Opener, describe_error
from assistant.tui.keep.messages import MarksWanted, QuotationKept
from assistant.tui.messages import ArticleLoaded, CitationChosen
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.widgets.sources.sources import SourcesPane

NOTICE_SECONDS = 3


class ReadingScreen(Screen[None]):
    """Has a conversation and the sources of one of its answers. Subclasses compose them.

    Keys for something that an answer brings wait while the answer still arrives (see `run_after_answer`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy_answer", "Copy answer", tooltip="In the answers and sources: copy the answer"),
        Binding("q", "copy_quote", "Copy quote", tooltip="In the answers and sources: copy the open source's quote"),
        Binding("c", "copy_citation", "Copy citation", tooltip="In the answers and sources: copy the citation"),
        Binding(
            "d", "keep_quote", "To dossier", tooltip="In the answers and sources: keep the open source's quotation"
        ),
        Binding("s", "copy_clipping", "For a story", tooltip="In the answers and sources: copy “quote” (outlet, day)"),
        Binding("o", "open_original", "Original", tooltip="In the answers and sources: open the original"),
        Binding("m", "marks", "Marks", tooltip="In the answers and sources: tags, star and notes of the open article"),
        # `Panes` has the same key; it gets here if there are no sources yet.
        Binding("z", "zoom_after_answer", show=False),
    ]

    is_answering = False  # whether an answer still arrives

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self.conversation, self.sources = ConversationView(), SourcesPane()
        self.panes = Panes(self.conversation, self.sources)
        self._awaiting_action: Callable[[], object] | None = None

    def current_turn_and_citation(self) -> tuple[Turn | None, Citation | None]:
        """The answer whose sources are shown, else the newest; and the open source, else the first one."""
        sources = self.sources
        answered = [entry for entry in self.conversation.entries if entry.turn is not None]
        entry = next(
            (entry for entry in answered if entry.question_number == sources.question_number),
            answered[-1] if answered else None,
        )
        citations = sources.citations or (entry.citations if entry else ())
        return entry.turn if entry else None, sources.open_citation or next(iter(citations), None)

    # ----------------------------------------------------------------------- keys pressed before the answer

    def run_after_answer(self, action: Callable[[], object], notice: str) -> None:
        """Remember what a key was pressed for, and say so in `notice`. The last such key counts.

        `run_awaiting_action` does it once the answer is complete. If the question is cancelled or fails, or if the
        user has gone to another screen by then, it is forgotten.
        """
        self._awaiting_action = action
        self.notify(notice, timeout=NOTICE_SECONDS)

    def run_awaiting_action(self) -> None:
        """Do what a key was pressed for while the answer still arrived."""
        action, self._awaiting_action = self._awaiting_action, None
        if action is not None and self.app.screen is self:
            action()

    def forget_awaiting_action(self) -> None:
        """The answer will not arrive."""
        self._awaiting_action = None

    def action_zoom_after_answer(self) -> None:
        """Show the open source alone once there is one."""
        self.run_after_answer(self.panes.action_zoom, "The source is shown alone when the answer is complete.")

    # ---------------------------------------------------------------------------------------------- sources

    @on(CitationChosen)
    def _open_citation(self, message: CitationChosen) -> None:
        conversation, sources = self.conversation, self.sources
        if message.by_user:
            self.panes.show_sources()
        if message.question_number != sources.question_number or not sources.citations:
            citations = conversation.citations(message.question_number)
            if not citations:
                return  # a new conversation has begun meanwhile
            sources.list_citations(
                message.question_number, citations, answering=conversation.has_answer(message.question_number)
            )
            self.refresh_bindings()
        conversation.mark(message.question_number, message.citation)
        sources.mark(message.citation)
        self._load_article(message.citation)

    @work(thread=True, exclusive=True, group="article")
    def _load_article(self, citation: Citation) -> None:
        try:
            cited = self._open_backend().cited_article(citation)
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ArticleLoaded(citation, cited))

    @on(ArticleLoaded)
    def _show_article(self, message: ArticleLoaded) -> None:
        self.sources.show_article(message.citation, message.cited)

    def action_step(self, by: int) -> None:
        """Open the citation `by` places after the open one, or the first sentence near to the newest answer."""
        entries, citation = self.conversation.entries, self.sources.find_neighbor(by)
        if citation is not None:
            self.post_message(CitationChosen(self.sources.question_number, citation))
        elif not self.sources.citations and entries and entries[-1].citations:
            self.post_message(CitationChosen(entries[-1].question_number, entries[-1].citations[0]))

    # ---------------------------------------------------------------------------------------------- copying

    def action_copy_answer(self) -> None:
        """Copy the answer with its numbered sources."""
        turn, _ = self.current_turn_and_citation()
        if turn is None:
            self._wait_or_warn(self.action_copy_answer, "The answer is copied when it is complete.", "answer to copy")
            return
        from assistant.exports.text import render_answer_text  # imports numpy, which would delay the first frame

        self._copy_text(render_answer_text(turn), "the answer")

    def action_copy_quote(self) -> None:
        """Copy the quoted words of the open citation with their speaker."""
        citation = self._current_citation(self.action_copy_quote, "The first quote is copied")
        if citation is not None:
            from assistant.exports.text import render_quote_text

            self._copy_text(render_quote_text(citation), f"quote [{citation.n}]")

    def action_copy_citation(self) -> None:
        """Copy the reference to the article of the open citation."""
        citation = self._current_citation(self.action_copy_citation, "The first citation is copied")
        if citation is not None:
            from assistant.exports.text import render_reference

            self._copy_text(render_reference(citation) + "\n", f"citation [{citation.n}]")

    def action_keep_quote(self) -> None:
        """Add the open citation to the dossier."""
        citation = self._current_citation(self.action_keep_quote, "The first quotation is kept")
        turn, _ = self.current_turn_and_citation()
        if citation is not None:
            self.post_message(QuotationKept(citation, turn.answer.question if turn else ""))

    def action_marks(self) -> None:
        """Show and change the marks of the open citation's article; a note is on the cited words."""
        citation = self._current_citation(self.action_marks, "The marks are shown")
        if citation is not None:
            self.post_message(MarksWanted(citation.article_id, (citation.start, citation.end)))

    def action_copy_clipping(self) -> None:
        """Copy the quoted words as a line for a story: “quote” (speaker; outlet, day)."""
        citation = self._current_citation(self.action_copy_clipping, "The first quote is copied")
        if citation is not None:
            from assistant.exports.text import render_clipping

            self._copy_text(render_clipping(citation), f"quote [{citation.n}] for a story")

    def _current_citation(self, action: Callable[[], object], effect: str) -> Citation | None:
        """The current citation. If there is none yet, `action` is called when there is one."""
        _, citation = self.current_turn_and_citation()
        if citation is None:
            self._wait_or_warn(action, f"{effect} when the answer is complete.", "source")
        return citation

    def _wait_or_warn(self, action: Callable[[], object], notice: str, missing: str) -> None:
        if self.is_answering:
            self.run_after_answer(action, notice)
        else:
            self.notify(f"There is no {missing} yet.", severity="warning")

    def _copy_text(self, text: str, label: str) -> None:
        self.app.copy_to_clipboard(text)  # the terminal does not report whether it has done so
        self._copy_with_program(text, f"Copied {label}, {len(text):,} characters")

    @work(thread=True, exclusive=True, group="copy")
    def _copy_with_program(self, text: str, notice: str) -> None:
        program = None if self.app.is_web else programs.find_clipboard_program()
        copied = program is not None and programs.copy_with(program, text)
        by = f"with {program.name}" if program and copied else "through the terminal (OSC 52)"
        self.notify(f"{notice}, {by}", markup=False, timeout=NOTICE_SECONDS)

    def action_copy_text(self) -> None:
        """Copy what was marked with the mouse, and say so."""
        text = self.get_selected_text()
        if not text:
            raise SkipAction
        self._copy_text(text, "the marked text")

    # ----------------------------------------------------------------------------------------- the originals

    def action_open_original(self) -> None:
        """Open the web page of the open citation's article, or else its file."""
        citation = self._current_citation(self.action_open_original, "The first original is opened")
        if citation is not None:
            self._open_original(citation)

    @work(thread=True, exclusive=True, group="original")
    def _open_original(self, citation: Citation) -> None:
        url = (citation.url or "").strip()
        if programs.is_web_address(url):
            self._open_target(url)
            return
        try:
            article = self._open_backend().article(citation.article_id)
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
            return
        path = article.path if article else None
        if path is None:
            self.notify("The library has neither a web address nor a file of this article.", severity="warning")
        elif self.app.is_web or not Path(path).exists():
            self.notify(sanitize_line(path), title="The original", markup=False)
        else:
            self._open_target(os.path.realpath(path))

    def _open_target(self, target: str) -> None:
        """Open an address or a file; show it instead if the user could not see a window of this machine."""
        program = programs.find_viewer()
        if self.app.is_web:
            self.app.call_from_thread(self.app.open_url, target)
        elif not programs.has_screen():
            self.notify(sanitize_line(target), title="The original", markup=False, timeout=15)
        elif program is not None and programs.open_with(program, target):
            self.notify(sanitize_line(target), title="Opened", markup=False)
        elif programs.is_web_address(target):
            self.app.call_from_thread(self.app.open_url, target)
        else:
            self.notify(sanitize_line(target), title="The original", markup=False)
