"""The list of earlier questions, of all conversations, narrowed by typing; one is put back into the prompt."""

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
from assistant.tui.widgets.common.text_line import TextLine

MOST_SHOWN = 200
LONGEST_SHOWN = 300  # characters


class QuestionHistoryScreen(ModalScreen[str | None]):
    """Closes with the chosen question, or with nothing. `words` is what to look for at first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+f", "dismiss(None)", "Close", show=False),
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
        with Vertical(id="question-history") as page:
            page.border_title = "Earlier questions"
            page.border_subtitle = "Type to search · ↑↓ · Enter takes · Esc closes"
            yield TextLine(self._words, placeholder="Words of the question", id="history-filter")
            yield Static(id="history-empty")
            questions = OptionList(id="history-questions", compact=True, markup=False)
            questions.can_focus = False  # one goes on typing while choosing
            yield questions

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._find_questions(self._words)

    @on(Input.Changed)
    def _search_again(self, event: Input.Changed) -> None:
        event.stop()
        self._find_questions(event.value)

    def _find_questions(self, words: str) -> None:
        found = filter_by_words(self._question_history.questions, words)
        self._shown = list(islice(found, MOST_SHOWN))
        questions = self.query_one(OptionList)
        questions.set_options(Option(Content(shorten_line(question, LONGEST_SHOWN))) for question in self._shown)
        questions.highlighted = 0 if self._shown else None
        questions.display = bool(self._shown)
        none = self.query_one("#history-empty", Static)
        none.display = not self._shown
        none.update("No earlier question has these words." if words.strip() else "No question was asked yet.")

    def action_step(self, by: int) -> None:
        """Go through the list without leaving the box."""
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
