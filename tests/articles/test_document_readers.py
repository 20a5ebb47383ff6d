"""Word, OpenDocument, RTF, EPUB, PowerPoint: what is text, what is not, and files that are not what they say."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from pptx import Presentation

from assistant.articles.readers.documents import epub, opendocument, package, rtf, slides, word
from assistant.articles.readers.documents.markup import extract_paragraphs, has_entities, is_markup
from assistant.articles.readers.documents.paragraphs import collect_paragraphs
from assistant.errors import ReadError
from tests.support.documents import Source, write_docx, write_odt
from tests.support.reading import find_fault, read_bytes, read_one

SOURCE = Source("Board closes the breakwater", ("“It is shut,” said Mina Torvald.", "Nobody knows for how long."))
WORD_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_zip(**parts: str) -> bytes:
    """A ZIP file; a double underscore in a name is a slash, a single one a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def save(document: object) -> bytes:
    """The bytes of a document of these libraries."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_word_metadata() -> None:
    """Title from its style, author from the byline, the day from the properties, with a notice."""
    articles, notices = read_bytes("a.docx", write_docx(SOURCE))
    (article,) = articles
    assert (article.title, article.author, article.published_at) == (SOURCE.title, "Ada Tarn", "2025-03-04T00:00:00Z")
    assert "The Tarn Gazette" not in article.text  # the header of the page
    assert [notice.reason for notice in notices] == ["published_at 2025-03-04 is the day the file was made"]


def test_word_changes_tables_notes() -> None:
    """Insertions are read and deletions are not; cells are paragraphs; hidden text is no text."""
    document = docx.Document()
    paragraph = document.add_paragraph("The crane ")
    paragraph._p.append(
        parse_xml(f'<w:ins {WORD_NAMESPACE} w:id="1" w:author="x"><w:r><w:t>was built</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(f'<w:del {WORD_NAMESPACE} w:id="2" w:author="x"><w:r><w:delText>fell</w:delText></w:r></w:del>')
    )
    paragraph.add_run(" in 1931.")
    hidden = document.add_paragraph().add_run("Not for print.")
    hidden.font.hidden = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Town", "Tarnby"
    document.add_paragraph("First line\nsecond line\tend")
    parsed = word.parse_docx(save(document))
    assert parsed.text == "The crane was built in 1931.\n\nTown\n\nTarnby\n\nFirst line\nsecond line end"
    assert parsed.reading_note == "it has tracked changes: it was read as with all of them accepted"


def test_opendocument() -> None:
    """Heading, paragraphs, blanks and notes; comments and deleted text are left out."""
    article = read_one("a.odt", write_odt(SOURCE))
    assert article.text == f"{SOURCE.title}\n\n{SOURCE.text}"
    assert (article.title, article.author) == (SOURCE.title, "Ada Tarn")
    flat = (
        '<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t" xmlns:dc="d"><office:body>'
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:p>The crane<text:s text:c="3"/>was <text:span>built</text:span><office:annotation><text:p>check'
        "</text:p></office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>By whom?</text:p></text:note-body></text:note> in<text:tab/>1931.</text:p>"
        "</office:body></office:document>"
    )
    assert opendocument.parse_odt(flat.encode()).text == "The crane was built in 1931.\n\nBy whom?"
    assert opendocument.parse_odt(flat.replace('c="3"', 'c="²"').encode()).text.startswith("The crane was built")


def test_rtf() -> None:
    """Code pages, Unicode, cells, groups that are no text, and the properties."""
    data = (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\info{\title Board meets}{\author Ada Tarn}{\creatim\yr2025\mo3\dy4\hr10}}{\header Page 1}"
        rb"{\*\generator Word;}\pard\ldblquote It is shut,\rdblquote  said M\'fcller.\par "
        rb"\u8220?Yes,\u8221? he said.\line Next\tab line.{\v secret}\par{\f1 \'cc\'e8\'f0}\cell two\cell\row"
        rb" a \{brace\}\par}"
    )
    article = read_one("a.rtf", data)
    assert article.text.split("\n\n") == [
        "“It is shut,” said Müller.",
        "“Yes,” he said.\nNext line.",
        "Мир",
        "two",
        "a {brace}",
    ]
    assert (article.title, article.author, article.published_at) == ("Board meets", "Ada Tarn", "2025-03-04")
    with pytest.raises(ReadError, match="nested"):
        rtf.parse_rtf(b"{\\rtf1" + b"{" * 10_000)


def test_epub() -> None:
    """Each document of the book is an article with its heading; the book is the outlet."""
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>The Tarn Reader</dc:title><dc:creator>Ada Tarn</dc:creator><dc:date>2025-03-04</dc:date></metadata>"
        '<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    words = "The harbour board voted to close the breakwater. " * 4
    data = make_zip(
        mimetype="application/epub+zip",
        META_INF__container_xml="",
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>'
        )
        book.writestr("OPS/b.opf", opf)
        book.writestr("OPS/nav.xhtml", "<html><body><nav>One Two</nav></body></html>")
        book.writestr("OPS/one a.xhtml", f"<html><body><h1>One</h1><p>{words}</p></body></html>")
        book.writestr("OPS/two.xhtml", f"<html><body><h2>Two</h2><p>{words}</p></body></html>")
    articles, notices = read_bytes("b.epub", stream.getvalue())
    assert [(each.id, each.title, each.source, each.author, each.published_at) for each in articles] == [
        ("b.epub/OPS/one a.xhtml", "One", "The Tarn Reader", "Ada Tarn", "2025-03-04"),
        ("b.epub/OPS/two.xhtml", "Two", "The Tarn Reader", "Ada Tarn", "2025-03-04"),
    ]
    assert notices == []
    with pytest.raises(ReadError, match="no EPUB"):
        list(epub.parse_epub(data, "b.epub"))


def test_slides() -> None:
    """The text of each slide with its number, and the notes of the speaker."""
    presentation = Presentation()
    for number in (1, 2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Title {number}"
        slide.placeholders[1].text = f"Point {number}\nMore of {number}"
        slide.notes_slide.notes_text_frame.text = f"Say {number}"
    parsed = slides.parse_pptx(save(presentation))
    assert parsed.text.split("\n\n") == [
        *("Title 1", "Point 1", "More of 1", "Say 1"),
        *("Title 2", "Point 2", "More of 2", "Say 2"),
    ]
    assert [place.label for place in parsed.places] == ["slide 1", "slide 2"]
    assert parsed.text[parsed.places[1].start :].startswith("Title 2")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".pptx", ".xlsx"])
def test_hostile_packages(suffix: str) -> None:
    """A bomb, a file of another kind, one that is cut off, one with a password: each has its reason."""
    bomb = make_zip(word__document_xml="<x>" + " " * 60_000_000 + "</x>", content_xml="<x/>")
    assert "unpacks to" in find_fault(f"a{suffix}", bomb)
    assert "though it is named so" in find_fault(f"a{suffix}", b"plain text, nothing else")
    assert "cut off" in find_fault(f"a{suffix}", write_docx(SOURCE)[:2000])
    assert "encrypted" in find_fault(f"a{suffix}", package.OLE_SIGNATURE + bytes(600))
    assert find_fault(f"a{suffix}", make_zip(other_txt="x"))


def test_xml_with_entities_is_not_expanded() -> None:
    """No entity is resolved, neither from the file nor from outside."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    data = make_zip(
        word__document_xml=f"{laughs}<w:document {WORD_NAMESPACE}><w:body><w:p><w:r>"
        "<w:t>It is &b; &c; shut.</w:t></w:r></w:p></w:body></w:document>"
    )
    articles, _ = read_bytes("a.docx", data)
    assert all("haha" not in article.text and "root:" not in article.text for article in articles)


