"""How an Answer prints itself and what its JSON object is."""

from __future__ import annotations

from assistant.records.answer import Duplicate, RetrievedPassage
from assistant.records.article import Passage
from tests.support.citations import make_answer, make_citation, make_refusal


def test_source_line_names_known_fields() -> None:
    """Title, outlet and day are joined; what is unknown is left out."""
    assert make_citation("x", published_at="2025-03-04T10:00").source_line == "A title · Post · 2025-03-04"
    assert make_citation("x", source=None, published_at=None).source_line == "A title"


def test_source_line_names_other_outlets_once() -> None:
    """Copies in other outlets are named once each; copies in the same outlet are not."""
    copies = tuple(Duplicate(str(n), f"T{n}", source, None) for n, source in enumerate(("Post", "Sun", "Sun", None)))
    assert make_citation("x", copies=copies).source_line == "A title · Post · 2025-03-04 · also in Sun and T3"


def test_answer_text_has_numbered_sources() -> None:
    """str() is the answer and its sources."""
    answer = make_answer(make_citation("One."), make_citation("Two.", n=2, title="B"), notes=("They differ.",))
    assert str(answer).split("\n") == [
        *["A title · Post · 2025-03-04", "- One. [1]", "- Two. [2]", "", "They differ.", "", "Sources"],
        *["[1] A title · Post · 2025-03-04", "[2] B · Post · 2025-03-04"],
    ]


def test_refusal_text_is_its_reason() -> None:
    """A refusal prints its reason, without sources."""
    assert str(make_refusal("No article says so.", make_citation("near"))) == "No article says so."
    assert make_refusal("No <b>article</b>.")._repr_markdown_() == r"*No \<b\>article\</b\>.*"


def test_answer_text_is_safe_in_a_terminal() -> None:
    """Control characters of an article are shown as symbols."""
    text = str(make_answer(make_citation("One \x1b[2J.", title="T\x07")))
    assert "␛[2J" in text
    assert "[1] T␇ · Post" in text


def test_answer_markdown_marks_up_headings_and_sources() -> None:
    """Headings are bold, sentences a list, notes plain paragraphs, sources numbered."""
    answer = make_answer(make_citation("One."), notes=("They differ.",))
    assert answer._repr_markdown_().split("\n") == [
        *["**A title · Post · 2025-03-04**", "", r"- One. \[1\]", "", "They differ.", ""],
        *["", "**Sources**", "", "1. A title · Post · 2025-03-04"],
    ]


def test_answer_markdown_escapes_articles() -> None:
    """Nothing in an article is read as Markdown or HTML."""
    markdown = make_answer(make_citation("![x](http://e.example) <script>", title="*T*"))._repr_markdown_()
    assert r"!\[x\](http\://e.example) \<script\>" in markdown
    assert r"1. \*T\* · Post" in markdown


def test_answer_dict_rounds_and_keeps_identifier() -> None:
    """The JSON object carries the version, the id of the batch, and rounded figures."""
    hit = RetrievedPassage(Passage("a.md", 0, 3, 9), 0.123456789)
    answer = make_answer(make_citation("One."), passages=(hit,), timings={"total_ms": 1.2345}, confidence=0.98765)
    record = answer.to_dict(7)
    assert (record["schema"], record["id"], record["mode"]) == (1, 7, "extractive")
    assert record["passages"] == [{"article_id": "a.md", "start": 3, "end": 9, "score": 0.123457}]
    assert (record["timings"], record["confidence"]) == ({"total_ms": 1.23}, 0.9877)
    assert record["sentences"] == [{"text": "One.", "citations": [1], "support": "verbatim"}]
    assert (record["citations"][0]["quote"], record["citations"][0]["marks"]) == ("One.", ())
