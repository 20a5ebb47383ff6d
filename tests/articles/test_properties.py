"""The properties of Office documents: those of a template say nothing of an article."""

from __future__ import annotations

import io
from datetime import datetime

import docx
import pptx
import pytest

from assistant.articles.readers.documents.package import Package, parse_xml
from assistant.articles.readers.documents.properties import find_creation, read_properties
from assistant.articles.readers.documents.word import parse_docx
from assistant.records.article import Article


def write_docx(**properties: object) -> bytes:
    document = docx.Document()
    document.add_paragraph("The mill was sold on Monday, the council said.")
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_template_of_a_library_dates_nothing() -> None:
    """Neither the day nor the author of the template that python-docx brings along."""
    (article,) = parse_docx(write_docx()).make_article("a", "/in/a.docx", 10_000)
    assert isinstance(article, Article)
    assert (article.published_at, article.author) == (None, None)


def test_properties_of_the_document_count() -> None:
    made = write_docx(created=datetime(2019, 3, 4, 5, 6), author="Ada Poe", title="Mill sold")
    _, article = parse_docx(made).make_article("a", "/in/a.docx", 10_000)
    assert isinstance(article, Article)
    assert article.published_at is not None
    assert article.published_at.startswith("2019-03-04")
    assert article.get_origin("author") == "the properties of the document"


def test_template_of_slides() -> None:
    stream = io.BytesIO()
    pptx.Presentation().save(stream)
    assert set(read_properties(Package(stream.getvalue(), "presentation", 10_000_000)).values()) == {""}


@pytest.mark.parametrize(("created", "is_kept"), [("1980-01-01T00:00:00Z", False), ("2019-03-04T00:00:00Z", True)])
def test_times_of_templates(created: str, is_kept: bool) -> None:
    root = parse_xml(f"<p><created>{created}</created></p>".encode(), "part")
    assert bool(find_creation(root)) is is_kept
