"""Pictures of a library as SVG: drawn for paper and screen, with the numbers in them, without scripts or fonts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.pictures.matrix import MAX_ROWS, Matrix, count_coverage, count_together
from assistant.store.catalog import Catalog
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.version import __version__

LONGEST_LABEL = 34  # characters shown
CELL, HEIGHT, CHARACTER, MARGIN = 34, 22, 7, 16  # pixels
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}.note{fill:#666}"
    ".on{fill:#fff}.cell{fill:#1f5f99}.frame{fill:#fff}"
)


def draw_library(catalog: Catalog) -> str:
    """The coverage of a library, and who is quoted in the same articles."""
    articles = catalog.articles()
    quoted = [row.name for row in catalog.speakers()[:MAX_ROWS]]
    by_speaker = {name: {said.article_id for said in catalog.speaker_page(name).said} for name in quoted}
    caption = f"{count_noun(len(articles), 'article')} in the library · made by news-assistant {__version__}"
    return draw_matrices((count_coverage(articles), count_together(by_speaker)), caption)


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
    height = top + 2 * HEIGHT
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
