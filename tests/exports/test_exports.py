"""Tests of the exports: each format is read back by a parser, also with hostile text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from assistant.answers.verification import read_saved_answers, verify_answer
from assistant.engine import Assistant
from assistant.exports import FORMATS, FormatName, export_bytes, export_turns, get_format, suggest_file_name
from assistant.exports.bibliography import AuthorName, collect_works, parse_authors, parse_day
from assistant.exports.bibtex import escape_bibtex
from assistant.exports.text import render_answer_text, render_quote_text, render_reference
from assistant.records.answer import Answer, AnswerSentence, Citation, Turn
from assistant.records.query import Query
from assistant.text.markdown import escape_markdown
from assistant.text.sanitize import sanitize_text
from tests.conversations.test_store import QUESTIONS, ask_questions

NAMES = [each.name for each in FORMATS if each.is_text]
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HOSTILE = (
    "plain",
    "# heading",
    "1. one\n2) two",
    "- a\n+ b\n* c",
    "    four spaces and two at the end  \nnext",
    "---\n===\n***",
    "<script>alert('x')</script> <!-- & &amp; &lt;",
    "[link](http://e.example) ![img](x) [^1] [1] <http://a.example>",
    "`code` **bold** __b__ ~~gone~~ $x^2$ | a | b |",
    "C:\\path\\ {braces}} {{ \\begin{document} % comment # _ ^ ~",
    "http://e.example www.e.example me@e.example",
    "\x1b[2J \u202eevil\u202c \x00 \ud800 end",
    "> quoted\n>> more\n\n\npara\n\n```\nfence\n```",
    "\"double\" 'single' “curly” and “[sic]” AND me",
    ": definition\n% title\n!bang",
    "\ttab\n\n \u2003em space",
    "",
)


def make_citation(quote: str, **fields: Any) -> Citation:
    values: dict[str, Any] = {
        **dict.fromkeys(("author", "url", "speaker")),
        **{"n": 1, "article_id": "a.md", "title": "A title", "source": "Post", "published_at": "2025-03-04"},
        **{"start": 10, "end": 10 + len(quote), "article_sha256": "0" * 64},
    }
    return Citation(quote=quote, **(values | fields))


def make_turn(*citations: Citation, question: str = "why?", notes: tuple[str, ...] = ()) -> Turn:
    sentences = tuple(AnswerSentence(" ".join(one.quote.split()), (one.n,), "verbatim") for one in citations)
    answer = Answer(question, "…", False, None, sentences, citations, (), notes=notes)
    return Turn(question, Query(question, "other", ()), answer)


def make_hostile_turn(text: str) -> Turn:
    """A turn in which every field is this text."""
    one = make_citation(
        text, title=text, source=text, author=text, published_at=text, url=text, article_id=text, speaker=text
    )
    return make_turn(one, question=text, notes=(text,))


@pytest.fixture(scope="module")
def turns(seeds: Assistant) -> list[Turn]:
    return ask_questions(seeds, *QUESTIONS)


class Page(HTMLParser):
    """The text of an HTML page, its tags and attributes, and the text of each element with an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.texts.setdefault(tag, []).append("")
        if tag not in ("meta", "hr", "br", "img"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data


def render_html(markdown: str) -> Page:
    return Page(MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).render(markdown))


# ------------------------------------------------------------------------------------------------- Markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_escapes_text(text: str) -> None:
    """Special characters of a text are escaped in Markdown."""
    quoted = "\n".join(f"> {line}" for line in escape_markdown(text).split("\n"))
    page = render_html(quoted + "\n\n[^1]: a note\n")
    assert set(page.tags) <= {"blockquote", "p"}
    assert "".join(page.texts["blockquote"]).split() == sanitize_text(text).split()


@given(st.text(alphabet=st.sampled_from("ab1 .\t\n#*-_+=~`<>[]()!&;|\\{}^$:@%\"'/"), max_size=40))
def test_markdown_escapes_any_text(text: str) -> None:
    """Any text at all is escaped in Markdown."""
    page = render_html("\n".join(f"> {line}" for line in escape_markdown(text).split("\n")))
    assert set(page.tags) <= {"blockquote", "p"}
    assert "".join(page.texts["blockquote"]).split() == text.split()


