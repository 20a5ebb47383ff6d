"""Tests of the readers: the articles of each format, and the notices about files that cannot be read."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.articles.metadata import MAX_FIELD_LENGTH
from assistant.articles.readers import read_file
from assistant.articles.readers.jsonl import MAX_BAD_LINES, MAX_LINE_BYTES
from assistant.articles.source_file import SourceFile
from assistant.articles.sources import find_files, make_sources
from assistant.config.schema import ReadingSettings
from assistant.records.article import Article, Notice

WORDS = "The ferry is late, the mayor said."
LEAD = "The mayor of Port Ellery said on Tuesday that the new ferry terminal would open in spring, after two delays."

Reads = Callable[..., list[Article | Notice]]


@pytest.fixture
def read_text(tmp_path: Path) -> Reads:
    """Write a file and read it like a build."""

    def read(name: str, content: str | bytes, settings: ReadingSettings | None = None) -> list[Article | Notice]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_sources([path], settings))

    return read


def read_sources(sources: list[Path], settings: ReadingSettings | None = None) -> list[Article | Notice]:
    """All articles and notices that a build gets from these sources."""
    found: list[Article | Notice] = []
    for file in find_files(make_sources(sources)):
        items = [file] if isinstance(file, Notice) else read_file(file, settings or ReadingSettings())
        found += [item for item in items if isinstance(item, Article | Notice)]
    return found


def get_single_article(found: list[Article | Notice]) -> Article:
    """The only article, if there is no notice."""
    (article,) = found
    assert isinstance(article, Article), article
    return article


def get_refusal(found: list[Article | Notice]) -> str:
    """The text of the only notice, which skips the file."""
    (notice,) = found
    assert isinstance(notice, Notice), notice
    assert notice.skipped
    return str(notice)


def get_notice_and_article(found: list[Article | Notice]) -> tuple[str, Article]:
    """The reason of a notice that skips nothing, and the article that it is about."""
    remark, article = found
    assert isinstance(remark, Notice)
    assert isinstance(article, Article)
    assert not remark.skipped
    return remark.reason, article


# ------------------------------------------------------------------------------------------ front matter


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.txt", "A.MD"])
def test_front_matter_fills_fields(read_text: Reads, name: str) -> None:
    """Front matter fills the fields and is not part of the text."""
    head = (
        "id: ferry-1\ntitle: Ferry is late\nsource: Courier\nauthor: Jane Roe\npublished_at: 2025-10-26\n"
        "url: https://example.com/1\nlanguage: en\n"
    )
    article = get_single_article(read_text(name, f"---\n{head}---\n\n{WORDS}\n"))
    assert (article.id, article.title, article.source, article.author) == (
        "ferry-1",
        "Ferry is late",
        "Courier",
        "Jane Roe",
    )
    assert (article.published_at, article.url, article.language) == ("2025-10-26", "https://example.com/1", "en")
    assert article.text.strip() == WORDS
    assert article.sha256 == sha256(article.text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a.jsonl"])
def test_title_from_first_line_without_fields(read_text: Reads, name: str) -> None:
    """An article without fields has its first line as title and no other field."""
    line = json.dumps({"id": name, "text": WORDS})
    article = get_single_article(read_text(name, line if name.endswith("jsonl") else WORDS))
    assert (article.id, article.title, article.text) == (name, WORDS, WORDS)
    assert (article.source, article.author, article.published_at, article.url, article.language) == (None,) * 5


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("headline: Late", "title", "Late"),
        ("Title: Late", "title", "Late"),
        ("title: ''\nheadline: Late", "title", "Late"),
        ("title: ~\nheadline: Late", "title", "Late"),
        ("publisher: Courier", "source", "Courier"),
        ("outlet: Courier", "source", "Courier"),
        ("site: Courier", "source", "Courier"),
        ("byline: Jane Roe", "author", "Jane Roe"),
        ("authors: [Jane Roe, Ann Lee]", "author", "Jane Roe, Ann Lee"),
        ("authors:\n- Jane Roe\n- Ann Lee", "author", "Jane Roe, Ann Lee"),
        ("author: null", "author", None),
        ("author: {name: Jane Roe}", "author", "Jane Roe"),
        ("authors: [{name: Jane Roe}, {name: Bo Lee}]", "author", "Jane Roe, Bo Lee"),
        ("title: R&amp;D", "title", "R&D"),
        ("link: https://example.com", "url", "https://example.com"),
        ("url: javascript:alert(1)", "url", None),
        ("url: example.com/late", "url", None),
        ("lang: en", "language", "en"),
        ("title: >\n  Ferry\n  late", "title", "Ferry late"),
        ('title: "Ferry\\nlate"', "title", "Ferry late"),
    ],
)
def test_field_name_aliases(read_text: Reads, head: str, field: str, value: str | None) -> None:
    """Fields may have the names that other programs give them."""
    assert getattr(get_single_article(read_text("a.txt", f"---\n{head}\n---\n{WORDS}")), field) == value


@pytest.mark.parametrize("title", ["No", "On", "12:30", "007", "0x1F", "1_000", "1.10", "2025-02-31", "=", "<<"])
def test_title_kept_despite_yaml_types(read_text: Reads, title: str) -> None:
    """A title is kept as written whatever type YAML would give it."""
    assert get_single_article(read_text("a.txt", f"---\ntitle: {title}\n---\n{WORDS}")).title == title


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2025-10-26", "2025-10-26"),
        ("2025-10-26T09:30:00Z", "2025-10-26T09:30:00Z"),
        ("2025-10-26 09:30", "2025-10-26T09:30"),
        ("2025-10-26 09:30:00 +0300", "2025-10-26T09:30:00+0300"),
    ],
)
def test_date_with_time(read_text: Reads, written: str, published: str) -> None:
    """A date is kept together with its time."""
    assert get_single_article(read_text("a.md", f"---\ndate: {written}\n---\n{WORDS}")).published_at == published


@pytest.mark.parametrize(
    "written",
    ["26 Smarch 2025", "13/26/2025", "2025-02-31", "2025-13", "20251326", "2025-W43-7", "12011212123", "yesterday"],
)
def test_invalid_date_left_out_with_notice(read_text: Reads, written: str) -> None:
    """A date that is not in the calendar is left out with a notice."""
    remark, article = get_notice_and_article(read_text("a.md", f"---\npublished_at: {written}\n---\n{WORDS}"))
    assert remark == f"published_at '{written}' is left out: it is not a date such as 2025-10-26"
    assert article.published_at is None


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("source: Courier\ntitle: Putin: Europe", 3, "mapping values are not allowed here"),
        ('title: "not closed', 2, "found unexpected end of stream"),
        ("\ttitle: x", 2, "cannot start any token"),
        ("a: b\ntitle: \x1b[31mred", 3, "a control character"),
        ("author: &me [*me]", 2, "recursive"),
    ],
)
def test_broken_front_matter_read_with_note(read_text: Reads, head: str, line: int, reason: str) -> None:
    """Broken front matter is read line by line; the note names the line that is wrong."""
    remark, article = get_notice_and_article(read_text("a.md", f"---\n{head}\n---\n{WORDS}"))
    assert remark.startswith(f"front matter is not valid YAML at line {line} (")
    assert reason in remark
    assert "\n" not in remark
    assert article.text == WORDS


@pytest.mark.parametrize(
    "head",
    [
        "author: " + "[" * 3000,
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nauthor: [*c,*c]",
        "title: !!python/object/apply:os.system ['true']",
        "title: " + "long " * 50_000,
        "id: 0x" + "F" * 6000,
    ],
    ids=["deep nesting", "aliases that multiply", "a Python object", "a title like a book", "an endless number"],
)
def test_hostile_front_matter_bounded(read_text: Reads, head: str) -> None:
    """Hostile front matter neither stops the build nor exhausts memory."""
    *_, found = read_text("a.md", f"---\n{head}\n---\n{WORDS}")
    if isinstance(found, Article):
        assert all(len(value or "") <= MAX_FIELD_LENGTH for value in (found.id, found.title, found.author))
    else:
        pytest.fail(f"not read: {found.reason}")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\nWords.",
        "---\n- a list\n---\nWords.",
        "---\nJust a line between rules\n---\nWords.",
        "----\ntitle: four dashes\n---\nWords.",
        "First.\n---\ntitle: not at the top\n---\nWords.",
        "Words.\nTitle: not at the top\nDate: 2025-03-04\n\nMore.",
        "Title: no other field\n\nWords.",
        "Date: it was a cold one, and everybody in the weir remembers it.\nTime: late\n\nWords.",
        "---\nDate: it was a cold one, and everybody in the weir remembers it.\n---\nWords.",
        "---\n? [a, b]\n: c\n---\nWords.",
    ],
)
def test_non_front_matter_block_is_text(read_text: Reads, text: str) -> None:
    """A block that is not front matter is text."""
    assert get_single_article(read_text("a.txt", text)).text == text


# ---------------------------------------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("A *very* **late** ***ferry*** and `code`", "A very late ferry and code"),
        ("[Ferry](http://x.org 'title') and [two][1]\n\n[1]: http://x.org", "Ferry and two"),
        ("See <http://x.org> ![map](map.png)", "See http://x.org"),
        ("- one\n- two\n  1. three", "one\n\ntwo\n\nthree"),
        ("> “Late,” she said.\n> > Very.", "“Late,” she said.\n\nVery."),
        ("> " * 12 + "Deep.", "Deep."),
        (
            "\n".join("  " * depth + f"- level {depth}" for depth in range(15)),
            "\n\n".join(f"level {n}" for n in range(15)),
        ),
        ("A &amp; B &copy; &#8220;so&#8221; &lt;b&gt;", "A & B © “so” <b>"),
        ("hard  \nbreak\\\nhere\nsoft", "hard\nbreak\nhere soft"),
        ("“We wait.”\n— Mina Torvald", "“We wait.”\n— Mina Torvald"),
        ("the har-\nbour\nboard", "the har-\nbour board"),
        ("**Mina:** We\nwait.\n**Ole**: Why?", "Mina: We wait.\nOle: Why?"),
        ("He came at\nNote: noon", "He came at Note: noon"),
        ("\\*not emphasis\\*", "*not emphasis*"),
        ("```python\nx = 1\n```\n\n    indented", "x = 1\n\nindented"),
        ("Above\n\n***\n\nBelow", "Above\n\nBelow"),
        ("one<br>two<br/>three <b>bold</b> <!-- hidden -->end", "one\ntwo\nthree bold end"),
        ("<p class='a > b'>He said\n<em>so</em>.</p>\n<ul><li>One &amp; only</li></ul>", "He said so.\n\nOne & only"),
        ("<details>\n<summary>More</summary>\n\n*Inside*\n\n</details>", "More\n\nInside"),
        ("<script>\nevil()\n\nmore()\n</script>\n\n<style>p {}</style>\n\n<!-- no\n\nno -->\n\nYes", "Yes"),
    ],
)
def test_markdown_read_as_rendered_text(read_text: Reads, markdown: str, words: str) -> None:
    """Markdown is read as the words that a rendered page shows."""
    assert get_single_article(read_text("a.md", markdown)).text == words


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("# Ferry *late*\n\nWords.", "Ferry late"),
        ("Ferry late\n===\n\nWords.", "Ferry late"),
        ("---\ntitle: Named\n---\n# Heading\n\nWords.", "Named"),
        ("## Second level\n\nWords.", "Second level"),
        ("Words.\n\n# Later", "Words."),
        ("word " * 40, "word " * 22 + "word…"),
    ],
)
def test_title_precedence(read_text: Reads, markdown: str, title: str) -> None:
    """The title is the named one, or the first heading, or the first line."""
    assert get_single_article(read_text("a.md", markdown)).title == title


@pytest.mark.parametrize("attack", ["[", "![", "*a ", "[a](<b", "<div>\n<a ''", "> ", "`a", "&#x"])
def test_slow_markdown_read_or_refused(read_text: Reads, attack: str) -> None:
    """Markdown made to be slow is read or refused."""
    # A reader in quadratic time would take minutes for these.
    (found,) = read_text("a.md", attack * 10_000)
    assert isinstance(found, Article) or found.reason == "contains no text"


@pytest.mark.parametrize("filling", ["a", "a ", "''", '" ', "a="])
def test_unclosed_tag_is_text(read_text: Reads, filling: str) -> None:
    """An unclosed tag is text."""
    assert get_single_article(read_text("a.md", "<div>\n<a" + filling * 200_000)).text.startswith("<a")


# ------------------------------------------------------------------------------------------------- HTML


def make_page(body: str, head: str = "") -> str:
    """A web page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_html_text_and_metadata(read_text: Reads) -> None:
    """A page gives its text and the metadata of its head."""
    head = (
        "<title>Ferry late | Courier</title><meta property='og:title' content='Ferry late'>"
        "<meta property='article:published_time' content='2025-10-26T09:30:00Z'>"
        "<meta name='author' content='Jane Roe'><meta property='og:site_name' content='Courier'>"
        "<link rel='canonical' href='https://example.com/late'>"
    )
    body = f"<nav><a href='/'>Home</a></nav><article><h1>Ferry late</h1><p>{LEAD}</p><p>{WORDS}</p></article>"
    article = get_single_article(read_text("a.html", make_page(body + "<footer>All rights reserved</footer>", head)))
    assert (article.title, article.source, article.author) == ("Ferry late", "Courier", "Jane Roe")
    assert (article.published_at, article.url) == ("2025-10-26", "https://example.com/late")
    assert LEAD in article.text
    assert WORDS in article.text
    assert "Home" not in article.text
    assert "rights" not in article.text


