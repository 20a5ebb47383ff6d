"""The Articles tab of the library screen: all articles, filtered as you type and sorted by any column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from assistant.presentation.filtering import DESCENDING_KEYS, SORT_KEYS, FilterableRows, SortKey, sort_articles
from assistant.presentation.mark_signs import describe_marks
from assistant.records.library import ArticleRow
from assistant.records.marks import ArticleMarks
from assistant.text.formatting import count_noun
from assistant.tui.keep.messages import MarksWanted, StarWanted
from assistant.tui.keys import OWNER_ACTIONS
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("title", "Title"),
    Column("outlet", "Outlet", 16, most=30),
    Column("author", "Author", 18, at_least=130, most=30),
    Column("copies", "Copies", 6, right=True, at_least=110),
    Column("date", "Date", 10),
    Column("words", "Words", 7, right=True, at_least=76),
)

NO_MATCH_TEXT = "No article matches. Escape clears the filter."
NO_ARTICLES_TEXT = "The library contains no articles. Add files, then press Ctrl+R to update the index."


def format_cells(row: ArticleRow) -> tuple[str, ...]:
    """The texts of a row, in the order of `COLUMNS`."""
    copies = f"+{row.copies}" if row.copies else ""
    return row.title, row.source or "", row.author or "", copies, row.day, f"{row.words:,}"


def make_scope_request(row: ArticleRow) -> ScopeWanted:
    """A request to ask about this article only."""
    return ScopeWanted((row.id,), f"“{row.title}”")


class ArticlesPanel(ListPanel):
    """A filter and a sortable table of articles; `show` sets the articles.

    Posts `ArticleWanted` when a row is opened and `ScopeWanted` to ask about its article. Loading the articles is left
    to the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            tooltip="In a list: filter it (typing any letter does the same)",
        ),
        Binding(
            "question_mark",
            "ask",
            "Ask about it",
            key_display="?",
            tooltip="In the library: ask about the article or speaker",
        ),
        Binding("asterisk", "ask_all", "Ask all shown", tooltip="In the articles: ask those that the filter shows"),
        Binding(
            "plus",
            "star",
            "Star",
            key_display="+",
            tooltip="In the articles: star the selected one, or take the star away",
        ),
        Binding(
            "ctrl+y", "marks", "Marks", tooltip="In the articles: tags, notes, date and outlet of the selected one"
        ),
        Binding("f6", "sort", "Sort", tooltip="In the articles: sort by the next column"),
        Binding("f7", "reverse", "Reverse", tooltip="In the articles: reverse the order"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._articles: FilterableRows[ArticleRow] | None = None  # in the order of `show`
        self._ordered: FilterableRows[ArticleRow] | None = None
        self._sort_key: SortKey = "date"
        self._is_descending = True
        self._marks: Mapping[str, ArticleMarks] = {}
        self._shown_filter: str | None = None  # filter of the rows that are shown

    def compose(self) -> ComposeResult:
        """Yield the filter, the count and the table."""
        with Horizontal(classes="filter"):
            yield FilterBox(
                "Filter by title, outlet, date, #tag, is:unread",
                id="article-filter",
            )
            yield Static(id="article-count", classes="count")
        yield Table[ArticleRow](COLUMNS, self._format_row, lambda row: row.id, empty_text="Loading…", id="article-rows")

    def _format_row(self, row: ArticleRow) -> tuple[str, ...]:
        """The texts of a row, with the marks of the article at its title."""
        title, *others = format_cells(row)
        marks = describe_marks(self._marks.get(row.sha256))
        return f"{marks} {title}" if marks else title, *others

    def show(self, articles: FilterableRows[ArticleRow], marks: Mapping[str, ArticleMarks] | None = None) -> None:
        """List these articles with their marks (by SHA-256); the cursor stays on its article."""
        self._articles = articles
        self._marks = marks or {}
        self._shown_filter = None
        self._sort_articles()

    def filter_by(self, words: str) -> None:
        """Put these words into the filter."""
        self.query_one(FilterBox).value = words

    def relist(self) -> None:
        """Show the articles that match the filter, in the chosen order."""
        if self._ordered is None:
            return
        words = self.filter_text
        rows = self._ordered.find_rows(words)
        self.table.empty_text = NO_MATCH_TEXT if words.strip() else NO_ARTICLES_TEXT
        self.table.mark_sorted(self._sort_key, self._is_descending)
        self.table.show(rows, follow=self._shown_filter in (words, None))
        self._shown_filter = words
        total = len(self._ordered.rows)
        self.show_count(len(rows), total, "article" if total == 1 else "articles")

    @on(Table.HeaderSelected)
    def _sort_by_header(self, event: Table.HeaderSelected) -> None:
        for key in SORT_KEYS:
            if key == event.key:
                self._sort_by(key)

    def _sort_by(self, by: SortKey) -> None:
        self._is_descending = not self._is_descending if by == self._sort_key else by in DESCENDING_KEYS
        self._sort_key = by
        self._sort_articles()
        self.table.action_first()  # who sorts wants to see what comes first, not where the last article went

    def _sort_articles(self) -> None:
        if self._articles is not None:
            self._ordered = sort_articles(self._articles, self._sort_key, self._is_descending)
            self.relist()

    @on(Table.RowSelected)
    def _open_article(self, event: Table.RowSelected) -> None:
        event.stop()
        self.post_message(ArticleWanted(event.row.id))

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sort_by(SORT_KEYS[(SORT_KEYS.index(self._sort_key) + 1) % len(SORT_KEYS)])

    def action_reverse(self) -> None:
        """Reverse the order."""
        self._sort_by(self._sort_key)

    def action_ask_all(self) -> None:
        """Ask about the articles that the filter shows."""
        if self._ordered is not None and (rows := self._ordered.find_rows(self.filter_text)):
            words = f"“{self.filter_text.strip()}”: " if self.filter_text.strip() else ""
            self.post_message(ScopeWanted([row.id for row in rows], words + count_noun(len(rows), "article")))

    def action_star(self) -> None:
        """Star the article under the cursor."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(StarWanted(row))

    def action_marks(self) -> None:
        """Show and change the marks of the article under the cursor."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(MarksWanted(row.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of the owner from a reader."""
        if action in OWNER_ACTIONS and not getattr(self.app, "is_for_owner", True):
            return False
        return super().check_action(action, parameters)

    def action_ask(self) -> None:
        """Ask about the article under the cursor."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(make_scope_request(row))
