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

from assistant.records.library import LibrarySummary
from assistant.text.formatting import count_noun, join_names
from assistant.text.sanitize import sanitize_line, shorten_line

INTRODUCTION = (
    "Ask a question about your articles. The answer is made of their own words; each number opens the place "
    "where they stand. The next question may lean on the last: “and why?”"
)
MOST_NAMED = 3  # people and outlets
LONGEST_NAME = 40  # characters


class StarterList(OptionList):
    """Questions to choose from; Enter or a click asks. The arrows lead out of it at its ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]

    class StartersExited(Message):
        """The user has gone past an end of the list."""

    def action_step(self, by: int) -> None:
        """Go to the next or the previous question, or out of the list."""
        place = -1 if self.highlighted is None else self.highlighted
        if 0 <= place + by < self.option_count:
            self.highlighted = place + by
        else:
            self.post_message(self.StartersExited())


class Welcome(Vertical):
    """Says at once what can be done, and as they become known, what the library holds and what to ask of it."""

    class StarterChosen(Message):
        """One of the suggested questions is to be asked."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._questions: tuple[str, ...] = ()
        self._starters = StarterList(id="starters", compact=True, markup=False)

    def compose(self) -> ComposeResult:
        yield Static(Content(INTRODUCTION), id="welcome-introduction")
        yield Static(id="welcome-summary")
        yield Static("Try one of these (↓ goes there, Enter asks):", id="welcome-hint")
        yield self._starters

    def show_summary(self, holdings: LibrarySummary) -> None:
        """Say in words what the library holds."""
        self.query_one("#welcome-summary", Static).update(Content(describe_summary(holdings)))

    def show_starters(self, questions: Sequence[str]) -> None:
        """Offer these questions in place of those before."""
        self._questions = tuple(questions)
        self._starters.set_options(Option(_render_question(question)) for question in questions)
        self.query_one("#welcome-hint").display = self._starters.display = bool(questions)

    def focus_starters(self) -> None:
        """Lead to the first suggestion, for choosing by keyboard; raises SkipAction where there is none in view."""
        if not self.display or not self._questions:
            raise SkipAction
        self._starters.highlighted = 0
        self._starters.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.StarterChosen(self._questions[event.option_index]))


def describe_summary(holdings: LibrarySummary) -> str:
    """What a library holds, in a sentence or two."""
    days = (
        f", {_format_days(holdings.first_day, holdings.last_day)}" if holdings.first_day and holdings.last_day else ""
    )
    outlets = f" from {_join_first_names([name for name, _ in holdings.outlets])}" if holdings.outlets else ""
    told = f"This library holds {count_noun(holdings.articles, 'article')}{outlets}{days}."
    people = [name for name, _ in holdings.speakers]
    if len(people) > MOST_NAMED:
        told += f" It quotes {count_noun(len(people), 'speaker')}, most often {_join_names(people[:MOST_NAMED])}."
    elif people:
        told += f" It quotes {_join_names(people)}."
    return told


def _format_days(first: str, last: str) -> str:
    return f"of {first}" if first == last else f"{first} to {last}"


def _join_first_names(names: Sequence[str]) -> str:
    """The first names and how many more there are: "A, B, C and 16 others"."""
    others = len(names) - MOST_NAMED
    return _join_names([*names[:MOST_NAMED], *([count_noun(others, "other")] if others > 0 else [])])


def _join_names(names: Sequence[str]) -> str:
    return join_names([shorten_line(name, LONGEST_NAME) for name in names])


def _render_question(question: str) -> Table:
    """A question behind a mark, all its lines under one another."""
    line = Table.grid(padding=(0, 1))
    line.add_row(Text("›"), Text(sanitize_line(question)))
    return line
