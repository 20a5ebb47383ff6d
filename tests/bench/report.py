"""Renders the results as tables, for the terminal and for Markdown, and as charts."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measuring import Measurements
from tests.bench.places import LibrarySize
from tests.bench.plot import Chart

SIZE_INDEPENDENT_FIGURES = frozenset("stock.per_s stock256.per_s stock.build_peak_mb embed.per_s encode.per_s".split())
"""Figures that do not depend on the size and are measured at the smallest one only."""


@dataclass(slots=True)
class SizeResult:
    """The figures of one size by name, and the reasons why parts failed."""

    size: LibrarySize
    figures: Measurements = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: a figure, or the ratio of `figure` to `over`."""

    label: str
    figure: str
    unit: str = ""
    over: str = ""


ROWS: dict[str, tuple[TableRow, ...]] = {
    "Building from scratch": (
        TableRow("build, whole process", "build.seconds", "s"),
        TableRow("articles a second", "build.articles_per_s"),
        TableRow("passages a second", "build.passages_per_s"),
        TableRow("llama-index, default settings (cuts off text), articles a second", "stock.per_s"),
        TableRow("llama-index, 256-token chunks", "stock256.per_s"),
        TableRow("this program ÷ 256-token chunks", "build.articles_per_s", "×", "stock256.per_s"),
        TableRow("share of the build in which the model ran", "build.embedding_share", "%"),
        TableRow("the model in the build, passages a second", "build.embedder_per_s"),
        TableRow("the model alone, same passages", "embed.per_s"),
        TableRow("in the build ÷ alone", "build.embedder_per_s", "×", "embed.per_s"),
        TableRow("sentence-transformers alone, same passages", "encode.per_s"),
        TableRow("the model as run here ÷ sentence-transformers", "embed.per_s", "×", "encode.per_s"),
    ),
    "Updating": (
        TableRow("nothing changed", "sync.none_s", "s"),
        TableRow("one article changed", "sync.changed_s", "s"),
        TableRow("one article added", "sync.added_s", "s"),
    ),
    "Asking, a new process each time": (
        TableRow("`assistant ask`, whole process", "cold.s", "s"),
        TableRow("process exit after printing the answer", "cold.leaving_s", "s"),
        TableRow("llama-index, retrieving only", "stock256.s", "s"),
        TableRow("llama-index ÷ this program", "stock256.s", "×", "cold.s"),
        TableRow("terminal interface, first frame", "frame.s", "s"),
    ),
    "Asking, once loaded": (
        TableRow("median", "warm.p50_ms", "ms"),
        TableRow("95th percentile", "warm.p95_ms", "ms"),
        TableRow("slowest", "warm.max_ms", "ms"),
        TableRow("questions of frequent words only, slowest", "warm.frequent.max_ms", "ms"),
        TableRow("questions of fifty words, slowest", "warm.long.max_ms", "ms"),
        TableRow("FAISS alone, exact search, median", "faiss.p50_ms", "ms"),
        TableRow("this program's median ÷ FAISS", "warm.p50_ms", "×", "faiss.p50_ms"),
    ),
    "Memory": (
        TableRow("a build, peak", "build.peak_mb", "MB"),
        TableRow("a process that has answered", "memory.answered_mb", "MB"),
        TableRow("the same, peak", "memory.peak_mb", "MB"),
        TableRow("llama-index, a build, peak", "stock.build_peak_mb", "MB"),
        TableRow("llama-index, a process that has retrieved", "stock256.answered_mb", "MB"),
        TableRow("FAISS alone", "faiss.memory_mb", "MB"),
    ),
    "On disk": (
        TableRow("index", "index.mb", "MB"),
        TableRow("llama-index, 256-token chunks", "stock256.index_mb", "MB"),
    ),
}


def describe_machine() -> dict[str, str]:
    """Name of the processor, number of cores, and operating system."""
    name = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    return {"processor": name, "cores": str(os.cpu_count()), "system": f"{platform.system()} {platform.machine()}"}


