"""A checked quotation in words."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.presentation.quote_report import (
    describe_quote_place,
    describe_quote_speaker,
    describe_verdict,
    explain_marks,
    list_notes,
    mark_difference,
)
from assistant.records.checks import QuoteChange, QuoteCheck, QuotePart, QuotePlace


def make_place(quote: str, **fields: Any) -> QuotePlace:
    """A place at offset 10 of an article."""
    values: dict[str, Any] = {
        **{"article_id": "a.md", "title": "The quay", "source": "Post", "published_at": "2025-03-04T10:00"},
        **{"url": None, "start": 10, "end": 10 + len(quote), "quote": quote, "speaker": "Ann Lee", "role": None},
        **{"direct": False, "article_sha256": "0" * 64},
    }
    return QuotePlace(**(values | fields))


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        ("verbatim", "Verbatim: the library contains these words as quoted."),
        ("shortened", "Verbatim, shortened: words are omitted only where the quotation marks it."),
        ("altered", "Altered: the library contains a similar passage with different wording."),
        ("not_found", "Not found: no article contains these words."),
    ],
)
def test_verdict(verdict: Any, text: str) -> None:
    """Each verdict is one sentence."""
    assert describe_verdict(QuoteCheck(verdict, "words", None)) == text


def test_verdict_stitched() -> None:
    """Only the parts that were found are counted."""
    parts = (QuotePart("one", (make_place("one"),)), QuotePart("two", (make_place("two"),)), QuotePart("three", ()))
    text = describe_verdict(QuoteCheck("stitched", "one two three", None, parts))
    assert text == "Stitched together: 2 parts are verbatim, but come from different places."


def test_verdict_misattributed() -> None:
    """The speakers of the articles are named, each once."""
    one = QuoteCheck("somebody_else", "w", "Bo Ray", (QuotePart("w", (make_place("w"), make_place("w", start=90))),))
    assert describe_verdict(one) == "Misattributed: the article attributes these words to Ann Lee, not Bo Ray."
    places = (make_place("w"), make_place("w", article_id="b.md", speaker="Cy Fox"))
    two = QuoteCheck("somebody_else", "w", "Bo Ray", (QuotePart("w", places),))
    assert (
        describe_verdict(two) == "Misattributed: the articles attribute these words to Ann Lee and Cy Fox, not Bo Ray."
    )


def test_place_and_speaker() -> None:
    """A place is title, outlet and day; the speaker is a name or a role."""
    assert describe_quote_place(make_place("w")) == "The quay · Post · 2025-03-04"
    assert describe_quote_speaker(make_place("w", direct=True)) == "Ann Lee, in quotation marks"
    unnamed = make_place("w", speaker=None, role="the mayor")
    expected = "the mayor (not named), in the article's own words, without quotation marks"
    assert describe_quote_speaker(unnamed) == expected
    unknown = make_place("w", speaker=None, direct=True)
    assert describe_quote_speaker(unknown) == "in quotation marks, not attributed to anyone"


def test_difference_marks_every_change() -> None:
    """Removed, inserted, replaced and omitted words are marked; the rest is the article's."""
    place = make_place("The old quay is much too short", direct=True)
    changes = (
        QuoteChange("removed", "old", "", 14, 17),
        QuoteChange("same", "quay is", "quay is", 18, 25),
        QuoteChange("omitted", "much", "", 26, 30),
        QuoteChange("inserted", "", "far", 30, 30),
        QuoteChange("replaced", "short", "small", 35, 40),
    )
    part = QuotePart("The quay is … far too small", (place,), changes)
    assert [run.text for run in mark_difference(part)] == [
        *[
            "“",
            "The ",
            "-old-",
            " ",
            "quay is",
            " ",
            "[left out: much]",
            " +far+",
            " too ",
            "-short-",
            " ",
            "+small+",
            "”",
        ]
    ]
    check = QuoteCheck("altered", part.given, None, (part,))
    assert explain_marks(check) == "-words- are only in the article, +words+ are only in the quotation."
    assert explain_marks(QuoteCheck("altered", "w", None, (QuotePart("w", (place,)),))) is None


def test_difference_of_part_that_was_not_found() -> None:
    """A part without a place is shown as it was given."""
    assert [run.text for run in mark_difference(QuotePart("no\x1bwhere", ()))] == ["no␛where"]


def test_notes() -> None:
    """Warnings come first, then the differences of typography, unless the verdict names them."""
    check = QuoteCheck(
        "shortened", "w", None, typography=("quotation marks", "dashes"), warnings=("It is a headline.",)
    )
    assert list_notes(check) == ["It is a headline.", "The typography differs too: quotation marks and dashes."]
