"""What stands in the margins of the pages and is no text of the article: running heads, page numbers, addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from assistant.articles.readers.pdf.pages import PdfPageText
from assistant.articles.readers.pdf.pieces import Piece

MARGIN = 0.13  # of the height of a page: what stands further inside is no running head
EDGE_LINES = 3  # at the top and at the bottom of a page that can be a running head
SAME_PLACE = 4.0  # points by which a running head moves from page to page
MIN_SHARE = 0.25  # of the pages that have it: those on the left can have another one than those on the right
ISOLATION = 1.4  # the distance of a page number from the text, in usual distances of lines

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-–—|•( ]{0,3}(?P<word>page|p\.|pg\.|seite|pagina|página)?\s?(?P<number>\d{1,4})"
    r"(?P<total>\s?(?:/|of|von|de)\s?\d{1,4})?[-–—|•) ]{0,3}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def find_margin_pieces(pages: Sequence[PdfPageText]) -> list[set[Piece]]:
    """The pieces of each page that are no text of the article."""
    edges = [_find_edges(page) for page in pages]
    seen: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
    for index, page_edges in enumerate(edges):
        for piece in page_edges:
            seen[_DIGITS.sub("#", piece.text)].append((index, piece))
    found: list[set[Piece]] = [set() for _ in pages]
    for pattern, places in seen.items():
        if len(places) < 2:
            continue
        for index, piece in places:
            same = {other for other, each in places if abs(each.y - piece.y) <= SAME_PLACE and other != index}
            is_text = any(character.isalpha() for character in pattern)
            if same and (len(same) + 1) >= MIN_SHARE * len(pages) and (is_text or edges[index][piece]):
                found[index].add(piece)
    for index, page in enumerate(pages):
        found[index] |= {p for p, apart in edges[index].items() if _is_page_mark(p, page, edges[index], apart)}
    return found


def find_address(margins: Sequence[set[Piece]]) -> str | None:
    """The web address in the margin of a printed web page."""
    found = {piece.text for pieces in margins for piece in pieces if _ADDRESS.fullmatch(piece.text)}
    return found.pop() if len(found) == 1 and "…" not in next(iter(found)) else None


def _is_page_mark(piece: Piece, page: PdfPageText, edges: dict[Piece, bool], is_apart: bool) -> bool:
    """Whether a piece at the edge is the number of the page, or the address of a printed web page beside it."""
    match = _NUMBER.fullmatch(piece.text)
    if match:
        is_marked = bool(match["word"] or match["total"]) or piece.text[:1] in "-–—|•("
        return int(match["number"]) == page.number and (is_marked or is_apart) and is_apart
    if _ADDRESS.fullmatch(piece.text):
        return any(
            each is not piece and abs(each.y - piece.y) <= SAME_PLACE and _NUMBER.fullmatch(each.text) for each in edges
        )
    return False


def _find_edges(page: PdfPageText) -> dict[Piece, bool]:
    """The pieces on the first and last lines of a page, each with whether it stands apart from the text."""
    lines: list[list[Piece]] = []
    for piece in sorted(page.pieces, key=lambda p: p.y):
        if lines and abs(piece.y - lines[-1][0].y) <= SAME_PLACE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    steps = [after[0].y - before[0].y for before, after in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    found: dict[Piece, bool] = {}
    for at, line in enumerate(lines):
        is_top = line[0].y < page.height / 2
        is_outside = min(line[0].y, page.height - line[0].y) < MARGIN * page.height
        if not is_outside or EDGE_LINES <= at < len(lines) - EDGE_LINES:
            continue
        inner = at if is_top else at - 1
        is_apart = not steps or not 0 <= inner < len(steps) or steps[inner] > ISOLATION * usual
        found |= dict.fromkeys(line, is_apart)
    return found
