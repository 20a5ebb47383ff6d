"""Who speaks in the library, most quoted first, and what the chosen one said."""

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
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line
from assistant.tui.messages import ArticleWanted, QuestionWanted
from assistant.tui.rendering.charts import draw_sparkline
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Column, Table
from assistant.tui.widgets.library.list_panel import ListPanel

COLUMNS = (
    Column("name", "Speaker"),
    Column("statements", "Said", 6, right=True),
    Column("articles", "Articles", 8, right=True, at_least=44),
)
ROLES_SHOWN = 5
LONGEST_SENTENCE, LONGEST_TITLE = 2000, 100  # characters that are shown, of words and of a title


class SpeakersPanel(ListPanel):
    """A list of speakers beside what the one under the cursor said; `show` and `show_page` give it what it lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("question_mark", "ask", "Ask what they said", key_display="?"),
    ]

    class SpeakerPageWanted(Message):
        """The cursor has come to this speaker."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._speakers: FilterableRows[SpeakerRow] | None = None
        self._shown_filter: str | None = None  # what the rows that are shown were filtered by
        self._page: SpeakerPage | None = None
        self._sentences: list[tuple[SpeakerStatement, ...]] = []  # that are listed: what was said in each

    def compose(self) -> ComposeResult:
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
        """List these speakers; the cursor stays at its speaker."""
        self._speakers = speakers
        self._page = None
        self._shown_filter = None
        self.relist()

    def show_page(self, page: SpeakerPage) -> None:
        """Show what somebody said, unless the cursor has gone on meanwhile."""
        pointed = self.table.highlighted_row
        if pointed is not None and pointed.name == page.name:
            sentences = page.group_by_sentence()
            self._page, self._sentences = page, sentences
            self._draw_head()
            self.query_one(LongList).show(len(sentences), lambda number: _render_sentence(sentences, number))

    def relist(self) -> None:
        """Show the rows that hold what is typed."""
        if self._speakers is None:
            return
        typed = self.filter_text
        rows = self._speakers.find_rows(typed)
        self.table.empty_text = "Nobody of this name." if typed.strip() else "Nobody speaks in these articles."
        self.table.show(rows, follow=typed == self._shown_filter or self._shown_filter is None)
        self._shown_filter = typed
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
            group = self._sentences[self.query_one(LongList).text_number(event.option_index)]
            marks = [(said.start, said.end) for said in group]
            self.post_message(ArticleWanted(group[0].article_id, marks, self._page.name))

    def action_ask(self) -> None:
        """Begin the question what the speaker under the cursor said."""
        row = self.table.highlighted_row
        if row is not None:
            self.post_message(QuestionWanted(f"what did {sanitize_line(row.name)} say about "))


def _format_cells(row: SpeakerRow) -> tuple[str, ...]:
    return row.name, f"{row.statements:,}", f"{row.articles:,}"


def _render_head(page: SpeakerPage, width: int) -> Content:
    """Name and roles, how much, and a picture of when."""
    roles = ", ".join(sanitize_line(role) for role in page.roles[:ROLES_SHOWN])
    more = f" and {len(page.roles) - ROLES_SHOWN} more" if len(page.roles) > ROLES_SHOWN else ""
    articles = len({said.article_id for said in page.statements})
    quoted = sum(said.direct for said in page.statements)
    lines: list[Content] = [Content.assemble((sanitize_line(page.name), "bold"))]
    if roles:
        lines.append(Content.assemble((roles + more, "$text-muted")))
    lines.append(
        Content(f"{len(page.statements):,} statement{'' if len(page.statements) == 1 else 's'} in {articles:,} "
                f"article{'' if articles == 1 else 's'}, {quoted:,} in quotation marks")
    )  # fmt: skip
    months = count_by_month([said.published_at for said in page.statements])
    if len(months) > 1:
        first, last = months[0][0], months[-1][0]
        room = min(max(1, width - len(first) - len(last) - 2), 4 * len(months))
        line = draw_sparkline(_stretch([count for _, count in months], room), room)
        lines.append(Content.assemble((f"{first} ", "$text-muted"), (line, "$accent"), (f" {last}", "$text-muted")))
    return Content("\n").join(lines)


def count_by_month(days: Sequence[str | None]) -> list[tuple[str, int]]:
    """Months from the first to the last ("2025-03") with how many of the days are in each; also those with none."""
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
    """Each value as often as it fits into the width, at most four times, at least once."""
    times = max(1, min(4, width // max(1, len(values))))
    return [value for value in values for _ in range(times)]


def _render_sentence(sentences: Sequence[Sequence[SpeakerStatement]], number: int) -> Content:
    """A sentence, what was said in it set off; under the day, outlet and title of its article where it is the first."""
    group = sentences[number]
    first, parts, at = group[0], [], 0
    if not number or sentences[number - 1][0].article_id != first.article_id:
        day = parse_day(first.published_at)
        about = [format_day(day) if day else first.published_at, first.source, shorten_line(first.title, LONGEST_TITLE)]
        parts.append((" · ".join(sanitize_line(part) for part in about if part) + "\n", "$text-muted italic"))
    for said in group:
        start, end = said.start - said.sentence_start, said.end - said.sentence_start
        if start >= at:
            parts += [
                (sanitize_fragment(first.sentence[at:start]), "$text-muted"),
                (sanitize_fragment(first.sentence[start:end]), "bold"),
            ]
            at = end
    parts.append((sanitize_fragment(first.sentence[at:][:LONGEST_SENTENCE]) + "\n", "$text-muted"))
    return Content.assemble(*parts)
