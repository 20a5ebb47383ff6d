"""The dialog with the earlier questions of all conversations, filtered as the user types."""

from __future__ import annotations

from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.conversations.question_history import QuestionHistory, filter_by_words
from assistant.text.sanitize import shorten_line
from assistant.tui.commands.key_names import link_keys
from assistant.tui.widgets.common.text_line import TextLine

MAX_SHOWN = 200  # questions
MAX_LENGTH = 300  # characters shown of a question


class QuestionHistoryScreen(ModalScreen[str | None]):
    """Closes with the chosen question, or with None. `words` is the initial filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f7", "dismiss(None)", "Close", show=False),
        Binding("up", "step(-1)", "Newer", show=False),
        Binding("down", "step(1)", "Older", show=False),
        Binding("pageup", "step(-10)", "Newer", show=False),
        Binding("pagedown", "step(10)", "Older", show=False),
    ]

    def __init__(self, question_history: QuestionHistory, words: str = "") -> None:
        super().__init__()
        self._question_history = question_history
        self._words = words
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """The filter above the list."""
        with Vertical(id="question-history") as page:
            page.border_title = "Earlier questions"
            page.border_subtitle = link_keys("Type to search · ↑↓ · Enter selects · Esc closes")
            yield TextLine(self._words, placeholder="Words of the question", id="history-filter")
            yield Static(id="history-empty")
            questions = OptionList(id="history-questions", compact=True, markup=False)
            questions.can_focus = False  # the user can type while the arrow keys move in the list
            yield questions

    def on_mount(self) -> None:
        """List the questions that match the initial filter."""
        self.query_one(Input).focus()
        self._find_questions(self._words)

    @on(Input.Changed)
    def _search_again(self, event: Input.Changed) -> None:
        event.stop()
        self._find_questions(event.value)

    def _find_questions(self, words: str) -> None:
        self._shown = list(islice(filter_by_words(self._question_history.questions, words), MAX_SHOWN))
        questions = self.query_one(OptionList)
        questions.set_options(Option(Content(shorten_line(question, MAX_LENGTH))) for question in self._shown)
        questions.highlighted = 0 if self._shown else None
        questions.display = bool(self._shown)
        empty = self.query_one("#history-empty", Static)
        empty.display = not self._shown
        empty.update("No earlier question contains these words." if words.strip() else "No question was asked yet.")

    def action_step(self, by: int) -> None:
        """Move in the list while the filter keeps the focus."""
        questions = self.query_one(OptionList)
        if questions.highlighted is not None:
            questions.highlighted = min(max(questions.highlighted + by, 0), len(self._shown) - 1)

    @on(Input.Submitted)
    def _choose_highlighted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None:
            self.dismiss(self._shown[chosen])

    @on(OptionList.OptionSelected)
    def _choose_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._shown[event.option_index])
