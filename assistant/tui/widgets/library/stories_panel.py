"""Stories that several articles tell in nearly the same words, with the outlets and days."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.presentation.filtering import Filtered
from assistant.records.library import ArticleRow, Story
from assistant.text.sanitize import one_line
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.relative_dates import day_of, written
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Column, Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("title", "Story"),
    Column("outlets", "Outlets", 7, right=True, at_least=60),
    Column("articles", "Articles", 8, right=True),
    Column("date", "Latest", 10, at_least=50),
)


class StoriesPanel(ListPanel):
    """A list of stories beside the articles that tell the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("question_mark", "ask", "Ask about it", key_display="?"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._stories: Filtered[Story] | None = None
        self._typed: str | None = None  # what the rows that are shown were filtered by

    def compose(self) -> ComposeResult:
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by title, outlet or date", id="story-filter")
            yield Static(id="story-count", classes="count")
        with Container(classes="beside"):
            yield Table[Story](COLUMNS, _cells, lambda story: story.articles[0].id, empty="Loading…", id="story-rows")
            with Vertical(classes="page"):
                yield Static(id="story-head")
                yield LongList(id="tellings")

    def show(self, stories: Filtered[Story]) -> None:
        """List these stories; the cursor stays at its story."""
        self._stories = stories
        self._typed = None
        self.relist()

    def relist(self) -> None:
        """Show the rows that hold what is typed."""
        if self._stories is None:
            return
        typed = self.typed
        rows = self._stories.holding(typed)
        self.table.empty = "No story fits the filter." if typed.strip() else "Every article tells its own story."
        self.table.show(rows, follow=typed == self._typed or self._typed is None)
        self._typed = typed
        self.tell_count(len(rows), len(self._stories.rows), "told more than once")
        if not rows:
            self.query_one("#story-head", Static).update("")
            self.query_one(LongList).show(0, lambda _: Content(""))

    @on(Table.Pointed)
    def _pointed(self, event: Table.Pointed) -> None:
        event.stop()
        story: Story = event.row
        outlets = len(story.outlets)
        self.query_one("#story-head", Static).update(
            Content.assemble(
                (one_line(story.articles[0].title), "bold"),
                "\n",
                f"{len(story.articles)} articles in nearly the same words, "
                f"{outlets} outlet{'' if outlets == 1 else 's'}, oldest first",
            )
        )
        self.query_one(LongList).show(len(story.articles), lambda number: telling(story.articles[number]))

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        self.query_one(LongList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        story = self.table.pointed
        if story is not None:
            self.post_message(ArticleWanted(story.articles[self.query_one(LongList).number(event.option_index)].id))

    def action_ask(self) -> None:
        """Ask about the articles of the story under the cursor."""
        story = self.table.pointed
        if story is not None:
            label = f"{len(story.articles)} articles of “{story.articles[0].title}”"
            self.post_message(ScopeWanted(tuple(row.id for row in story.articles), label))


def _cells(story: Story) -> tuple[str, ...]:
    return (
        story.articles[0].title,
        str(len(story.outlets)),
        str(len(story.articles)),
        max(row.day for row in story.articles),
    )


def telling(row: ArticleRow) -> Content:
    """One of the articles that tell a story."""
    day = day_of(row.published_at)
    about = [row.source or "outlet not named", written(day) if day else row.published_at]
    return Content.assemble(
        (" · ".join(one_line(part) for part in about if part), "bold"), "\n", one_line(row.title), "\n"
    )