def test_html_json_ld_metadata(read_text: Reads) -> None:
    """A page may give its metadata as JSON-LD."""
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferry late",
        "datePublished": "2025-10-26",
        "author": {"@type": "Person", "name": "Jane Roe"},
    }
    head = f"<script type='application/ld+json'>{json.dumps(about)}</script>"
    article = get_single_article(read_text("a.htm", make_page(f"<p>{LEAD}</p><p>{WORDS}</p>", head)))
    assert (article.title, article.author, article.published_at) == ("Ferry late", "Jane Roe", "2025-10-26")


def test_html_old_date_kept(read_text: Reads) -> None:
    """A page keeps its date however old it is."""
    head = "<meta property='article:published_time' content='1984-10-26'>"
    assert get_single_article(read_text("a.html", make_page(f"<p>{LEAD}</p>", head))).published_at == "1984-10-26"


def test_html_date_in_text_ignored(read_text: Reads) -> None:
    """A date in the text of a page is not taken as its publication date."""
    body = f"<article><p>{LEAD}</p><p>On 12 March 2019 the council voted for it, he said.</p></article>"
    assert get_single_article(read_text("a.html", make_page(body))).published_at is None


@pytest.mark.parametrize(
    "html", [make_page(f"<p>{WORDS}</p>"), f"<p>{WORDS}</p>", f"<body><p>{WORDS}</p></body>", WORDS]
)
def test_html_very_short_page(read_text: Reads, html: str) -> None:
    """A very short page or part of a page is an article."""
    assert get_single_article(read_text("a.html", html)).text == WORDS