def test_markdown_quotes_and_footnotes(turns: list[Turn]) -> None:
    """Markdown has the quotes unchanged and a footnote for each."""
    assert len(turns) == len(QUESTIONS)
    assert any(len(one.answer.citations) > 1 for one in turns)
    for one in turns:
        page = render_html(export_turns([one], "markdown"))
        quotes = [" ".join(text.split()) for text in page.texts.get("blockquote", [])]
        for place, citation in enumerate(one.answer.citations):
            assert quotes[place].startswith(" ".join(citation.quote.split()))
        notes = [value for tag, name, value in page.attributes if (tag, name) == ("li", "id")]
        assert len(notes) == len(one.answer.citations)
        assert "[^" not in " ".join(page.texts["p"])


def test_markdown_conversation_unique_footnotes(turns: list[Turn]) -> None:
    """A conversation in Markdown has footnotes that do not collide."""
    text = export_turns(turns, "markdown", "Two towns")
    definitions = re.findall(r"^\[\^([\d-]+)\]:", text, re.MULTILINE)
    assert len(definitions) == len(set(definitions)) == sum(len(one.answer.citations) for one in turns)
    page = render_html(text)
    assert page.texts["h1"] == ["Two towns"]
    assert page.texts["h2"] == [one.answer.question for one in turns]
    assert "[^" not in " ".join(page.texts["p"])


# ------------------------------------------------------------------------------------------------- HTML page


def test_html_without_script_or_requests(turns: list[Turn]) -> None:
    """The HTML page has no script and requests nothing."""
    page = Page(export_turns(turns, "html", "Talk"))
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    (style,) = page.texts["style"]
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_html_quotes_and_linked_notes(turns: list[Turn]) -> None:
    """The HTML page has the quotes unchanged and notes linked in both directions; near sentences have no notes."""
    page = Page(export_turns(turns, "html", "Talk"))
    shown = [(*one.answer.citations, *one.answer.nearest) for one in turns]
    assert page.texts["q"] == [citation.quote for citations in shown for citation in citations]
    identifiers = [value for _, name, value in page.attributes if name == "id"]
    assert len(identifiers) == len(set(identifiers)) == 2 * sum(len(one.answer.citations) for one in turns)
    inner = [value[1:] for tag, name, value in page.attributes if (tag, name) == ("a", "href") and value[0] == "#"]
    assert set(inner) == set(identifiers)
    marked = [
        citation.quote[start - citation.start : end - citation.start]
        for citations in shown
        for citation in citations
        for start, end in citation.marks
    ]
    assert marked
    assert sorted(page.texts["mark"]) == sorted(marked)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_text(text: str) -> None:
    """Special characters of a text are escaped in HTML."""
    page = Page(export_turns([make_hostile_turn(text)], "html"))
    plain = Page(export_turns([make_hostile_turn("plain")], "html"))
    assert set(page.tags) <= set(plain.tags)
    assert page.texts["q"] == [sanitize_text(text)]
    for tag, name, value in page.attributes:
        if name in ("href", "cite"):
            assert value.startswith(("#", "http://", "https://")), (tag, value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " ", "//e.example"])
@pytest.mark.parametrize("name", ["markdown", "html", "bibtex", "csl-json"])
def test_non_web_address_is_no_link(url: str, name: FormatName) -> None:
    """An address that is not a web address is not a link."""
    text = export_turns([make_turn(make_citation("Words.", url=url))], name)
    assert url.strip() not in text or not url.strip()


def test_address_special_characters_escaped() -> None:
    """Special characters of the format are escaped in addresses."""
    one = make_citation("Words.", url='https://e.example/a b"<c>{d}\\%41?x=ü&y=1#z')
    link = "https://e.example/a%20b%22%3Cc%3E%7Bd%7D%5C%41?x=%C3%BC&y=1#z"
    assert f"url = {{{link}}}" in export_turns([make_turn(one)], "bibtex")
    assert json.loads(export_turns([make_turn(one)], "csl-json"))[0]["URL"] == link
    page = render_html(export_turns([make_turn(one)], "markdown"))
    assert ("a", "href", link) in page.attributes
    assert ("a", "href", link) in Page(export_turns([make_turn(one)], "html")).attributes


