"""The list above the prompt of the main screen: completions of the word that is being typed."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.suggestions.completion import Completion
from assistant.text.sanitize import shorten_line

LONGEST_NAME = 60  # characters shown
BORDER_LINES = 2  # above and below


class Completions(OptionList, can_focus=False):
    """A list of completions, hidden while empty. The prompt keeps the focus and passes its keys on.

    Posts `CompletionAccepted` for a click. Finding completions and inserting one is left to the prompt.
    """

    class CompletionAccepted(Message):
        """A completion was clicked."""

        def __init__(self, completion: Completion) -> None:
            super().__init__()
            self.completion = completion

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self.border_subtitle = "Tab accept · ↑↓ choose · Esc close"
        self._offered: tuple[Completion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return bool(self._offered)

    @property
    def chosen(self) -> Completion | None:
        """The completion chosen with the arrow keys, if any."""
        return self._offered[self.highlighted] if self._offered and self.highlighted is not None else None

    @property
    def best(self) -> Completion:
        """The completion that Tab accepts: the chosen one, else the first. Only while open."""
        return self.chosen or self._offered[0]

    def offer(self, completions: tuple[Completion, ...]) -> None:
        """Show these completions, none of them chosen; without any, hide the list."""
        if completions != self._offered:
            self._offered = completions
            width = max((len(shorten_line(completion.text, LONGEST_NAME)) for completion in completions), default=0)
            self.set_options(_make_option(completion, width) for completion in completions)
        self.highlighted = None
        self.display = bool(completions)

    def close(self) -> None:
        """Hide the list."""
        if self._offered:
            self.offer(())

    def move(self, by: int) -> None:
        """Choose the next or previous completion; past either end none is chosen."""
        places = [None, *range(len(self._offered))]
        self.highlighted = places[(places.index(self.highlighted) + by) % len(places)]

    def place_over(self, at: Offset) -> None:
        """Move the list so that it ends directly above this place on the screen."""
        self.absolute_offset = Offset(at.x, at.y - len(self._offered) - BORDER_LINES)
        self.refresh(layout=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Report a click."""
        event.stop()
        self.post_message(self.CompletionAccepted(self._offered[event.option_index]))


def _make_option(completion: Completion, width: int) -> Option:
    name = shorten_line(completion.text, LONGEST_NAME)
    return Option(Content.assemble(name, " " * (width - len(name) + 2), (completion.note, "dim")))
