"""The reader of web pages: text, metadata, encoding, and pages that cannot be used."""

from __future__ import annotations

import pytest

from assistant.articles.readers.html import parse_page
from assistant.errors import ReadError

SENTENCE = (
    "The mayor of Port Ellery said on Tuesday that the new ferry terminal would open in spring, after two delays."
)


def make_page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


def test_page_gives_text_and_fields() -> None:
    """The text is that of the article without navigation; the fields come from the head of the page."""
    head = (
        "<title>Terminal opens</title><meta name='author' content='Ada Brandreth'>"
        "<meta property='og:site_name' content='Harbour Post'>"
        "<meta property='article:published_time' content='2025-03-04'>"
    )
    paragraphs = [f"{number}. {SENTENCE}" for number in range(5)]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    parsed = parse_page(make_page(f"<nav><a href='/'>Home</a></nav>{body}", head).encode())
    assert parsed.text == "\n".join(paragraphs)
    names = ("title", "author", "source", "published_at")
    assert [parsed.fields[name] for name in names] == ["Terminal opens", "Ada Brandreth", "Harbour Post", "2025-03-04"]
    assert (parsed.line, parsed.reading_note) == (None, None)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
def test_page_decoded_as_browsers_do(encoding: str) -> None:
    """Curly quotes are read in a page that names Latin-1, which has none: browsers read it as Windows-1252."""
    text = f"“{SENTENCE}”"
    page = make_page(f"<p>{text}</p>", f"<meta charset='{encoding}'>")
    data = page.encode("utf-8" if encoding == "utf-8" else "cp1252")
    parsed = parse_page(data)
    assert (parsed.text, parsed.reading_note) == (text, None)


def test_part_of_page_is_read() -> None:
    """A page without an html tag is read as a whole page."""
    assert parse_page(f"<div><p>{SENTENCE}</p><p>Not before May.</p></div>".encode()).text == (
        f"{SENTENCE}\nNot before May."
    )


@pytest.mark.parametrize("page", ["<html></html>", make_page(""), make_page("<script>run()</script>")])
def test_page_without_article_is_error(page: str) -> None:
    """A page without text is refused with the reason."""
    with pytest.raises(ReadError, match=r"^no article text in this page$"):
        parse_page(page.encode())