# ------------------------------------------------------------------------------------------------- BibTeX


def parse_entry(entry: str) -> dict[str, str]:
    """The fields of an entry, parsed like BibTeX, which counts braces even after backslashes."""
    head, _, rest = entry.partition(",\n")
    assert re.fullmatch(r"@(article|misc)\{[a-z0-9-]+", head)
    found = {"@": head}
    while not rest.startswith("}"):
        match = re.match(r"  (\w+) = ", rest)
        assert match, rest
        rest = rest[match.end() :]
        depth = 0
        for place, char in enumerate(rest):  # noqa: B007 - used after the loop
            depth += {"{": 1, "}": -1}.get(char, 0)
            assert depth >= 0
            if char == "," and depth == 0:
                break
        found[match[1]] = rest[:place]
        rest = rest[place + 2 :]
    assert rest == "}\n"
    return found


def parse_entries(text: str) -> list[dict[str, str]]:
    return [parse_entry("@" + entry.rstrip("\n") + "\n") for entry in ("\n" + text).split("\n@")[1:]]


def test_bibtex_one_entry_per_article(turns: list[Turn]) -> None:
    """Each cited article is one entry."""
    found = parse_entries(export_turns(turns, "bibtex", "Talk"))
    cited_ids = {citation.article_id for one in turns for citation in one.answer.citations}
    assert len(found) == len(cited_ids)
    assert len({one["@"] for one in found}) == len(found)
    (storm,) = [one for one in found if "Storm tide" in one["title"]]
    assert storm == {
        "@": storm["@"],
        "author": "{Wexcombe, Nora}",
        "title": "{{Storm tide floods lower town, 340 homes evacuated}}",
        "journal": "{The Ellery Courier (fiction)}",
        "year": "{2025}",
        "date": "{2025-04-24}",
        "month": "apr",
        "url": "{https://example.org/ellery-courier/2025/04/24/storm-tide-floods-lower-town}",
        "urldate": f"{{{date.today().isoformat()}}}",
    }
    assert storm["@"].startswith("@article{wexcombe2025storm-")


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_braces_balance(text: str) -> None:
    """The braces in BibTeX balance whatever a title contains."""
    (entry,) = parse_entries(export_turns([make_hostile_turn(text)], "bibtex"))
    assert entry["title"].startswith("{{")


@given(st.text())
def test_bibtex_braces_balance_for_any_text(text: str) -> None:
    """The braces in BibTeX balance for any text at all."""
    written = escape_bibtex(text)
    depth = 0
    for char in written:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[&%#$_]", written)


def test_citation_keys_are_stable(turns: list[Turn]) -> None:
    """Citation keys do not depend on what else is exported."""
    everything = [citation for one in turns for citation in one.answer.citations]
    keys = {citation.article_id: work.key for citation in everything for work in collect_works([citation])}
    assert len(set(keys.values())) == len(keys)
    assert {work.key for work in collect_works(reversed(everything))} == set(keys.values())
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys.values())


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("Ines Tarrowby", (AuthorName("Tarrowby", "Ines"),)),
        ("By Jane Q. Roe and John Poe", (AuthorName("Roe", "Jane Q."), AuthorName("Poe", "John"))),
        (
            "Jane Roe, John Poe & Ann Lee",
            (AuthorName("Roe", "Jane"), AuthorName("Poe", "John"), AuthorName("Lee", "Ann")),
        ),
        ("Roe, Jane", (AuthorName("Roe", "Jane"),)),
        ("Ludwig van Beethoven", (AuthorName("van Beethoven", "Ludwig"),)),
        ("Martin King Jr.", (AuthorName("King Jr.", "Martin"),)),
        ("Siobhán O’Brien-Łuc", (AuthorName("O’Brien-Łuc", "Siobhán"),)),
        ("Reuters", (AuthorName(literal="Reuters"),)),
        ("The Editors", (AuthorName(literal="The Editors"),)),
        ("Associated Press", (AuthorName(literal="Associated Press"),)),
        ("Ministry of Trade and Industry", (AuthorName(literal="Ministry of Trade and Industry"),)),
        ("Jane Roe and Reuters", (AuthorName("Roe", "Jane"), AuthorName(literal="Reuters"))),
        ("", ()),
        ("  ", ()),
    ],
)
def test_authors_and_institutions(author: str, people: tuple[AuthorName, ...]) -> None:
    """Personal authors are distinguished from institutions."""
    assert parse_authors(author) == people


