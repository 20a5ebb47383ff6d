"""The order in which the pieces of a page are read: columns, what stands across them, and the lines of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from assistant.articles.readers.pdf.pieces import Piece

MIN_GUTTER = 0.6  # between two columns, in heights of a line
MIN_COLUMN_WIDTH = 5.0  # of half the lines of a column, in heights of a line
MIN_COLUMN_LINES = 3
CONTINUATION = 4.0  # of the longer column below the shorter one, in heights of a line
MAX_PIECES = 20_000  # of a page that is put in order
MAX_DEPTH = 8
MAX_EDGES = 16  # left edges that are tried as the edge of a column
SAME_LINE = 0.35  # of the height: pieces whose base lines differ less are on one line
DROPPED_INITIAL = 1.7  # of the usual height


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, in points from the left and the top. `cells` are where its pieces begin but the first."""

    text: str
    x0: float
    x1: float
    y: float
    height: float
    cells: tuple[float, ...] = ()


def order_lines(pieces: Sequence[Piece]) -> list[list[Line]]:
    """The lines of a page, column by column, as they are read."""
    if not pieces:
        return []
    joined = _attach_initials(list(pieces))
    if len(joined) > MAX_PIECES:
        return [_make_lines(joined)]
    return [lines for block in _divide(joined, 0) if (lines := _make_lines(block))]


def _attach_initials(pieces: list[Piece]) -> list[Piece]:
    """Put a dropped initial before the line that it begins."""
    usual = median(piece.height for piece in pieces)
    initials = [
        piece for piece in pieces if piece.height > DROPPED_INITIAL * usual and len(piece.text.strip("“\"'‘")) == 1
    ]
    for initial in initials[:20]:
        top = initial.y - initial.height
        beside = [
            piece
            for piece in pieces
            if piece is not initial
            and piece.height < initial.height / 1.5
            and -0.3 * usual <= piece.x0 - initial.x1 < 1.5 * usual
            and top - usual < piece.y - piece.height < top + initial.height
        ]
        if beside and initial.text[-1:].isalpha():
            first = min(beside, key=lambda piece: piece.y)
            whole = Piece(initial.text + first.text, first.x0, first.x1, first.y, first.height)
            pieces = [whole if piece is first else piece for piece in pieces if piece is not initial]
    return pieces


def _divide(pieces: list[Piece], depth: int) -> Iterator[list[Piece]]:
    """The columns of a region from left to right, between the lines that stand across them."""
    edge = _find_column_edge(pieces) if depth < MAX_DEPTH else None
    if edge is None:
        yield pieces
        return
    gap = MIN_GUTTER * median(piece.height for piece in pieces)
    order = {id(piece): at for at, piece in enumerate(pieces)}
    for is_across, group in groupby(sorted(pieces, key=lambda p: p.y), lambda p: _is_across(p, edge, gap)):
        band = sorted(group, key=lambda p: order[id(p)])
        if is_across:
            yield from _divide(band, depth + 1)
            continue
        for part in ([p for p in band if p.x0 < edge], [p for p in band if p.x0 >= edge]):
            if part:
                yield from _divide(part, depth + 1)


def _is_across(piece: Piece, edge: float, gap: float) -> bool:
    return piece.x0 < edge and piece.x1 > edge - gap


def _find_column_edge(pieces: list[Piece]) -> float | None:
    """The left edge of a column that has another one to its left; None if there is only one."""
    if len(pieces) < MIN_COLUMN_LINES:
        return None
    height = median(piece.height for piece in pieces)
    order = {id(piece): at for at, piece in enumerate(pieces)}
    edges = Counter(round(piece.x0 / 2) for piece in pieces)
    best, best_score = None, 0.0
    for place, _ in edges.most_common(MAX_EDGES):
        edge = place * 2 - 2.0
        right = [piece for piece in pieces if piece.x0 >= edge]
        left = [piece for piece in pieces if piece.x1 <= edge - MIN_GUTTER * height]
        if not left or not right:
            continue
        top, bottom = _find_common_band(left, right, height)
        across = [p for p in pieces if p.x0 < edge and p.x1 > edge - MIN_GUTTER * height]
        is_first = max(order[id(p)] for p in left) < min(order[id(p)] for p in right)
        if not _is_side_by_side(left, right, height) and not (
            is_first and _goes_on_beside(left, across, (top, bottom), height)
        ):
            continue
        score = min(len(left), len(right)) - 0.5 * sum(top < p.y < bottom for p in across)
        if score > best_score:
            best, best_score = edge, score
    return best


def _is_side_by_side(left: list[Piece], right: list[Piece], height: float) -> bool:
    """Whether two groups of pieces are columns of text beside each other."""
    if min(len(left), len(right)) < MIN_COLUMN_LINES:
        return False
    if any(median(p.width for p in group) < MIN_COLUMN_WIDTH * height for group in (left, right)):
        return False
    top, bottom = _find_common_band(left, right, height)
    return all(sum(top <= p.y <= bottom for p in group) >= MIN_COLUMN_LINES for group in (left, right))


def _goes_on_beside(left: list[Piece], across: list[Piece], band: tuple[float, float], height: float) -> bool:
    """Whether a left column goes on below a right one that is only a few lines long.

    The file must have all of the left one before the right one, as a row of words with wide blanks has not.
    """
    top, bottom = band[0], band[1] + CONTINUATION * height
    beside = [p for p in left if top <= p.y <= bottom]
    if len(beside) < MIN_COLUMN_LINES or any(top <= p.y <= bottom for p in across):
        return False
    return median(p.width for p in beside) >= MIN_COLUMN_WIDTH * height


def _find_common_band(left: list[Piece], right: list[Piece], height: float) -> tuple[float, float]:
    """From where to where on the page both groups have lines."""
    top = max(min(p.y for p in left), min(p.y for p in right)) - height
    return top, min(max(p.y for p in left), max(p.y for p in right)) + height


def _make_lines(pieces: list[Piece]) -> list[Line]:
    """The pieces of one column as lines from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        if rows and abs(piece.y - rows[-1][0].y) <= SAME_LINE * max(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_join_row(sorted(row, key=lambda p: p.x0)) for row in rows]


def _join_row(row: list[Piece]) -> Line:
    text = row[0].text
    for before, piece in pairwise(row):
        blank = "" if piece.x0 - before.x1 < 0.12 * piece.height else " "
        text = f"{text}{blank}{piece.text}"
    widest = max(row, key=lambda p: p.width)
    cells = tuple(piece.x0 for piece in row[1:])
    return Line(text, row[0].x0, max(p.x1 for p in row), widest.y, widest.height, cells)
