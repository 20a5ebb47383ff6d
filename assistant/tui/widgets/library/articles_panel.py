"""All articles of the library: filtered as one types, sorted as one likes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from assistant.presentation.filtering import DESCENDING_KEYS, SORT_KEYS, FilterableRows, SortKey, sort_articles
from assistant.records.library import ArticleRow
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.table import Column, Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("title", "Title"),
    Column("outlet", "Outlet", 16, most=30),
    Column("author", "Author", 18, at_least=130, most=30),
    Column("copies", "Copies", 6, right=True, at_least=110),
    Column("date", "Date", 10),
    Column("words", "Words", 7, right=True, at_least=76),
)


def format_cells(row: ArticleRow) -> tuple[str, ...]:
    """The texts of a row under `COLUMNS`."""
    copies = f"+{row.copies}" if row.copies else ""
    return row.title, row.source or "", row.author or "", copies, row.day, f"{row.words:,}"


def make_scope_request(row: ArticleRow) -> ScopeWanted:
    """The wish to ask about this article only."""
    return ScopeWanted((row.id,), f"“{row.title}”")


class ArticlesPanel(ListPanel):
    """A box to filter by and a table; `show` gives it what it lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            tooltip="In a list: type what it is to hold, as any letter does",
        ),
        Binding(
            "question_mark",
            "ask",
            "Ask about it",
            key_display="?",
            tooltip="In the library: ask about the article or speaker",
        ),
        Binding("f6", "sort", "Sort", tooltip="In the articles: sort by the next column"),
        Binding("f7", "reverse", "Reverse", tooltip="In the articles: turn the order round"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._articles: FilterableRows[ArticleRow] | None = None  # in the order of the library
        self._ordered: FilterableRows[ArticleRow] | None = None
        self._sort_key: SortKey = "date"
        self._falling = True
        self._shown_filter: str | None = None  # what the rows that are shown were filtered by

    def compose(self) -> ComposeResult:
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by title, outlet, author or date, e.g. 2025-03", id="article-filter")
            yield Static(id="article-count", classes="count")
        yield Table[ArticleRow](COLUMNS, format_cells, lambda row: row.id, empty_text="Loading…", id="article-rows")

    def show(self, articles: FilterableRows[ArticleRow]) -> None:
        """List these articles; the cursor stays at its article."""
        self._articles = articles
        self._shown_filter = None
        self._sort_articles()

    def filter_by(self, typed: str) -> None:
        """Filter by this."""
        self.query_one(FilterBox).value = typed

    def relist(self) -> None:
        """Show the articles that hold what is typed, sorted as wanted."""
        if self._ordered is None:
            return
        typed = self.filter_text
        rows = self._ordered.find_rows(typed)
        self.table.empty_text = "No article fits the filter." if typed.strip() else "The library holds no articles."
        self.table.mark_sorted(self._sort_key, self._falling)
        self.table.show(rows, follow=typed == self._shown_filter or self._shown_filter is None)
        self._shown_filter = typed
        total = len(self._ordered.rows)
        self.show_count(len(rows), total, "article" if total == 1 else "articles")

    @on(Table.HeaderSelected)
    def _sort_by_header(self, event: Table.HeaderSelected) -> None:
        for key in SORT_KEYS:
            if key == event.key:
                self._sort_by(key)

    def _sort_by(self, by: SortKey) -> None:
        self._falling = not self._falling if by == self._sort_key else by in DESCENDING_KEYS
        self._sort_key = by
        self._sort_articles()

    def _sort_articles(self) -> None:
        if self._articles is not None:
            self._ordered = sort_articles(self._articles, self._sort_key, self._falling)
            self.relist()

    @on(Table.RowSelected)
    def _open_article(self, event: Table.RowSelected) -> None:
        event.stop()
        self.post_message(ArticleWanted(event.row.id))

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sort_by(SORT_KEYS[(SORT_KEYS.index(self._sort_key) + 1) % len(SORT_KEYS)])

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._sort_by(self._sort_key)

    def action_ask(self) -> None:
        """Ask about the article that the cursor is on."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(make_scope_request(row))