# ------------------------------------------------------------------------------------------------- CSL-JSON

CSL_FIELDS = {"id", "type", "title", "author", "container-title", "issued", "URL", "accessed", "note", "source"}
CSL_TYPES = {"article-newspaper", "webpage", "document"}


def check_csl(item: dict[str, Any]) -> None:
    """The item follows the rules of the CSL data schema."""
    assert item.keys() <= CSL_FIELDS
    assert item["type"] in CSL_TYPES
    assert isinstance(item["id"], str)
    assert item["id"]
    for field in ("title", "container-title", "URL"):
        assert isinstance(item.get(field, ""), str)
    for name in item.get("author", []):
        assert name.keys() in ({"family", "given"}, {"literal"})
        assert all(name.values())
    issued = item.get("issued", {"literal": "?"})
    assert issued.keys() in ({"date-parts"}, {"literal"})
    for parts in issued.get("date-parts", []):
        assert 1 <= len(parts) <= 3
        assert all(type(part) is int for part in parts)


def test_csl_newspaper_articles_with_date_parts(turns: list[Turn]) -> None:
    """CSL items are newspaper articles with dates in parts."""
    found = json.loads(export_turns(turns, "csl-json", "Talk"))
    for item in found:
        check_csl(item)
    (storm,) = [item for item in found if "Storm tide" in item["title"]]
    assert storm["type"] == "article-newspaper"
    assert storm["issued"] == {"date-parts": [[2025, 4, 24]]}
    assert storm["author"] == [{"family": "Wexcombe", "given": "Nora"}]
    assert storm["container-title"] == "The Ellery Courier (fiction)"


@pytest.mark.parametrize("text", HOSTILE)
def test_csl_accepts_any_text(text: str) -> None:
    """CSL items can contain any text."""
    (item,) = json.loads(export_turns([make_hostile_turn(text)], "csl-json"))
    check_csl(item)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025-03-04", (2025, 3, 4)),
        ("2025-03-04T23:59:00+02:00", (2025, 3, 4)),
        ("2025-03", (2025, 3)),
        ("2025", (2025,)),
        ("2025-02-30", ()),
        ("2025-13-01", ()),
        ("20250304", ()),
        ("March 2025", ()),
        ("", ()),
    ],
)
def test_csl_date_parts(text: str, parts: tuple[int, ...]) -> None:
    """Dates are split into year, month and day."""
    assert parse_day(text) == parts


# ---------------------------------------------------------------------------------------- JSON, and all of them


def test_json_export_accepted_by_verify(seeds: Assistant, turns: list[Turn]) -> None:
    """Exported JSON is accepted by verify."""
    whole = export_turns(turns, "json", "Talk")
    alone = export_turns(turns[:1], "json")
    with seeds.open_library() as library:
        checks = [check for answer in read_saved_answers(whole) for check in verify_answer(answer, library)]
        checks += [check for answer in read_saved_answers(alone) for check in verify_answer(answer, library)]
    answers = [one.answer for one in [*turns, turns[0]]]
    assert len(checks) == sum(len(answer.citations) + len(answer.nearest) for answer in answers)
    assert not [check for check in checks if check.fault]
    assert json.loads(alone)["schema"] == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HOSTILE)
def test_exports_without_control_characters(name: FormatName, text: str) -> None:
    """No export contains terminal control characters."""
    for made in (
        export_turns([make_hostile_turn(text)], name),
        export_turns([make_hostile_turn(text)] * 2, name, text),
    ):
        assert not OBEYED.search(made)
        assert made.endswith("\n")
        made.encode("utf-8")


