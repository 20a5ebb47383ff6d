"""The line above the prompt that offers questions which lead on from the newest answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.charts import fit_width

LEAD_TEXT, SEPARATOR = "↓ Go on: ", "  ·  "


class FollowUps(Static):
    """As many questions as there is room for, each whole, one of them chosen while this has the keys.

    Tab passes it by: it comes and goes, and must not be in the way to the answers.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "step(1)", "Next", show=False),
        Binding("up,left", "step(-1)", "Previous", show=False),
        Binding("enter", "ask", "Ask it", tooltip="In the questions to go on with: ask the chosen one"),
    ]

    chosen: reactive[int] = reactive(0)

    class FollowUpChosen(Message):
        """This question is to be asked."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    class FollowUpsExited(Message):
        """The user has gone past an end of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: tuple[str, ...] = ()
        self.display = False

    def offer(self, questions: Sequence[str]) -> None:
        """Offer these questions; for none, take no room."""
        self.questions = tuple(questions)
        self.chosen = 0
        self.display = bool(questions)
        self._draw()

    def _select_fitting(self) -> list[str]:
        """Those that fit; the first of them in any case, cut where it has to be."""
        room = self.content_size.width - cell_len(LEAD_TEXT)
        shown: list[str] = []
        for question in map(sanitize_line, self.questions):
            taken = cell_len(SEPARATOR.join([*shown, question]))
            if shown and taken > room:
                break
            shown.append(question if taken <= room else fit_width(question, max(1, room)))
        return shown

    def _draw(self) -> None:
        shown = self._select_fitting()
        self.chosen = min(self.chosen, max(0, len(shown) - 1))
        parts: list[Content | tuple[str, str]] = [(LEAD_TEXT, "$text-muted")]
        for place, question in enumerate(shown):
            look = "reverse" if self.has_focus and place == self.chosen else ""
            leading = Style.from_meta({"question": place})
            parts += [(SEPARATOR, "$text-muted")] if place else []
            parts.append(Content(question).stylize(look).stylize(leading))
        self.update(Content.assemble(*parts), layout=False)

    def watch_chosen(self) -> None:
        """Show which one is chosen."""
        self._draw()

    def take_keys(self) -> None:
        """Have the keys, the first question chosen."""
        self.can_focus = True
        self.chosen = 0
        self.focus()

    def on_focus(self) -> None:
        self._draw()

    def on_blur(self) -> None:
        self.can_focus = False
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        self._draw()

    def action_step(self, by: int) -> None:
        """To the next or the previous question, or out of the line."""
        if 0 <= self.chosen + by < len(self._select_fitting()):
            self.chosen += by
        else:
            self.post_message(self.FollowUpsExited())

    def action_ask(self) -> None:
        """Ask the chosen question."""
        if self.questions:
            self.post_message(self.FollowUpChosen(self.questions[self.chosen]))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """None is chosen while this has not the keys."""
        return self.has_focus if action == "ask" else True

    def on_click(self, event: Click) -> None:
        event.stop()
        place = event.style.meta.get("question")
        if isinstance(place, int) and place < len(self.questions):
            self.post_message(self.FollowUpChosen(self.questions[place]))
