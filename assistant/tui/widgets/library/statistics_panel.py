"""Figures of the library, drawn: articles over time, outlets, who is quoted most; how it was built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from assistant.records.library import LibraryStatistics
from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.charts import draw_bars
from assistant.tui.rendering.relative_dates import format_day, parse_day

MOST_MONTHS, MOST_DAYS = 36, 31  # that are drawn one by one; more are drawn as years, as months
COUNT_NAMES = {  # by their name in the library's counts, in order: what one and what several are called
    "articles": ("article", "articles"),
    "sources": ("outlet", "outlets"),
    "words": ("word", "words"),
    "sentences": ("sentence", "sentences"),
    "passages": ("passage", "passages"),
    "speakers": ("speaker", "speakers"),
    "statements": ("statement", "statements"),
    "duplicates": ("near-duplicate", "near-duplicates"),
}


class Bars(Static):
    """A line with a bar for each label and count, as wide as there is room."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._items: Sequence[tuple[str, int]] = ()

    def show(self, items: Sequence[tuple[str, int]]) -> None:
        """Draw these."""
        self._items = items
        self._draw()

    def _draw(self) -> None:
        self.update(Content("\n".join(draw_bars(self._items, self.size.width)) or "none"))

    def on_resize(self, _event: Resize) -> None:
        self._draw()


class StatisticsPanel(VerticalScroll, can_focus=True):
    """A page of figures; `show` gives it what it draws."""

    def compose(self) -> ComposeResult:
        yield Static(id="statistics-counts")
        with Container(id="statistics-charts"):
            with Container(classes="chart"):
                yield Static("Articles over time", id="statistics-time", classes="title")
                yield Bars(id="bars-time")
            with Container(classes="chart"):
                yield Static("Articles by outlet", classes="title")
                yield Bars(id="bars-outlets")
            with Container(classes="chart"):
                yield Static("Most quoted, by statements", classes="title")
                yield Bars(id="bars-speakers")
        yield Static(id="statistics-build")

    def show(self, figures: LibraryStatistics) -> None:
        """Draw these figures."""
        counts = dict(figures.counts)
        line = Content(" · ").join(
            Content.assemble((f"{counts[name]:,}", "bold"), f" {names[counts[name] > 1]}")
            for name, names in COUNT_NAMES.items()
            if counts.get(name)
        )
        self.query_one("#statistics-counts", Static).update(
            Content("\n").join([line, Content(_describe_range(figures.days))])
        )
        unit, items = count_over_time(figures.days)
        self.query_one("#statistics-time", Static).update(Content(f"Articles by {unit}"))
        self.query_one("#bars-time", Bars).show(items)
        self.query_one("#bars-outlets", Bars).show(figures.outlets)
        self.query_one("#bars-speakers", Bars).show(figures.speakers)
        self.query_one("#statistics-build", Static).update(
            Content(
                f"Built {_format_moment(figures.built_at)} with {sanitize_line(figures.model)} · "
                f"{format_size(figures.index_bytes)} in "
                f"{sanitize_line(figures.folder)}"
            )
        )

    def focus_list(self) -> None:
        """Give the keys to the page, for scrolling."""
        self.focus()


def _describe_range(days: Sequence[tuple[str, int]]) -> str:
    known = [day for day in (parse_day(text) for text, _ in days) if day]
    if not known:
        return "no article has a date"
    first, last = min(known), max(known)
    return f"from {format_day(first)} to {format_day(last)}" if first < last else f"all of {format_day(first)}"


def count_over_time(days: Sequence[tuple[str, int]]) -> tuple[str, list[tuple[str, int]]]:
    """Articles by day, month or year, whichever makes a picture; and those between that have none."""
    counts = Counter[str]()
    for text, count in days:
        if parse_day(text):
            counts[text] += count
    if not counts:
        return "day", []
    first, last = parse_day(min(counts)), parse_day(max(counts))
    assert first is not None
    assert last is not None
    if (last - first).days < MOST_DAYS:
        shown = [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
        return "day", [(day, counts[day]) for day in shown]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= MOST_MONTHS:
        unit, labels = "month", [f"{number // 12:04}-{number % 12 + 1:02}" for number in months]
    else:
        unit, labels = "year", [f"{year:04}" for year in range(first.year, last.year + 1)]
    grouped = Counter[str]()
    for day, count in counts.items():
        grouped[day[: len(labels[0])]] += count
    return unit, [(label, grouped[label]) for label in labels]


def format_size(count: int) -> str:
    """Bytes as people read them."""
    size = float(count)
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def _format_moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return sanitize_line(text)
    return f"on {format_day(moment.date())} at {moment:%H:%M}"
