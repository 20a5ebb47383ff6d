"""What is taken away: every format read back by what reads it, and texts that try to be more than text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from assistant.answers.verification import saved_answers, verify_answer
from assistant.engine import Assistant
from assistant.exports import FORMATS, FormatName, default_name, exported, format_named
from assistant.exports.bibliography import Name, day_parts, names, works
from assistant.exports.bibtex import escaped as bibtex_escaped
from assistant.exports.markdown import escaped as markdown_escaped
from assistant.exports.text import answer_text, quote_text, reference
from assistant.records.answer import Answer, AnswerSentence, Citation, Turn
from assistant.records.query import Query
from assistant.text.sanitize import visible
from tests.conversations.test_store import QUESTIONS, asked

NAMES = [each.name for each in FORMATS]
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


def cited(quote: str, **fields: Any) -> Citation:
    values: dict[str, Any] = {
        **dict.fromkeys(("author", "url", "speaker")),
        **{"n": 1, "article_id": "a.md", "title": "A title", "source": "Post", "published_at": "2025-03-04"},
        **{"start": 10, "end": 10 + len(quote), "article_sha256": "0" * 64},
    }
    return Citation(quote=quote, **(values | fields))


def turn(*citations: Citation, question: str = "why?", notes: tuple[str, ...] = ()) -> Turn:
    sentences = tuple(AnswerSentence(" ".join(one.quote.split()), (one.n,), "verbatim") for one in citations)
    answer = Answer(question, "…", False, None, sentences, citations, (), notes=notes)
    return Turn(question, Query(question, "other", ()), answer)


def hostile(text: str) -> Turn:
    """An answer in which everything that can be is this text."""
    one = cited(text, title=text, source=text, author=text, published_at=text, url=text, article_id=text, speaker=text)
    return turn(one, question=text, notes=(text,))


@pytest.fixture(scope="module")
def turns(seeds: Assistant) -> list[Turn]:
    return asked(seeds, *QUESTIONS)


class Page(HTMLParser):
    """What a page holds: its text, tags and attributes, the text of each element with an id."""

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


def as_html(markdown: str) -> Page:
    return Page(MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).render(markdown))


# ------------------------------------------------------------------------------------------------- Markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_markdown(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in markdown_escaped(text).split("\n"))
    page = as_html(quoted + "\n\n[^1]: a note\n")
    assert set(page.tags) <= {"blockquote", "p"}
    assert "".join(page.texts["blockquote"]).split() == visible(text).split()


@given(st.text(alphabet=st.sampled_from("ab1 .\t\n#*-_+=~`<>[]()!&;|\\{}^$:@%\"'/"), max_size=40))
def test_no_text_at_all_is_markdown(text: str) -> None:
    page = as_html("\n".join(f"> {line}" for line in markdown_escaped(text).split("\n")))
    assert set(page.tags) <= {"blockquote", "p"}
    assert "".join(page.texts["blockquote"]).split() == text.split()


def test_markdown_has_the_quotes_unchanged_and_a_footnote_for_each(turns: list[Turn]) -> None:
    for one in turns:
        page = as_html(exported([one], "markdown"))
        quotes = [" ".join(text.split()) for text in page.texts.get("blockquote", [])]
        for place, citation in enumerate(one.answer.citations):
            assert quotes[place].startswith(" ".join(citation.quote.split()))
        notes = [value for tag, name, value in page.attributes if (tag, name) == ("li", "id")]
        assert len(notes) == len(one.answer.citations)
        assert "[^" not in " ".join(page.texts["p"])


def test_a_conversation_in_markdown_has_footnotes_that_do_not_collide(turns: list[Turn]) -> None:
    text = exported(turns, "markdown", "Two towns")
    definitions = re.findall(r"^\[\^([\d-]+)\]:", text, re.MULTILINE)
    assert len(definitions) == len(set(definitions)) == sum(len(one.answer.citations) for one in turns)
    page = as_html(text)
    assert page.texts["h1"] == ["Two towns"]
    assert page.texts["h2"] == [one.answer.question for one in turns]
    assert "[^" not in " ".join(page.texts["p"])


# ------------------------------------------------------------------------------------------------- HTML page


def test_the_page_has_no_script_and_fetches_nothing(turns: list[Turn]) -> None:
    page = Page(exported(turns, "html", "Talk"))
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    (style,) = page.texts["style"]
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_the_page_has_the_quotes_unchanged_and_notes_that_lead_there_and_back(turns: list[Turn]) -> None:
    page = Page(exported(turns, "html", "Talk"))
    assert page.texts["q"] == [citation.quote for one in turns for citation in one.answer.citations]
    identifiers = [value for _, name, value in page.attributes if name == "id"]
    assert len(identifiers) == len(set(identifiers)) == 2 * len(page.texts["q"])
    inner = [value[1:] for tag, name, value in page.attributes if (tag, name) == ("a", "href") and value[0] == "#"]
    assert set(inner) == set(identifiers)
    marked = [
        citation.quote[start - citation.start : end - citation.start]
        for one in turns
        for citation in one.answer.citations
        for start, end in citation.marks
    ]
    assert marked
    assert sorted(page.texts["mark"]) == sorted(marked)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_html(text: str) -> None:
    page = Page(exported([hostile(text)], "html"))
    plain = Page(exported([hostile("plain")], "html"))
    assert set(page.tags) <= set(plain.tags)
    assert page.texts["q"] == [visible(text)]
    for tag, name, value in page.attributes:
        if name in ("href", "cite"):
            assert value.startswith(("#", "http://", "https://")), (tag, value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " ", "//e.example"])
@pytest.mark.parametrize("name", ["markdown", "html", "bibtex", "csl-json"])
def test_an_address_that_is_not_of_the_web_is_no_link(url: str, name: FormatName) -> None:
    text = exported([turn(cited("Words.", url=url))], name)
    assert url.strip() not in text or not url.strip()


def test_an_address_with_signs_that_a_format_would_read_is_written_out() -> None:
    one = cited("Words.", url='https://e.example/a b"<c>{d}\\%41?x=ü&y=1#z')
    link = "https://e.example/a%20b%22%3Cc%3E%7Bd%7D%5C%41?x=%C3%BC&y=1#z"
    assert f"url = {{{link}}}" in exported([turn(one)], "bibtex")
    assert json.loads(exported([turn(one)], "csl-json"))[0]["URL"] == link
    page = as_html(exported([turn(one)], "markdown"))
    assert ("a", "href", link) in page.attributes
    assert ("a", "href", link) in Page(exported([turn(one)], "html")).attributes


# ------------------------------------------------------------------------------------------------- BibTeX


def fields_of(entry: str) -> dict[str, str]:
    """An entry as BibTeX reads it: braces counted, backslashes or not."""
    head, _, rest = entry.partition(",\n")
    assert re.fullmatch(r"@(article|misc)\{[a-z0-9-]+", head)
    found = {"@": head}
    while not rest.startswith("}"):
        match = re.match(r"  (\w+) = ", rest)
        assert match, rest
        rest = rest[match.end() :]
        depth = 0
        for place, char in enumerate(rest):  # noqa: B007 - the place of the comma
            depth += {"{": 1, "}": -1}.get(char, 0)
            assert depth >= 0
            if char == "," and depth == 0:
                break
        found[match[1]] = rest[:place]
        rest = rest[place + 2 :]
    assert rest == "}\n"
    return found


def entries(text: str) -> list[dict[str, str]]:
    return [fields_of("@" + entry.rstrip("\n") + "\n") for entry in ("\n" + text).split("\n@")[1:]]


def test_each_cited_article_is_one_entry(turns: list[Turn]) -> None:
    found = entries(exported(turns, "bibtex", "Talk"))
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
    }
    assert storm["@"].startswith("@article{wexcombe2025storm-")


@pytest.mark.parametrize("text", HOSTILE)
def test_the_braces_of_bibtex_balance_whatever_a_title_holds(text: str) -> None:
    (entry,) = entries(exported([hostile(text)], "bibtex"))
    assert entry["title"].startswith("{{")


@given(st.text())
def test_no_text_at_all_leaves_the_braces_of_bibtex_out_of_balance(text: str) -> None:
    written = bibtex_escaped(text)
    depth = 0
    for char in written:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[&%#$_]", written)


def test_keys_stay_the_same_whatever_else_is_exported(turns: list[Turn]) -> None:
    everything = [citation for one in turns for citation in one.answer.citations]
    keys = {citation.article_id: work.key for citation in everything for work in works([citation])}
    assert len(set(keys.values())) == len(keys)
    assert {work.key for work in works(reversed(everything))} == set(keys.values())
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys.values())


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("Ines Tarrowby", (Name("Tarrowby", "Ines"),)),
        ("By Jane Q. Roe and John Poe", (Name("Roe", "Jane Q."), Name("Poe", "John"))),
        ("Jane Roe, John Poe & Ann Lee", (Name("Roe", "Jane"), Name("Poe", "John"), Name("Lee", "Ann"))),
        ("Roe, Jane", (Name("Roe", "Jane"),)),
        ("Ludwig van Beethoven", (Name("van Beethoven", "Ludwig"),)),
        ("Martin King Jr.", (Name("King Jr.", "Martin"),)),
        ("Siobhán O’Brien-Łuc", (Name("O’Brien-Łuc", "Siobhán"),)),
        ("Reuters", (Name(literal="Reuters"),)),
        ("The Editors", (Name(literal="The Editors"),)),
        ("Associated Press", (Name(literal="Associated Press"),)),
        ("Ministry of Trade and Industry", (Name(literal="Ministry of Trade and Industry"),)),
        ("Jane Roe and Reuters", (Name("Roe", "Jane"), Name(literal="Reuters"))),
        ("", ()),
        ("  ", ()),
    ],
)
def test_authors_are_told_apart_from_institutions(author: str, people: tuple[Name, ...]) -> None:
    assert names(author) == people


# ------------------------------------------------------------------------------------------------- CSL-JSON

CSL_FIELDS = {"id", "type", "title", "author", "container-title", "issued", "URL"}
CSL_TYPES = {"article-newspaper", "webpage", "document"}


def check_csl(item: dict[str, Any]) -> None:
    """The rules of the CSL data schema for what we write."""
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


def test_csl_items_are_newspaper_articles_with_dates_in_parts(turns: list[Turn]) -> None:
    found = json.loads(exported(turns, "csl-json", "Talk"))
    for item in found:
        check_csl(item)
    (storm,) = [item for item in found if "Storm tide" in item["title"]]
    assert storm["type"] == "article-newspaper"
    assert storm["issued"] == {"date-parts": [[2025, 4, 24]]}
    assert storm["author"] == [{"family": "Wexcombe", "given": "Nora"}]
    assert storm["container-title"] == "The Ellery Courier (fiction)"


@pytest.mark.parametrize("text", HOSTILE)
def test_csl_items_hold_any_text(text: str) -> None:
    (item,) = json.loads(exported([hostile(text)], "csl-json"))
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
def test_dates_in_parts(text: str, parts: tuple[int, ...]) -> None:
    assert day_parts(text) == parts


# ---------------------------------------------------------------------------------------- JSON, and all of them


def test_exported_json_is_what_verify_checks(seeds: Assistant, turns: list[Turn]) -> None:
    whole = exported(turns, "json", "Talk")
    alone = exported(turns[:1], "json")
    with seeds.library() as library:
        checks = [check for answer in saved_answers(whole) for check in verify_answer(answer, library)]
        checks += [check for answer in saved_answers(alone) for check in verify_answer(answer, library)]
    assert len(checks) == sum(len(one.answer.citations) for one in [*turns, turns[0]])
    assert not [check for check in checks if check.fault]
    assert json.loads(alone)["schema"] == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_export_holds_anything_that_a_terminal_obeys(name: FormatName, text: str) -> None:
    for made in (exported([hostile(text)], name), exported([hostile(text)] * 2, name, text)):
        assert not OBEYED.search(made)
        assert made.endswith("\n")
        made.encode("utf-8")


def test_json_keeps_also_what_cannot_be_shown() -> None:
    for text in HOSTILE:
        answer = json.loads(exported([hostile(text)], "json"))
        assert answer["citations"][0]["quote"] == text


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_can_be_exported(turns: list[Turn], name: FormatName) -> None:
    refused = next(one for one in turns if one.answer.abstained)
    text = exported([refused], name)
    if name in ("markdown", "html"):
        assert "The articles do not answer this." in text
        assert "The nearest passages, which do not answer it:" in text
        assert refused.answer.nearest
        for citation in refused.answer.nearest:
            assert citation.title in text
            assert citation.quote not in text
    elif name == "json":
        assert json.loads(text)["abstained"] is True
    else:
        assert text.strip() in ("", "[]")


def test_what_a_model_wrote_without_support_is_marked(turns: list[Turn]) -> None:
    sentences = (AnswerSentence("Nobody *knows*.", (), "unsupported"), AnswerSentence("It is so.", (1,), "supported"))
    answer = replace(turns[0].answer, mode="written", sentences=sentences)
    one = replace(turns[0], answer=answer)
    assert "Nobody \\*knows\\*. *(not supported by the articles)*" in exported([one], "markdown")
    assert "(not supported by the articles)" in exported([one], "html")
    assert "Nobody *knows*. (not supported by the articles)" in answer_text(one)
    assert "It is so. [1]" in answer_text(one)
    assert "<blockquote" not in exported([one], "html")


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
def test_the_default_name_is_made_of_the_question(question: str, name: str) -> None:
    made = default_name(question, "markdown", date(2025, 10, 5))
    assert made == name
    assert Path(made).name == made
    assert format_named("csl-json").suffix == ".csl.json"


# ------------------------------------------------------------------------------------------------- plain text


def test_a_copied_quote_is_unchanged_and_says_whose_it_is(turns: list[Turn]) -> None:
    for citation in turns[0].answer.citations:
        text = quote_text(citation)
        assert text.startswith(citation.quote + "\n— Yuri Ushakov, ")
        assert citation.title in text
        assert reference(citation) in text


def test_a_copied_answer_has_its_numbers_and_sources(turns: list[Turn]) -> None:
    text = answer_text(turns[1])
    assert text.startswith(QUESTIONS[1])
    for citation in turns[1].answer.citations:
        assert f"{citation.quote} [{citation.n}]" in text
        assert f"\n[{citation.n}] {reference(citation)}" in text
    for note in turns[1].answer.notes:
        assert note in text


@pytest.mark.parametrize("make", [answer_text, lambda t: quote_text(t.answer.citations[0])])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_that_a_copy_is_pasted_into_obeys_nothing(make: Callable[[Turn], str], text: str) -> None:
    assert not OBEYED.search(make(hostile(text)))
