"""PDF: columns, divided words, running heads, pages, scans, encryption and damage."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.pdf.columns import order_lines
from assistant.articles.readers.pdf.margins import find_margin_pieces
from assistant.articles.readers.pdf.pages import PdfPageText
from assistant.articles.readers.pdf.paragraphs import PageLines, join_pages
from assistant.articles.readers.pdf.pieces import Piece
from assistant.articles.readers.pdf.reader import parse_pdf
from assistant.engine import Assistant
from assistant.errors import ReadError
from tests.bench.roundtrip import FORMATS, measure
from tests.conftest import run_build
from tests.support.documents import Source, write_pdf, write_scan
from tests.support.reading import find_fault, read_one

PARAGRAPHS = (
    "The harbour board of Tarnby voted on Tuesday to close the northern breakwater until the investigation of the"
    " collapse has been completed, which the engineers expect to take the greater part of the summer.",
    "“Nobody should be walking there,” said Mina Torvald, the harbourmaster. “We have known about the undermining"
    " since the storms of last winter, and we said so to the ministry more than once.”",
    "The ministry did not answer questions. A spokeswoman pointed to a statement of February, in which it promised"
    " twelve million crowns for the reinforcement of all breakwaters along the northwestern coastline.",
    "Fishermen who depend upon the northern entrance said that they would have to sail an additional forty minutes.",
)


def make_source(repeats: int = 1) -> Source:
    """An article of several paragraphs, each of which is different."""
    paragraphs = [
        paragraph.replace("Tuesday", f"day {number}").replace("forty", f"{number + 2}")
        for number in range(repeats)
        for paragraph in PARAGRAPHS
    ]
    return Source("Board closes the northern breakwater", tuple(paragraphs))


def draw(*pages: Callable[[Canvas], object], **options: object) -> bytes:
    """A PDF whose pages are drawn by these functions."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for page in pages:
        canvas.setFont("Helvetica", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def draw_lines(canvas: Canvas, *lines: str, x: float = 60, y: float = 700) -> None:
    """Lines of text below each other."""
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 14 * number, line)


@pytest.mark.parametrize("name", list(FORMATS))
def test_sentences_come_back(name: str) -> None:
    """What was written in a format is read back sentence for sentence, with title and day."""
    result = measure([make_source(), make_source(12)], name)
    assert result.lost == result.foreign == []
    assert (result.titles, result.days, result.failures) == (2, 2, [])


def test_pages_of_words() -> None:
    """Each span has its page; one that goes on to the next page has both."""
    source = make_source(20)
    article = read_one("a.pdf", write_pdf(source, 2))
    labels = [place.label for place in article.places]
    assert labels == [f"p. {number}" for number in range(1, len(labels) + 1)]
    assert len(labels) > 1
    start = article.places[1].start
    assert article.name_place(0, 10) == "p. 1"
    assert article.name_place(start, start + 5) == "p. 2"
    assert article.name_place(start - 5, start + 5) == "p. 1–2"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """The name of the paper above and the number below each page are no text."""
    text = read_one("a.pdf", write_pdf(make_source(20), 2)).text
    assert "The Tarn Gazette" not in text
    assert not any(line.strip().isdigit() for line in text.split("\n"))


def test_quotations_of_print_are_verbatim(assistant: Assistant, tmp_path: Path) -> None:
    """The words of the known article are found in its PDF as they are, and every place tells the page."""
    (tmp_path / "articles" / "a.pdf").write_bytes(write_pdf(make_source(12), 2))
    run_build(assistant)
    words = "We have known about the undermining since the storms of last winter"
    check = assistant.check_quote(words, speaker="Mina Torvald")
    assert check.verdict == "verbatim"
    assert {(place.place or "")[:3] for place in (*check.parts[0].places, *check.also_in)} == {"p. "}
    answer = assistant.ask("What did Mina Torvald say about the undermining?")
    assert answer.citations
    for cited in answer.citations:
        assert (cited.place or "").startswith("p. ")
        assert f"· {cited.place}" in cited.reference_line
        assert str(cited.place) in str(answer)
    assert answer.to_dict()["citations"][0]["place"] == answer.citations[0].place


def test_scan_is_said_to_be_one() -> None:
    """Pages that are pictures give no empty article."""
    assert find_fault("a.pdf", write_scan(2)).startswith("a scan: its 2 pages are pictures without text")