@pytest.mark.parametrize(
    "html", [make_page(""), make_page("<script>let words = 'many of them'</script>"), "<html></html>"]
)
def test_html_without_text_refused(read_text: Reads, html: str) -> None:
    """A page without text is refused."""
    assert get_refusal(read_text("a.html", html)).endswith("a.html: no article text in this page")


@pytest.mark.parametrize(
    "flood",
    [
        " ".join(f'a{n}="x"' for n in range(200_000)),
        "\n".join(f"a{n}='<p>'" for n in range(200_000)),
        " ".join(f"a{n}=1" for n in range(2_000)) + "<b'" * 300_000 + "'",
    ],
)
def test_html_tag_with_many_attributes(read_text: Reads, flood: str) -> None:
    """A tag with hundreds of thousands of attributes is read without them."""
    page = f"<html><body><p {flood}>The words of this page are few, but they are there.</p></body></html>"
    article, *_ = read_text("flood.html", page)  # without it, the parser takes a quarter of an hour
    assert isinstance(article, Article)
    assert "they are there" in article.text


def test_page_of_odd_tags_refused(read_text: Reads) -> None:
    """A page without text is refused, whatever its tags are."""
    assert "no article text in this page" in get_refusal(read_text("a.html", "<svg><html>"))


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-16", "cp1252"),
        ("undefined", "cp1252"),
        ("unicode_escape", "cp1252"),
        ("no-such-thing", "cp1252"),
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_html_curly_quotes_in_any_encoding(read_text: Reads, named: str, encoding: str) -> None:
    """Curly quotes are preserved whatever encoding a page claims."""
    words = "“We’ll see – soon,” she said."
    html = make_page(f"<p>{LEAD}</p><p>{words}</p>", f"<meta charset='{named}'>")
    *_, article = read_text("a.html", html.encode(encoding))
    assert isinstance(article, Article)
    assert words in article.text


