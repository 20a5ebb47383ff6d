"""The welcome: what the answers pane shows before the first question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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

from assistant.records.conversation import SavedConversation
from assistant.records.library import LibrarySummary
from assistant.text.formatting import count_noun, join_names
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering.relative_dates import describe_time_ago

INTRODUCTION = (
    "Ask a question about your articles. The answer consists of their own words; each number opens the article at "
    "that place. The next question may refer to the last one: “and why?”"
)
NAMES_SHOWN = 3  # of speakers and of outlets
LONGEST_NAME = 40  # characters shown
LONGEST_TITLE = 60  # characters shown of a conversation's title


class StarterList(OptionList):
    """Questions to choose from. The arrow keys lead out of the list at its ends.

    Posts `StartersExited`, and `OptionSelected` for Enter or a click.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]

    class StartersExited(Message):
        """An arrow key was pressed at an end of the list; the focus should leave."""

    def action_step(self, by: int) -> None:
        """Highlight the next or previous question, or leave the list at its ends."""
        place = -1 if self.highlighted is None else self.highlighted
        if 0 <= place + by < self.option_count:
            self.highlighted = place + by
        else:
            self.post_message(self.StartersExited())


class Welcome(Vertical):
    """An introduction, a summary of the library, the last conversation, questions to begin with; hidden until known.

    Posts `StarterChosen` and `LastConversationChosen`. Finding and asking questions is left to the screen.
    """

    class LastConversationChosen(Message):
        """The last conversation should go on."""

    class StarterChosen(Message):
        """This question should be asked."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._questions: tuple[str, ...] = ()
        self._last_conversation = ""  # described; empty if there is none
        self._asks_all = True
        self._starters = StarterList(id="starters", compact=True, markup=False)

    def compose(self) -> ComposeResult:
        """Yield the introduction and the parts that are filled later."""
        yield Static(Content(INTRODUCTION), id="welcome-introduction")
        yield Static(id="welcome-summary")
        yield Static("Try one of these (↓ to choose, Enter to ask):", id="welcome-hint")
        yield self._starters

    def show_summary(self, summary: LibrarySummary) -> None:
        """Describe the contents of the library."""
        self.query_one("#welcome-summary", Static).update(Content(describe_summary(summary)))

    def show_starters(self, questions: Sequence[str]) -> None:
        """Offer these questions instead of the present ones."""
        self._questions = tuple(questions)
        self._offer()

    def show_last_conversation(self, described: str) -> None:
        """Offer to go on with the last conversation, above the questions; an empty text offers none."""
        self._last_conversation = described
        self._offer()

    def offer_for(self, *, all_articles: bool) -> None:
        """Offer questions only while all articles are asked: some of them may not answer these."""
        self._asks_all = all_articles
        self._offer()

    def _offer(self) -> None:
        last = [Option(_render_line("↩", self._last_conversation))] if self._last_conversation else []
        questions = self._questions if self._asks_all else ()
        self._starters.set_options([*last, *(Option(_render_line("›", question)) for question in questions)])
        self.query_one("#welcome-hint").display = self._starters.display = bool(last or questions)

    def focus_starters(self) -> None:
        """Focus the first question. Raises SkipAction if there is none or the welcome is hidden."""
        if not self.display or not self._starters.option_count:
            raise SkipAction
        self._starters.highlighted = 0
        self._starters.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask the chosen question, or go on with the last conversation."""
        event.stop()
        place = event.option_index - bool(self._last_conversation)
        self.post_message(self.LastConversationChosen() if place < 0 else self.StarterChosen(self._questions[place]))


def describe_summary(summary: LibrarySummary) -> str:
    """One or two sentences on the articles, outlets, days and speakers of a library."""
    text = f"This library contains {count_noun(summary.articles, 'article')}"
    if summary.outlets:
        text += f" from {_join_first_names([name for name, _ in summary.outlets])}"
    if summary.first_day and summary.last_day:
        text += f", {_format_days(summary.first_day, summary.last_day)}"
    text += "."
    speakers = [name for name, _ in summary.speakers]
    if len(speakers) > NAMES_SHOWN:
        text += f" It quotes {count_noun(len(speakers), 'speaker')}, most often {_join_names(speakers[:NAMES_SHOWN])}."
    elif speakers:
        text += f" It quotes {_join_names(speakers)}."
    return text


def _format_days(first: str, last: str) -> str:
    return f"of {first}" if first == last else f"{first} to {last}"


def _join_first_names(names: Sequence[str]) -> str:
    """The first names and how many more there are: "A, B, C and 16 others"."""
    others = len(names) - NAMES_SHOWN
    return _join_names([*names[:NAMES_SHOWN], *([count_noun(others, "other")] if others > 0 else [])])


def _join_names(names: Sequence[str]) -> str:
    return join_names([shorten_line(name, LONGEST_NAME) for name in names])


def _render_line(sign: str, text: str) -> Table:
    """A text after a sign, with its lines aligned."""
    line = Table.grid(padding=(0, 1))
    line.add_row(Text(sign), Text(sanitize_line(text)))
    return line


def describe_conversation(conversation: SavedConversation, now: datetime) -> str:
    """The offer to go on with a conversation: "Go on with: Bridge? (3 questions, 10 minutes ago)"."""
    age = describe_time_ago(conversation.updated_at, now)
    title = shorten_line(conversation.title, LONGEST_TITLE)
    return f"Go on with: {title} ({count_noun(conversation.questions, 'question')}, {age})"
