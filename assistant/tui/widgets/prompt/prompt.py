"""The prompt of the main screen: a text box for questions, with earlier questions and completions."""

from __future__ import annotations

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

from assistant.conversations.question_history import QuestionHistory
from assistant.suggestions.completion import Completer, Completion
from assistant.text.sanitize import sanitize_text
from assistant.tui.widgets.prompt.completion import Completions
from assistant.tui.widgets.prompt.question_browser import QuestionBrowser

PLACEHOLDER = "Ask a question · ↑ earlier questions · Ctrl+J new line"
NEW_LINE = "ctrl+j,shift+enter,alt+enter"
NEW_LINE_KEYS = frozenset([*NEW_LINE.split(","), "shift+\r", "\r"])  # the last two are sent by xterm and tmux
ACTIONS_OF_SCREEN_KEYS = frozenset({"select_line", "select_all"})  # F6 and F7 of a TextArea are keys of the screen
COMPLETION_LOOKBACK = 400  # characters before the cursor that a completion may depend on


class Prompt(TextArea):
    """A text box that grows with its text. Enter submits it; pasted text keeps its lines, without control characters.

    Up in the first line goes to earlier questions that begin like the text; Down in the last line goes back to newer
    ones and to the draft. While completions are open, Up and Down choose one and Tab accepts it.
    Posts `Submitted`; asking the question is left to the screen.
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
            "up",
            "cursor_up",
            "Earlier",
            tooltip="In the first line: an earlier question that begins like the text",
            show=False,
        ),
        Binding("down", "cursor_down", "Later", tooltip="In the last line: a newer question, or the draft", show=False),
        Binding("ctrl+d", "delete_right", "Quit", tooltip="In the empty question box: quit", show=False),
    ]

    class Submitted(Message):
        """The question was submitted."""

        def __init__(self, prompt: Prompt, value: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.value = value

        @property
        def control(self) -> Prompt:
            """The prompt, for selectors of `on`."""
            return self.prompt

    def __init__(self, completions: Completions, question_history: QuestionHistory, *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder=PLACEHOLDER, highlight_cursor_line=False, compact=True)
        self.match_cursor_bracket = False
        self.completer: Completer | None = None
        self._completions = completions
        self._question_history = question_history
        self._browser = QuestionBrowser()
        self._draft = ""  # a text that was removed before it was sent
        self._is_replacing = False  # the text is changed by something other than typing

    # ------------------------------------------------------------------------------------------ the text

    @property
    def value(self) -> str:
        """The text. Setting it can be undone, and puts the cursor at the end."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self._browser.stop()
        self._replace_text(text)

    @property
    def can_clear(self) -> bool:
        """Whether there is a text to remove or to give back."""
        return bool(self.text or self._draft)

    def clear_draft(self) -> None:
        """Remove the text; `restore_draft` gives it back."""
        self._draft = self.value
        self.value = ""

    def forget_draft(self) -> None:
        """Give nothing back any more: the user has gone on."""
        self._draft = ""

    def restore_draft(self) -> None:
        """Give back the text that was removed last."""
        if self._draft:
            self.value, self._draft = self._draft, ""

    def restore_question(self, question: str) -> None:
        """Put back a question for editing, unless another one is being typed."""
        if not self.value:
            self.value = question

    def _replace_text(self, text: str) -> None:
        self._replace_silently(sanitize_text(text), (0, 0), self.document.end)

    def _replace_silently(self, text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Replace a part of the text without opening completions; the cursor goes after the new text."""
        self._is_replacing = True
        self.history.checkpoint()  # so that one undo brings back exactly what was here
        self.replace(text, start, end, maintain_selection_offset=False)
        self._is_replacing = False
        self._completions.close()

    def type_text(self, text: str) -> None:
        """Take the focus and this text, as if it had been typed here at the end."""
        self.screen.set_focus(self)  # at once: the next letter may have been pressed already
        self.move_cursor(self.document.end)
        self.insert(text)

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert_text(event.text)

    def action_paste(self) -> None:
        """Paste the clipboard."""
        self._insert_text(self.app.clipboard)

    def _insert_text(self, text: str) -> None:
        self._browser.stop()
        unix_lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
        self._replace_silently(sanitize_text(unix_lines), *sorted(self.selection))

    async def _on_key(self, event: Key) -> None:
        # Handled here and not by bindings, which run later: the next letters of a fast typist would overtake the key.
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
        elif key == "ctrl+d" and not self.text:
            await self.run_action("app.quit")
        elif key == "backspace" and not self.text:
            await self.run_action("screen.remove_chip")  # of the filters above
        elif key.startswith("alt+") and event.is_printable:
            event.prevent_default()  # Alt+N comes with its letter, which is no text; the key goes on to bindings
            return
        else:
            return
        event.stop()
        event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is possible; not those with which a TextArea keeps F6 and F7 from the screen."""
        return action not in ACTIONS_OF_SCREEN_KEYS and super().check_action(action, parameters)

    def action_new_line(self) -> None:
        """Insert a line break."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_submit(self) -> None:
        """Submit the question, or accept the completion chosen with the arrow keys."""
        if self._completions.chosen:
            self.accept_completion(self._completions.chosen)
        else:
            self._completions.close()
            self.forget_draft()
            self.post_message(self.Submitted(self, self.value))

    # ---------------------------------------------------------------------------------- earlier questions

    def action_cursor_up(self, select: bool = False) -> None:
        """Move a line up; in the first line, show an earlier question."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            if not self._browser.is_browsing:
                self._browser.begin(self.value, self._question_history.questions)
            self._browse(1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move a line down; in the last line, show a newer question. Raises SkipAction if there is none."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        elif self._browser.is_browsing:
            self._browse(-1)
        else:
            raise SkipAction

    def _browse(self, by: int) -> None:
        text = self._browser.step(by)
        if text is None:
            return
        self._replace_text(text)
        if by > 0:  # to the first line, in which the next press goes further back
            self.move_cursor(self.wrapped_document.offset_to_location(Offset(self.wrap_width, 0)))

    # -------------------------------------------------------------------------------------- completions

    def update_suggestion(self) -> None:
        """Offer completions of the word before the cursor. Textual calls this at each change of the text."""
        if self._is_replacing:
            return
        self._browser.stop()
        if self.completer is None or not self.selection.is_empty:
            self._completions.close()
            return
        row, column = self.cursor_location
        line = self.document.get_line(row)
        first = max(0, column - COMPLETION_LOOKBACK)
        self._completions.offer(self.completer.complete(line[first:column], line[column : column + 1]))
        if self._completions.is_open:
            self.call_after_refresh(self._place_completions)  # after layout: the prompt may have grown

    def _place_completions(self) -> None:
        if self._completions.is_open:
            column = self.cursor_screen_offset.x
            self._completions.place_over(Offset(max(self.region.x, column - 4), self.region.y))

    def accept_completion(self, completion: Completion) -> None:
        """Replace the word before the cursor by its completion."""
        row, column = self.cursor_location
        first = max(0, column - COMPLETION_LOOKBACK)
        self._replace_silently(sanitize_text(completion.text), (row, first + completion.start), (row, column))

    def on_blur(self, _event: Blur) -> None:
        """Close the completions when the focus leaves."""
        self._completions.close()


class PromptBox(Vertical):
    """The prompt with its list of completions. Posts what `Prompt` posts."""

    def __init__(self, question_history: QuestionHistory) -> None:
        super().__init__()
        self._completions = Completions()
        self.prompt = Prompt(self._completions, question_history, id="question")

    def compose(self) -> ComposeResult:
        """Yield the completions and the prompt."""
        yield self._completions
        yield self.prompt

    @on(Completions.CompletionAccepted)
    def _accept_clicked(self, event: Completions.CompletionAccepted) -> None:
        event.stop()
        self.prompt.accept_completion(event.completion)
        self.prompt.focus()