@pytest.mark.parametrize(
    ("named", "encoding", "words"),
    [
        ("windows-1251", "cp1251", "Многие европейцы, но не все, препятствуют процессу, сказал Ушаков."),
        ("Shift_JIS", "cp932", "市長は新しい港①について記者会見で話した。住民は反対している。"),
        ("gb2312", "gb18030", "市长在新闻发布会上谈到了新港口镕。居民们反对这项计划，认为费用太高。"),
    ],
)
def test_html_declared_encoding(read_text: Reads, named: str, encoding: str, words: str) -> None:
    """A page is read in the encoding that it declares."""
    head = f"<meta http-equiv='Content-Type' content='text/html; charset={named}'>"
    assert (
        words in get_single_article(read_text("a.html", make_page(f"<p>{words}</p>" * 2, head).encode(encoding))).text
    )


# ------------------------------------------------------------------------------------------------- JSONL


def make_line(**fields: object) -> str:
    """A line of JSONL; id and text have defaults."""
    return json.dumps({"id": "a", "text": WORDS, **fields}, ensure_ascii=False) + "\n"


def test_jsonl_articles_with_all_fields(read_text: Reads) -> None:
    """JSONL contains many articles with all their fields."""
    first, second = read_text(
        "a.jsonl",
        make_line(title="Late", source="Courier", author=["Jane Roe", "Ann Lee"], published_at="2025-10-26T09:30:00Z")
        + make_line(id=7, url="https://example.com/7"),
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.source, first.author) == ("Late", "Courier", "Jane Roe, Ann Lee")
    assert (first.published_at, second.id, second.url) == ("2025-10-26T09:30:00Z", "7", "https://example.com/7")


