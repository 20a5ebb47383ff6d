"""The line above the prompt of the main screen that offers follow-up questions to the newest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.messages import QuoteWanted
from assistant.tui.rendering.charts import fit_width

LABEL, SEPARATOR = "↓ Ask: ", "  ·  "
MAX_QUOTE = 40  # characters shown of words to check


class FollowUps(Static):
    """As many complete questions as fit on one line, one of them chosen while the line has the focus.

    Tab skips it, because it comes and goes and must not delay the way to the answers. Posts `FollowUpChosen`,
    `QuoteWanted` and `FollowUpsExited`. Finding the questions and asking one is left to the screen.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "step(1)", "Next", show=False),
        Binding("up,left", "step(-1)", "Previous", show=False),
        Binding("enter", "ask", "Ask it", tooltip="In the follow-up questions: ask the chosen one"),
    ]

    chosen: reactive[int] = reactive(0)

    class FollowUpChosen(Message):
        """This question should be asked, `of_all`: of all articles, not of some."""

        def __init__(self, question: str, *, of_all: bool = False) -> None:
            super().__init__()
            self.question = question
            self.of_all = of_all

    class FollowUpsExited(Message):
        """An arrow key was pressed at an end of the line; the focus should leave."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: tuple[str, ...] = ()
        self._offered: tuple[Callable[[], Message], ...] = ()  # a new message for each click
        self.display = False

    def offer(self, questions: Sequence[str], quote: str = "", refused: str = "") -> None:
        """Offer these questions, after what else leads on from a refusal; without anything, hide the line.

        That is, if they are given, to check `quote`, and to ask all articles the question that some do not answer.
        """
        offered: list[tuple[str, Callable[[], Message]]] = []
        if quote:
            offered.append((f"Check “{shorten_line(quote, MAX_QUOTE)}” (F8)", partial(QuoteWanted, quote)))
        if refused:
            offered.append(("The same, of all articles", partial(self.FollowUpChosen, refused, of_all=True)))
        offered += [(question, partial(self.FollowUpChosen, question)) for question in questions]
        self.questions = tuple(label for label, _ in offered)
        self._offered = tuple(make for _, make in offered)
        self.chosen = 0
        self.display = bool(self.questions)
        self._draw()

    def _select_fitting(self) -> list[str]:
        """The questions that fit; always the first one, cut if necessary."""
        room = self.content_size.width - cell_len(LABEL)
        shown: list[str] = []
        for question in map(sanitize_line, self.questions):
            width = cell_len(SEPARATOR.join([*shown, question]))
            if shown and width > room:
                break
            shown.append(question if width <= room else fit_width(question, max(1, room)))
        return shown

    def _draw(self) -> None:
        shown = self._select_fitting()
        self.chosen = min(self.chosen, max(0, len(shown) - 1))
        parts: list[Content | tuple[str, str]] = [(LABEL, "$text-muted")]
        for place, question in enumerate(shown):
            style = "reverse" if self.has_focus and place == self.chosen else ""
            meta = Style.from_meta({"question": place})
            parts += [(SEPARATOR, "$text-muted")] if place else []
            parts.append(Content(question).stylize(style).stylize(meta))
        self.update(Content.assemble(*parts), layout=False)

    def watch_chosen(self) -> None:
        """Redraw the chosen question."""
        self._draw()

    def take_keys(self) -> None:
        """Take the focus, with the first question chosen."""
        self.can_focus = True
        self.chosen = 0
        self.focus()

    def on_focus(self) -> None:
        """Show the chosen question."""
        self._draw()

    def on_blur(self) -> None:
        """Show no chosen question, and let Tab skip the line again."""
        self.can_focus = False
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        """Show as many questions as fit the new width."""
        self._draw()

    def action_step(self, by: int) -> None:
        """Choose the next or previous question, or leave the line at its ends."""
        if 0 <= self.chosen + by < len(self._select_fitting()):
            self.chosen += by
        else:
            self.post_message(self.FollowUpsExited())

    def action_ask(self) -> None:
        """Ask the chosen question."""
        if self.questions:
            self.post_message(self._offered[self.chosen]())

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Allow asking only while the line has the focus."""
        return self.has_focus if action == "ask" else True

    def on_click(self, event: Click) -> None:
        """Ask the clicked question."""
        event.stop()
        place = event.style.meta.get("question")
        if isinstance(place, int) and place < len(self.questions):
            self.post_message(self._offered[place]())
