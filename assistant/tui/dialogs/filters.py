"""The dialog that limits questions to some articles: outlet, days, folder, speaker, tag."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from assistant.errors import QuestionError
from assistant.presentation.question_filter import QuestionFilter, read_day
from assistant.text.sanitize import sanitize_line
from assistant.tui.commands.key_names import link_keys

FIELDS = (
    ("outlet", "Outlet", "a part of its name"),
    ("first_day", "From", "2019, 2019-09 or 2019-09-30"),
    ("last_day", "To", "the same"),
    ("folder", "Folder", "the beginning of the articles' ids"),
    ("speaker", "Quotes", "somebody whom the articles quote"),
    ("tag", "Tag", "one of yours, or of the files"),
)
ABOUT = (
    "In a question the same is written as outlet:Gazette from:2019-09 to:2019-12 in:2020 folder:uk tag:ferry "
    "speaker:“Ann Lee”."
)


class FilterScreen(ModalScreen[QuestionFilter | None]):
    """Closes with the filter, or with None if the user cancels."""

    CSS_PATH = "../styles/filters.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        # Before the field itself: what is typed at once after the key must not end in the field that was left.
        Binding("down", "app.focus_next", "Next field", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous field", show=False, priority=True),
    ]

    def __init__(self, present: QuestionFilter) -> None:
        super().__init__()
        self._present = present

    def compose(self) -> ComposeResult:
        """A box for each part of the filter."""
        with Vertical(id="filters") as page:
            page.border_title = "Ask only these articles"
            page.border_subtitle = link_keys("↑↓ choose · Enter applies · Esc closes")
            for name, label, hint in FIELDS:
                box = Input(sanitize_line(getattr(self._present, name)), placeholder=hint, id=name, compact=True)
                box.border_title = label
                yield box
            yield Static(Content(ABOUT), id="filters-about")
            yield Static(id="filters-problem")

    @on(Input.Submitted)
    def _apply(self, event: Input.Submitted) -> None:
        event.stop()
        values = {name: self.query_one(f"#{name}", Input).value.strip() for name, _, _ in FIELDS}
        try:
            for name in ("first_day", "last_day"):
                read_day(values[name])
        except QuestionError as error:
            self.query_one("#filters-problem", Static).update(Content(f"! {sanitize_line(str(error))}"))
        else:
            self.dismiss(QuestionFilter(**values))