@pytest.mark.parametrize(
    "text",
    ["a\r\nb\r\n", "  \n spaces \t\n", "\ufeffmark", "e\u0301 is not é", "🙂 \U0001f1ea\U0001f1fa", "a\rb\u2028c\x0b"],
)
def test_jsonl_text_unchanged(read_text: Reads, text: str) -> None:
    """The text of JSONL articles is used unchanged."""
    article = get_single_article(read_text("a.jsonl", make_line(text=text)))
    assert article.text == text
    assert article.sha256 == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"id": "a", "text": "cut o', "not valid JSON: Unterminated string starting at (column 21)"),
        ("{'id': 'a', 'text': 'x'}", "not valid JSON: Expecting property name enclosed in double quotes (column 2)"),
        ('{"id": 1' + "0" * 5000 + ', "text": "x"}', "not valid JSON: a number of thousands of digits"),
        ("[" * 100_000, "JSON nested too deeply"),
        ('["a", "b"]', "not a JSON object"),
        ("null", "not a JSON object"),
        ('{"id": true, "text": "x"}', "`id` is not a string"),
        ('{"id": 1.5, "text": "x"}', "`id` is not a string"),
        ('{"id": "a"}', "no `text`; its keys: `id`"),
        ('{"id": "a", "text": 5}', "`text` is not a string"),
        ('{"id": "a", "text": " \\n "}', "contains no text"),
        ('{"id": "a", "text": "x\\u0000y"}', "the text contains NUL characters"),
        ('{"id": "a", "text": "x\\ud800y"}', "the text contains half of a surrogate pair at character 1"),
    ],
    ids=lambda value: value[:40],
)
def test_jsonl_broken_line_named(read_text: Reads, broken: str, reason: str) -> None:
    """A broken line is named by its number and the other lines are read."""
    found = read_text("a.jsonl", f"{make_line(id='first')}\n{broken}\n{make_line(id='last')}")
    first, notice, last = found
    assert isinstance(notice, Notice)
    assert str(notice).endswith(f"a.jsonl, line 3: {reason}")
    assert [article.id for article in (first, last) if isinstance(article, Article)] == ["first", "last"]


def test_jsonl_invalid_utf8_line_named(read_text: Reads) -> None:
    """A line that is not UTF-8 is named."""
    notice, article = read_text(
        "a.jsonl", '{"id": "a", "text": "café"}\n'.encode("cp1252") + make_line(id="b").encode()
    )
    assert str(notice).endswith("a.jsonl, line 1: not UTF-8")
    assert isinstance(article, Article)


