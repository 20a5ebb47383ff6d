"""Pictures of a library as SVG: drawn for paper and screen, with the numbers in them, without scripts or fonts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.pictures.matrix import MAX_ROWS, Matrix, count_coverage, count_together
from assistant.records.library import ArticleRow
from assistant.store.catalog import Catalog
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.version import __version__

LONGEST_LABEL = 34  # characters shown
LONGEST_ENTRY = 120  # characters shown of a title with its outlet
CELL, HEIGHT, CHARACTER, MARGIN = 34, 22, 7, 16  # pixels
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}.note{fill:#666}"
    ".line{stroke:#1f5f99;stroke-width:2}.on{fill:#fff}.cell{fill:#1f5f99}.frame{fill:#fff}"
)


def draw_library(catalog: Catalog) -> str:
    """The coverage of a library, and who is quoted in the same articles."""
    articles = catalog.articles()
    quoted = [row.name for row in catalog.speakers()[:MAX_ROWS]]
    by_speaker = {name: {said.article_id for said in catalog.speaker_page(name).said} for name in quoted}
    caption = f"{count_noun(len(articles), 'article')} in the library · made by news-assistant {__version__}"
    return draw_matrices((count_coverage(articles), count_together(by_speaker)), caption)


def draw_timeline(heading: str, rows: Sequence[ArticleRow]) -> str:
    """Articles from the oldest down to the newest on a line of time, each with its day, outlet and title.

    Articles without a day are left out, and the caption counts them.
    """
    dated = sorted((row for row in rows if row.day), key=lambda row: (row.day, row.title))
    axis = MARGIN + CHARACTER * 12
    parts = [_text(MARGIN, MARGIN + HEIGHT // 2, heading, "title")]
    first = MARGIN + 2 * HEIGHT
    width = 2 * MARGIN + CHARACTER * (len(heading) + 8)
    if dated:
        below = first + (len(dated) - 1) * HEIGHT
        parts.append(f'<path class="line" d="M{axis} {first - 8}V{below + 8}"/>')
    for number, row in enumerate(dated):
        y = first + number * HEIGHT
        words = shorten_line(" · ".join(filter(None, (row.title, row.source))), LONGEST_ENTRY)
        if number == 0 or dated[number - 1].day != row.day:
            parts.append(_text(MARGIN, y + 4, row.day))
        parts += [f'<circle class="cell" cx="{axis}" cy="{y}" r="5"/>', _text(axis + MARGIN, y + 4, words)]
        width = max(width, axis + 2 * MARGIN + CHARACTER * len(words))
    undated = len(rows) - len(dated)
    without = f" · {undated:,} more without a day" if undated else ""
    caption = f"{count_noun(len(dated), 'article')}{without} · made by news-assistant {__version__}"
    bottom = first + len(dated) * HEIGHT
    return _frame([*parts, _text(MARGIN, bottom + HEIGHT // 2, caption, "note")], width, bottom + 2 * HEIGHT)


def draw_matrices(matrices: Sequence[Matrix], caption: str) -> str:
    """The tables below each other, then `caption`. Each number is in a square, the darker the higher it is."""
    parts: list[str] = []
    top, width = MARGIN, 0
    for matrix in matrices:
        if matrix.most:
            body, right, top = _draw_matrix(matrix, top)
            parts += body
            width = max(width, right)
    parts.append(_text(MARGIN, top + HEIGHT, caption, "note"))
    width = max(width, MARGIN * 2 + CHARACTER * len(caption))
    return _frame(parts, width, top + 2 * HEIGHT)


def _frame(parts: Sequence[str], width: int, height: int) -> str:
    """A picture of these parts, with its size in pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<style>{_STYLE}</style>"
        f'<rect class="frame" width="100%" height="100%"/>{"".join(parts)}</svg>\n'
    )


def _draw_matrix(matrix: Matrix, top: int) -> tuple[list[str], int, int]:
    """The elements, the right end and the place below."""
    labels = [shorten_line(row, LONGEST_LABEL) for row in matrix.rows]
    heads = [shorten_line(column, LONGEST_LABEL) for column in matrix.columns]
    left = MARGIN + CHARACTER * max(map(len, labels)) + MARGIN
    first = top + HEIGHT + CHARACTER * max(map(len, heads)) + MARGIN
    parts = [_text(MARGIN, top + HEIGHT // 2, matrix.title, "title")]
    for number, head in enumerate(heads):
        x, y = left + number * CELL + CELL // 2 + 4, first - 6
        parts.append(f'<text x="{x}" y="{y}" transform="rotate(-90 {x} {y})">{escape(head)}</text>')
    for number, (label, counts) in enumerate(zip(labels, matrix.counts, strict=True)):
        y = first + number * HEIGHT
        parts.append(_text(MARGIN, y + 15, label))
        for place, count in enumerate(counts):
            if count:
                x, share = left + place * CELL, count / matrix.most
                parts.append(
                    f'<rect class="cell" x="{x}" y="{y}" width="{CELL - 2}" height="{HEIGHT - 2}" '
                    f'fill-opacity="{0.12 + 0.88 * share:.2f}"/>'
                )
                kind = ' class="on"' if share > 0.4 else ""
                parts.append(f'<text{kind} x="{x + CELL // 2 - 1}" y="{y + 15}" text-anchor="middle">{count}</text>')
    below = first + len(labels) * HEIGHT
    if matrix.note:
        parts.append(_text(MARGIN, below + HEIGHT, matrix.note, "note"))
        below += HEIGHT
    return parts, left + len(heads) * CELL + MARGIN, below + HEIGHT


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y}">{escape(sanitize_line(words))}</text>'