def test_markup() -> None:
    """Blocks and cells are paragraphs; scripts and hidden elements are no text; entities are characters."""
    html = (
        "<style>p {}</style><table><tr><td><h1>Bridge shut</h1><p>The <b>bridge</b>\n is shut.</p></td>"
        "<td>No tolls</td></tr></table>"
        "<div style='display:none'>preheader</div>Fish &amp; chips<br><br>Next<br>line<script>x()</script>"
    )
    assert extract_paragraphs(html).split("\n\n") == [
        *("Bridge shut", "The bridge is shut.", "No tolls", "Fish & chips", "Next\nline"),
    ]
    assert is_markup("<p>a</p>")
    assert is_markup("The quay is <b>shut</b>.")
    assert not is_markup("5 < 6 and 7 > 6")
    assert not is_markup("The quay is shut</a>.")
    assert not is_markup("The quay is shut.\n\nSee <a href='x'>the plan</a>."), "used unchanged, with its offsets"
    assert has_entities("R&amp;D")
    assert not has_entities("R&D; a")
    assert extract_paragraphs("<div>" * 3000 + "deep" + "</div>" * 3000) in ("deep", "")
    assert collect_paragraphs(["a\u00ad b ", "", " \n "]) == "a b"


def test_word_title_below_a_letterhead() -> None:
    """A heading is the title below lines of a letterhead, and not below sentences."""
    for above, title in (("PRESS RELEASE", "Weir closed"), ("The board met on Monday.", "The board met on Monday.")):
        document = docx.Document()
        document.add_paragraph(above)
        document.add_paragraph("FOR IMMEDIATE RELEASE: 9 November 2023")
        document.add_heading("Weir closed", 1)
        document.add_paragraph("It is shut, the board said.")
        article = read_one("a.docx", save(document))
        assert (article.title, article.published_at) == (title, "2023-11-09")


def test_epub_authors_of_documents() -> None:
    """The byline of a document counts before the author of the book, and a dateline gives a day that the book lacks."""
    page = "<html><body><h1>Weir closed</h1><p>{}</p><p>{}</p></body></html>"
    words = "It is shut, the board of the weir said, and nobody who was there knew for how long it would be so."
    book = (
        "<package><metadata><title>The Weir Review</title><creator>The Weir Trust</creator></metadata><manifest>"
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    parts = {"META-INF__container_xml": container, "c_opf": book}
    parts |= {"a_xhtml": page.format("By Ada Poe", words), "b_xhtml": page.format("3 May 2025", words)}
    data = make_zip(**parts)
    articles, _ = read_bytes("a.epub", data)
    told = [(each.author, each.published_at) for each in articles]
    assert told == [("Ada Poe", None), ("The Weir Trust", "2025-05-03")]


def test_epub_of_one_page() -> None:
    """The outlet of a page that was saved as a book is its publisher, and never its own title."""
    words = "It is shut, the board of the weir said, and nobody who was there knew for how long it would be so."
    page = f"<html><body><h1>Weir closed</h1><p>{words}</p></body></html>"
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    for publisher, outlet in (("<publisher>The Weir Post</publisher>", "The Weir Post"), ("", None)):
        book = (
            f"<package><metadata><title>Weir Closed</title>{publisher}</metadata><manifest>"
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>'
        )
        articles, _ = read_bytes(
            "a.epub", make_zip(**{"META-INF__container_xml": container, "c_opf": book, "a_xhtml": page})
        )
        assert [(each.title, each.source) for each in articles] == [("Weir closed", outlet)]
