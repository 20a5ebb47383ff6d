"""CSV, Excel and JSON: names of columns, rows without text, HTML in fields, files of another kind."""

from __future__ import annotations

import io
import json
from datetime import date, datetime

import openpyxl
import pytest

from assistant.articles.readers.tables import csv_table, json_file, workbook
from assistant.articles.readers.tables.records import complete_fields, fold_name, list_names, read_record
from assistant.errors import ReadError
from tests.support.reading import find_fault, read_bytes, read_one


def test_csv_with_named_columns() -> None:
    """Columns are known by many names; a row is named by its id, or by its number."""
    data = (
        "ID;Headline;Publication;Pub Date;Article Text;Byline\n"
        '7;Shut;The Tarn Gazette;2025-03-04;"“It is shut,” said\nMina ""the crane"" Torvald.";Ada Tarn\n'
        ";Open;The Tarn Gazette;2025-03-05;It is open.;\n"
        ";;;;;\n"
        ";No text;The Tarn Gazette;2025-03-06;;\n"
    )
    articles, notices = read_bytes("a.csv", data.encode("utf-8-sig"))
    assert [(each.id, each.title, each.source, each.author, each.published_at) for each in articles] == [
        ("a.csv/7", "Shut", "The Tarn Gazette", "Ada Tarn", "2025-03-04"),
        ("a.csv/row 3", "Open", "The Tarn Gazette", None, "2025-03-05"),
    ]
    assert articles[0].text == '“It is shut,” said\nMina "the crane" Torvald.'
    assert [str(notice) for notice in notices] == ["/in/a.csv, row 5: no text"]


def test_rows_above_the_names_of_columns() -> None:
    """A title and a day may stand above the names of the columns, in CSV and in a workbook."""
    rows = [["Clippings on the weir"], ["4 March 2025"], ["Day", "Media outlet", "Full text"]]
    rows.append(["2025-03-04", "The Tarn Gazette", "It is shut, the county said; nobody was asked."])
    data = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    for name, content in (("a.csv", data), ("a.xlsx", stream.getvalue())):
        article = read_one(name, content)
        assert (article.id, article.source, article.text) == (f"{name}/row 4", "The Tarn Gazette", rows[3][2])
    title = b"Export of articles (text)\ntitle,text\nShut,It is shut.\n"
    assert read_one("a.csv", title).text == "It is shut."
    far = b"x;y\n" * 11 + b"title;text\nShut;It is shut.\n"
    assert find_fault("a.csv", far).endswith("its columns: x and y")


def test_csv_delimiters_and_prose() -> None:
    """The delimiter is that with which the columns are known; a file without a column of text says its columns."""
    assert read_one("a.tsv", b"title\tbody\nShut\tIt is shut, he said; so it is.\n").title == "Shut"
    assert read_one("a.csv", b"title|body\nShut|It is shut, he said; so it is.\n").title == "Shut"
    fault = find_fault("a.csv", "“The ferry sails,” said Liv Haug, the minister.".encode())
    assert fault.startswith("no column with the text of articles, such as text, body or content; its columns: ")
    assert find_fault("a.csv", b"year,count\n2025,3\n").endswith("its columns: year and count")
    assert csv_table.DELIMITERS.startswith(",")


def test_many_blank_lines_above_a_table() -> None:
    """What follows the lines from which the delimiter is told is not looked at for it, nor a line that is too long."""
    rows = b"title;text\nShut;It is shut.\n" + b"Open;It is open.\n" * 40
    articles, notices = read_bytes("a.csv", b"\n" * 35 + rows)
    assert (len(articles), articles[0].title, notices) == (41, "Shut", [])
    assert read_one("a.csv", b"title;text\rShut;It is shut.\r").title == "Shut"
    with pytest.raises(ReadError, match="field larger"):
        list(csv_table.parse_csv(b"title;text\nShut;It is shut, they said.\n", "a.csv", 9))


def test_only_an_exact_name_is_an_id() -> None:
    """The id of the outlet or of a section is not that of the article."""
    data = b"media_id,Section/Key,text\n3,Sport,It is shut.\n3,Sport,It is open.\n"
    articles, _ = read_bytes("a.csv", data)
    assert [article.id for article in articles] == ["a.csv/row 2", "a.csv/row 3"]
    assert read_one("a.csv", b"Article ID,text\n7,It is shut.\n").id == "a.csv/7"


def test_exact_names_count_before_others() -> None:
    """A field that is known only by a part of its name gives way to any other; a picture is no text."""
    parsed = read_record({"media_content": "http://x.example/a.jpg", "full_text": "It is shut."})
    assert parsed.text == "It is shut."
    record = {"story_text": "See below.", "news_url": "http://x.example/a", "fulltext": "It is shut.", "href": "b"}
    parsed = read_record(record)
    assert (parsed.text, parsed.fields["url"]) == ("It is shut.", "b")
    others = {"media_url": "http://x.example/a.jpg", "media_description": "A weir", "Photo (link)": "a.jpg"}
    parsed = read_record({**others, "Media name": "G", "Source note": "by mail", "summary": "It is shut."})
    assert parsed.text == "It is shut."
    assert not {"url", "title", "source"} & set(parsed.fields)
    assert list_names("text " * 30) == ()