def test_jsonl_overlong_line_skipped(tmp_path: Path) -> None:
    """A line too long for memory is skipped."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(2 * MAX_LINE_BYTES + 100)  # a hole: no disk is used
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + make_line(id="after").encode())
    notice, article = read_sources([path])
    assert str(notice).endswith("a.jsonl, line 1: longer than 64 MB")
    assert isinstance(article, Article)
    assert article.id == "after"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_jsonl_byte_order_mark_and_crlf(read_text: Reads, encoding: str) -> None:
    """JSONL may start with a byte order mark and have Windows line ends."""
    found = read_text("a.jsonl", (make_line() + "\n" + make_line(id="b")).replace("\n", "\r\n").encode(encoding))
    assert [article.id for article in found if isinstance(article, Article)] == ["a", "b"]


def test_jsonl_utf16_refused_once(read_text: Reads) -> None:
    """JSONL in UTF-16 is refused with a single message."""
    assert "UTF-16; JSONL must be UTF-8" in get_refusal(read_text("a.jsonl", (make_line() * 20).encode("utf-16")))


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_jsonl_empty_file_reported(read_text: Reads, content: str) -> None:
    """JSONL without a line is reported as empty."""
    assert get_refusal(read_text("a.jsonl", content)).endswith("a.jsonl: the file is empty")


def test_jsonl_wrong_format_abandoned(read_text: Reads) -> None:
    """Another format named .jsonl is abandoned after a limited number of broken lines."""
    pretty = json.dumps([{"id": str(n), "text": WORDS} for n in range(1000)], indent=1)
    *broken, last = read_text("a.jsonl", pretty)
    assert len(broken) == MAX_BAD_LINES
    assert str(last).endswith(f"no article in its first {MAX_BAD_LINES} lines; is it JSONL? The rest was not read")


def test_jsonl_broken_lines_after_article_named(read_text: Reads) -> None:
    """All broken lines after a valid article are named."""
    found = read_text("a.jsonl", make_line() + "broken\n" * (MAX_BAD_LINES + 20) + make_line(id="b"))
    assert len(found) == MAX_BAD_LINES + 22


def test_jsonl_last_duplicate_key_wins(read_text: Reads) -> None:
    """Of two equal keys the last one counts."""
    assert get_single_article(read_text("a.jsonl", '{"id": "a", "text": "one", "text": "two"}')).text == "two"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"title": "half \ud800 pair"}, "half ? pair"),
        ({"title": ["Two", "parts"]}, "Two, parts"),
        ({"title": {"rendered": "Late"}}, WORDS),
        ({"title": True}, WORDS),
        ({"title": 1984}, "1984"),
        ({"title": "x" * 100_000}, "x" * MAX_FIELD_LENGTH),
    ],
)
def test_jsonl_odd_field_values(read_text: Reads, fields: dict[str, object], title: str) -> None:
    """Odd values in a field do no harm."""
    assert get_single_article(read_text("a.jsonl", json.dumps({"id": "a", "text": WORDS, **fields}))).title == title


def test_jsonl_nested_lists_are_no_author(read_text: Reads) -> None:
    """Nested lists are not accepted as an author, however deep they are."""
    nested = "[" * 900 + "]" * 900
    assert get_single_article(read_text("a.jsonl", f'{{"id": "a", "text": "x", "author": {nested}}}')).author is None


# ------------------------------------------------------------------------------------- limits and folders


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_file_over_limit_names_setting(read_text: Reads, name: str) -> None:
    """A file over the size limit is refused with the setting to change."""
    message = get_refusal(read_text(name, WORDS * 40_000, ReadingSettings(max_file_mb=1)))
    assert message.endswith("1.4 MB is over reading.max_file_mb (1)")


def test_article_over_limit_names_setting(read_text: Reads) -> None:
    """An article over the size limit is refused with the setting to change."""
    message = get_refusal(
        read_text("a.jsonl", make_line(text="x" * 1001), ReadingSettings(max_article_characters=1000))
    )
    assert message.endswith("a.jsonl, line 1: 1,001 characters are over reading.max_article_characters (1,000)")


@pytest.mark.parametrize("content", [b"", b" \n\n", b"---\ntitle: Only a head\n---\n", "\ufeff".encode()])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_file_without_words_refused(read_text: Reads, name: str, content: bytes) -> None:
    """A file without words is refused."""
    assert get_refusal(read_text(name, content)).endswith(("the file is empty", "contains no text"))


def test_detected_encoding_reported(read_text: Reads) -> None:
    """An encoding that had to be detected is reported."""
    remark, article = get_notice_and_article(read_text("a.txt", "“We’ll see,” she said at the café.".encode("cp1252")))
    assert remark == "not UTF-8; decoded as cp1252"
    assert article.text == "“We’ll see,” she said at the café."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with READMEs, hidden files, links, and files of other formats."""
    root = tmp_path / "articles"
    for name in (
        "b.md",
        "sub/a.txt",
        "sub/README.md",
        "README.txt",
        ".hidden.md",
        ".git/c.md",
        "a.doc",
        "noextension",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}: {WORDS}")
    (tmp_path / "outside.md").write_text("Never read this.")
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "named like a file.md").mkdir()
    os.mkfifo(root / "pipe.md")
    return root


