"""Names of sources in questions."""

from __future__ import annotations

import pytest

from assistant.questions.outlets import OutletMatcher

MATCHER = OutletMatcher(
    ["The Harbour Herald", "TIDE", "Northern Light Online", "The Times (London)", "Port Daily News"]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harbour Herald", "The Harbour Herald"),
        ("the harbour-herald", "The Harbour Herald"),
        ("the Harbour Herald’s coverage", "The Harbour Herald"),
        ("Herald", "The Harbour Herald"),
        ("tide", "TIDE"),
        ("Tide.com", "TIDE"),
        ("northern light", "Northern Light Online"),
        ("the Times", "The Times (London)"),
        ("Daily", None),
        ("Port Daily", "Port Daily News"),
        ("The Morning Post", None),
        ("", None),
    ],
)
def test_outlet_name_matched(text: str, name: str | None) -> None:
    """A name matches in spite of case, articles and endings; the last word is enough if it is unique and specific."""
    assert MATCHER.match_name(text) == name


def test_outlet_matched_by_initials() -> None:
    """The initials of a name of three or more words match it."""
    matcher = OutletMatcher(["Port Okoro Gazette", "Ferry Times"])
    assert matcher.match_name("POG") == "Port Okoro Gazette"
    assert matcher.match_name("FT") is None


def test_outlet_last_word_ambiguous() -> None:
    """The last word does not match if two names end with it."""
    matcher = OutletMatcher(["Ellery Courier", "Port Courier"])
    assert matcher.match_name("the Courier") is None
    assert matcher.match_name("the Port Courier") == "Port Courier"


@pytest.mark.parametrize(
    ("text", "rest", "outlets"),
    [
        ("Who won, according to the Harbour Herald?", "Who won?", ("The Harbour Herald",)),
        ("Who won in TIDE and the Harbour Herald?", "Who won?", ("TIDE", "The Harbour Herald")),
        ("Who swam in the tide?", "Who swam in the tide?", ()),
        ("Who works in the TIDE building?", "Who works in the TIDE building?", ()),
        ("What differs between TIDE and the Herald?", "What differs?", ("TIDE", "The Harbour Herald")),
        ("What lies between the tide and land?", "What lies between the tide and land?", ()),
    ],
)
def test_outlets_extracted(text: str, rest: str, outlets: tuple[str, ...]) -> None:
    """Mentions of sources are removed from a question; other uses of the same words stay."""
    assert MATCHER.extract_outlets(text) == (rest, outlets)


def test_outlets_extracted_without_library() -> None:
    """Without sources, a question is unchanged."""
    assert OutletMatcher([]).extract_outlets("Who won, according to TIDE?") == ("Who won, according to TIDE?", ())


def test_outlet_names_with_time_words() -> None:
    """Names that contain a word for a time are found as the text writes them, if they are capitalised."""
    matcher = OutletMatcher(["USA TODAY", "The Week", "TIDE"])
    assert matcher.find_names_with_time_words("What did USA Today say this week?") == ["USA Today"]
    assert matcher.find_names_with_time_words("What did TIDE say?") == []
