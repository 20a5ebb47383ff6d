"""What an empty screen shows: what can be asked, what the library holds, and questions to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.records.library import Holdings
from assistant.text.formatting import counted
from assistant.text.sanitize import one_line, shortened

WHAT = (
    "Ask a question about your articles. The answer is made of their own words; each number opens the place "
    "where they stand. The next question may lean on the last: “and why?”"
)
MOST_NAMED = 3  # people and outlets
LONGEST_NAME = 40  # characters


class Suggestions(OptionList):
    """Questions to choose from; Enter or a click asks. The arrows lead out of it at its ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]

    class Left(Message):
        """The user has gone past an end of the list."""

    def action_step(self, by: int) -> None:
        """Go to the next or the previous question, or out of the list."""
        place = -1 if self.highlighted is None else self.highlighted
        if 0 <= place + by < self.option_count:
            self.highlighted = place + by
        else:
            self.post_message(self.Left())


class Welcome(Vertical):
    """Says at once what can be done, and as they become known, what the library holds and what to ask of it."""

    class Chosen(Message):
        """One of the suggested questions is to be asked."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._questions: tuple[str, ...] = ()
        self._suggestions = Suggestions(id="suggestions", compact=True, markup=False)

    def compose(self) -> ComposeResult:
        yield Static(Content(WHAT), id="welcome-what")
        yield Static(id="welcome-holds")
        yield Static("Try one of these (↓ goes there, Enter asks):", id="welcome-try")
        yield self._suggestions

    def tell(self, holdings: Holdings) -> None:
        """Say in words what the library holds."""
        self.query_one("#welcome-holds", Static).update(Content(held(holdings)))

    def suggest(self, questions: Sequence[str]) -> None:
        """Offer these questions in place of those before."""
        self._questions = tuple(questions)
        self._suggestions.set_options(Option(_line(question)) for question in questions)
        self.query_one("#welcome-try").display = self._suggestions.display = bool(questions)

    def go_to_suggestions(self) -> None:
        """Lead to the first suggestion, for choosing by keyboard; raises SkipAction where there is none in view."""
        if not self.display or not self._questions:
            raise SkipAction
        self._suggestions.highlighted = 0
        self._suggestions.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._questions[event.option_index]))


def held(holdings: Holdings) -> str:
    """What a library holds, in a sentence or two."""
    days = f", {_days(holdings.first_day, holdings.last_day)}" if holdings.first_day and holdings.last_day else ""
    outlets = f" from {_first([name for name, _ in holdings.outlets])}" if holdings.outlets else ""
    told = f"This library holds {counted(holdings.articles, 'article')}{outlets}{days}."
    people = [name for name, _ in holdings.speakers]
    if len(people) > MOST_NAMED:
        told += f" It quotes {counted(len(people), 'speaker')}, most often {_listed(people[:MOST_NAMED])}."
    elif people:
        told += f" It quotes {_listed(people)}."
    return told


def _days(first: str, last: str) -> str:
    return f"of {first}" if first == last else f"{first} to {last}"


def _first(names: Sequence[str]) -> str:
    """The first names and how many more there are: "A, B, C and 16 others"."""
    others = len(names) - MOST_NAMED
    return _listed([*names[:MOST_NAMED], *([counted(others, "other")] if others > 0 else [])])


def _listed(names: Sequence[str]) -> str:
    shown = [shortened(name, LONGEST_NAME) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _line(question: str) -> Table:
    """A question behind a mark, all its lines under one another."""
    line = Table.grid(padding=(0, 1))
    line.add_row(Text("›"), Text(one_line(question)))
    return line
