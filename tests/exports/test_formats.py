"""Each export format by itself, from answers made by hand."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from assistant import __version__
from assistant.errors import AssistantError
from assistant.exports import export_answer, export_bytes, export_turns, get_format, render_json, suggest_file_name
from assistant.exports.bibliography import collect_works
from assistant.exports.bibtex import render_bibtex
from assistant.exports.csl_json import build_csl_items
from assistant.exports.docx import render_docx
from assistant.exports.html import render_html
from assistant.exports.layout import (
    describe_source,
    get_safe_url,
    get_words_url,
    group_lines,
    list_offsets,
    split_highlights,
    split_note,
)
from assistant.exports.markdown import render_markdown
from assistant.exports.provenance import PROGRAM, describe_export
from assistant.exports.ris import render_ris
from assistant.exports.text import render_answer_text, render_clipping, render_quote_text
from tests.support.citations import make_answer, make_citation, make_refusal, make_turn

DAY = date(2026, 11, 29)
ABOUT = (
    f"Exported on 29 November 2026 with News assistant {__version__}. Every quotation is copied from its article, "
    "at the characters that its note names."
)
ONE = make_citation(
    "One is enough.", marks=((14, 16),), speaker="Ann Lee", author="By Jane Roe", url="https://e.example/1"
)
TWO = make_citation("Two.", n=2, article_id="b.md", title="B", source=None, published_at="2025")
TURN = make_turn(make_answer(ONE, TWO, notes=("They differ: [1], [2].",)), "said")
REFUSAL = make_turn(replace(make_refusal("No article says so.", TWO), missing=("moon*",)))


def test_layout_groups_lines_by_article() -> None:
    """Consecutive sentences of one article are a group; the speaker comes before a statement."""
    first, second = group_lines(TURN)
    assert (first.heading, second.heading) == ("A title · Post · 2025-03-04", "B · 2025")
    assert [(line.attribution, line.quoted_citation) for line in first.lines] == [("Ann Lee: ", ONE)]
    same = group_lines(make_turn(make_answer(ONE, make_citation("Three.", n=2))))
    assert [len(group.lines) for group in same] == [2]


def test_layout_highlights_and_notes() -> None:
    """The pieces of a quote join to the quote; markers of a note become citations."""
    assert list(split_highlights(ONE)) == [("One ", False), ("is", True), (" enough.", False)]
    assert list(split_note("See [1] and [9].", TURN)) == ["See ", ONE, " and ", "[9]", "."]


def test_layout_source_and_url() -> None:
    """A source is named without its URL; only web addresses are URLs."""
    assert describe_source(ONE) == ["By Jane Roe", "“A title”", "Post", "2025-03-04"]
    assert get_safe_url(make_citation("x", url="https://e.example/a b\n<c>")) == "https://e.example/a%20b%0A%3Cc%3E"
    assert get_safe_url(make_citation("x", url="javascript:alert(1)")) == ""


def test_markdown_answer() -> None:
    """Quotes are block quotes, sources are footnotes."""
    assert render_markdown([TURN], None, DAY).split("\n\n") == [
        "# why?",
        *["**A title · Post · 2025-03-04**", "Ann Lee:", "> One is enough.[^1]", "**B · 2025**", "> Two.[^2]"],
        "They differ: [^1], [^2].",
        f"*{ABOUT}*",
        "[^1]: By Jane Roe, “A title”, Post, 2025-03-04, <https://e.example/1> "
        "([open the words](<https://e.example/1#:~:text=One%20is%20enough.>)), characters 10–24 of a.md",
        "[^2]: “B”, 2025, characters 10–14 of b.md\n",
    ]


def test_markdown_refusal() -> None:
    """Near sentences are a list without footnotes, with what they lack; nothing is only its reason."""
    assert render_markdown([REFUSAL], None, DAY).split("\n\n") == [
        *["# why?", "**No clear answer. This sentence may contain it:**"],
        "2. Two.  \n   “B”, 2025, characters 10–14 of b.md",
        *["Not in this article: moon\\*.", "No article says so.", f"*{ABOUT}*\n"],
    ]
    assert render_markdown([make_turn(make_refusal("No article says so."))], None, DAY).split("\n\n") == [
        *["# why?", "**The articles do not answer this.**", "No article says so.", f"*{ABOUT}*\n"]
    ]


def test_short_answer_is_above_the_quotes() -> None:
    """The short answer has its numbers."""
    answer = make_answer(replace(ONE, speaker=None), TWO)
    enough = make_turn(replace(answer, short_answer="enough"))
    assert render_markdown([enough], None, DAY).split("\n\n")[1:3] == [
        "**enough**[^1]",
        "**A title · Post · 2025-03-04**",
    ]
    short = '<p class="short"><b>enough</b><sup id="r1"><a href="#n1">[1]</a></sup></p>\n<h3>A title'
    assert short in render_html([enough], None, DAY)
    assert render_answer_text(enough).split("\n")[2:5] == ["enough [1]", "", "A title · Post · 2025-03-04"]


def test_near_sentences_are_no_bibliography() -> None:
    """A near sentence is never a citation of an answer."""
    assert export_turns([REFUSAL], "bibtex").strip() == ""
    assert json.loads(export_turns([REFUSAL], "csl-json")) == []
    (record,) = [json.loads(export_turns([REFUSAL], "json"))]
    assert (record["outcome"], record["citations"], len(record["nearest"])) == ("near", [], 1)


def test_html_answer() -> None:
    """The quote is a block quote with marked words, linked to its note and back."""
    page = render_html([TURN], None, DAY)
    assert page.startswith("<!DOCTYPE html>")
    assert "<h1>why?</h1>" in page
    assert '<q>One <mark>is</mark> enough.</q><sup id="r1"><a href="#n1">[1]</a></sup></blockquote>' in page
    assert '<li id="n2" value="2">“B”, 2025, characters 10–14 of b.md <a href="#r2"' in page


def test_html_conversation_has_title_and_questions() -> None:
    """With a title, each question is a heading of the second level."""
    page = render_html([TURN, REFUSAL], "Talk & more", DAY)
    assert "<h1>Talk &amp; more</h1>" in page
    assert page.count("<h2>why?</h2>") == 2
    assert '<p class="refusal">No clear answer. This sentence may contain it:</p>\n<ol class="near">' in page
    assert '<li value="4"><q>Two.</q><br>“B”, 2025, characters 10–14 of b.md</li>' in page
    assert "<p><b>Not in this article: moon*.</b></p>" in page


def test_text_answer() -> None:
    """Plain text has the numbers in the lines and the sources below."""
    assert render_answer_text(TURN).split("\n") == [
        *["why?", "", "A title · Post · 2025-03-04", "- Ann Lee: One is enough. [1]", "", "B · 2025", "- Two. [2]", ""],
        *["They differ: [1], [2].", "", "Sources"],
        "[1] By Jane Roe, “A title”, Post, 2025-03-04, https://e.example/1, characters 10–24 of a.md",
        *["[2] “B”, 2025, characters 10–14 of b.md", ""],
    ]


def test_text_quote() -> None:
    """A quote is followed by its speaker and source."""
    assert render_quote_text(make_citation("One.", speaker="Ann Lee")) == (
        "One.\n— Ann Lee, “A title”, Post, 2025-03-04, characters 10–14 of a.md\n"
    )


def test_works_are_unique_with_stable_keys() -> None:
    """One work per article; the key is author, year, title word and a digest of the id."""
    first, second = collect_works([ONE, ONE, TWO])
    assert (first.key.rpartition("-")[0], second.key.rpartition("-")[0]) == ("roe2025title", "2025")
    assert (first.authors[0].family, first.day, second.day) == ("Roe", (2025, 3, 4), (2025,))


def test_bibtex_entries() -> None:
    """An article with an outlet is an @article, one without is a @misc."""
    about, first, second = render_bibtex([ONE, TWO], DAY).split("\n\n")
    assert about == f"% {ABOUT}"
    assert first.split("\n")[1:] == [
        *["  author = {Roe, Jane},", "  title = {{A title}},", "  journal = {Post},", "  year = {2025},"],
        *["  date = {2025-03-04},", "  url = {https://e.example/1},", "  urldate = {2026-11-29},"],
        *["  month = mar,", "}"],
    ]
    assert second.startswith("@misc{2025-")
    assert "  howpublished = {b.md}," in second


def test_csl_items() -> None:
    """The type depends on the outlet and the URL."""
    web = make_citation("x", article_id="c.md", source=None, url="https://e.example", published_at="spring")
    paper, document, page = build_csl_items([ONE, TWO, web], DAY)
    assert (paper["type"], document["type"], page["type"]) == ("article-newspaper", "document", "webpage")
    assert paper["author"] == [{"family": "Roe", "given": "Jane"}]
    assert (paper["accessed"], document.get("accessed")) == ({"date-parts": [[2026, 11, 29]]}, None)
    assert (document["note"], page.get("note"), page["source"]) == ("b.md", None, f"News assistant {__version__}")
    assert (document["issued"], page["issued"]) == ({"date-parts": [[2025]]}, {"literal": "spring"})


def test_ris_records() -> None:
    """A record per article: type, authors, title, outlet, days of publication and access."""
    first, second = render_ris([ONE, TWO], DAY).split("\n\n")
    assert first.split("\n")[0] == "TY  - NEWS"
    assert {"AU  - Roe, Jane", "T2  - Post", "DA  - 2025/03/04", "Y2  - 2026/11/29"} < set(first.split("\n"))
    assert first.endswith("ER  - ")
    assert second.split("\n")[0] == "TY  - GEN"
    assert "N1  - b.md" in second


def test_word_document() -> None:
    """Headings, the quotation, real footnotes that link to the words, and with what it was made."""
    made = render_docx([TURN, REFUSAL], "Talk & more", DAY)
    document = Document(io.BytesIO(made))
    assert [(one.style.name, one.text) for one in document.paragraphs][:4] == [
        ("Title", "Talk & more"),
        ("Heading 1", "why?"),
        ("Heading 2", "A title · Post · 2025-03-04"),
        ("Quote", "Ann Lee: One is enough."),
    ]
    assert document.paragraphs[-1].text == ABOUT
    assert document.core_properties.author == f"News assistant {__version__}"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        assert re.findall(r'<w:footnote w:id="(\d)"', notes) == ["1", "2", "3", "4", "5"]
        assert (
            "https://e.example/1#:~:text=One%20is%20enough." in archive.read("word/_rels/footnotes.xml.rels").decode()
        )
    assert render_docx([TURN, REFUSAL], "Talk & more", DAY) == made
    with pytest.raises(AssistantError, match="docx is not text"):
        export_turns([TURN], "docx")
    assert export_bytes([TURN], "docx")[:2] == b"PK"


def test_link_opens_the_words() -> None:
    """The browser finds the first and the last words; hyphens and commas are encoded, a fragment is kept."""
    long = make_citation(
        "One-two, three four five six seven eight nine ten, eleven twelve.", url="https://e.example/#top"
    )
    assert get_words_url(long) == (
        "https://e.example/#top:~:text=One%2Dtwo%2C%20three%20four%20five%20six,eight%20nine%20ten%2C%20eleven%20twelve."
    )
    assert get_words_url(make_citation("One.")) == ""


def test_numbers_run_through_the_conversation() -> None:
    """The second answer goes on counting, in every format that has numbers."""
    assert list_offsets([TURN, REFUSAL, TURN]) == [0, 2, 4]
    assert "[^5]: By Jane Roe" in render_markdown([TURN, REFUSAL, TURN], "Talk", DAY)
    assert '<a href="#n5">[5]</a>' in render_html([TURN, REFUSAL, TURN], "Talk", DAY)


def test_line_for_a_story() -> None:
    """Words in quotation marks, who said them, outlet and day."""
    assert render_clipping(ONE) == "“One is enough.” (Ann Lee; Post, 4 March 2025)\n"
    assert render_clipping(make_citation("“One.”", source=None, published_at=None)) == "“One.” (A title)\n"
    assert render_clipping(make_citation("“One,” he said, “two.”")) == "“One,” he said, “two.” (Post, 4 March 2025)\n"


def test_export_names_program_and_day() -> None:
    """One line that every document ends with."""
    assert describe_export(DAY) == ABOUT
    assert PROGRAM in ABOUT


def test_json_escapes_control_characters() -> None:
    """Text stays readable; what could control a terminal is an escape and reads back unchanged."""
    text = render_json({"a": "é\x9b\u202e"})
    assert text == '{\n  "a": "é\\u009b\\u202e"\n}\n'
    assert json.loads(text) == {"a": "é\x9b\u202e"}


def test_export_by_name() -> None:
    """Every format is exported by its name; an unknown name is an error."""
    assert export_answer(TURN.answer, "json").startswith('{\n  "schema": 1')
    assert get_format("csl-json").suffix == ".csl.json"
    with pytest.raises(AssistantError, match="unknown format 'pdf'"):
        export_answer(TURN.answer, "pdf")


def test_file_name() -> None:
    """A file name has letters, digits and hyphens only, and ends at a word."""
    assert suggest_file_name("What/did *he* say?", "markdown", date(2025, 10, 5)) == "what-did-he-say-2025-10-05.md"
    assert suggest_file_name("word " * 30, "html", date(2025, 10, 5)) == "-".join(["word"] * 12) + "-2025-10-05.html"
    assert suggest_file_name("??", "json", date(2025, 10, 5)) == "answer-2025-10-05.json"
