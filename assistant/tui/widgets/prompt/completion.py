"""The short list above the prompt: what the word that is being typed may become."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.suggestions.completion import Completion
from assistant.text.sanitize import shorten_line

LONGEST_NAME = 60  # cells shown
BORDER_LINES = 2  # lines, above and below


class Completions(OptionList, can_focus=False):
    """Shown while there is something to offer. The prompt keeps the focus and tells it what its keys do."""

    class CompletionAccepted(Message):
        """One of the completions has been clicked."""

        def __init__(self, completion: Completion) -> None:
            super().__init__()
            self.completion = completion

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self.border_subtitle = "Tab takes · ↑↓ choose · Esc closes"
        self._offered: tuple[Completion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._offered)

    @property
    def chosen(self) -> Completion | None:
        """The one that the user has gone to with the arrows, if any."""
        return self._offered[self.highlighted] if self._offered and self.highlighted is not None else None

    @property
    def best(self) -> Completion:
        """What Tab takes: the chosen one, else the first. Only while open."""
        return self.chosen or self._offered[0]

    def offer(self, completions: tuple[Completion, ...]) -> None:
        """Show these, none of them chosen; nothing closes the list."""
        if completions != self._offered:
            self._offered = completions
            width = max((len(shorten_line(one.text, LONGEST_NAME)) for one in completions), default=0)
            self.set_options(_make_option(one, width) for one in completions)
        self.highlighted = None
        self.display = bool(completions)

    def close(self) -> None:
        """Offer nothing."""
        if self._offered:
            self.offer(())

    def move(self, by: int) -> None:
        """Choose the next or the previous one; from none to the first or the last, from either end to none."""
        places = [None, *range(len(self._offered))]
        self.highlighted = places[(places.index(self.highlighted) + by) % len(places)]

    def place_over(self, at: Offset) -> None:
        """Stand with the last line above this place on the screen."""
        self.absolute_offset = Offset(at.x, at.y - len(self._offered) - BORDER_LINES)
        self.refresh(layout=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.CompletionAccepted(self._offered[event.option_index]))


def _make_option(completion: Completion, width: int) -> Option:
    name = shorten_line(completion.text, LONGEST_NAME)
    return Option(Content.assemble(name, " " * (width - len(name) + 2), (completion.note, "dim")))
