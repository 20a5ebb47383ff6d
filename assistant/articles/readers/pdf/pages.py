"""The pieces of text on the pages of a PDF and where they stand, as PDFium finds them."""

from __future__ import annotations

import ctypes
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.articles.readers.pdf.pieces import Piece
from assistant.articles.readers.pdf.recognition import EXTRA, recognize_page
from assistant.errors import ReadError
from assistant.system.extras import MODULES, is_module

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 5_000
MAX_SECONDS = 120.0  # for one file, and for each of its pages whose text is recognised
MAX_RECOGNIZED = 500  # pages of a file, some seconds each
MAX_PAGE_CHARACTERS = 400_000
MAX_UNMAPPED = 0.3  # of the characters of a page: with more, the text layer is no text
GAP = 1.2  # between two pieces of a line, in heights of a letter
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHEN_MARKS = frozenset({0x02, 0xFFFE})  # what PDFium gives for a hyphen at the end of a line
_SPACES = re.compile(r"\s+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PdfPageText:
    """One page, `number` from 1. `unmapped` is the share of its characters whose letters the PDF does not tell.

    `is_tried`: text was looked for in its picture. `is_recognized`: what was recognised there is its text.
    """

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    has_pictures: bool
    unmapped: float
    is_tried: bool = False
    is_recognized: bool = False


@dataclass(frozen=True, slots=True)
class PdfProperties:
    """What a PDF says about itself; each is empty if it does not."""

    title: str
    author: str
    created: str
    program: str


def open_pdf(data: bytes) -> PdfDocument:
    """Open a PDF; the caller closes it. Raises ReadError."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    if b"%PDF" not in data[:1024]:
        raise ReadError("not a PDF, though it is named so")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ReadError("encrypted with a password; save a copy without it") from error
        raise ReadError("a damaged PDF, or the file is cut off; open it and save it anew") from error
    if not len(document):
        document.close()
        raise ReadError("a PDF without pages, or the file is cut off")
    return document


def read_properties(document: PdfDocument) -> PdfProperties:
    """What the PDF says about itself."""
    found: dict[str, str] = {}
    for name in ("Title", "Author", "CreationDate", "Creator", "Producer"):
        with suppress(Exception):
            found[name] = _clean(document.get_metadata_value(name))
    program = f"{found.get('Creator', '')} {found.get('Producer', '')}".strip()
    return PdfProperties(
        found.get("Title", ""), found.get("Author", ""), _read_date(found.get("CreationDate", "")), program
    )


def iter_pages(document: PdfDocument) -> Iterator[PdfPageText]:
    """The pages in order. Raises ReadError if the document is too long, or takes too much time."""
    if len(document) > MAX_PAGES:
        raise ReadError(f"{len(document):,} pages; PDFs of up to {MAX_PAGES:,} are read: divide it")
    deadline = time.monotonic() + MAX_SECONDS
    tried = 0
    for index in range(len(document)):
        if time.monotonic() > deadline:
            raise ReadError(
                f"not read within {MAX_SECONDS:.0f} seconds (page {index + 1} of {len(document)}); divide it"
            )
        page = _read_page(document, index, recognizes=tried < MAX_RECOGNIZED and is_module(MODULES[EXTRA]))
        yield page
        if page.is_tried:
            tried += 1
            deadline = time.monotonic() + MAX_SECONDS


def _read_page(document: PdfDocument, index: int, *, recognizes: bool) -> PdfPageText:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
    except PdfiumError:
        return PdfPageText(index + 1, 0, 0, (), True, 0.0)
    try:
        width, height = page.get_size()
        characters, unmapped = _read_characters(page)
        pieces = tuple(_join_characters(characters))
        has_pictures = not pieces and any(True for _ in page.get_objects(max_depth=2))
        is_tried = recognizes and (has_pictures or unmapped > MAX_UNMAPPED)
        if is_tried and (found := recognize_page(page)):
            return PdfPageText(index + 1, width, height, found, True, 0.0, is_tried, is_recognized=True)
    finally:
        page.close()
    return PdfPageText(index + 1, width, height, pieces, has_pictures, unmapped, is_tried)


@dataclass(frozen=True, slots=True)
class _Character:
    """A character; a blank and a break that PDFium inserted have no place."""

    text: str
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    height: float = 0.0


def _read_characters(page: PdfPage) -> tuple[list[_Character], float]:
    """The characters of a page in the order of the file, and the share of those without a letter."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw = textpage.raw
    count = min(textpage.count_chars(), MAX_PAGE_CHARACTERS)
    turn = _make_turn(page)
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    characters: list[_Character] = []
    unmapped = 0
    angles: Counter[int] = Counter()
    turned: list[int] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 and code not in _HYPHEN_MARKS:
            characters.append(_Character("\n" if code in (10, 13) else " "))
            turned.append(-1)
            continue
        text = "-" if code in _HYPHEN_MARKS else _LIGATURES.get(code) or chr(code)
        unmapped += code in (0, 0xFFFD) or 0xE000 <= code < 0xF900
        if code < 32 and code not in _HYPHEN_MARKS:
            text = " "
        angle = round(pdfium.FPDFText_GetCharAngle(raw, index) * 2 / 3.14159265) % 4
        angles[angle] += 1
        turned.append(angle)
        pdfium.FPDFText_GetLooseCharBox(raw, index, rect)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        (left, top), (right, bottom) = turn(rect.left, rect.top), turn(rect.right, rect.bottom)
        _, base = turn(x.value, y.value)
        characters.append(_Character(text, min(left, right), max(left, right), base, max(abs(top - bottom), 0.1)))
    textpage.close()
    usual = angles.most_common(1)[0][0] if angles else 0
    # Letters that stand across the page are credits and marks of the press, not text of the article.
    kept = [each for each, angle in zip(characters, turned, strict=True) if angle in (usual, -1)]
    return kept, unmapped / max(1, sum(angles.values()))


def _make_turn(page: PdfPage) -> Callable[[float, float], tuple[float, float]]:
    """From a point of the page as it is stored to points from the left and the top of what is shown."""
    left, bottom, right, top = page.get_cropbox()
    turns = (page.get_rotation() // 90) % 4

    def turn(x: float, y: float) -> tuple[float, float]:
        if turns == 1:
            return y - bottom, x - left
        if turns == 2:
            return right - x, y - bottom
        if turns == 3:
            return top - y, right - x
        return x - left, top - y

    return turn


def _join_characters(characters: list[_Character]) -> Iterator[Piece]:
    """The pieces of lines, in the order of the file."""
    text: list[str] = []
    first = last = None
    for each in characters:
        if each.text == "\n":
            if first is not None and last is not None:
                yield from _make_piece(text, first, last)
            text, first, last = [], None, None
        elif not each.height:
            text.append(" ")
        elif first is None or last is None:
            text, first, last = [each.text], each, each
        else:
            if _is_apart(first, last, each):
                yield from _make_piece(text, first, last)
                text, first = [], each
            text.append(each.text)
            last = each
    if first is not None and last is not None:
        yield from _make_piece(text, first, last)


def _is_apart(first: _Character, last: _Character, following: _Character) -> bool:
    """Whether a character does not follow on the same line."""
    height = max(last.height, following.height)
    # A raised or lowered sign belongs to its line.
    limit = 0.35 if abs(last.height - following.height) < 0.1 * height else 0.6
    if min(abs(following.y - last.y), abs(following.y - first.y)) > limit * height:
        return True
    return following.x0 > last.x1 + GAP * height or following.x0 < last.x0 - 0.5 * height


def _make_piece(text: list[str], first: _Character, last: _Character) -> Iterator[Piece]:
    joined = _clean("".join(text))
    if joined:
        yield Piece(joined, first.x0, max(last.x1, first.x1), first.y, first.height)


def _clean(text: str) -> str:
    """One line without surrounding blanks; half a pair of surrogates is the mark of an unknown character."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATES.search(text) else text
    return _SPACES.sub(" ", whole.replace("\x00", "")).strip()


def _read_date(text: str) -> str:
    """ "D:20250303101500+01'00'" as an ISO 8601 day; empty if it is none."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", text)
    return "-".join(match.groups()) if match else ""