def test_workbook() -> None:
    """Every sheet with named columns; dates are days; hidden sheets and formats alone are no articles."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "News"
    sheet.append(["Title", "Text", "Published at"])
    sheet.append(["Shut", "It is shut.", date(2025, 3, 4)])
    sheet.append(["Open", "It is open.", datetime(2025, 3, 5, 10, 30)])
    book.create_sheet("Numbers").append(["Year", "Count"])
    stream = io.BytesIO()
    book.save(stream)
    articles, notices = read_bytes("a.xlsx", stream.getvalue())
    assert [(each.id, each.title, each.published_at) for each in articles] == [
        ("a.xlsx/News, row 2", "Shut", "2025-03-04"),
        ("a.xlsx/News, row 3", "Open", "2025-03-05T10:30:00"),
    ]
    assert notices == []
    sheet.delete_cols(2)
    stream = io.BytesIO()
    book.save(stream)
    assert find_fault("a.xlsx", stream.getvalue()).endswith("its columns: Title, Published at, Year and Count")
    assert workbook.MAX_SHEETS > 1


def test_json_of_programs() -> None:
    """One object, a list, an answer of a program, a feed: each gives its articles."""
    one = {
        "headline": "Shut",
        "articleBody": "It is shut.",
        "datePublished": "2025-03-04",
        "author": {"name": "Ada Tarn"},
    }
    article = read_one("a.json", json.dumps(one).encode())
    assert (article.id, article.title, article.author, article.published_at) == (
        "a.json",
        "Shut",
        "Ada Tarn",
        "2025-03-04",
    )
    answer = {
        "status": "ok",
        "articles": [{"source": {"id": None, "name": "The Tarn Gazette"}, "content": "It is shut."}],
    }
    article = read_one("a.json", json.dumps(answer).encode())
    assert (article.id, article.source) == ("a.json/item 1", "The Tarn Gazette")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Tarn Gazette",
        "items": [
            {"id": "https://x.example/1", "content_html": "<p>It is <b>shut</b>.</p>", "url": "https://x.example/1"}
        ],
    }
    article = read_one("a.json", json.dumps(feed).encode())
    assert (article.text, article.source, article.url) == ("It is shut.", "The Tarn Gazette", "https://x.example/1")
    assert find_fault("a.json", b'{"a": 1}').startswith("no article in it")
    assert find_fault("a.json", b"It is shut.").startswith("not valid JSON")
    assert json_file.MAX_DEPTH


def test_text_of_records() -> None:
    """HTML and entities become text with a note; a summary and a cut text are said to be that; text is not touched."""
    parsed = read_record(
        {"text": "<p>It is shut, the county said.</p><p>&#8220;Nobody told us,&#8221; said <b>Anna Berg</b>.</p>"}
    )
    assert parsed.text == "It is shut, the county said.\n\n“Nobody told us,” said Anna Berg."
    assert parsed.reading_note == "its text is HTML: the tags are left out"
    assert read_record({"text": "R&amp;D grows"}).text == "R&D grows"
    plain = "5 < 6 & 7 > 6;  two  blanks\n"
    assert read_record({"text": plain}).text == plain
    assert (
        read_record({"description": "It is shut."}).reading_note == "only its description is there, not the whole text"
    )
    cut = read_record({"content": "It is shut, said… [+2341 chars]"})
    assert (cut.text, cut.reading_note) == (
        "It is shut, said…",
        "the text is cut off by the program that made the file",
    )


def test_names_of_fields() -> None:
    """Names are known whatever their case; an object stands for its name, a list for its items."""
    assert fold_name("Published_At ") == "publishedat"
    assert list_names("Titel/Headline") == ("titelheadline", "titel", "headline")
    assert (
        read_record({"Outlet name": "G", "Story title": "Shut", "Article text (English)": "It is shut."}).fields[
            "source"
        ]
        == "G"
    )
    kept = {"Abstract Note": "It is shut.", "Publication Title": "G", "Key": "K1", "Date": "2018-04-19"}
    parsed = read_record(kept)
    assert (parsed.text, parsed.partial, parsed.fields["source"]) == (
        *("It is shut.", "only its abstract is there", "G"),
    )
    assert complete_fields({"Title": "exact", "Article title": "other"})["title"] == "exact"
    fields = complete_fields(
        {
            "webTitle": "Bridge &amp; ferry",
            "authors": [{"name": "Ada Tarn"}, "Ivo Lie"],
            "publishedAt": "2025-03-05",
            "source": {"name": "G"},
        }
    )
    assert (fields["title"], fields["author"], fields["published_at"], fields["source"]) == (
        *("Bridge & ferry", ["Ada Tarn", "Ivo Lie"], "2025-03-05", "G"),
    )
