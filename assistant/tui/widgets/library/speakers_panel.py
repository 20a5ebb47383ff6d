"""The Speakers tab of the library screen: speakers, most quoted first, next to the statements of the selected one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.presentation.filtering import FilterableRows
from assistant.records.library import SpeakerPage, SpeakerRow, SpeakerStatement
from assistant.records.statement import describe_standing
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line
from assistant.tui.messages import ArticleWanted, QuestionWanted
from assistant.tui.rendering.charts import draw_sparkline
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("name", "Speaker"),
    Column("statements", "Said", 6, right=True),
    Column("articles", "Articles", 8, right=True, at_least=44),
)
ROLES_SHOWN = 5
LONGEST_SENTENCE, LONGEST_TITLE = 2000, 100  # characters shown
MAX_CELLS_PER_MONTH = 4
NO_MATCH_TEXT = "No speaker matches. Escape clears the filter."
NO_SPEAKERS_TEXT = "No article quotes a named speaker."


class SpeakersPanel(ListPanel):
    """A table of speakers next to the statements of the one under the cursor, grouped by sentence.

    `show` sets the speakers and `show_page` the statements. Posts `SpeakerPageWanted` when the cursor moves,
    `ArticleWanted` when a statement is opened and `QuestionWanted` to ask what the speaker said. Loading is left to
    the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("question_mark", "ask", "Ask what they said", key_display="?"),
    ]

    class SpeakerPageWanted(Message):
        """The statements of this speaker should be shown."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._speakers: FilterableRows[SpeakerRow] | None = None
        self._shown_filter: str | None = None  # filter of the rows that are shown
        self._page: SpeakerPage | None = None
        self._sentences: list[tuple[SpeakerStatement, ...]] = []  # that are listed, with the statements in each

    def compose(self) -> ComposeResult:
        """Yield the filter, the count, the table and the statements."""
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by name", id="speaker-filter")
            yield Static(id="speaker-count", classes="count")
        with Container(classes="list-and-detail"):
            yield Table[SpeakerRow](
                COLUMNS, _format_cells, lambda row: row.name, empty_text="Loading…", id="speaker-rows"
            )
            with Vertical(classes="detail"):
                yield Static(id="speaker-head")
                yield LongList(id="speaker-statements")

    def show(self, speakers: FilterableRows[SpeakerRow]) -> None:
        """List these speakers; the cursor stays on its speaker."""
        self._speakers = speakers
        self._page = None
        self._shown_filter = None
        self.relist()

    def show_page(self, page: SpeakerPage) -> None:
        """Show the statements of a speaker, unless the cursor has moved to another one."""
        row = self.table.highlighted_row
        if row is not None and row.name == page.name:
            sentences = page.group_by_sentence()
            self._page, self._sentences = page, sentences
            self._draw_head()
            self.query_one(LongList).show(len(sentences), lambda number: _render_sentence(sentences, number))

    def relist(self) -> None:
        """Show the speakers that match the filter."""
        if self._speakers is None:
            return
        words = self.filter_text
        rows = self._speakers.find_rows(words)
        self.table.empty_text = NO_MATCH_TEXT if words.strip() else NO_SPEAKERS_TEXT
        self.table.show(rows, follow=self._shown_filter in (words, None))
        self._shown_filter = words
        total = len(self._speakers.rows)
        self.show_count(len(rows), total, "speaker" if total == 1 else "speakers")
        if not rows:
            self._page = None
            self._draw_head()
            self.query_one(LongList).show(0, lambda _: Content(""))

    def _draw_head(self) -> None:
        head = self.query_one("#speaker-head", Static)
        head.update(_render_head(self._page, max(10, head.size.width)) if self._page else Content(""))

    def on_resize(self, _event: Resize) -> None:
        """Redraw the chart for the new width."""
        self.call_after_refresh(self._draw_head)

    @on(Table.RowHighlighted)
    def _request_page(self, event: Table.RowHighlighted) -> None:
        event.stop()
        if self._page is None or self._page.name != event.row.name:
            self.post_message(self.SpeakerPageWanted(event.row.name))

    @on(Table.RowSelected)
    def _focus_statements(self, event: Table.RowSelected) -> None:
        event.stop()
        self.query_one(LongList).focus()

    @on(OptionList.OptionSelected)
    def _open_statement(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._page is not None:
            statements = self._sentences[self.query_one(LongList).text_number(event.option_index)]
            marks = [(statement.start, statement.end) for statement in statements]
            self.post_message(ArticleWanted(statements[0].article_id, marks, self._page.name))

    def action_ask(self) -> None:
        """Begin a question about what the speaker under the cursor said."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(QuestionWanted(f"what did {sanitize_line(row.name)} say about "))