def test_json_keeps_unprintable_characters() -> None:
    """JSON keeps characters that cannot be shown."""
    assert HOSTILE
    for text in HOSTILE:
        answer = json.loads(export_turns([make_hostile_turn(text)], "json"))
        assert answer["citations"][0]["quote"] == text


@pytest.mark.parametrize("name", NAMES)
def test_refusal_can_be_exported(turns: list[Turn], name: FormatName) -> None:
    """A refusal can be exported."""
    refused = next(one for one in turns if one.answer.abstained)
    text = export_turns([refused], name)
    if name in ("markdown", "html"):
        assert "The articles do not answer this." in text
        assert refused.answer.reason is not None
        assert refused.answer.reason[:40] in text
    elif name == "json":
        assert json.loads(text)["abstained"] is True
    else:
        assert text.strip() in ("", "[]")


@pytest.mark.parametrize("text", HOSTILE)
def test_word_document_keeps_any_text(text: str) -> None:
    """Word reads the document; its text is that of the article, without what cannot be in a document."""
    document = Document(io.BytesIO(export_bytes([make_hostile_turn(text)] * 2, "docx", text)))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for word in re.findall(r"[a-z]{4,}", text):
        assert word in shown
    assert not OBEYED.search(shown)
    notes = next(part for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    assert notes.blob.count(b"<w:footnote ") >= 2 + 2


def test_unsupported_model_sentence_marked(turns: list[Turn]) -> None:
    """A sentence that a model wrote without support is marked."""
    sentences = (AnswerSentence("Nobody *knows*.", (), "unsupported"), AnswerSentence("It is so.", (1,), "supported"))
    answer = replace(turns[0].answer, mode="written", sentences=sentences)
    one = replace(turns[0], answer=answer)
    assert "Nobody \\*knows\\*. *(not supported by the articles)*" in export_turns([one], "markdown")
    assert "(not supported by the articles)" in export_turns([one], "html")
    assert "Nobody *knows*. (not supported by the articles)" in render_answer_text(one)
    assert "It is so. [1]" in render_answer_text(one)
    assert "<blockquote" not in export_turns([one], "html")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what did Ushakov say about Europe?", "what-did-ushakov-say-about-europe-2025-10-05.md"),
        ("../../etc/passwd", "etc-passwd-2025-10-05.md"),
        ("???", "answer-2025-10-05.md"),
        ("Café “Größe” \x1b[2J\n", "café-größe-2j-2025-10-05.md"),
        ("word " * 50, "word-word-word-word-word-word-word-word-word-word-word-word-2025-10-05.md"),
        ("COM1", "com1-2025-10-05.md"),
    ],
)
def test_default_file_name_from_question(question: str, name: str) -> None:
    """The default file name is made from the question."""
    made = suggest_file_name(question, "markdown", date(2025, 10, 5))
    assert made == name
    assert Path(made).name == made
    assert get_format("csl-json").suffix == ".csl.json"


# ------------------------------------------------------------------------------------------------- plain text


def test_copied_quote_names_speaker(turns: list[Turn]) -> None:
    """A copied quote is unchanged and names its speaker."""
    assert turns[0].answer.citations
    for citation in turns[0].answer.citations:
        text = render_quote_text(citation)
        assert text.startswith(citation.quote + "\n— Yuri Ushakov, ")
        assert citation.title in text
        assert render_reference(citation) in text


def test_copied_answer_has_numbers_and_sources(turns: list[Turn]) -> None:
    """A copied answer has its numbers and sources."""
    text = render_answer_text(turns[1])
    assert text.startswith(QUESTIONS[1])
    assert turns[1].answer.citations
    for citation in turns[1].answer.citations:
        assert f"{citation.quote} [{citation.n}]" in text
        assert f"\n[{citation.n}] {render_reference(citation)}" in text
    for note in turns[1].answer.notes:
        assert note in text


@pytest.mark.parametrize("make", [render_answer_text, lambda t: render_quote_text(t.answer.citations[0])])
@pytest.mark.parametrize("text", HOSTILE)
def test_copied_text_safe_to_paste(make: Callable[[Turn], str], text: str) -> None:
    """Copied text is safe to paste into a terminal."""
    assert not OBEYED.search(make(make_hostile_turn(text)))
