"""The Statistics tab of the library screen: counts, charts of articles and speakers, how the index was built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from assistant.pictures.matrix import Matrix
from assistant.records.library import LibraryStatistics
from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.charts import HORIZONTAL_EIGHTHS, SHADES, draw_bars, draw_matrix
from assistant.tui.rendering.relative_dates import format_day, parse_day

MAX_DAYS = 31  # drawn as days; a longer time is drawn as months
MARKS_STYLE = "$primary 75%"  # of bars and shades: to be seen, and no louder than the words
MAX_MONTHS = 36  # drawn as months; a longer time is drawn as years
COUNT_NAMES = {  # singular and plural, by the name in the library's counts
    "articles": ("article", "articles"),
    "sources": ("outlet", "outlets"),
    "words": ("word", "words"),
    "sentences": ("sentence", "sentences"),
    "passages": ("passage", "passages"),
    "speakers": ("speaker", "speakers"),
    "statements": ("statement", "statements"),
    "duplicates": ("near-duplicate", "near-duplicates"),
}


class Chart(Static):
    """A chart in lines of text, drawn to the width of the widget; its marks have a calm colour."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._draw_lines: Callable[[int], list[str]] = lambda _width: []

    def show(self, draw_lines: Callable[[int], list[str]]) -> None:
        """Draw the lines that this function gives for a width."""
        self._draw_lines = draw_lines
        self._draw()

    def _draw(self) -> None:
        lines = Content("\n".join(self._draw_lines(self.size.width)) or "none")
        self.update(lines.highlight_regex(rf"[{HORIZONTAL_EIGHTHS.strip()}{SHADES.strip()}]+", style=MARKS_STYLE))

    def on_resize(self, _event: Resize) -> None:
        """Redraw for the new width."""
        self._draw()


class StatisticsPanel(VerticalScroll, can_focus=True):
    """A page of numbers and charts; `show` sets them. Posts nothing; computing them is left to the screen."""

    def compose(self) -> ComposeResult:
        """Yield the counts, four charts and a line about the build."""
        yield Static(id="statistics-counts")
        with Container(id="statistics-charts"):
            with Container(classes="chart"):
                yield Static("Articles over time", id="statistics-time", classes="title")
                yield Chart(id="bars-time")
            with Container(classes="chart"):
                yield Static("Articles by outlet", classes="title")
                yield Chart(id="bars-outlets")
            with Container(classes="chart"):
                yield Static("Most quoted, by statements", classes="title")
                yield Chart(id="bars-speakers")
            with Container(classes="chart"):
                yield Static(id="statistics-coverage", classes="title")
                yield Chart(id="coverage")
        yield Static(id="statistics-build")

    def show(self, statistics: LibraryStatistics) -> None:
        """Show these statistics."""
        counts = dict(statistics.counts)
        line = Content(" · ").join(
            Content.assemble((f"{counts[name]:,}", "bold"), f" {names[counts[name] > 1]}")
            for name, names in COUNT_NAMES.items()
            if counts.get(name)
        )
        self.query_one("#statistics-counts", Static).update(
            Content("\n").join([line, Content(_describe_range(statistics.days))])
        )
        unit, items = count_over_time(statistics.days)
        self.query_one("#statistics-time", Static).update(Content(f"Articles by {unit}"))
        for name, counted in (
            ("time", items),
            ("outlets", statistics.outlets),
            ("speakers", statistics.speakers),
        ):
            self.query_one(f"#bars-{name}", Chart).show(partial(draw_bars, counted))
        self.query_one("#statistics-build", Static).update(
            Content(
                f"Built {_format_moment(statistics.built_at)} with {sanitize_line(statistics.model)} · "
                f"{format_size(statistics.index_bytes)} in "
                f"{sanitize_line(statistics.folder)}"
            )
        )

    def show_coverage(self, coverage: Matrix) -> None:
        """Show how many articles each outlet has in each month."""
        self.query_one("#statistics-coverage", Static).update(Content(f"{coverage.title} (denser: more)"))
        self.query_one("#coverage", Chart).show(partial(draw_matrix, coverage))

    def focus_list(self) -> None:
        """Focus the page, so that the keys scroll it."""
        self.focus()


def _describe_range(days: Sequence[tuple[str, int]]) -> str:
    known = [day for day in (parse_day(text) for text, _ in days) if day]
    if not known:
        return "No article has a date."
    first, last = min(known), max(known)
    return f"from {format_day(first)} to {format_day(last)}" if first < last else f"all of {format_day(first)}"


def count_over_time(dated: Sequence[tuple[str, int]]) -> tuple[str, list[tuple[str, int]]]:
    """The unit (day, month or year) that suits the time covered, and the articles in each, including empty ones."""
    counts = Counter[str]()
    for day, count in dated:
        if parse_day(day):
            counts[day] += count
    if not counts:
        return "day", []
    first, last = parse_day(min(counts)), parse_day(max(counts))
    assert first is not None
    assert last is not None
    if (last - first).days < MAX_DAYS:
        days = [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
        return "day", [(day, counts[day]) for day in days]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= MAX_MONTHS:
        unit, labels = "month", [f"{number // 12:04}-{number % 12 + 1:02}" for number in months]
    else:
        unit, labels = "year", [f"{year:04}" for year in range(first.year, last.year + 1)]
    grouped = Counter[str]()
    for day, count in counts.items():
        grouped[day[: len(labels[0])]] += count
    return unit, [(label, grouped[label]) for label in labels]


def format_size(count: int) -> str:
    """A number of bytes with a readable unit."""
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
