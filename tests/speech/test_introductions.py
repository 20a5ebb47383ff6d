"""Lines that introduce a quotation, signatures, and captions."""

from __future__ import annotations

import pytest

from assistant.speech.layouts.introductions import find_introduced, is_caption
from assistant.speech.statements import find_statements
from assistant.speech.tagger import tag_sentence
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article

QUOTATION = "“Nobody will lose a job over the old crane.”"


def find_speaker(text: str) -> str | None:
    """The speaker of the quotation in a text."""
    found = find_statements(make_article(text), sentence_spans(text))
    return next(each.speaker for each in found if text[each.start : each.end] == QUOTATION)


@pytest.mark.parametrize(
    "line",
    [
        "And from Chairwoman Mina Torvald:",
        "From the desk of Mina Torvald, analyst:",
        "Statement by Minister Mina Torvald:",
        "A short comment from Mina Torvald, who chairs the board:",
        "Mina Torvald, chair of the board, commented:",
        "Mina Torvald, chair of the Harbour Board:",
        "Mina Torvald:",
        "In the words of Mina Torvald:",
        "Board member Mina Torvald on the crane:",
        "Also from Mina Torvald (Harbour Board):",
        "A letter from Mina Torvald to Ole Brandt:",
    ],
)
def test_introduced_speaker(line: str) -> None:
    """The quotation below a line that only introduces somebody is theirs."""
    assert find_speaker(f"The board met on Monday.\n\n{line}\n\n{QUOTATION}") == "Mina Torvald"


@pytest.mark.parametrize(
    "line",
    [
        "Members welcomed the choice of Mina Torvald:",
        "The board thanked Mina Torvald:",
        "A note about Mina Torvald:",
        "The letter to Mina Torvald:",
        "Comments by Mina Torvald and Ole Brandt:",
        "But wait:",
    ],
)
def test_not_introduced(line: str) -> None:
    """A line that tells something about somebody, or names two people, introduces nobody."""
    assert find_speaker(f"The board met on Monday.\n\n{line}\n\n{QUOTATION}") is None


def test_narration_after_introduction() -> None:
    """Only a paragraph that is all quotation belongs to the introduced person."""
    text = f"From Mina Torvald:\n\nThe keeper of the light, an old man of few words, wrote {QUOTATION}"
    assert find_speaker(text) != "Mina Torvald"


@pytest.mark.parametrize(
    "signature",
    [
        "\n— Mina Torvald, Harbour Board",
        "\n\n-- Mina Torvald",
        " -Commissioner Mina Torvald",
        "\n– Mina Torvald, nurse",
    ],
)
def test_signature(signature: str) -> None:
    """A line with a dash and a name signs the quotation above it, also where another name introduced the one before."""
    assert find_speaker(f"From Ole Brandt:\n\n“We wait.”\n\n{QUOTATION}{signature}") == "Mina Torvald"


@pytest.mark.parametrize(
    ("paragraph", "caption"),
    [
        ("Photo: Ole Brandt", True),
        ("File photo: Mina Torvald at the quay.", True),
        ("(Photo by Ole Brandt)", True),
        ("Image credit: Ole Brandt/Bureau", True),
        ("Mina Torvald at the quay. Photo: Ole Brandt", True),
        ("Mina Torvald at the quay (Photo: Ole Brandt/Bureau).", True),
        ("Photos of the crane were shown to Mina Torvald.", False),
        ("“It is in the picture,” Mina Torvald said.", False),
    ],
)
def test_captions(paragraph: str, caption: bool) -> None:
    """A caption begins or ends with the credit of a photograph."""
    assert is_caption(paragraph) is caption


def test_photographer_is_no_speaker() -> None:
    """The photographer named in a caption is not who speaks next."""
    text = f"Mina Torvald at the quay. Photo: Ole Brandt\n\n{QUOTATION} he said."
    assert find_speaker(text) is None


def test_single_word_needs_title_or_surname() -> None:
    """A word with a capital is a name only if it has a title, or is a surname of the article."""
    assert find_introduced(tag_sentence("Torvald:"), {"torvald"}) == ("Torvald", "")
    assert find_introduced(tag_sentence("Torvald:"), ()) is None
    assert find_introduced(tag_sentence("Minister Torvald:"), ()) == ("Torvald", "Minister")
