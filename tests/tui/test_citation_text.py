"""Text of citations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.exports.layout import describe_source
from assistant.questions.parser import parse_question
from assistant.records.answer import Citation, Duplicate
from assistant.tui.rendering.citation_text import (
    find_number_at,
    find_other_sources,
    format_attribution,
    highlight,
    link_numbers,
    render_numbers,
    render_source,
    render_source_and_day,
)

NOW = date(2026, 1, 15)
CITATION = Citation(
    n=2,
    article_id="a",
    title="Harbour closes",
    source="Mercury",
    author=None,
    published_at="2025-11-13",
    url=None,
    start=10,
    end=33,
    quote="The harbour was closed.",
    speaker="Ann Lee",
    article_sha256="0",
    marks=((26, 32),),
    copies=(
        Duplicate("b", "Closed harbour", "Post", None),
        Duplicate("c", "Harbour closes", "Mercury", None),
        Duplicate("d", "No ferries", None, None),
    ),
)


def test_numbers_link_to_citations() -> None:
    """The style at a number gives the number; elsewhere there is none."""
    text = link_numbers(render_numbers([1]).append(" and [12]"))
    assert text.plain == "[1] and [12]"
    numbers = {
        text.plain[span.start : span.end]: find_number_at(span.style)
        for span in text.spans
        if find_number_at(span.style) is not None
    }
    assert numbers == {"[1]": 1, "[12]": 12}
    assert find_number_at("bold") is None


def test_highlight_marks_are_bold() -> None:
    """The words that answer are bold; the quote itself is unchanged."""
    text = highlight(CITATION)
    assert text.plain == "The harbour was closed."
    styled = [(text.plain[span.start : span.end], span.style) for span in text.spans if span.start < span.end]
    assert styled == [("closed", "bold")]


def test_source_lists_other_sources_once() -> None:
    """Duplicates of the same source are not listed; one without a source has its title."""
    assert find_other_sources(CITATION) == ["Post", "No ferries"]
    assert render_source(CITATION, NOW).plain == (
        "Harbour closes · Mercury · 13 Nov 2025, 2 months ago · also in Post and No ferries"
    )


def test_source_and_day_falls_back_to_title() -> None:
    """Without a source the title stands in its place."""
    assert render_source_and_day(CITATION, NOW) == "Mercury · 13 Nov 2025, 2 months ago"
    unsigned = replace(CITATION, source=None, published_at=None)
    assert render_source_and_day(unsigned, NOW) == "Harbour closes"


def test_what_is_there_only_in_part_is_marked() -> None:
    """On screen, in outputs and in exports; an article that is whole has no mark."""
    cut = replace(CITATION, partial="the rest is for subscribers", place="p. 3")
    about = "Mercury · 13 Nov 2025, 2 months ago · p. 3 · only a part of the article"
    assert render_source_and_day(cut, NOW) == about
    assert cut.reference_line == (
        "Harbour closes · Mercury · 2025-11-13 · p. 3 · only a part of the article · also in Post and No ferries"
    )
    assert describe_source(cut)[-1] == "only a part of the article"
    assert "part" not in CITATION.reference_line + " ".join(describe_source(CITATION))


def test_attribution_only_for_unnamed_speaker() -> None:
    """A speaker is added if the question asks about one and the quote does not name them."""
    query = parse_question("what did Ann Lee say about the harbour?")
    assert format_attribution(query, CITATION) == "Ann Lee: "
    assert format_attribution(query, replace(CITATION, quote="The harbour was closed, Lee said.")) == ""
    assert format_attribution(parse_question("how deep is the harbour?"), CITATION) == ""
    assert format_attribution(None, CITATION) == ""
