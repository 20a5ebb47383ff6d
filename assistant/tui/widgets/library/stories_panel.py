"""The Stories tab of the library screen: what several articles report, over days and outlets."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.presentation.filtering import FilterableRows
from assistant.records.library import ArticleRow, Story
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("title", "Story"),
    Column("outlets", "Outlets", 7, right=True, at_least=60),
    Column("articles", "Articles", 8, right=True),
    Column("date", "Latest", 10, at_least=50),
)

NO_MATCH_TEXT = "No story matches. Escape clears the filter."
NO_STORIES_TEXT = "No two articles report the same."


class StoriesPanel(ListPanel):
    """A table of stories next to the articles of the one under the cursor; `show` sets the stories.

    Posts `ArticleWanted` when an article is opened and `ScopeWanted` to ask about the articles of a story. Loading is
    left to the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("question_mark", "ask", "Ask about it", key_display="?"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._stories: FilterableRows[Story] | None = None
        self._shown_filter: str | None = None  # filter of the rows that are shown

    def compose(self) -> ComposeResult:
        """Yield the filter, the count, the table and the articles."""
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by title, outlet or date", id="story-filter")
            yield Static(id="story-count", classes="count")
        with Container(classes="list-and-detail"):
            yield Table[Story](
                COLUMNS, _format_cells, lambda story: story.articles[0].id, empty_text="Loading…", id="story-rows"
            )
            with Vertical(classes="detail"):
                yield Static(id="story-head")
                yield LongList(id="story-articles")

    def show(self, stories: FilterableRows[Story]) -> None:
        """List these stories; the cursor stays on its story."""
        self._stories = stories
        self._shown_filter = None
        self.relist()

    def relist(self) -> None:
        """Show the stories that match the filter."""
        if self._stories is None:
            return
        words = self.filter_text
        rows = self._stories.find_rows(words)
        self.table.empty_text = NO_MATCH_TEXT if words.strip() else NO_STORIES_TEXT
        self.table.show(rows, follow=self._shown_filter in (words, None))
        self._shown_filter = words
        total = len(self._stories.rows)
        self.show_count(len(rows), total, "story" if total == 1 else "stories")
        if not rows:
            self.query_one("#story-head", Static).update("")
            self.query_one(LongList).show(0, lambda _: Content(""))

    @on(Table.RowHighlighted)
    def _show_story(self, event: Table.RowHighlighted) -> None:
        event.stop()
        story: Story = event.row
        outlets = len(story.outlets)
        self.query_one("#story-head", Static).update(
            Content.assemble(
                (sanitize_line(story.articles[0].title), "bold"),
                "\n",
                f"{len(story.articles)} articles, {count_noun(outlets, 'outlet')}, oldest first",
            )
        )
        self.query_one(LongList).show(len(story.articles), lambda number: render_story_article(story.articles[number]))

    @on(Table.RowSelected)
    def _focus_articles(self, event: Table.RowSelected) -> None:
        event.stop()
        self.query_one(LongList).focus()

    @on(OptionList.OptionSelected)
    def _open_article(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        story = self.table.highlighted_row
        if story is not None:
            self.post_message(
                ArticleWanted(story.articles[self.query_one(LongList).text_number(event.option_index)].id)
            )

    def action_ask(self) -> None:
        """Ask about the articles of the story under the cursor."""
        story = self.table.highlighted_row
        if story is not None:
            label = f"{len(story.articles)} articles of “{story.articles[0].title}”"
            self.post_message(ScopeWanted(tuple(row.id for row in story.articles), label))


def _format_cells(story: Story) -> tuple[str, ...]:
    return (
        story.articles[0].title,
        str(len(story.outlets)),
        str(len(story.articles)),
        story.days[1],
    )


def render_story_article(row: ArticleRow) -> Content:
    """Outlet, day and title of an article of a story."""
    day = parse_day(row.published_at)
    copies = f"{count_noun(row.copies, 'near-duplicate')}" if row.copies else ""
    about = [row.source or "unknown outlet", format_day(day) if day else row.published_at, copies]
    return Content.assemble(
        (" · ".join(sanitize_line(part) for part in about if part), "bold"), "\n", sanitize_line(row.title), "\n"
    )
