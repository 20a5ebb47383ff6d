"""Charts in Unicode block characters: bars, sparklines, timelines. Without colour, which the widgets add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rich.cells import cell_len, set_cell_size

from assistant.pictures.matrix import Matrix
from assistant.text.sanitize import sanitize_line
from assistant.tui.rendering.relative_dates import MONTHS, format_day

HORIZONTAL_EIGHTHS = " ▏▎▍▌▋▊▉█"  # eighths of a cell, from the left
SHADES = " ░▒▓█"  # of a count, from none to the highest
VERTICAL_EIGHTHS = " ▁▂▃▄▅▆▇█"  # eighths of a cell, from below
LINE, POINT = "─", "●"  # of a timeline
LABELS_SHARE = 0.4  # maximum share of the width for labels


def draw_bars(items: Sequence[tuple[str, int]], width: int) -> list[str]:
    """One line of at most `width` cells for each label and count: the label, the count, a bar to scale.

    Labels are sanitized, and shortened if they are long. The bar of a count above 0 is never empty. If there is no
    room for bars, there are none.
    """
    if not items:
        return []
    labels = [sanitize_line(label) for label, _ in items]
    counts = [f"{count:,}" for _, count in items]
    room_for_count = max(map(len, counts))
    room_for_label = min(max(map(cell_len, labels)), max(1, int(width * LABELS_SHARE)))
    room = max(0, width - room_for_label - room_for_count - 2)
    most = max(1, *(count for _, count in items))
    return [
        f"{fit_width(label, room_for_label)} {count:>{room_for_count}} {_draw_bar(value / most, room)}".rstrip()
        for label, count, (_, value) in zip(labels, counts, items, strict=True)
    ]


def _draw_bar(share: float, room: int) -> str:
    eighths = max(int(share > 0), round(share * room * 8)) if room else 0
    full, part = divmod(eighths, 8)
    return HORIZONTAL_EIGHTHS[8] * full + (HORIZONTAL_EIGHTHS[part] if part else "")


def draw_sparkline(values: Sequence[int], width: int) -> str:
    """Counts as a row of at most `width` small columns. 0 is a blank; a count above 0 never is.

    If there are more values than columns, each column is an average of neighbours.
    """
    if not values or width < 1:
        return ""
    columns = min(width, len(values))
    edges = [place * len(values) // columns for place in range(columns + 1)]
    means = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    most = max(means) or 1
    return "".join(VERTICAL_EIGHTHS[max(int(mean > 0), round(mean / most * 8))] for mean in means)


def draw_matrix(matrix: Matrix, width: int) -> list[str]:
    """Counts as shades: one line for each row, at most `width` cells, below a line with the first and last column.

    Each column is two cells wide, or one where there is little room; columns that do not fit are cut on the left, where
    the oldest are. A count above 0 is never blank.
    """
    if not matrix.most:
        return []
    labels = [sanitize_line(label) for label in matrix.rows]
    room_for_label = min(max(map(cell_len, labels)), max(1, int(width * LABELS_SHARE)))
    room = max(1, width - room_for_label - 1)
    cells = 2 if 2 * len(matrix.columns) <= room else 1
    shown = range(max(0, len(matrix.columns) - room // cells), len(matrix.columns))
    first, last = (sanitize_line(matrix.columns[place]) for place in (shown[0], shown[-1]))
    gap = cells * len(shown) - cell_len(first) - cell_len(last)
    head = f"{first}{' ' * gap}{last}" if gap > 0 else f"{first} to {last}" if first != last else first
    lines = [" " * (room_for_label + 1) + head]
    for label, counts in zip(labels, matrix.counts, strict=True):
        shades = "".join(_shade(counts[place] / matrix.most) * cells for place in shown)
        lines.append(f"{fit_width(label, room_for_label)} {shades}".rstrip())
    return lines


def _shade(share: float) -> str:
    return SHADES[max(int(share > 0), round(share * (len(SHADES) - 1)))]


def fit_width(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded with spaces, or shortened with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width)


def draw_timeline(events: Sequence[tuple[date, str]], width: int) -> tuple[str, str, str]:
    """A timeline to scale, in three lines of `width` cells: the labels of the events, the line, dates.

    The first and the last date are always shown, the others if there is room. Raises ValueError if there are no
    events.
    """
    first, last = min(day for day, _ in events), max(day for day, _ in events)
    long = max(1, (last - first).days)
    margin = min(3, max(0, (width - 1) // 4))
    columns: dict[int, tuple[date, str]] = {}
    for day, label in sorted(events):
        column = margin + round((day - first).days / long * (width - 1 - 2 * margin))
        columns[column] = (day, columns.get(column, (day, ""))[1] + label)
    line = [LINE] * width
    for column in columns:
        line[column] = POINT
    above = _place_labels([(column, label) for column, (_, label) in columns.items()], width)
    return above, "".join(line), _draw_days(columns, first, last, width)


def _place_labels(labels: Sequence[tuple[int, str]], width: int) -> str:
    """Labels centred on their columns, moved so that they do not overlap, and cut if there is no room for all."""
    starts: list[int] = []
    end = 0
    for column, label in labels:
        starts.append(max(end, column - (len(label) - 1) // 2))
        end = starts[-1] + len(label)
    limit = width
    for place in reversed(range(len(labels))):
        starts[place] = max(0, min(starts[place], limit - len(labels[place][1])))
        limit = starts[place]
    text = ""
    for start, (_, label) in zip(starts, labels, strict=True):
        text = text.ljust(start) + label
    return fit_width(text, width)


def _draw_days(columns: dict[int, tuple[date, str]], first: date, last: date, width: int) -> str:
    text = [" "] * width

    def write(start: int, words: str) -> None:
        start = max(0, min(start, width - len(words)))
        around = text[max(0, start - 2) : start + len(words) + 2]
        if len(words) <= width and not "".join(around).strip():
            text[start : start + len(words)] = words

    for column, (day, _) in sorted(columns.items(), key=lambda item: item[1][0] not in (first, last)):
        is_short = day not in (first, last) and first.year == last.year
        words = f"{day.day} {MONTHS[day.month - 1]}" if is_short else format_day(day)
        write(column - len(words) // 2, words)
    return "".join(text)
