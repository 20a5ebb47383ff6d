"""The article in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from assistant.articles.metadata import PageRead, ParsedFile
from assistant.articles.readers.pdf.columns import Line, order_lines
from assistant.articles.readers.pdf.margins import find_address, find_margin_pieces
from assistant.articles.readers.pdf.pages import (
    MAX_RECOGNIZED,
    MAX_UNMAPPED,
    PdfPageText,
    PdfProperties,
    iter_pages,
    open_pdf,
    read_properties,
)
from assistant.articles.readers.pdf.paragraphs import PageLines, join_pages
from assistant.articles.readers.pdf.recognition import EXTRA
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import READ_BY_OCR, Place
from assistant.system.extras import MODULES, describe_installation, is_module

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

DOUBTFUL_UNMAPPED = 0.02
MAX_NAMED_PAGES = 5
HEADLINE_HEIGHT = 1.25  # of the usual line
MAX_HEADLINE_LINES = 5
_BAD_TITLE = re.compile(
    r"(?:microsoft \w+ - |untitled|layout|document\d*$|slide \d|print\b|about:|https?://|file:)|.*\.\w{3,4}$",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"mozilla|chrome|skia|quartz|firefox|safari|wkhtml|print", re.IGNORECASE)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | PageRead]:
    """One article. Raises OSError, and ReadError for a scan, an encrypted or a damaged PDF."""
    yield from parse_pdf(load_bytes(file, settings))


def parse_pdf(data: bytes) -> Iterator[ParsedFile | PageRead]:
    """The article in the bytes of a PDF, after each page in whose picture text was looked for. Raises ReadError."""
    document = open_pdf(data)
    pages = []
    try:
        properties = read_properties(document)
        for page in iter_pages(document):
            pages.append(page)
            if page.is_tried:
                yield PageRead(page.number, len(document))
    finally:
        document.close()
    yield _make_article(pages, properties)


def _make_article(pages: Sequence[PdfPageText], properties: PdfProperties) -> ParsedFile:
    note = _check_text_layer(pages)
    recognized = {page.number for page in pages if page.is_recognized}
    margins = find_margin_pieces(pages)
    ordered = [
        PageLines(page.number, order_lines([piece for piece in page.pieces if piece not in margin]))
        for page, margin in zip(pages, margins, strict=True)
    ]
    result = join_pages(ordered)
    fields: dict[str, object] = {"title": _choose_title(ordered, properties), "url": find_address(margins)}
    return ParsedFile(
        result.text,
        {name: value for name, value in fields.items() if value},
        reading_note=note,
        has_opening=True,
        is_named_by_author=True,
        places=tuple(
            Place(offset, f"p. {number}{READ_BY_OCR if number in recognized else ''}")
            for number, offset in result.pages
        ),
        fallback_fields=_list_fallbacks(properties),
    )


def _check_text_layer(pages: Sequence[PdfPageText]) -> str | None:
    """A note on pages without text or with recognised text. Raises ReadError if no page has any."""
    empty = [page.number for page in pages if not page.pieces and page.has_pictures]
    written = [page for page in pages if page.pieces]
    remedy, missing_module = "none was recognised in it", ""
    if not is_module(MODULES[EXTRA]):
        missing_module = MODULES[EXTRA]
        command = describe_installation(EXTRA)
        remedy = f"recognise the text first, with ocrmypdf for example, or install what does so here: {command}"
    if not written:
        if empty:
            count = "its page is a picture" if len(pages) == 1 else f"its {len(pages)} pages are pictures"
            raise ReadError(f"a scan: {count} without text; {remedy}", missing_module)
        raise ReadError("a PDF without text")
    unmapped = max(page.unmapped for page in written)
    average = sum(page.unmapped for page in written) / len(written)
    if average > MAX_UNMAPPED:
        raise ReadError(f"the text of this PDF is not stored as letters; {remedy}", missing_module)
    notes = []
    if empty:
        too_many = sum(page.is_tried for page in pages) >= MAX_RECOGNIZED
        limit = f"; the text of {MAX_RECOGNIZED} pages is recognised: divide the file" if too_many else ""
        notes.append(f"without the text of {_list_pages(empty)}: a scan{limit}")
    if recognized := [page.number for page in written if page.is_recognized]:
        notes.append(f"the text of {_list_pages(recognized)} was recognised in a picture and may have errors")
    if unmapped > DOUBTFUL_UNMAPPED:
        notes.append("some of its characters are not stored as letters")
    return "; ".join(notes) or None


def _list_pages(numbers: Sequence[int]) -> str:
    """ "page 3", "pages 1, 2 and 7 more"."""
    listed = ", ".join(str(number) for number in numbers[:MAX_NAMED_PAGES])
    more = f" and {len(numbers) - MAX_NAMED_PAGES} more" if len(numbers) > MAX_NAMED_PAGES else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {listed}{more}"


def _choose_title(pages: Sequence[PageLines], properties: PdfProperties) -> str | None:
    """The title among the properties if the first page has it too, else the largest lines of the first page."""
    lines = [line for page in pages[:1] for column in page.columns for line in column]
    if not lines:
        return None
    shown = _fold(" ".join(line.text for line in lines))
    title = properties.title
    if title and not _BAD_TITLE.match(title):
        # "Headline | Outlet", "Headline - Outlet": what stands on the page is the headline.
        for candidate in (title, *(part.strip() for part in re.split(r"\s[|–—-]\s", title))):
            if len(candidate) > 3 and _fold(candidate) in shown:
                return candidate
    return _find_headline(lines)


def _find_headline(lines: Sequence[Line]) -> str | None:
    usual = median(line.height for line in lines)
    with_letters = [line for line in lines if any(map(str.isalpha, line.text))]
    largest = max(with_letters, key=lambda line: line.height, default=None)
    if largest is None or largest.height < HEADLINE_HEIGHT * usual:
        return None
    first = lines.index(largest)
    chosen = []
    for line in lines[first : first + MAX_HEADLINE_LINES]:
        if abs(line.height - largest.height) > 0.05 * largest.height:
            break
        chosen.append(line.text)
    return " ".join(chosen)


def _list_fallbacks(properties: PdfProperties) -> dict[str, object]:
    """What counts where the text says nothing. A browser dates a page by the day on which it was printed."""
    title = "" if _BAD_TITLE.match(properties.title) else properties.title
    created = "" if _BROWSER.search(properties.program) else properties.created
    return {"title": title, "author": properties.author, "published_at": created}


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
