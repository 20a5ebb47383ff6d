"""The text of citations on the screen: numbers that can be clicked, marked words, sources with their age."""

from __future__ import annotations

from datetime import date

import pytest
from textual.content import Content
from textual.style import Style

from assistant.records.answer import Duplicate
from assistant.tui.rendering.citation_text import (
    LONGEST_TITLE,
    find_number_at,
    find_other_sources,
    highlight,
    link_numbers,
    names_speaker,
    render_numbers,
    render_source,
    render_source_and_day,
)
from tests.support.citations import make_citation

NOW = date(2025, 3, 6)
AGE = "4 Mar 2025, 2 days ago"


def find_links(text: Content) -> list[tuple[str, int]]:
    """The pieces of text that carry the number of a citation."""
    return [
        (text.plain[span.start : span.end], number)
        for span in text.spans
        if (number := find_number_at(span.style)) is not None
    ]


def test_numbers_carry_their_citation() -> None:
    """Each number in brackets can be traced back to its citation."""
    numbers = render_numbers([1, 12])
    assert numbers.plain == "[1][12]"
    assert find_links(numbers) == [("[1]", 1), ("[12]", 12)]


def test_only_numbers_in_brackets_are_linked() -> None:
    """Brackets with other contents, and numbers that are too long, are plain text."""
    assert find_links(link_numbers(Content("It [3] cost [sic] 5 [20251] euros."))) == [("[3]", 3)]


@pytest.mark.parametrize("style", [None, "bold", Style(), Style.from_meta({"citation": "3"})])
def test_other_styles_have_no_number(style: object) -> None:
    """A place without a number has none."""
    assert find_number_at(style) is None


def test_marked_words_are_bold() -> None:
    """The marked words are bold, all others are not; the quote is on one line."""
    citation = make_citation("It is shut,\nshe said.", marks=((16, 20), (22, 25)))
    text = highlight(citation)
    assert text.plain == "It is shut, she said."
    bold = [text.plain[span.start : span.end] for span in text.spans if span.style == "bold"]
    assert [words for words in bold if words] == ["shut", "she"]


def test_source_has_title_day_and_duplicates() -> None:
    """The source line has the title, the source, the day with its age, and the sources of duplicates, each once."""
    copies = tuple(Duplicate("b", "Other title", source, None) for source in ("Courier", "Courier", "Post", None))
    citation = make_citation("It is shut.", copies=copies)
    assert render_source(citation, NOW).plain == f"A title · Post · {AGE} · also in Courier and Other title"
    assert find_other_sources(citation) == ["Courier", "Other title"]


def test_unknown_parts_of_source_left_out() -> None:
    """Without source and date only the title is shown, cut to its greatest length."""
    citation = make_citation("It is shut.", title="T" * 200, source=None, published_at=None)
    assert render_source(citation, NOW).plain == "T" * (LONGEST_TITLE - 1) + "…"


def test_short_line_has_source_or_title() -> None:
    """The short line has the source, or the title if there is none."""
    assert render_source_and_day(make_citation("It is shut."), NOW) == f"Post · {AGE}"
    assert render_source_and_day(make_citation("It is shut.", source=None), NOW) == f"A title · {AGE}"


@pytest.mark.parametrize(
    ("speaker", "is_named"), [("Ada Brandreth", True), ("Brandreth Ada", False), ("Ada Dray", False), (None, False)]
)
def test_surname_in_quote_names_speaker(speaker: str | None, is_named: bool) -> None:
    """Words that contain the surname name their speaker."""
    assert names_speaker(make_citation("“It is shut,” Brandreth said.", speaker=speaker)) is is_named