def test_folder_skips_readme_hidden_and_links(folder: Path) -> None:
    """A folder is read recursively without READMEs, hidden names and links."""
    found = read_sources([folder])
    assert [article.id for article in found if isinstance(article, Article)] == ["b.md", "sub/a.txt"]
    assert [notice.reason for notice in found if isinstance(notice, Notice)] == [
        "no reader for .doc; save it as .docx",
        "a link; links are not followed: name its target among the articles",
        "a link; links are not followed: name its target among the articles",
        "no reader for files without an extension",
        "not a regular file",
    ]


@pytest.mark.parametrize("name", ["README.txt", ".hidden.md", "link.md"])
def test_named_file_read_whatever_its_name(folder: Path, name: str) -> None:
    """A file named explicitly is read whatever its name is."""
    assert get_single_article(read_sources([folder / name])).id == name


def test_named_pipe_refused(folder: Path) -> None:
    """A named pipe is refused without waiting for it."""
    assert get_refusal(read_sources([folder / "pipe.md"])).endswith("pipe.md: not a regular file")


def test_missing_source_named_next_read(folder: Path) -> None:
    """A missing source is named and the next one is read."""
    missing, article = read_sources([folder / "gone", folder / "b.md"])
    assert str(missing) == f"{folder / 'gone'}: No such file or directory"
    assert isinstance(article, Article)


def test_file_name_not_utf8_refused(tmp_path: Path) -> None:
    """A file name that is not UTF-8 is refused and the other files are read."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text(WORDS)
    (tmp_path / "café.md").write_text(WORDS)
    article, notice = sorted(read_sources([tmp_path]), key=lambda found: isinstance(found, Notice))
    assert isinstance(article, Article)
    assert article.id == "café.md"
    assert isinstance(notice, Notice)
    assert "its name is not UTF-8" in notice.reason


@contextmanager
def exhaust_file_handles() -> Iterator[None]:
    """This process can open no file within the block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.open(os.devnull, os.O_RDONLY)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 1, hard))
    try:
        with suppress(OSError):
            while True:  # also use the free handles below the first
                taken.append(os.dup(taken[0]))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for handle in taken:
            os.close(handle)


def test_no_file_handles_raises_error(tmp_path: Path) -> None:
    """A folder is not reported as unreadable if the process only lacks file handles."""
    (tmp_path / "a.txt").write_text(WORDS)
    with exhaust_file_handles(), pytest.raises(OSError, match="Too many open files"):
        list(find_files(make_sources([tmp_path])))
    (file,) = find_files(make_sources([tmp_path]))
    assert isinstance(file, SourceFile)


def test_deeply_nested_folders(tmp_path: Path) -> None:
    """Folders nested deeper than the Python call stack are read."""
    levels = 1200
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(levels):
            os.mkdir("d", dir_fd=handle)
            below = os.open("d", os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = below
        with os.fdopen(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=handle), "w") as file:
            file.write(WORDS)
        assert get_single_article(read_sources([tmp_path])).id == "d/" * levels + "a.txt"
    finally:
        os.close(handle)
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest could not


def test_files_in_stable_order(tmp_path: Path) -> None:
    """Files come in the same order in every run."""
    for name in ("c.md", "a/z.md", "b.md", "a/b/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(WORDS)
    found = [file.article_id for file in find_files(make_sources([tmp_path])) if isinstance(file, SourceFile)]
    assert found == ["a/b/c.md", "a/z.md", "b.md", "c.md"]
