"""Scans: their text is recognised where the extra is installed, and a citation says so."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from assistant.articles.isolation import processes
from assistant.articles.metadata import PageRead, ParsedFile
from assistant.articles.readers.pdf import pages, reader
from assistant.articles.readers.pdf.pieces import Piece
from assistant.articles.readers.pdf.reader import parse_pdf
from assistant.articles.readers.pdf.recognition import recognize_page
from assistant.config.schema import Config, ReadingSettings
from assistant.engine import Assistant
from assistant.errors import ReadError
from assistant.records.article import Article, Notice
from assistant.records.build import BuildReport, ProgressUpdate
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
    page, parsed = parse_pdf(scanned)
    assert page == PageRead(1, 1)
    assert isinstance(parsed, ParsedFile)
    assert parsed.fields["title"] == "Board closes the breakwater"
    assert parsed.reading_note == "the text of page 1 was recognised in a picture and may have errors"
    paragraphs = parsed.text.split("\n\n")[-3:]
    for paragraph, printed in zip(paragraphs, PARAGRAPHS, strict=True):
        wrong = set(read_words(printed)) ^ set(read_words(paragraph))
        assert len(wrong) <= 3, wrong


def test_headline_and_byline_of_a_scan() -> None:
    """A headline of two lines, one without low letters, is one title; it is wider than the text; "By" has its blank."""
    title = "Sirhan Kennedy assassin of Tarnby stabbed and injured in California prison"
    short = (PARAGRAPHS[0], "It stands since 1968, and is served by the\u00a0board. The prison holds 4,000.")
    page = scan(write_pdf(Source(title, short, author="Ruben Aldacourt"), columns=2))
    _, parsed = parse_pdf(page)
    assert isinstance(parsed, ParsedFile)
    assert parsed.fields["title"] == title
    (article,) = (each for each in parsed.make_article("a.pdf", "/x/a.pdf", 100_000) if isinstance(each, Article))
    assert (article.author, article.source) == ("Ruben Aldacourt", "The Tarn Gazette")
    assert [len(paragraph.split()) for paragraph in article.text.split("\n\n")[-2:]] == [34, 14]


def test_letters_in_a_picture_of_nothing() -> None:
    """A picture without letters has no lines, and the file is named as a scan."""
    with pypdfium2.PdfDocument(write_scan()) as document:
        assert recognize_page(document[0]) == ()
    with pytest.raises(ReadError, match="a scan: its page is a picture without text; none was recognised in it"):
        list(parse_pdf(write_scan()))


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
            hidden.setattr(module, "is_module", lambda _name: False)
        (notice,) = [each for each in run_build(assistant).notices if each.skipped]
    assert re.match(r"a scan: its page .*pip install 'news-assistant\[ocr\]'", notice.reason)
    assert run_build(assistant).added == 1
    assert run_build(assistant).unchanged == 2
    answer = assistant.ask("What did Mina Torvald say about the undermining?")
    assert answer.citations[0].place == "p. 1, read by OCR"
    assert answer.citations[0].speaker == "Mina Torvald"


def test_pages_of_a_long_scan_have_a_budget_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan may take the time of an article for each page; the build tells how far it is, and what is too long."""

    tried: list[int] = []

    def recognize(_page: object) -> tuple[Piece, ...]:
        until = time.thread_time() + 0.6
        while time.thread_time() < until:
            pass
        tried.append(1)
        return (Piece("The weir holds.", 50, 300, 100, 10),) if len(tried) != 2 else ()  # the second is blank

    monkeypatch.setattr(processes, "CAN_ISOLATE", False)
    monkeypatch.setattr(pages, "recognize_page", recognize)
    monkeypatch.setattr(pages, "MAX_RECOGNIZED", 3)
    monkeypatch.setattr(reader, "MAX_RECOGNIZED", 3)
    pictures = [Image.new("L", (300, 400), 255) for _ in range(4)]
    (tmp_path / "articles").mkdir()
    pictures[0].save(tmp_path / "articles" / "a.pdf", save_all=True, append_images=pictures[1:])
    config = Config(
        articles=(tmp_path / "articles",), index=tmp_path / "index", reading=ReadingSettings(max_article_seconds=1)
    )
    events = list(Assistant.open(config).build_events())
    total = (tmp_path / "articles" / "a.pdf").stat().st_size
    read = [event.done for event in events if isinstance(event, ProgressUpdate) and event.stage == "reading"]
    assert [total * number // 4 for number in (1, 2, 3)] == [done for done in read if 0 < done < total][:3]
    (notice,) = [event for event in events if isinstance(event, Notice) and "a scan" in event.reason]
    assert "without the text of pages 2, 4: a scan; the text of 3 pages is recognised: divide the file" in notice.reason
    assert isinstance(events[-1], BuildReport)
    assert events[-1].added == 1
