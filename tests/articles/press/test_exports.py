"""Exports of press databases: each article is one, with what the head of the database says of it."""

from __future__ import annotations

import io
from html import escape

import pytest
from docx import Document

from assistant.articles.metadata import ParsedFile
from assistant.articles.press.exports import is_export, may_be_export, split_export
from assistant.records.article import Article
from tests.support.reading import read_bytes

STRIKE = (
    "Ferry crews vote for strike",
    "Aidan Moss",
    "Ferry crews voted for a strike.\n\n“We have waited two years,” said Bridie Colm.",
)
DREDGER = (
    "Dredger stuck off Skerrow",
    "Lena Orme",
    "A dredger ran aground off Skerrow.\n\nNotes: she sits on sand.\n\n“In no danger,” said Ivor Hale.",
)
STORIES = (("5 September 2019", "The Skerrow Herald", *STRIKE), ("7 September 2019", "Lanner Echo", *DREDGER))
WANTED = [
    ("Ferry crews vote for strike", "The Skerrow Herald", "Aidan Moss", "2019-09-05", STRIKE[2]),
    ("Dredger stuck off Skerrow", "Lanner Echo", "Lena Orme", "2019-09-07", DREDGER[2]),
]


def write_old_nexis() -> str:
    """Outlet, day, title, labels in capitals, the articles counted."""
    parts = [
        f"{n} of 2 DOCUMENTS\n\n\n           Copyright 2019 Skerrow Media Ltd\n             All Rights Reserved\n\n"
        f"{outlet}\n\n{day} Thursday\nFinal Edition\n\n{title}\n\nBYLINE: By {author}, Staff Reporter\n\n"
        f"SECTION: NEWS; Pg. 4\n\nLENGTH: 1,512 words\n\nDATELINE: SKERROW\n\n{words}\n\nGRAPHIC: A ferry.\n\n"
        "LOAD-DATE: September 9, 2019\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
        for n, (day, outlet, title, author, words) in enumerate(STORIES, 1)
    ]
    return "".join(parts)


def list_new_nexis() -> list[str]:
    """Title, outlet, day, labels in lower case, the end of each article told; a list of results before the first."""
    lines = ["Results for: ferry", "1. Ferry crews vote for strike", "2. Dredger stuck off Skerrow"]
    for day, outlet, title, author, words in STORIES:
        lines += [title, outlet, f"{day} Thursday", "Copyright 2019 Skerrow Media Ltd All Rights Reserved"]
        lines += ["Section: NEWS; Pg. 4", "Length: 512 words", f"Byline: {author}", "Body", *words.split("\n\n")]
        lines += ["Load-Date: September 9, 2019", "End of Document"]
    return lines


def list_factiva() -> list[str]:
    lines = []
    for number, (day, outlet, title, author, words) in enumerate(STORIES):
        lines += ["News", title, author, "1,234 words", day, "05:12", outlet, "LANECH", "4", "English"]
        lines += [f"(c) 2019 {outlet}. All rights reserved.", "", *words.split("\n")]
        lines += ["", f"Document LANECH002019090{number + 5}ef9500012", ""]
    return [*lines, "Search Summary", "Text ferry", "Results Found 2"]


def write_coded_factiva(gap: str) -> str:
    parts = []
    for number, (day, outlet, title, author, words) in enumerate(STORIES):
        lead, rest = words.split("\n\n", 1)
        fields = {"SE": "News", "HD": title, "BY": f"By {author}", "WC": "512 words", "PD": day, "SN": outlet}
        fields |= {"SC": "LANECH", "LA": "English", "CY": "Copyright 2019", "LP": lead, "TD": rest}
        fields |= {"CO": "skrw : Skerrow Ltd", "AN": f"Document LANECH002019090{number + 5}ef9500012"}
        parts += [f"{code}{gap}{value}" for code, value in fields.items()]
    return "\n\n".join(parts)


