"""The answers pane: the conversation as it grows, or the welcome while nothing has been asked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from assistant.records.answer import Answer, AskEvent, Citation, Turn
from assistant.tui.messages import CitationChosen
from assistant.tui.rendering.titles import mark_title
from assistant.tui.widgets.answer.citation_keys import NumberInput, make_number_bindings
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.exchange_list import ExchangeList
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.start.welcome import Welcome


class ConversationView(ExchangeList):
    """All exchanges of the conversation, the newest last and in view; the welcome if there are none.

    Posts `CitationChosen` when a number is typed; its parts post it when clicked. The screen asks the questions,
    passes each event of the answer to `show_event`, and opens the sources.
    """

    BORDER_TITLE = "Answers"
    FOCUS_ON_CLICK = False  # so that the user can go on typing after a click on a sentence
    BINDINGS: ClassVar[list[BindingType]] = [
        *make_number_bindings(),
        Binding("n", "screen.step(1)", "Next", show=False),
        Binding("p", "screen.step(-1)", "Previous", show=False),
        Binding("j", "question(1)", "Next question", show=False, tooltip="In the answers: go to the next question"),
        Binding(
            "k", "question(-1)", "Previous question", show=False, tooltip="In the answers: go to the previous question"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._number_input = NumberInput()
        self.welcome = Welcome(id="welcome")

    def compose(self) -> ComposeResult:
        """Yield the welcome, and the spacers between which exchanges are mounted."""
        yield self.welcome
        yield self._before
        yield self._after

    def watch_has_focus(self, has_focus: bool) -> None:
        """Redraw only the border: nothing inside depends on the focus, and it can be many widgets."""
        self.border_title = mark_title(self.BORDER_TITLE, has_focus=has_focus)
        self.app.stylesheet.update_nodes([self])

    # ------------------------------------------------------------------------------------- exchanges

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions with their complete answers; without failed and unfinished ones."""
        return tuple(turn for entry in self.entries if (turn := entry.turn) is not None)

    async def begin_exchange(self, question_number: int, question: str) -> None:
        """Start a new exchange, which can take events when this returns."""
        self.welcome.display = False
        await self._append_entry(ExchangeState(question_number, question))
        self._follow_newest()

    def restore(self, entries: list[ExchangeState]) -> None:
        """Show these exchanges instead of the present ones, the last one in view."""
        self._replace_entries(entries)
        self.welcome.display = not entries
        if entries:
            self.call_after_refresh(self._scroll_to_newest)

    def show_event(self, event: AskEvent) -> None:
        """Show one more event of the newest answer. A complete answer is scrolled to its beginning."""
        newest = self.entries[-1]
        newest.add_event(event)
        widget = self._find_widget(newest)
        if widget is not None:
            widget.show_event(event)
        if isinstance(event, Answer):
            self.mark(newest.question_number, None)
            self._anchor = self._goal = (newest, 0)  # from now on nothing scrolls elsewhere
            self.call_after_refresh(self._scroll_to_newest)
        else:
            self._follow_newest()

    def switch_answer(self) -> Answer | None:
        """Show the newest answer without the language model, or with it again; None if there is only one."""
        newest = self.entries[-1] if self.entries else None
        if newest is None or newest.other_answer is None:
            return None
        newest.switch_answer()
        widget = self._find_widget(newest)
        if widget is not None:
            widget.refresh(recompose=True)
        return newest.answer

    def show_failure(self, reason: str) -> str:
        """End the newest exchange with the reason why there is no answer; returns its question."""
        newest = self.entries[-1]
        newest.failure = reason
        widget = self._find_widget(newest)
        if widget is not None:
            widget.show_failure(reason)
        self._follow_newest()
        return newest.question

    async def withdraw_newest(self) -> str:
        """Remove the newest exchange, as if its question had not been asked; returns the question."""
        newest = await self._remove_newest_entry()
        self.welcome.display = not self.entries
        self._fit()
        return newest.question

    async def clear(self) -> None:
        """Remove all exchanges."""
        self._replace_entries([])
        await self.query(Exchange).remove()
        self.welcome.display = True

    # -------------------------------------------------------------------------------------- the sources

    def _find_entry(self, question_number: int) -> ExchangeState | None:
        entries = (entry for entry in reversed(self.entries) if entry.question_number == question_number)
        return next(entries, None)

    def citations(self, question_number: int) -> tuple[Citation, ...]:
        """The citations of the answer to this question; empty if there are none (yet)."""
        entry = self._find_entry(question_number)
        return entry.citations if entry else ()

    def has_answer(self, question_number: int) -> bool:
        """Whether this question was not refused. True also while its answer is incomplete."""
        entry = self._find_entry(question_number)
        return entry is None or entry.answer is None or not entry.answer.abstained

    def action_number(self, digit: int) -> None:
        """Open the citation with this number, of the answer whose sources are shown."""
        question_number = self._open[0]
        citations = self.citations(question_number)
        number = self._number_input.enter_digit(digit, [citation.n for citation in citations])
        for citation in citations:
            if citation.n == number:
                self.post_message(CitationChosen(question_number, citation))
