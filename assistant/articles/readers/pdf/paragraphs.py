"""Lines of columns to paragraphs: where one ends, and words divided at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assistant.articles.outlet_lines import is_head_line
from assistant.articles.readers.pdf.columns import Line
from assistant.text.layout.joining import choose_joint
from assistant.text.layout.lines import HYPHENS

WIDE_GAP = 1.3  # between two paragraphs, in usual distances of lines
INDENT = 0.6  # of a first line, in heights of a line
OTHER_SIZE = 0.12  # by which a heading differs in height
SHORT_LINE, VERY_SHORT_LINE = 0.85, 0.65  # of the width of a column
HEAD_LINES = 8  # of a column, in which an author, a day or an outlet have lines of their own
SAME_CELL = 1.5  # points by which the cells of a column of a table differ
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ITEM = re.compile(r"(?:[•·▪◦‣*–—-]|\(?\d{1,2}[.)])\s")


@dataclass(slots=True)
class PageLines:
    """The columns of one page in the order of reading, each a list of lines."""

    number: int
    columns: list[list[Line]]


@dataclass(slots=True)
class PdfText:
    """The text of a PDF, and where in it each page begins: number of the page, offset."""

    parts: list[str] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Append to the text."""
        self.parts.append(text)
        self.length += len(text)


def join_pages(pages: Iterable[PageLines]) -> PdfText:
    """The paragraphs of all pages; a paragraph can go on in the next column and on the next page."""
    marked = [
        (page.number, line, is_start, at == 0)
        for page in pages
        for column in page.columns
        for at, (line, is_start) in enumerate(_mark(column))
    ]
    words = frozenset(word for _, line, _, _ in marked for word in _WORD.findall(line.text))
    result = PdfText()
    before: Line | None = None
    page_number = 0
    for number, line, is_start, is_first in marked:
        text = line.text
        if before is not None:
            if is_first:
                is_start = _starts_after_break(before, line, is_start)
            if is_start:
                result.add("\n\n")
            else:
                text = _join(result, before.text, text, words)
        if number != page_number:
            result.pages.append((number, result.length))
            page_number = number
        result.add(text)
        before = line
    return result


def _join(result: PdfText, before: str, text: str, words: frozenset[str]) -> str:
    """Add what is between two lines of a paragraph; return the text of the second one."""
    if len(before) > 1 and before[-1] in HYPHENS and before[-2].isalpha() and text[:1].isalpha():
        joint = choose_joint(f"{before}\n{text}", len(before) - 1, len(before) + 1, words)
        last = result.parts[-1]
        result.parts[-1] = last[:-1]
        result.length -= 1
        result.add(joint)
        return text
    result.add("" if before[-1:] in "—–/" and before[-2:-1] not in ("", " ") else " ")
    return text


def _starts_after_break(before: Line, line: Line, is_indented: bool) -> bool:
    """Whether a column or page begins with a new paragraph."""
    if abs(line.height - before.height) > OTHER_SIZE * max(line.height, before.height):
        return True
    if not _SENTENCE_END.search(before.text):
        return False
    return is_indented or line.text[:1].isupper() or not line.text[:1].isalpha()


def _mark(column: Sequence[Line]) -> list[tuple[Line, bool]]:
    """Each line of a column with whether it begins a paragraph."""
    if not column:
        return []
    size = median(line.height for line in column)
    body = [line for line in column if abs(line.height - size) <= OTHER_SIZE * size]  # a headline can be wider
    left, right = min(line.x0 for line in column), max(line.x1 for line in body or column)
    steps = [after.y - before.y for before, after in pairwise(column)]
    step = median(steps) if steps else 0.0
    usual_left = sorted(line.x0 for line in column)[len(column) // 3]
    first = column[0]
    marked = [(first, first.x0 > usual_left + INDENT * first.height)]
    for at, (before, line) in enumerate(pairwise(column)):
        in_head = at < HEAD_LINES and (is_head_line(before.text) or is_head_line(line.text))
        marked.append((line, in_head or _is_paragraph_start(before, line, step, (left, usual_left, right))))
    return marked


def _is_paragraph_start(before: Line, line: Line, step: float, edges: tuple[float, float, float]) -> bool:
    left, usual_left, right = edges
    height = max(line.height, before.height)
    if abs(line.height - before.height) > OTHER_SIZE * height:
        return True
    if any(abs(cell - other) < SAME_CELL for cell in line.cells for other in before.cells):
        return True  # rows of a table
    # Lines of headings stand further apart than those of the text.
    if line.y - before.y > WIDE_GAP * max(step, 0.9 * height):
        return True
    ends_sentence = bool(_SENTENCE_END.search(before.text))
    if line.x0 > before.x0 + INDENT * height and line.x0 > usual_left + INDENT * height and ends_sentence:
        return True
    if _ITEM.match(line.text) and (ends_sentence or before.x1 < left + SHORT_LINE * (right - left)):
        return True
    first_word = line.text.split(" ", 1)[0]
    room = right - before.x1
    needed = (len(first_word) + 1) * (line.x1 - line.x0) / max(1, len(line.text))
    if ends_sentence:
        return room > 1.3 * needed and before.x1 < left + SHORT_LINE * (right - left)
    # Lines of a head, of a list, of a poem.
    begins = line.text.lstrip("“\"'‘(")[:1]
    is_short = before.x1 < left + VERY_SHORT_LINE * (right - left) and room > 2 * needed
    return is_short and (begins.isupper() or begins.isdigit())