def test_encrypted_and_damaged() -> None:
    """Each has its own reason."""
    whole = write_pdf(make_source())
    assert "encrypted" in find_fault("a.pdf", write_pdf(make_source(), password="key"))
    assert "not a PDF" in find_fault("a.pdf", b"PK\x03\x04 something else")
    assert find_fault("a.pdf", whole[:300])
    assert find_fault("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20)


def test_three_columns_and_a_box_across() -> None:
    """Columns are read one after the other, below what stands across them."""
    columns = [[f"column {name} line {number} goes on with" for number in range(8)] for name in "abc"]

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(
            50, 760, "This sentence stands across all of the columns of the page, from one edge to the other one."
        )
        for row in range(8):  # as some programs print: line by line across the page
            for number, lines in enumerate(columns):
                canvas.drawString(50 + 175 * number, 720 - 12 * row, lines[row])

    text = " ".join(read_one("a.pdf", draw(page)).text.split())
    assert text.startswith("This sentence stands across all of the columns")
    expected = " ".join(line for lines in columns for line in lines)
    assert expected in text


def test_table_is_read_by_rows() -> None:
    """Short cells beside each other are no columns of text."""
    rows = [("Town", "Ships"), ("Tarnby", "12"), ("Skarvik", "7"), ("Aalum", "31"), ("Holm", "4")]

    def page(canvas: Canvas) -> None:
        for number, (town, ships) in enumerate(rows):
            canvas.drawString(60, 700 - 14 * number, town)
            canvas.drawString(200, 700 - 14 * number, ships)

    lines = read_one("a.pdf", draw(page)).text.split("\n")
    assert [line for line in lines if line] == [f"{town} {ships}" for town, ships in rows]


def test_hyphen_that_belongs_to_a_word_stays() -> None:
    """A compound that the text writes with a hyphen elsewhere keeps it at the end of a line."""

    def page(canvas: Canvas) -> None:
        draw_lines(
            canvas,
            "The north-western breakwater was built in 1931. A part of the north-",
            "western breakwater fell, and the harbour remains shut until the inves-",
            "tigation is over, the board said in a statement on Tuesday evening.",
        )

    text = read_one("a.pdf", draw(page)).text
    assert "A part of the north-western breakwater fell" in text
    assert "until the investigation is over" in text


def test_title_outlet_day_and_author_of_one_size_are_read() -> None:
    """Printed like the text itself, and a title that ends near the end of the lines."""

    def page(canvas: Canvas) -> None:
        draw_lines(
            canvas,
            "Board closes the northern breakwater of Tarnby",
            "Tarnby Gazette, 5 June 2024",
            "By Mina Torvald",
            "The harbour board voted on Tuesday to close the breakwater until the",
            "investigation is over. It expects to wait for most of the summer, it said.",
        )

    article = read_one("a.pdf", draw(page))
    assert article.title == "Board closes the northern breakwater of Tarnby"
    assert (article.source, article.published_at, article.author) == ("Tarnby Gazette", "2024-06-05", "Mina Torvald")
    assert "to close the breakwater until the investigation is over." in article.text


def test_dropped_initial() -> None:
    """The large first letter belongs to its word."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 36)
        canvas.drawString(60, 673, "T")
        canvas.setFont("Helvetica", 11)
        draw_lines(
            canvas, "he harbour board voted on Tuesday to close the", "northern breakwater. It stays shut.", x=84
        )
        draw_lines(canvas, "Nobody knows for how long that will be.", y=658)

    assert "The harbour board voted on Tuesday" in read_one("a.pdf", draw(page)).text


def test_printed_web_page() -> None:
    """The address in the foot of a printed page is the URL; day and title above it are no text."""

    def make_page(number: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(30, 820, "3/4/25, 10:15 AM")
            canvas.drawString(250, 820, "Board closes breakwater - Gazette")
            canvas.drawString(30, 20, "https://gazette.example/breakwater")
            canvas.drawString(550, 20, f"{number}/2")
            canvas.setFont("Helvetica", 11)
            draw_lines(canvas, f"The board voted on page {number} of this.", "It was a long evening for all.")

        return page

    article = read_one("a.pdf", draw(make_page(1), make_page(2)))
    assert article.url == "https://gazette.example/breakwater"
    assert "10:15" not in article.text
    assert "gazette.example" not in article.text


def test_rotated_page() -> None:
    """A page that is turned in the file is read as it is shown."""

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -A4[0])
        draw_lines(canvas, "The first line of the page.", "The second line of the page.", y=500)

    text = read_one("a.pdf", draw(page)).text
    assert text.index("first line") < text.index("second line")


def test_pages_without_text_are_named() -> None:
    """A scanned page between others is told."""

    def picture(canvas: Canvas) -> None:
        canvas.rect(50, 50, 300, 300, fill=1)

    *_, parsed = parse_pdf(draw(lambda canvas: draw_lines(canvas, "It is shut.", "It stays shut."), picture))
    assert isinstance(parsed, ParsedFile)
    assert parsed.reading_note == "without the text of page 2: a scan"
    with pytest.raises(ReadError, match="without text"):
        list(parse_pdf(draw(Canvas.saveState)))


def test_layout_of_pieces() -> None:
    """The stages of the layout alone: order of columns, margins, paragraphs."""
    left = [Piece(f"left words number {n}", 50, 250, 100 + 14 * n, 10) for n in range(4)]
    right = [Piece(f"right words number {n}", 300, 500, 100 + 14 * n, 10) for n in range(4)]
    columns = order_lines([*left, *right])
    assert [[line.text[:5] for line in column] for column in columns] == [["left "] * 4, ["right"] * 4]
    result = join_pages([PageLines(1, columns)])
    assert result.text.startswith("left words number 0 left words number 1")
    pages = [
        PdfPageText(
            n, 595, 842, (Piece("The Gazette", 50, 120, 30, 8), Piece(f"Words {n}", 50, 300, 400, 10)), False, 0
        )
        for n in (1, 2)
    ]
    assert [{piece.text for piece in found} for found in find_margin_pieces(pages)] == [{"The Gazette"}] * 2
