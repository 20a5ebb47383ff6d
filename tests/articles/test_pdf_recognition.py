"""Scans: their text is recognised where the extra is installed, and a citation says so."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest

from assistant.articles.isolation import processes
from assistant.articles.readers.pdf import pages, reader
from assistant.articles.readers.pdf.reader import parse_pdf
from assistant.articles.readers.pdf.recognition import recognize_page
from assistant.engine import Assistant
from assistant.errors import ReadError
from tests.conftest import run_build
from tests.support.documents import Source, write_pdf, write_scan

PARAGRAPHS = (
    "The harbour board of Tarnby voted on Tuesday to close the northern breakwater until the investigation of the"
    " collapse has been completed, which the engineers expect to take the greater part of the summer.",
    "“Nobody should be walking there,” said Mina Torvald, the harbourmaster. “We have known about the undermining"
    " since the storms of last winter, and we said so to the ministry more than once.”",
    "Fishermen who depend upon the northern entrance said that they would have to sail an additional forty minutes.",
)


def scan(pdf: bytes) -> bytes:
    """The same pages as pictures only."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=150 / 72, grayscale=True).to_pil().convert("L") for page in document]
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return stream.getvalue()


@pytest.fixture(scope="module")
def scanned() -> bytes:
    """An article in two columns, scanned."""
    return scan(write_pdf(Source("Board closes the breakwater", PARAGRAPHS), columns=2))


def read_words(text: str) -> list[str]:
    """The words, without the styles of quotation marks."""
    return re.findall(r"\w+", text)


def test_words_and_paragraphs_of_a_scan(scanned: bytes) -> None:
    """The columns of a scan are read in their order, lines are joined to paragraphs, and the build is told."""
    parsed = parse_pdf(scanned)
    assert parsed.fields["title"] == "Board closes the breakwater"
    assert parsed.reading_note == "the text of page 1 was recognised in a picture and may have errors"
    paragraphs = parsed.text.split("\n\n")[-3:]
    for paragraph, printed in zip(paragraphs, PARAGRAPHS, strict=True):
        wrong = set(read_words(printed)) ^ set(read_words(paragraph))
        assert len(wrong) <= 3, wrong


def test_letters_in_a_picture_of_nothing() -> None:
    """A picture without letters has no lines, and the file is named as a scan."""
    with pypdfium2.PdfDocument(write_scan()) as document:
        assert recognize_page(document[0]) == ()
    with pytest.raises(ReadError, match="a scan: its page is a picture without text; none was recognised in it"):
        parse_pdf(write_scan())


def test_scan_is_read_once_the_extra_is_installed(
    scanned: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra the message says how to get it; the build after that reads the file, though it is the same.

    A citation names the page and that its words were recognised.
    """
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.pdf").write_bytes(scanned)
    (tmp_path / "articles" / "b.md").write_text("The weir holds.", encoding="utf-8")
    assistant = Assistant.open(tmp_path / "articles", index=tmp_path / "index")
    monkeypatch.setattr(processes, "CAN_ISOLATE", False)
    with monkeypatch.context() as hidden:
        for module in (pages, reader):
            hidden.setattr(module, "is_installed", lambda _extra: False)
        (notice,) = [each for each in run_build(assistant).notices if each.skipped]
    assert re.match(r"a scan: its page .*pip install 'news-assistant\[ocr\]'", notice.reason)
    assert run_build(assistant).added == 1
    assert run_build(assistant).unchanged == 2
    answer = assistant.ask("What did Mina Torvald say about the undermining?")
    assert answer.citations[0].place == "p. 1, read by OCR"
    assert answer.citations[0].speaker == "Mina Torvald"
