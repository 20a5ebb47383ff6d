"""From the text and fields of a file to an article."""

from __future__ import annotations

import pytest

from assistant.articles.metadata import ParsedFile, select_fields
from assistant.articles.readers.markdown import parse_markdown
from assistant.articles.readers.plain_text import parse_text
from assistant.records.article import Article, Notice


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


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("today", "published_at 'today' is left out: it is not a date such as 2025-10-26"),
        ("04/05/2025", "published_at '04/05/2025' is left out: it can be 2025-04-05 or 2025-05-04"),
    ],
)
def test_bad_date_left_out_with_notice(date: str, reason: str) -> None:
    """What is no date, or can be several, is left out, and the line is named. No other day is put in its place."""
    parsed = ParsedFile("3 May 2025\nWords.", {"date": date}, line=3, has_opening=True)
    notice, article = parsed.make_article("a", "/a.jsonl", 100)
    assert notice == Notice("/a.jsonl, line 3", reason, skipped=False)
    assert isinstance(article, Article)
    assert article.published_at is None


@pytest.mark.parametrize(
    ("text", "uri", "published", "author"),
    [
        ("Weir closed\nBy Ada Poe\n3 May 2025\nWords.", "/2025-05-09.txt", "2025-05-03", "Ada Poe"),
        ("Weir closed\nWords.", "/2025-05-09-weir.txt", "2025-05-09", None),
        ("Weir closed\nWords.", "/weir.txt", None, None),
    ],
)
def test_opening_and_name_of_file(text: str, uri: str, published: str | None, author: str | None) -> None:
    """The first lines, then the name of the file, give what the head does not."""
    (article,) = ParsedFile(text, has_opening=True, is_named_by_author=True).make_article("a", uri, 100)
    assert isinstance(article, Article)
    assert (article.title, article.published_at, article.author) == ("Weir closed", published, author)
    (as_given,) = ParsedFile(text).make_article("a", uri, 100)
    assert isinstance(as_given, Article)
    assert (as_given.published_at, as_given.author) == (None, None)


@pytest.mark.parametrize(
    ("text", "title", "origin"),
    [
        ("The weir is shut since Monday, it said. Nobody knows why.", "Weir of Tarn is shut", "the name of the file"),
        ("Weir closed\n\nIt is shut since Monday, the board said.", "Weir closed", "its first lines"),
    ],
)
def test_title_of_a_text_that_begins_with_a_sentence(text: str, title: str, origin: str) -> None:
    """The name of the file, as people save articles, is a better title than half a sentence; a headline is better."""
    parsed = ParsedFile(text, has_opening=True, is_named_by_author=True)
    (article,) = parsed.make_article("a", "/x/2025-03-03 Weir of Tarn is shut.txt", 100)
    assert isinstance(article, Article)
    assert (article.title, article.get_origin("title")) == (title, origin)
    (other,) = parsed.make_article("a", "/x/notes.txt", 100)
    assert isinstance(other, Article)
    assert other.title == text.partition("\n")[0]


def test_byline_in_author_field() -> None:
    """A whole byline in the field gives the names; any other value stays."""
    authors = []
    for value in ("By Ada Poe, Staff Writer", "Weir Post staff"):
        (article,) = ParsedFile("Words.", {"author": value}).make_article("a", "/a.md", 100)
        assert isinstance(article, Article)
        authors.append(article.author)
    assert authors == ["Ada Poe", "Weir Post staff"]


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


def test_date_of_the_folders_counts_last() -> None:
    """Below the folder of the articles, not above it; it says so."""
    (found,) = ParsedFile("The mill was sold.").make_article("2019/09/mill.txt", "/in/2001/01/2019/09/mill.txt", 1000)
    assert isinstance(found, Article)
    assert (found.published_at, found.get_origin("published_at")) == ("2019-09", "the names of its folders")
    (other,) = ParsedFile("The mill was sold.").make_article("mill.txt", "/in/2001/01/mill.txt", 1000)
    assert isinstance(other, Article)
    assert other.published_at is None