class ResultTable:
    """The figures of all sizes, one column each."""

    def __init__(self, columns: Sequence[SizeResult]) -> None:
        self.columns = columns

    def _find_value(self, column: SizeResult, name: str) -> tuple[float | None, str]:
        """A figure, and a mark if it was measured at another size."""
        if name in column.figures:
            return column.figures[name], ""
        if name in SIZE_INDEPENDENT_FIGURES and column.size.articles:
            for other in self.columns:
                if name in other.figures:
                    return other.figures[name], " *"
        return None, ""

    def format_cell(self, row: TableRow, column: SizeResult) -> str:
        """The text of a cell; a dash if the figure is not known."""
        value, mark = self._find_value(column, row.figure)
        if value is not None and row.over:
            below, other = self._find_value(column, row.over)
            value, mark = (value / below if below else None), mark or other
        return "–" if value is None else format_figure(value, row.unit) + mark

    def column_headings(self) -> list[tuple[str, str]]:
        """Two lines above each column: the size, and the number of passages or "multiplied"."""
        heads = []
        for column in self.columns:
            passages = column.figures.get("passages")
            said = "multiplied" if column.size.passages else f"{passages:,.0f} passages" if passages else ""
            heads.append((column.size.name, said))
        return heads

    def row_groups(self) -> list[tuple[str, list[tuple[TableRow, list[str]]]]]:
        """The rows that have a figure, with their cells, under their headings."""
        lines_found = []
        for title, rows in ROWS.items():
            lines = [(row, [self.format_cell(row, column) for column in self.columns]) for row in rows]
            if lines := [(row, cells) for row, cells in lines if any(cell != "–" for cell in cells)]:
                lines_found.append((title, lines))
        return lines_found

    def render_text(self) -> str:
        """The table as plain text for the terminal."""
        groups, heads = self.row_groups(), self.column_headings()
        width = max([len(row.label) for _, lines in groups for row, _ in lines] + [20])
        out = [" " * width + "".join(f"{head[line]:>20}" for head in heads) for line in (0, 1)]
        for title, lines in groups:
            out.append(title)
            out += [f"{row.label:<{width}}" + "".join(f"{cell:>20}" for cell in cells) for row, cells in lines]
        return "\n".join([*out, *self.table_notes()]).replace("\\*", "*")

    def render_markdown(self) -> str:
        """The table in Markdown."""
        heads = [f"{size} ({said})" if said else size for size, said in self.column_headings()]
        out = ["| | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(self.columns)]
        for title, lines in self.row_groups():
            out.append(f"| **{title}** |" + " |" * len(self.columns))
            out += [f"| {row.label} | " + " | ".join(cells) + " |" for row, cells in lines]
        return "\n".join([*out, "", *self.table_notes()]) + "\n"

    def table_notes(self) -> list[str]:
        """Notes below the table."""
        notes = []
        if any(cell.endswith("*") for _, lines in self.row_groups() for _, cells in lines for cell in cells):
            notes.append("\\* Measured at the smallest size; it does not depend on the size.")
        if any(column.size.passages for column in self.columns):
            notes.append("Multiplied: the vectors are those of the largest built library, each changed slightly.")
        if any("stock256.made_up" in column.figures for column in self.columns):
            notes.append("llama-index's larger index contains made-up vectors, so that it need not be embedded.")
        for column in self.columns:
            notes += [f"Not measured, {column.size.name}, {part}: {reason}." for part, reason in column.failed.items()]
        return notes


def format_figure(value: float, unit: str) -> str:
    """A figure with its unit, rounded to about three digits: "0.043 s", "17.2", "1,204 MB", "87 %"."""
    if unit == "%":
        return f"{value * 100:.0f} %"
    figures = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    if value < 0.1:
        figures = f"{value:.3f}"
    return f"{figures}{'' if unit in ('', '×') else ' '}{unit}"


def make_charts(columns: Sequence[SizeResult]) -> list[Chart]:
    """The charts of the figures by library size."""
    table = ResultTable(columns)

    def points(value: Callable[[Measurements], float | None]) -> list[tuple[float, float]]:
        lines_found = [(column.figures.get("passages", 0.0), value(column.figures) or 0.0) for column in columns]
        return [(passages, cost) for passages, cost in lines_found if passages and cost]

    def of(name: str) -> list[tuple[float, float]]:
        return points(lambda figures: figures.get(name))

    rate, _ = table._find_value(columns[0], "stock256.per_s") if columns else (None, "")
    by_rate = points(lambda figures: figures["articles"] / rate if rate and "build.seconds" in figures else None)
    lines: Sequence[tuple[str, Mapping[str, list[tuple[float, float]]]]] = (
        ("build, seconds", {THIS_PROGRAM: of("build.seconds"), LLAMA_INDEX: by_rate}),
        ("answer once loaded, p95, ms", {THIS_PROGRAM: of("warm.p95_ms"), BARE_FAISS: of("faiss.p95_ms")}),
        (
            "memory of a process that has answered, MB",
            {
                THIS_PROGRAM: of("memory.answered_mb"),
                LLAMA_INDEX: of("stock256.answered_mb"),
                BARE_FAISS: of("faiss.memory_mb"),
            },
        ),
        ("index on disk, MB", {THIS_PROGRAM: of("index.mb"), LLAMA_INDEX: of("stock256.index_mb")}),
    )
    return [Chart(title, shown) for title, shown in lines]


THIS_PROGRAM, LLAMA_INDEX, BARE_FAISS = "this program", "llama-index", "FAISS search alone"