def write_docx(lines: list[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_rtf(lines: list[str]) -> bytes:
    coded = ["".join(each if ord(each) < 128 else f"\\u{ord(each)}?" for each in line) for line in lines]
    return ("{\\rtf1\\ansi " + "\\par\n".join(coded) + "\\par}").encode()


def write_page(lines: list[str]) -> bytes:
    blocks = "".join(f"<div><span>{escape(line)}</span></div>\n" for line in lines if line)
    return f"<html><head><title>Factiva</title></head><body>{blocks}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.txt", write_old_nexis().encode()),
        ("new.txt", "\n".join(list_new_nexis()).encode()),
        ("new.docx", write_docx(list_new_nexis())),
        ("new.rtf", write_rtf(list_new_nexis())),
        ("new.html", write_page(list_new_nexis())),
        ("factiva.txt", "\n".join(list_factiva()).encode()),
        ("factiva.docx", write_docx(list_factiva())),
        ("factiva.rtf", write_rtf(list_factiva())),
        ("factiva.html", write_page(list_factiva())),
        ("codes.txt", write_coded_factiva(" ").encode()),
        ("codes.docx", write_docx(write_coded_factiva("\n").split("\n"))),
    ],
)
def test_each_article_of_an_export_is_one(name: str, data: bytes) -> None:
    """Title, outlet, author, day and words of each; nothing that the database wrote around them."""
    articles, notices = read_bytes(name, data)
    assert notices == []
    assert [describe(each) for each in articles] == [(*fields, " ".join(words.split())) for *fields, words in WANTED]
    assert all(each.section in ("NEWS", "News") for each in articles)
    assert len({each.id for each in articles}) == 2


def describe(article: Article) -> tuple[str | None, ...]:
    words = " ".join(article.text.split())
    return article.title, article.source, article.author, article.published_at, words


def test_articles_of_factiva_are_named_by_their_numbers() -> None:
    """The same article has the same name in the file, whatever stands before it."""
    articles, _ = read_bytes("f.txt", "\n".join(list_factiva()).encode())
    assert [each.id for each in articles] == ["f.txt/LANECH0020190905ef9500012", "f.txt/LANECH0020190906ef9500012"]
    assert dict(articles[0].origins)["title"] == "the head that the press database wrote"


@pytest.mark.parametrize(
    "text",
    [
        "Length: 512 words\n\nThe essay had to have that length, the school said.",
        "End of Document\n\nThat is what the last page said.",
        "The file was named Document LANECH0020190906ef9600012 by the database.",
        "1 of 3 DOCUMENTS was found, the police said.\n\n1 of 3 DOCUMENTS",
        "By Aidan Moss\n\nLoad-date: unknown\n\nThe ship had no load-date.",
    ],
)
def test_another_text_is_left_as_it_is(text: str) -> None:
    """One of the marks alone makes no export."""
    parsed = ParsedFile(text, {"title": "T"})
    assert list(split_export(parsed)) == [parsed]
    assert not is_export(text)


@pytest.mark.parametrize("text", ["\n".join(list_factiva()), "\n".join(list_new_nexis())])
def test_nothing_is_lost_of_a_file_that_has_more(text: str) -> None:
    """Where many words stand in no article of the export, the file stays one document."""
    more = text + "\n\n" + "The harbour wall was mended in the spring. " * 20
    assert list(split_export(ParsedFile(text))) != [ParsedFile(text)]
    found = list(split_export(ParsedFile(more)))
    assert "The harbour wall was mended" in " ".join(each.text for each in found)


def test_the_quick_look_finds_all_exports() -> None:
    """A page that the quick look passes over is read as any other page."""
    for text in (write_old_nexis(), "\n".join(list_new_nexis()), "\n".join(list_factiva())):
        assert may_be_export(text)
        assert is_export(text)
    assert not may_be_export("<p>A document of the council was found.</p>")
