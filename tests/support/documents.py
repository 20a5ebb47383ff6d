"""Articles written as documents, with the libraries that people's programs use: PDF, DOCX, ODT, mail, pages, EPUB."""

from __future__ import annotations

import io
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD_FONT = "Vera", "VeraBd"
MARGIN = 56.0  # points
GUTTER = 22.0
SIZE, LEADING = 10.0, 13.0


@dataclass(frozen=True, slots=True)
class Source:
    """An article to write: `paragraphs` are lines without breaks, `day` is ISO 8601."""

    title: str
    paragraphs: tuple[str, ...]
    author: str = "Ada Tarn"
    outlet: str = "The Tarn Gazette"
    day: str = "2025-03-04"

    @property
    def text(self) -> str:
        """The paragraphs with blank lines between them."""
        return "\n\n".join(self.paragraphs)


def use_font(path: Path) -> None:
    """Print every PDF with the font of a TTF file. Raises reportlab's TTFError if it cannot be read."""
    for name in (FONT, BOLD_FONT):
        pdfmetrics.registerFont(TTFont(name, str(path)))


def can_print(text: str) -> bool:
    """Whether the font, that which comes with the PDF library unless `use_font` names one, has all characters."""
    face = _get_font().face
    return all(ord(character) in face.charWidths for character in text if character != "\n")


def write_pdf(source: Source, columns: int = 1, *, password: str | None = None, running_heads: bool = True) -> bytes:
    """A PDF with a headline, a byline, and justified text in columns with words divided at the ends of lines."""
    _get_font()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=password)
    canvas.setTitle(source.title)
    canvas.setAuthor(source.author)
    printer = _Printer(canvas, columns, source.outlet if running_heads else "")
    printer.print_headline(source.title, f"By {source.author}", source.day)
    for paragraph in source.paragraphs:
        printer.print_paragraph(paragraph)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def write_scan(pages: int = 1) -> bytes:
    """A PDF whose pages are pictures."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (80, 120), 200)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


class _Printer:
    """Prints text into the columns of the pages, one after the other."""

    def __init__(self, canvas: Canvas, columns: int, outlet: str) -> None:
        self._canvas = canvas
        self._columns = columns
        self._outlet = outlet
        self._width = (A4[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
        self._column = 0
        self._page = 0
        self._top = self._y = A4[1] - MARGIN
        self._begin_page()

    def print_headline(self, title: str, *lines: str) -> None:
        """Across all columns."""
        self._canvas.setFont(BOLD_FONT, 18)
        for line in _split(title, BOLD_FONT, 18, A4[0] - 2 * MARGIN, divide=False):
            self._y -= 23
            self._canvas.drawString(MARGIN, self._y, line)
        self._canvas.setFont(FONT, SIZE)
        self._y -= 8
        for line in lines:
            self._y -= LEADING
            self._canvas.drawString(MARGIN, self._y, line)
        self._y -= LEADING
        self._top = self._y

    def print_paragraph(self, paragraph: str) -> None:
        """Justified, its first line indented."""
        lines = _split(paragraph, FONT, SIZE, self._width, divide=True, indent=12)
        for number, line in enumerate(lines):
            if self._y - LEADING < MARGIN:
                self._next_column()
            self._y -= LEADING
            indent = 12 if number == 0 else 0
            text = self._canvas.beginText(MARGIN + self._column * (self._width + GUTTER) + indent, self._y)
            text.setFont(FONT, SIZE)
            blanks = line.count(" ")
            room = self._width - indent - pdfmetrics.stringWidth(line, FONT, SIZE)
            if blanks and number < len(lines) - 1 and room > 0:
                self._draw_justified(line, indent, room / blanks)
            else:
                text.textOut(line)
                self._canvas.drawText(text)

    def _draw_justified(self, line: str, indent: float, extra: float) -> None:
        # A font with many characters has no word spacing of its own: each word is placed.
        x = MARGIN + self._column * (self._width + GUTTER) + indent
        for word in line.split(" "):
            self._canvas.drawString(x, self._y, word)
            x += pdfmetrics.stringWidth(word + " ", FONT, SIZE) + extra

    def _next_column(self) -> None:
        self._column += 1
        if self._column == self._columns:
            self._canvas.showPage()
            self._column = 0
            self._top = A4[1] - MARGIN
            self._begin_page()
        self._y = self._top

    def _begin_page(self) -> None:
        self._page += 1
        if self._outlet:
            self._canvas.setFont(FONT, 8)
            self._canvas.drawString(MARGIN, A4[1] - 34, self._outlet)
            self._canvas.drawCentredString(A4[0] / 2, 30, str(self._page))
        self._canvas.setFont(FONT, SIZE)


def _split(text: str, font: str, size: float, width: float, *, divide: bool, indent: float = 0) -> list[str]:
    """Lines of at most `width` points, the first one shorter by `indent`; long words are divided."""
    lines: list[str] = []
    line = ""
    room = width - indent
    words = text.split(" ")
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(longer, font, size) <= room:
            line = longer
            continue
        cut = _find_cut(line, word, font, size, room) if divide else 0
        if cut:
            lines.append(f"{line} {word[:cut]}-".lstrip())
            words.insert(0, word[cut:])
        elif line:
            lines.append(line)
            words.insert(0, word)
        else:
            lines.append(word)
        line, room = "", width
    return [*lines, line] if line else lines


def _find_cut(line: str, word: str, font: str, size: float, room: float) -> int:
    """Where a word is divided: the longest beginning that fits, with four letters on each side; 0 if nowhere."""
    if not word.isalpha() or len(word) < 8:
        return 0
    for cut in range(len(word) - 4, 3, -1):
        if pdfmetrics.stringWidth(f"{line} {word[:cut]}-".lstrip(), font, size) <= room:
            return cut
    return 0


def _get_font() -> TTFont:
    for name in (FONT, BOLD_FONT):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    font: TTFont = pdfmetrics.getFont(FONT)
    return font


def write_docx(source: Source) -> bytes:
    """A Word document with a title, a byline and paragraphs, and properties."""
    from datetime import datetime

    import docx

    document = docx.Document()
    document.core_properties.title = source.title
    document.core_properties.author = source.author
    document.core_properties.created = datetime.fromisoformat(source.day)
    document.sections[0].header.paragraphs[0].text = source.outlet
    document.add_heading(source.title, 0)
    document.add_paragraph(f"By {source.author}")
    for paragraph in source.paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_odt(source: Source) -> bytes:
    """An OpenDocument text with a title, paragraphs and properties."""
    from odf import dc, meta
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text=source.title))
    document.meta.addElement(meta.InitialCreator(text=source.author))
    document.meta.addElement(meta.CreationDate(text=f"{source.day}T10:00:00"))
    document.text.addElement(H(outlinelevel=1, text=source.title))
    for paragraph in source.paragraphs:
        document.text.addElement(P(text=paragraph))
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def write_eml(source: Source, *, as_html: bool = False) -> bytes:
    """A mail whose subject is the title."""
    message = EmailMessage()
    message["From"] = f"{source.author} <ada@gazette.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = source.title
    message["Date"] = _format_mail_date(source.day)
    message.set_content(source.text)
    if as_html:
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in source.paragraphs)
        message.set_content(f"<html><body>{body}</body></html>", subtype="html")
    return message.as_bytes()


def _format_mail_date(day: str) -> str:
    from datetime import UTC, datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC))
