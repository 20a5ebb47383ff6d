"""Pictures of numbers in Unicode block characters: bars, a sparkline, a line of days. Pure; colour is the widget's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size

from assistant.display import one_line

PARTS = " ▏▎▍▌▋▊▉█"  # eighths of a cell, from the left
HEIGHTS = " ▁▂▃▄▅▆▇█"  # eighths of a cell, from below
LABELS_SHARE = 0.4  # of the width that labels may take, at most


def bars(items: Sequence[tuple[str, int]], width: int) -> list[str]:
    """One line for each label and count: the label, the count, a bar to scale; none wider than `width` cells.

    Labels may be anything; they are made safe and cut where they are long. A count above nought always shows.
    Where there is no room for bars, there are none.
    """
    if not items:
        return []
    labels = [one_line(label) for label, _ in items]
    counts = [f"{count:,}" for _, count in items]
    room_for_count = max(map(len, counts))
    room_for_label = min(max(map(cell_len, labels)), max(1, int(width * LABELS_SHARE)))
    room = max(0, width - room_for_label - room_for_count - 2)
    most = max(1, *(count for _, count in items))
    return [
        f"{fitted(label, room_for_label)} {count:>{room_for_count}} {_bar(value / most, room)}".rstrip()
        for label, count, (_, value) in zip(labels, counts, items, strict=True)
    ]


def _bar(share: float, room: int) -> str:
    eighths = max(int(share > 0), round(share * room * 8)) if room else 0
    full, part = divmod(eighths, 8)
    return PARTS[8] * full + (PARTS[part] if part else "")


def sparkline(values: Sequence[int], width: int) -> str:
    """Counts as a row of little columns, at most `width` of them; nought is a blank, anything more shows.

    Where there are more values than columns, neighbours are averaged.
    """
    if not values or width < 1:
        return ""
    columns = min(width, len(values))
    edges = [place * len(values) // columns for place in range(columns + 1)]
    means = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    most = max(means) or 1
    return "".join(HEIGHTS[max(int(mean > 0), round(mean / most * 8))] for mean in means)


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells: filled with spaces, or cut with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width)