def _format_cells(row: SpeakerRow) -> tuple[str, ...]:
    return row.name, f"{row.statements:,}", f"{row.articles:,}"


def _render_head(page: SpeakerPage, width: int) -> Content:
    """Name, roles, number of statements, and a chart of their months."""
    roles = ", ".join(sanitize_line(role) for role in page.roles[:ROLES_SHOWN])
    more = f" and {len(page.roles) - ROLES_SHOWN} more" if len(page.roles) > ROLES_SHOWN else ""
    articles = len({statement.article_id for statement in page.said})
    quoted = sum(statement.direct for statement in page.said)
    lines: list[Content] = [Content.assemble((sanitize_line(page.name), "bold"))]
    if roles:
        lines.append(Content.assemble((roles + more, "$text-muted")))
    counts = f"{count_noun(len(page.said), 'statement')} in {count_noun(articles, 'article')}"
    lines.append(Content(f"{counts}, {quoted:,} in quotation marks"))
    if page.namesakes:
        lines.append(Content(sanitize_line(f"perhaps also quoted as {page.describe_namesakes()}")))
    months = count_by_month([statement.published_at for statement in page.statements])
    if len(months) > 1:
        first, last = months[0][0], months[-1][0]
        room = min(max(1, width - len(first) - len(last) - 2), MAX_CELLS_PER_MONTH * len(months))
        line = draw_sparkline(_stretch([count for _, count in months], room), room)
        lines.append(Content.assemble((f"{first} ", "$text-muted"), (line, "$accent"), (f" {last}", "$text-muted")))
    return Content("\n").join(lines)


def count_by_month(days: Sequence[str | None]) -> list[tuple[str, int]]:
    """All months from the first to the last ("2025-03") with the number of days in each; unknown days are left out."""
    known = [day for day in map(parse_day, days) if day is not None]
    if not known:
        return []
    counts = Counter((day.year, day.month) for day in known)
    first, last = min(known), max(known)
    return [(f"{month:%Y-%m}", counts[month.year, month.month]) for month in _list_months(first, last)]


def _list_months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _stretch(values: Sequence[int], width: int) -> list[int]:
    """Each value repeated as often as fits into the width, at most `MAX_CELLS_PER_MONTH` times."""
    times = max(1, min(MAX_CELLS_PER_MONTH, width // max(1, len(values))))
    return [value for value in values for _ in range(times)]


def _render_sentence(sentences: Sequence[Sequence[SpeakerStatement]], number: int) -> Content:
    """A sentence with its statements in bold; the first one of an article has day, outlet and title above it."""
    statements = sentences[number]
    first, parts, at = statements[0], [], 0
    if not number or sentences[number - 1][0].article_id != first.article_id:
        day = parse_day(first.published_at)
        about = [format_day(day) if day else first.published_at, first.source, shorten_line(first.title, LONGEST_TITLE)]
        parts.append((" · ".join(sanitize_line(part) for part in about if part) + "\n", "$text-muted italic"))
    if standing := describe_standing(first.status, first.via):
        parts.append((f"({sanitize_line(standing)}) ", "$text-warning"))
    for statement in statements:
        start, end = statement.start - first.sentence_start, statement.end - first.sentence_start
        if start >= at:
            parts += [
                (sanitize_fragment(first.sentence[at:start]), "$text-muted"),
                (sanitize_fragment(first.sentence[start:end]), "bold"),
            ]
            at = end
    parts.append((sanitize_fragment(first.sentence[at:][:LONGEST_SENTENCE]) + "\n", "$text-muted"))
    return Content.assemble(*parts)
