"""Where questions are typed: grows with its text, goes back through earlier questions, completes names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Blur, Key, Paste
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea

from assistant.conversations.question_history import QuestionHistory, filter_by_prefix
from assistant.suggestions.completion import Completer, Completion
from assistant.text.sanitize import sanitize_text
from assistant.tui.widgets.prompt.completion import Completions

PLACEHOLDER = "Ask a question · ↑ earlier ones · Ctrl+J new line"
NEW_LINE = "ctrl+j,shift+enter,alt+enter"
NEW_LINE_KEYS = frozenset([*NEW_LINE.split(","), "shift+\r", "\r"])  # the last are how xterm and tmux send them
COMPLETION_LOOKBACK = 400  # characters before the cursor that a completion may depend on


class Prompt(TextArea):
    """Enter asks. Text that is put in keeps its lines; control characters in it are shown, not kept.

    Up in the first line goes to earlier questions, those that begin as the text does; down in the last one comes
    back, in the end to what was being typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask", tooltip="Ask the question", show=False),
        Binding(
            NEW_LINE,
            "new_line",
            "New line",
            tooltip="New line in the question (Shift+Enter and Alt+Enter too, where the terminal sends them)",
            show=False,
        ),
        Binding(
            "up", "cursor_up", "Earlier", tooltip="In the first line: an earlier question that begins so", show=False
        ),
        Binding(
            "down", "cursor_down", "Later", tooltip="In the last line: back towards what was being typed", show=False
        ),
    ]

    class Submitted(Message):
        """A question is to be asked."""

        def __init__(self, prompt: Prompt, value: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.value = value

        @property
        def control(self) -> Prompt:
            """The prompt that it was typed into."""
            return self.prompt

    def __init__(self, completions: Completions, question_history: QuestionHistory, *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder=PLACEHOLDER, highlight_cursor_line=False, compact=True)
        self.match_cursor_bracket = False
        self.completer: Completer | None = None
        self._completions = completions
        self._question_history = question_history
        self._browsed_questions: Sequence[str] = ()  # the draft, then the earlier questions; empty while none is shown
        self._browsed_place = 0  # in them
        self._silent = False  # while the text is changed by something else than typing

    # ------------------------------------------------------------------------------------------ its text

    @property
    def value(self) -> str:
        """The text. Setting it is a change that can be undone, and leaves the cursor at the end."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self._browsed_questions = ()
        self._replace_text(text)

    def restore_question(self, question: str) -> None:
        """Offer a question for editing, unless another one is being typed."""
        if not self.value:
            self.value = question

    def _replace_text(self, text: str) -> None:
        self._replace_silently(sanitize_text(text), (0, 0), self.document.end)

    def _replace_silently(self, text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Replace a part of the text without offering completions; the cursor goes behind what was put in."""
        self._silent = True
        self.history.checkpoint()  # so that undo gives back what stood here, and no more
        self.replace(text, start, end, maintain_selection_offset=False)
        self._silent = False
        self._completions.close()

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert_text(event.text)

    def action_paste(self) -> None:
        """Put in what was copied."""
        self._insert_text(self.app.clipboard)

    def _insert_text(self, text: str) -> None:
        self._browsed_questions = ()
        self._replace_silently(
            sanitize_text(text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")), *sorted(self.selection)
        )

    async def _on_key(self, event: Key) -> None:
        # At once, not when the key has come to the bindings: who types fast has the next letters there before that.
        key = event.key
        if key == "enter":
            self.action_submit()
        elif key in NEW_LINE_KEYS:
            self.action_new_line()
        elif self._completions.is_open and key in ("up", "down"):
            self._completions.move(1 if key == "down" else -1)
        elif self._completions.is_open and key == "tab":
            self.accept_completion(self._completions.best)
        elif self._completions.is_open and key == "escape":
            self._completions.close()
        else:
            return
        event.stop()
        event.prevent_default()

    def action_new_line(self) -> None:
        """Begin a new line."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_submit(self) -> None:
        """Ask; or put in the completion that the user has gone to."""
        if self._completions.chosen:
            self.accept_completion(self._completions.chosen)
        else:
            self._completions.close()
            self.post_message(self.Submitted(self, self.value))

    # ---------------------------------------------------------------------------------- earlier questions

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up; in the first one to an earlier question."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            if not self._browsed_questions:
                self._begin_browsing()
            self._browse(1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down; in the last one back to a later question. Where there is none, the screen may have a use."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        elif self._browsed_questions:
            self._browse(-1)
        else:
            raise SkipAction

    def _begin_browsing(self) -> None:
        draft = self.value
        earlier = list(filter_by_prefix(self._question_history.questions, draft)) or list(
            self._question_history.questions
        )
        self._browsed_questions = [draft, *(question for question in earlier if question != draft)]
        self._browsed_place = 0

    def _browse(self, by: int) -> None:
        place = self._browsed_place + by
        if 0 <= place < len(self._browsed_questions):
            self._browsed_place = place
            self._replace_text(self._browsed_questions[place])
            if by > 0:  # where the next press goes on
                self.move_cursor(self.wrapped_document.offset_to_location(Offset(self.wrap_width, 0)))
        if self._browsed_place == 0:
            self._browsed_questions = ()

    # -------------------------------------------------------------------------------------- completions

    def update_suggestion(self) -> None:
        """Called at each change of the text: offer what the word before the cursor may become."""
        if self._silent:
            return
        self._browsed_questions = ()
        if self.completer is None or not self.selection.is_empty:
            self._completions.close()
            return
        row, column = self.cursor_location
        line = self.document.get_line(row)
        first = max(0, column - COMPLETION_LOOKBACK)
        self._completions.offer(self.completer.complete(line[first:column], line[column : column + 1]))
        if self._completions.is_open:
            self.call_after_refresh(self._place_completions)  # the prompt may grow by this letter

    def _place_completions(self) -> None:
        if self._completions.is_open:
            column = self.cursor_screen_offset.x
            self._completions.place_over(Offset(max(self.region.x, column - 4), self.region.y))

    def accept_completion(self, completion: Completion) -> None:
        """Put a completion in the place of what it completes."""
        row, column = self.cursor_location
        first = max(0, column - COMPLETION_LOOKBACK)
        self._replace_silently(sanitize_text(completion.text), (row, first + completion.start), (row, column))

    def on_blur(self, _event: Blur) -> None:
        """Completions go where nothing can be typed."""
        self._completions.close()


class PromptBox(Vertical):
    """The prompt with its completions."""

    def __init__(self, question_history: QuestionHistory) -> None:
        super().__init__()
        self._completions = Completions()
        self.prompt = Prompt(self._completions, question_history, id="question")

    def compose(self) -> ComposeResult:
        yield self._completions
        yield self.prompt

    @on(Completions.CompletionAccepted)
    def _accept_clicked(self, event: Completions.CompletionAccepted) -> None:
        event.stop()
        self.prompt.accept_completion(event.completion)
        self.prompt.focus()
