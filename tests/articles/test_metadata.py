"""From the text and fields of a file to an article."""

from __future__ import annotations

import pytest

from assistant.articles.metadata import ParsedFile, extract_title, normalize_iso_date, select_fields
from assistant.articles.readers.front_matter import split_front_matter
from assistant.articles.readers.markdown import parse_markdown
from assistant.articles.readers.plain_text import parse_text
from assistant.errors import ReadError
from assistant.records.article import Article, Notice


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-10-26", "2025-10-26"),
        ("2025-10-26 09:30:00 +0300", "2025-10-26T09:30:00+0300"),
        ("20251026", None),
        ("26 October 2025", None),
        (None, None),
    ],
)
def test_dates(text: str | None, date: str | None) -> None:
    """Only ISO 8601 dates with hyphens are accepted; spaces are removed."""
    assert normalize_iso_date(text) == date


def test_title_cut_after_word() -> None:
    """A long first line is cut after a word."""
    assert extract_title("\n  Harbour closed  \nOn Monday.") == "Harbour closed"
    assert extract_title("word " * 40) == "word " * 22 + "word…"


def test_fields_by_alias() -> None:
    """A field has the value of its first name that is not empty; lists are joined."""
    parsed = ParsedFile("Words.", {"headline": "Harbour", "title": " ", "authors": ["A", "B"], "date": "2025-10-26"})
    (article,) = parsed.make_article("a.md", "/a.md", 100)
    assert isinstance(article, Article)
    assert (article.id, article.title, article.author, article.published_at) == (
        "a.md",
        "Harbour",
        "A, B",
        "2025-10-26",
    )


def test_bad_date_left_out_with_notice() -> None:
    """A date that is not ISO 8601 is left out, and the line is named."""
    notice, article = ParsedFile("Words.", {"date": "today"}, line=3).make_article("a", "/a.jsonl", 100)
    assert isinstance(notice, Notice)
    assert (notice.place, notice.skipped) == ("/a.jsonl, line 3", False)
    assert isinstance(article, Article)
    assert article.published_at is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \n", "contains no text"),
        ("x" * 11, "11 characters are over reading.max_article_characters (10)"),
        ("a\x00", "the text contains NUL characters"),
    ],
)
def test_unusable_text_refused(text: str, reason: str) -> None:
    """Text that cannot be used is a notice with the reason."""
    assert list(ParsedFile(text).make_article("a", "/a.txt", 10)) == [Notice("/a.txt", reason)]


def test_llama_index_metadata() -> None:
    """Names of llama-index readers are known in addition; the id is not taken from metadata."""
    fields = select_fields({"document_title": "Harbour", "URL": "https://a.example/", "id": "x", "date": ""})
    assert (fields["title"], fields["url"], fields["published_at"]) == ("Harbour", "https://a.example/", None)
    assert "id" not in fields


def test_front_matter_split() -> None:
    """The block at the beginning gives the fields, as text; without an end it is text."""
    assert split_front_matter("---\nTitle: No\nlead: ~\n---\n\nWords.\n") == ({"title": "No", "lead": None}, "Words.")
    assert split_front_matter("---\ntitle: No\n") == ({}, "---\ntitle: No\n")


def test_front_matter_error_names_line() -> None:
    """The error names the line of the file."""
    with pytest.raises(ReadError, match="front matter is not valid YAML at line 3"):
        split_front_matter("---\na: b\nc: [\n---\nWords.")


def test_markdown_without_markup() -> None:
    """The text has no markup, and the first heading is the title."""
    parsed = parse_markdown(
        b"# Harbour\n\nIt is **closed**, [she](https://a.example) said.<!-- no -->\n\n- one\n- two\n"
    )
    assert parsed.text == "Harbour\n\nIt is closed, she said.\n\none\n\ntwo"
    assert parsed.fields == {"title": "Harbour"}


def test_plain_text_unchanged() -> None:
    """Plain text keeps its markup; a detected encoding is noted."""
    assert parse_text(b"It is **closed**.\r\n").text == "It is **closed**.\n"
    parsed = parse_text("Café à la crème, s’il vous plaît.".encode("cp1252"))
    assert (parsed.text, parsed.reading_note) == ("Café à la crème, s’il vous plaît.", "not UTF-8; decoded as cp1252")
