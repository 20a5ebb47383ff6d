"""How an Answer prints itself and what its JSON object is."""

from __future__ import annotations

from dataclasses import replace

from assistant.records.answer import Duplicate
from assistant.records.article import Passage, RetrievedPassage
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
    assert str(make_refusal("No article says so.")) == "No article says so."
    assert make_refusal("No <b>article</b>.")._repr_markdown_() == r"*No \<b\>article\</b\>.*"


def test_near_sentences_are_printed_as_near() -> None:
    """Sentences near to an answer come under a heading that says so, with what they lack, before the reason."""
    others = make_citation("“Hardly.”", n=2, speaker="Bo Rask", is_by_other=True, title="B")
    near = replace(make_refusal("None is clear.", make_citation("It <was> shut."), others), missing=("ferry", "1999"))
    assert str(near).split("\n") == [
        *["No clear answer. These sentences may contain it:", ""],
        *["[1] A title · Post · 2025-03-04", "- It <was> shut."],
        *["[2] B · Post · 2025-03-04", "- Bo Rask (somebody else): “Hardly.”", ""],
        *["Not in this article: ferry, 1999.", "None is clear."],
    ]
    assert near._repr_markdown_().split("\n") == [
        *["**No clear answer. These sentences may contain it:**", ""],
        *[r"1. It \<was\> shut.  ", "   A title · Post · 2025-03-04"],
        *["2. Bo Rask (somebody else): “Hardly.”  ", "   B · Post · 2025-03-04", ""],
        *["Not in this article: ferry, 1999.", "", "*None is clear.*"],
    ]


def test_outcomes_have_headings() -> None:
    """An answer has no heading; near and nothing say what they are, and words of others are called so."""
    one, two = make_citation("One."), make_citation("Two.", n=2, article_id="b.md")
    other = make_citation("“No.”", n=3, speaker="Bo Rask", is_by_other=True)
    assert (make_answer(one).outcome, make_answer(one).heading) == ("answer", "")
    assert (make_refusal("").outcome, make_refusal("").heading) == ("nothing", "The articles do not answer this.")
    assert make_refusal("", one).outcome == "near"
    assert make_refusal("", one).heading == "No clear answer. This sentence may contain it:"
    assert make_refusal("", one, two).heading == "No clear answer. These sentences may contain it:"
    assert make_refusal("", other).heading == "No clear answer. These are words of others:"


def test_missing_words_name_their_articles() -> None:
    """What is missing is said of the articles that are shown, or that were found; of an answer nothing is missing."""
    one, two = make_citation("One."), make_citation("Two.", n=2, article_id="b.md")
    assert replace(make_refusal("", one), missing=("x",)).missing_line == "Not in this article: x."
    assert replace(make_refusal("", one, two), missing=("x", "y")).missing_line == "Not in these articles: x, y."
    assert replace(make_refusal(""), missing=("x",)).missing_line == "Not in the articles found: x."
    assert make_refusal("", one).missing_line == ""
    assert make_answer(one, missing=("x",)).missing_line == ""


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
    sentence = {"text": "One.", "citations": [1], "support": "verbatim", "reason": "", "section": None}
    assert record["sentences"] == [sentence]
    assert (record["outcome"], record["short_answer"], record["missing"]) == ("answer", None, [])
    assert (record["citations"][0]["quote"], record["citations"][0]["marks"]) == ("One.", ())
